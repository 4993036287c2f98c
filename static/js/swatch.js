import { runColour, runDash } from "./colours.js";
import { drawing } from "./element.js";

/** A run's colour and dashes, as a short piece of its path. @param {number} index */
export function swatch(index) {
  const line = { x1: 3, y1: 8, x2: 41, y2: 8, "stroke-linecap": "butt", fill: "none" };
  const dash = { "stroke-dasharray": runDash(index).join(" ") || "none" };
  return drawing(
    "svg",
    { class: "swatch", viewBox: "0 0 44 16", "aria-hidden": "true" },
    drawing("line", { ...line, class: "swatch-halo", "stroke-width": 8 }),
    drawing("line", { ...line, ...dash, stroke: runColour(index), "stroke-width": 4 }),
  );
}
