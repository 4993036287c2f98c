import { figure } from "./numbers.js";

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * A loss beside a tick, short: 0.5, 2,000, 10⁴, 5·10⁻⁵.
 * @param {number} loss
 */
export function tickLabel(loss) {
  const size = Math.abs(loss);
  if (size === 0 || (size >= 1e-3 && size < 1e4)) return figure(loss);
  const [lead, exponent] = size.toExponential(2).split("e");
  const mantissa = Number(lead) === 1 ? "" : Number(lead) + "·";
  return (loss < 0 ? "−" : "") + mantissa + "10" + superscript(Number(exponent));
}

/** @param {number} exponent */
function superscript(exponent) {
  return (exponent < 0 ? "⁻" : "") + [...String(Math.abs(exponent))].map((digit) => raised[Number(digit)]).join("");
}
