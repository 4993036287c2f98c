import { endsAtMovement, weightedSum } from "./weightedsum.js";

/** @typedef {import("./anatomy.js").Anatomy} Anatomy */
/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./anatomy.js").Pair} Pair */

/**
 * The past gradients behind one update, as far as the answer knows them.
 * @param {Anatomy} anatomy
 * @param {Update} update
 */
export function sumBehind(anatomy, update) {
  return weightedSum(anatomy.rule, keptOf(update), update.index, anatomy, endOf(anatomy.rule, update));
}

/** @param {Update} update */
function keptOf({ values }) {
  const number = (/** @type {string} */ name) => Number(values[name] ?? 0);
  return { lambda: number("λ"), beta1: number("β1"), beta2: number("β2") };
}

/**
 * What the weighted gradients add up to, in the engine's own numbers.
 * @param {string} rule
 * @param {Update} update
 * @returns {Pair|null}
 */
function endOf(rule, { movement, values }) {
  const end = endsAtMovement(rule) ? movement : values["m̂"];
  return Array.isArray(end) ? [end[0] ?? NaN, end[1] ?? NaN] : null;
}
