import { rounded } from "./numbers.js";

/** How a slider's position and a knob's value belong together. */

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {{low: number, high: number}} Window */

const digits = 3;

/**
 * η: a hundredth to a hundredfold of what the surface likes, or of where the value lies.
 * @param {Knob} knob
 * @param {number} value
 * @param {number} centre
 * @returns {Window}
 */
export function around(knob, value, centre) {
  const near = value >= centre / 100 && value <= centre * 100 ? centre : Math.max(value, knob.low);
  return { low: Math.max(knob.low, near / 100), high: Math.min(knob.high, near * 100) };
}

/**
 * @param {import("./types.js").Pair} pair
 * @param {number} value
 * @returns {Window}
 */
export function holding([low, high], value) {
  return { low: Math.min(low, value), high: Math.max(high, value) };
}

/**
 * @param {Knob} knob
 * @param {number} value
 */
export function toPosition(knob, value) {
  return isLog(knob) ? Math.log10(Math.max(value, Number.MIN_VALUE)) : value;
}

/**
 * @param {Knob} knob
 * @param {number} position
 */
export function fromPosition(knob, position) {
  const value = isLog(knob) ? rounded(10 ** position, digits) : rounded(position, 12);
  return clipped(knob, value);
}

/** @param {Knob} knob */
export function isLog(knob) {
  return knob.scale === "log" && knob.low > 0;
}

/** @param {Knob} knob */
export function positionStep(knob) {
  return isLog(knob) ? 0.005 : knob.step || (knob.kind === "integer" ? 1 : 0.01);
}

/**
 * @param {Knob} knob
 * @param {number} value
 */
export function clipped(knob, value) {
  const kept = Math.min(knob.high, Math.max(knob.low, value));
  return knob.kind === "integer" ? Math.round(kept) : kept;
}

/**
 * The next value up (1) or down (−1): one step, or one in the second digit on a logarithmic scale.
 * @param {Knob} knob
 * @param {number} value
 * @param {number} direction
 */
export function nudged(knob, value, direction) {
  const size = isLog(knob) ? decadeStep(knob, value, direction) : positionStep(knob);
  return clipped(knob, rounded(value + direction * size, 12));
}

/**
 * @param {Knob} knob
 * @param {number} value
 * @param {number} direction
 */
function decadeStep(knob, value, direction) {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const size = direction < 0 && value <= decade * (1 + 1e-9) ? decade / 100 : decade / 10;
  return knob.kind === "integer" ? Math.max(1, Math.round(size)) : size;
}
