import { drawing } from "./element.js";
import { shapes } from "./marks.js";

/** The sign of a kind of critical point, as it stands on the stage. @param {string} kind */
export function criticalSign(kind) {
  const corners = (shapes[kind] ?? shapes.flat).map(([x, y]) => `${8 + 5 * x},${8 + 5 * y}`).join(" ");
  return drawing("svg", { class: "critical-sign", viewBox: "0 0 16 16", "aria-hidden": "true" }, drawing("polygon", { points: corners }));
}
