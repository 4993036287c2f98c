import { digitsOf, figure, superscript } from "./numbers.js";

/**
 * A loss beside a tick, short: 0.5, 2,000, 10⁴, 5·10⁻⁵.
 * @param {number} loss
 */
export function tickLabel(loss) {
  return labelled(loss, 3);
}

/**
 * Round numbers beside ticks, with all their digits: those of an axis that shows a small part differ only in their last ones.
 * @param {number} loss
 */
export function roundLabel(loss) {
  return labelled(loss, digitsOf(loss));
}

/**
 * How wide the margin of an upright axis is that holds its title and these labels.
 * @param {string[]} labels
 * @param {number} font
 */
export function marginFor(labels, font) {
  return Math.round(font * Math.max(4.6, 2 + 0.64 * Math.max(0, ...labels.map(({ length }) => length))));
}

/**
 * @param {number} loss
 * @param {number} digits
 */
function labelled(loss, digits) {
  const size = Math.abs(loss);
  if (size === 0 || (size >= 1e-3 && size < 1e4)) return figure(loss, digits);
  const [lead, exponent] = size.toExponential(digits - 1).split("e");
  const mantissa = Number(lead) === 1 ? "" : Number(lead) + "·";
  return (loss < 0 ? "−" : "") + mantissa + "10" + superscript(Number(exponent));
}
