import { rounded } from "./numbers.js";

/** A straight line across the surface, and places on it. */

/** @typedef {[number, number]} Pair */
/** @typedef {[number, number, number, number]} Ends  x, y of one end and of the other */

/** An address needs no more digits than this to mean the same line. */
const digits = 7;

export class Cut {
  /** @param {Ends} ends */
  constructor(ends) {
    this.ends = ends;
    this.from = /** @type {Pair} */ ([ends[0], ends[1]]);
    this.to = /** @type {Pair} */ ([ends[2], ends[3]]);
    this.length = Math.hypot(ends[2] - ends[0], ends[3] - ends[1]);
    this.way = /** @type {Pair} */ ([(ends[2] - ends[0]) / this.length, (ends[3] - ends[1]) / this.length]);
  }

  /** The point of the surface at a distance from the first end. @param {number} s @returns {Pair} */
  at(s) {
    return [this.from[0] + s * this.way[0], this.from[1] + s * this.way[1]];
  }

  /** How far along the cut the nearest place of it lies. @param {ArrayLike<number>} point */
  along(point) {
    return (point[0] - this.from[0]) * this.way[0] + (point[1] - this.from[1]) * this.way[1];
  }

  /** How far a point lies beside the cut. @param {ArrayLike<number>} point */
  off(point) {
    return Math.abs((point[0] - this.from[0]) * this.way[1] - (point[1] - this.from[1]) * this.way[0]);
  }

  /** 0 or 1 when the cut follows one parameter alone, else −1. */
  get axis() {
    return this.from[1] === this.to[1] ? 0 : this.from[0] === this.to[0] ? 1 : -1;
  }

  /** What stands at distance 0 on the axis: the parameter itself where only one changes. */
  get origin() {
    const { axis } = this;
    return axis < 0 ? 0 : this.from[/** @type {0|1} */ (axis)];
  }
}

/**
 * The line through a point, from edge to edge of the domain, left to right.
 * @param {ArrayLike<number>} point
 * @param {ArrayLike<number>} way
 * @param {[Pair, Pair]} domain
 * @returns {Ends}
 */
export function across(point, way, domain) {
  const size = Math.hypot(way[0], way[1]);
  const turn = way[0] < -1e-12 * size || (Math.abs(way[0]) <= 1e-12 * size && way[1] < 0) ? -1 : 1;
  const unit = [way[0], way[1]].map((part) => (Math.abs(part) <= 1e-12 * size ? 0 : (turn * part) / size));
  const [first, last] = reach(point, unit, domain);
  const end = (/** @type {number} */ t, /** @type {0|1} */ k) => rounded(point[k] + t * unit[k], digits);
  return [end(first, 0), end(first, 1), end(last, 0), end(last, 1)];
}

/**
 * Where a line enters and leaves the domain; it always holds the point itself, and has a length.
 * @param {ArrayLike<number>} point
 * @param {number[]} unit
 * @param {[Pair, Pair]} domain
 * @returns {Pair}
 */
function reach(point, unit, domain) {
  const sides = [0, 1].filter((k) => unit[k] !== 0).map((k) => domain[k].map((edge) => (edge - point[k]) / unit[k]).sort((a, b) => a - b));
  const first = Math.max(...sides.map(([near]) => near));
  const last = Math.min(...sides.map(([, far]) => far));
  const half = Math.hypot(...domain.map(([low, high]) => high - low)) / 2;
  return last > first ? [Math.min(first, 0), Math.max(last, 0)] : [-half, half];
}

/**
 * @param {ArrayLike<number>} one
 * @param {ArrayLike<number>} other
 * @param {[Pair, Pair]} domain
 * @returns {Ends|null} null when both are the same point
 */
export function through(one, other, domain) {
  const way = [other[0] - one[0], other[1] - one[1]];
  return Math.hypot(...way) > 0 ? across(one, way, domain) : null;
}

/**
 * The cut a surface is shown with when nobody chose one: its own, or through the start and the nearest minimum.
 * @param {{cut?: Ends|null, domain: [Pair, Pair]}} surface
 * @param {Pair} start
 * @param {{kind: string, at: Pair}[]} points
 * @returns {Ends}
 */
export function ownCut({ cut, domain }, start, points) {
  if (cut) return cut;
  const far = (/** @type {{at: Pair}} */ { at }) => Math.hypot(at[0] - start[0], at[1] - start[1]);
  const minima = points.filter((point) => point.kind === "minimum" && far(point) > 0);
  const [nearest] = minima.sort((one, other) => far(one) - far(other));
  return (nearest && through(start, nearest.at, domain)) ?? across(start, [1, 0], domain);
}
