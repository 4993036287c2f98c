import { signOf } from "./criticalpoints.js";
import { rounded } from "./numbers.js";

/** How curvatures look: an ellipse where both have one sign, a cross where they differ or one is zero. */

/** @typedef {[number, number]} Pair */
/** @typedef {{way: Pair, half: number, sign: number, name: string}} Arm  half as long as the whole axis, on the surface */
/** @typedef {{isRound: boolean, factor: number, arms: [Arm, Arm]}} Shape  half-axes are factor ⁄ √|λ| */

/**
 * @param {{kind: string|null, eigenvalues: Pair, eigenvectors: [Pair, Pair]}} bend
 * @param {number} longest  half-axis that can be seen well, on the surface
 * @returns {Shape}
 */
export function shapeOf({ kind, eigenvalues, eigenvectors }, longest) {
  const signs = eigenvalues.map((value) => (kind === "flat" ? 0 : signOf(value, eigenvalues)));
  const curved = eigenvalues.filter((_, k) => signs[k]).map(Math.abs);
  const factor = curved.length ? floored(longest * Math.sqrt(Math.min(...curved))) : 0;
  const arm = (/** @type {0|1} */ k) => ({
    way: eigenvectors[k], sign: signs[k], name: ["u₁", "u₂"][k],
    half: signs[k] ? factor / Math.sqrt(Math.abs(eigenvalues[k])) : longest,
  });
  return { isRound: signs[0] * signs[1] > 0, factor, arms: [arm(0), arm(1)] };
}

/**
 * Half as long as an ellipse's longest axis can well be: a seventh of the window.
 * @param {{x: Pair, y: Pair}} window
 */
export function longestHalf({ x, y }) {
  return Math.min(x[1] - x[0], y[1] - y[0]) / 7;
}

/** Two digits, never larger than what it stands for. @param {number} value */
function floored(value) {
  const near = rounded(value, 2);
  return near <= value ? near : rounded(near - 10 ** Math.floor(Math.log10(near) - 1), 2);
}

/**
 * Corners of an ellipse around (0, 0), right and up, close enough together to look round.
 * @param {[Arm, Arm]} arms
 * @returns {Pair[]}
 */
export function ellipse([one, other]) {
  return Array.from({ length: 64 }, (_, k) => {
    const [along, aside] = [one.half * Math.cos((k * Math.PI) / 32), other.half * Math.sin((k * Math.PI) / 32)];
    return [along * one.way[0] + aside * other.way[0], along * one.way[1] + aside * other.way[1]];
  });
}

/** @param {number} sign */
export function signText(sign) {
  return sign > 0 ? "+" : sign < 0 ? "−" : "0";
}
