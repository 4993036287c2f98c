import { counted } from "./words.js";

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {number} value */
export function shortest(value) {
  return String(value);
}

/** @param {number} exponent */
export function superscript(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => raised[Number(digit)]).join("");
  return (exponent < 0 ? "⁻" : "") + digits;
}

/**
 * @param {number} value
 * @param {number} digits
 */
function scientific(value, digits) {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return mantissa + " × 10" + superscript(Number(exponent));
}

/** @param {number} value */
export function count(value) {
  return counted(value).replace("-", "−");
}

/**
 * A number for people: few digits, a real minus sign, no long tails of zeros.
 * @param {number} value
 * @param {number} [digits]
 */
export function figure(value, digits = 3) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e6) ? scientific(value, digits) : plain(value, digits);
  return text.replace("-", "−");
}

/**
 * A number that somebody chose, with all its digits: it may not disagree with its knob.
 * @param {number} value
 */
export function exact(value) {
  return figure(value, digitsOf(value));
}

/** How many digits a number has. @param {number} value */
export function digitsOf(value) {
  return Math.max(1, value.toExponential().split("e")[0].replace(/[-.]/g, "").length);
}

/**
 * @param {number} value
 * @param {number} digits
 */
function plain(value, digits) {
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 10 ** digits ? count(Math.round(value)) : String(rounded);
}

/**
 * Always the same number of digits, so that a running number does not jump about.
 * @param {number} value
 */
export function steady(value) {
  if (!Number.isFinite(value)) return "–";
  const plainly = value.toPrecision(4);
  const isFar = plainly.includes("e") || (value !== 0 && Math.abs(value) < 1e-4);
  const text = isFar ? scientific(value, 3) : plainly;
  return text.replace("-", "−");
}

/**
 * Rounded to some significant digits, as a number: what a slider sets.
 * @param {number} value
 * @param {number} digits
 */
export function rounded(value, digits) {
  return Number(value.toPrecision(digits));
}
