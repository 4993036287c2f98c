import { shows } from "./lossaxes.js";

/** The points of the screen that a line of losses joins. */

/** @typedef {import("./lossaxes.js").Curve} Curve */
/** @typedef {import("./lossaxes.js").Scale} Scale */
/** @typedef {{x: number, y: number}} Point */

/**
 * A curve as points for the screen: breaks where the loss is no number (or has no place on a logarithmic axis), and where many
 * updates share a column of pixels only the first, lowest, highest and last of them.
 * @param {Curve} curve
 * @param {Scale} scale
 * @param {{x: (value: number) => number, y: (value: number) => number}} axes
 * @returns {Point[][]}
 */
export function pieces({ xs, losses }, scale, axes) {
  /** @type {Point[][]} */
  const all = [];
  let open = false;
  for (let row = 0; row < losses.length; row++) {
    const seen = shows(losses[row], scale);
    if (seen && !open) all.push([]);
    if (seen) all[all.length - 1].push({ x: axes.x(xs[row]), y: axes.y(scale === "log" ? Math.log10(losses[row]) : losses[row]) });
    open = seen;
  }
  return all.map(thinned);
}

/** @param {Point[]} points */
export function thinned(points) {
  const kept = [];
  for (let from = 0, to = 0; from < points.length; from = to) {
    const column = Math.floor(points[from].x);
    while (to < points.length && Math.floor(points[to].x) === column) to++;
    kept.push(...telling(points, from, to));
  }
  return kept;
}

/**
 * @param {Point[]} points
 * @param {number} from
 * @param {number} to
 */
function telling(points, from, to) {
  if (to - from <= 4) return points.slice(from, to);
  let [lowest, highest] = [from, from];
  for (let k = from; k < to; k++) {
    if (points[k].y < points[lowest].y) lowest = k;
    if (points[k].y > points[highest].y) highest = k;
  }
  const rows = new Set([from, lowest, highest, to - 1].sort((a, b) => a - b));
  return [...rows].map((k) => points[k]);
}

/**
 * The line inside a band, whose points outside give way to those where it crosses the band's edges: a browser gives up dashes on a line
 * of millions of pixels. What lies inside does not move.
 * @param {Point[]} points
 * @param {number} top
 * @param {number} bottom
 */
export function withinBand(points, top, bottom) {
  const isInside = (/** @type {Point} */ { y }) => y >= top && y <= bottom;
  if (points.every(isInside)) return points;
  return points.flatMap((point, k) => [...(k ? crossings(points[k - 1], point, [top, bottom]) : []), ...(isInside(point) ? [point] : [])]);
}

/**
 * Where the straight way between two points crosses heights, in its order.
 * @param {Point} from
 * @param {Point} to
 * @param {number[]} heights
 */
function crossings(from, to, heights) {
  const crossed = heights.filter((y) => (from.y < y && to.y > y) || (from.y > y && to.y < y));
  const met = crossed.map((y) => ({ x: from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x), y }));
  return from.y < to.y ? met : met.reverse();
}
