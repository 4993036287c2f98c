import { count, figure } from "./numbers.js";
import { say } from "./words.js";

/** Figures of experiments for people, by the unit their column or axis has. Pure. */

/** @typedef {import("./types.js").Cell} Cell */

/**
 * Seconds in a unit that needs no powers of ten.
 * @param {number} seconds
 */
export function secondsWords(seconds) {
  const size = Math.abs(seconds);
  if (size !== 0 && size < 0.9995e-3) return say("{value} µs", { value: figure(seconds * 1e6) });
  if (size !== 0 && size < 0.9995) return say("{value} ms", { value: figure(seconds * 1e3) });
  return say("{value} s", { value: figure(seconds) });
}

/**
 * A share in per cent, to the tenth where it is not whole: one of 360 images is 0.3 %.
 * @param {number} share
 */
export function shareWords(share) {
  return say("{value} %", { value: String(Number((100 * share).toFixed(1))).replace("-", "−") });
}

/**
 * @param {Cell} value
 * @param {string} unit "s", "share", "percent" or nothing
 */
export function inUnit(value, unit) {
  if (typeof value !== "number") return value === null ? "–" : String(value);
  if (unit === "s") return secondsWords(value);
  if (unit === "share") return shareWords(value);
  if (unit === "percent") return say("{value} %", { value: figure(value, 4) });
  return Number.isInteger(value) ? count(value) : figure(value, 4);
}

/**
 * How many times as large, for sentences.
 * @param {number} times
 */
export function timesWords(times) {
  return figure(times, times < 100 ? 2 : 3);
}
