import { multiples, roundUp } from "./tone.js";

/** Which part of the losses the chart's axes show, and when they have to change. */

/** @typedef {[number, number]} Pair */
/** @typedef {"linear"|"log"} Scale */
/** @typedef {{xs: Float32Array, losses: Float32Array, diverged: boolean}} Curve */

/** A range is kept while the data fill at least this share of it: a chart that jumps at every touch cannot be read. */
const filled = 0.55;

/** A diverged run may stretch a linear axis to this many times the loss it started from. */
const stretch = 1.5;

/**
 * The losses that have to fit, lowest and highest; null when there is none. On a linear axis a diverged run would flatten all others,
 * so it counts only a little beyond its start.
 * @param {Curve[]} curves
 * @param {Scale} scale
 * @returns {Pair|null}
 */
export function extent(curves, scale) {
  let [low, high] = [Infinity, -Infinity];
  for (const { losses, diverged } of curves) {
    const cap = diverged && scale === "linear" ? capOf(losses) : Infinity;
    for (const loss of losses) {
      if (!shows(loss, scale) || loss > cap) continue;
      if (loss < low) low = loss;
      if (loss > high) high = loss;
    }
  }
  return low <= high ? [low, high] : null;
}

/** @param {Float32Array} losses */
function capOf(losses) {
  return losses[0] + Math.abs(losses[0]) * (stretch - 1);
}

/**
 * @param {number} loss
 * @param {Scale} scale
 */
export function shows(loss, scale) {
  return Number.isFinite(loss) && (scale === "linear" || loss > 0);
}

/**
 * How many losses a logarithmic axis has no place for.
 * @param {Curve[]} curves
 * @param {Scale} scale
 */
export function leftOut(curves, scale) {
  if (scale === "linear") return 0;
  return curves.reduce((sum, { losses }) => sum + losses.reduce((count, loss) => count + (loss <= 0 ? 1 : 0), 0), 0);
}

/**
 * The range around an extent, in the axis' own numbers (powers of ten when logarithmic), with a little air.
 * @param {Pair|null} extent
 * @param {Scale} scale
 * @returns {Pair}
 */
export function rangeOf(extent, scale) {
  if (!extent) return scale === "log" ? [-2, 0] : [0, 1];
  const [low, high] = scale === "log" ? extent.map(Math.log10) : extent;
  const span = high - low || Math.abs(high) || 1;
  const floor = scale === "linear" && low >= 0 && low < 0.3 * span ? -0.02 * span : low - 0.05 * span;
  return [floor, high + 0.06 * span];
}

/**
 * Round losses for the ticks of a range: powers of ten when logarithmic, every second or fifth one if they are many.
 * @param {Pair} range
 * @param {Scale} scale
 * @param {number} room  how many ticks there is room for
 */
export function ticksOf([low, high], scale, room) {
  const step = roundUp((high - low) / room);
  if (scale === "linear") return multiples(low, high, step);
  return high - low < 1.5 ? finePowers(low, high) : multiples(low, high, Math.max(1, step)).map((power) => Number(`1e${power}`));
}

/**
 * @param {number} low
 * @param {number} high
 */
function finePowers(low, high) {
  const powers = multiples(Math.floor(low), Math.ceil(high), 1);
  const losses = powers.flatMap((power) => [1, 2, 5].map((lead) => Number(`${lead}e${power}`)));
  return losses.filter((loss) => Math.log10(loss) >= low && Math.log10(loss) <= high);
}

/**
 * Whether a range still serves: the data fit into it and fill enough of it.
 * @param {Pair} range
 * @param {Pair} wanted
 */
export function serves(range, wanted) {
  const fits = wanted[0] >= range[0] - 1e-9 && wanted[1] <= range[1] + 1e-9;
  return fits && wanted[1] - wanted[0] >= filled * (range[1] - range[0]);
}

/**
 * A curve as points for the screen: breaks where the loss is no number (or has no place on a logarithmic axis), and where many
 * updates share a column of pixels only the first, lowest, highest and last of them.
 * @param {Curve} curve
 * @param {Scale} scale
 * @param {{x: (value: number) => number, y: (value: number) => number}} axes
 * @returns {{x: number, y: number}[][]}
 */
export function pieces({ xs, losses }, scale, axes) {
  /** @type {{x: number, y: number}[][]} */
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

/** @param {{x: number, y: number}[]} points */
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
 * @param {{x: number, y: number}[]} points
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
