import { drawing } from "./element.js";

/** What tells the series of a chart apart beside their colours: each has a sign and a dash. */

/** Around (0, 0) with about radius 1: each series has its own, and its own dash. */
const signs = [
  "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
  "M0-1.15L1.1 0.85H-1.1Z",
  "M-0.9-0.9H0.9V0.9H-0.9Z",
  "M0-1.25L1.25 0L0 1.25L-1.25 0Z",
  "M0 1.15L1.1-0.85H-1.1Z",
  "M-0.4-1.1H0.4V-0.4H1.1V0.4H0.4V1.1H-0.4V0.4H-1.1V-0.4H-0.4Z",
];
export const dashes = ["none", "9 5", "2.5 3.5", "9 4 2.5 4", "16 5", "16 4 2.5 4"];

/**
 * @param {string} words
 * @param {Record<string, string|number>} place
 */
export function text(words, place) {
  const made = drawing("text", { class: "seeds-text", ...place });
  made.textContent = words;
  return made;
}

/** @param {number} k */
export function seriesClass(k) {
  return "seeds-series seeds-series-" + (k % 4);
}

/**
 * @param {number} k
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {boolean} isFilled
 */
export function signAt(k, x, y, size, isFilled) {
  return drawing("path", { class: isFilled ? "seeds-sign" : "seeds-sign is-hollow", d: signShape(k), transform: `translate(${x} ${y}) scale(${size})` });
}

/** The outline of a series' sign, around (0, 0). @param {number} k */
export function signShape(k) {
  return signs[k % signs.length];
}

/** A series' sign on a piece of its line. @param {number} k */
export function keyOf(k) {
  const line = drawing("line", { class: "seeds-line", x1: 1, x2: 43, y1: 8, y2: 8, "stroke-dasharray": dashes[k % dashes.length] });
  return drawing("svg", { class: "seeds-key " + seriesClass(k), viewBox: "0 0 44 16", "aria-hidden": "true" }, line, signAt(k, 22, 8, 4.5, true));
}
