import { rangeOf, serves, ticksOf } from "./lossaxes.js";

/** Where the values of a chart's axis stand, between 0 and 1. Pure. */

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Series} Series */
/** @typedef {import("./types.js").Axis} Axis */
/** @typedef {[number, number]} Pair */

/** So many different values along x are ticks themselves. */
const few = 9;

/** What is told step by step (batch sizes, methods) stands beside each other and has bars; more than that is a curve. */
const mostSteps = 12;

/** One side of a chart: a range of numbers, or a row of names. */
export class Side {
  /**
   * @param {"linear"|"log"} scale
   * @param {Pair} range  powers of ten on a logarithmic scale
   * @param {Cell[]} values  that have a tick of their own; none lets the range decide
   * @param {string[]|null} [names]  of a row of names
   */
  constructor(scale, range, values, names = null) {
    this.scale = scale;
    this.range = range;
    this.values = values;
    this.names = names;
  }

  /** @param {Cell} value */
  at(value) {
    if (this.names) return (this.names.indexOf(String(value)) + 0.5) / this.names.length;
    const place = this.scale === "log" ? Math.log10(Number(value)) : Number(value);
    const share = (place - this.range[0]) / (this.range[1] - this.range[0]);
    return value === null || !Number.isFinite(share) ? NaN : share;
  }

  /** @param {number} room  how many ticks there is room for @returns {Cell[]} */
  ticks(room) {
    return this.values.length ? this.values : ticksOf(this.range, this.scale, Math.max(2, room));
  }
}

/**
 * @param {Series[]} lines
 * @returns {Cell[]} all values along x, in order; names in the order they came
 */
export function valuesAlong(lines) {
  const values = [...new Set(lines.flatMap(({ x }) => x))].filter((value) => value !== null);
  return values.some((value) => typeof value === "string") ? values : values.sort((one, other) => Number(one) - Number(other));
}

/** Whether lines are told step by step. @param {Series[]} lines */
export function isStepped(lines) {
  return valuesAlong(lines).length <= mostSteps && lines.some(({ dots, low }) => dots !== null || low !== null);
}

/**
 * @param {Axis} axis
 * @param {Series[]} lines
 * @param {number[]} expected  values that will come
 */
export function acrossOf(axis, lines, expected) {
  const found = valuesAlong([...lines, { x: expected }].map(({ x }) => /** @type {any} */ ({ x })));
  if (found.some((value) => typeof value === "string")) return new Side("linear", [0, 1], found, found.map(String));
  const places = found.map(Number).filter((value) => axis.scale === "linear" || value > 0).map((value) => (axis.scale === "log" ? Math.log10(value) : value));
  const ends = /** @type {Pair} */ ([Math.min(...places), Math.max(...places)]);
  const range = /** @type {Pair} */ (!places.length ? [0, 1] : ends[0] === ends[1] ? [ends[0] - 0.5, ends[1] + 0.5] : ends);
  return new Side(axis.scale, range, found.length <= few ? found : []);
}

/**
 * The lowest and the highest of what has to fit; null when there is nothing.
 * @param {Axis} axis
 * @param {Series[]} lines
 * @returns {Pair|null}
 */
export function extentOf({ scale }, lines) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of lines.flatMap((line) => [line.y, line.low ?? [], line.high ?? [], ...(line.dots ?? [])]).flat()) {
    if (typeof value !== "number" || (scale === "log" && value <= 0)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  return low <= high ? [low, high] : null;
}

/**
 * How many values a logarithmic axis has no place for.
 * @param {Axis} axis
 * @param {Series[]} lines
 */
export function placeless({ scale }, lines) {
  const values = scale === "log" ? lines.flatMap(({ y, dots }) => (dots ? dots.flat() : y)) : [];
  return values.filter((value) => typeof value === "number" && value <= 0).length;
}

/**
 * @param {Axis} axis
 * @param {Series[]} lines
 * @param {Pair|null} before  the range so far, kept while it serves
 */
export function upOf(axis, lines, before) {
  const wanted = rangeOf(extentOf(axis, lines), axis.scale);
  const range = axis.unit === "share" ? within(wanted, axis.scale === "log" ? [-Infinity, 0.01] : [-0.02, 1.02]) : wanted;
  return new Side(axis.scale, before && serves(before, range) ? before : range, []);
}

/** @param {Pair} range @param {Pair} bounds @returns {Pair} */
function within([low, high], [least, most]) {
  return [Math.max(low, least), Math.min(high, most)];
}

/**
 * Two logarithmic sides as many decades high, so that slopes can be compared.
 * @param {Side} left
 * @param {Side} right
 */
export function even(left, right) {
  if (left.scale !== "log" || right.scale !== "log") return;
  const span = Math.max(...[left, right].map(({ range }) => range[1] - range[0]));
  for (const side of [left, right]) {
    const more = (span - (side.range[1] - side.range[0])) / 2;
    side.range = [side.range[0] - more, side.range[1] + more];
  }
}

/**
 * The labels that fit beside each other; both ends come first.
 * @param {{at: number, wide: number}[]} labels  middles and widths, from left to right
 * @param {number} air
 */
export function fitting(labels, air) {
  const kept = new Set();
  const free = (/** @type {number} */ k) => [...kept].every((other) => Math.abs(labels[k].at - labels[other].at) >= (labels[k].wide + labels[other].wide) / 2 + air);
  for (const k of [0, labels.length - 1, ...labels.keys()]) if (k >= 0 && !kept.has(k) && free(k)) kept.add(k);
  return labels.map((_, k) => kept.has(k));
}
