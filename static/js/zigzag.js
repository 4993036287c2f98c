import { figure } from "./numbers.js";
import { say } from "./words.js";

/** How much a path wanders: its length against how far it came. */

/** @typedef {{length: number, displacement: number, ratio: number|null}} Zigzag  no ratio for a path that is back where it began */

/** Points come in single precision: each may be off by this share of its size, which makes a zigzag of a straight way. */
const off = 2 ** -24;

/** A way so many times as long as all that its points may be off is told. */
const sure = 100;

/**
 * Whether a path up to a row is long enough to be measured.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {number} row
 * @param {Zigzag} zigzag
 */
export function isMeasured(xs, ys, row, { length }) {
  return length > sure * off * row * Math.max(Math.abs(xs[0]), Math.abs(ys[0]));
}

/**
 * From the start to a row.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {number} row
 * @returns {Zigzag}
 */
export function zigzagOf(xs, ys, row) {
  let length = 0;
  for (let k = 1; k <= row; k++) length += Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]);
  const displacement = Math.hypot(xs[row] - xs[0], ys[row] - ys[0]);
  return { length, displacement, ratio: displacement > 0 ? length / displacement : null };
}

/**
 * @param {Zigzag} zigzag
 * @param {boolean} isThinned  rows are missing, so the way was longer
 */
export function zigzagWords({ length, displacement, ratio }, isThinned) {
  const values = { length: figure(length), displacement: figure(displacement), ratio: figure(ratio ?? NaN) };
  if (ratio === null) return say("path {length}, back at the start", values);
  if (isThinned) return say("path at least {length}, straight {displacement}: ratio at least {ratio}", values);
  return say("path {length}, straight {displacement}: ratio {ratio}", values);
}
