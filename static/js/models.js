import { figure } from "./numbers.js";
import { say } from "./words.js";

/** What a data surface's parameters say about a new x: the model whose error the loss measures. A test holds them against the catalogue's formulas. */

/** @typedef {[number, number]} Pair */
/** @typedef {(theta: Pair, x: number) => number} Model */

/** @type {Record<string, Model>} */
const models = {
  "linear-regression": ([w, b], x) => w * x + b,
  "logistic-regression": ([w, b], x) => 1 / (1 + Math.exp(-(w * x + b))),
  "one-neuron": ([w1, w2], x) => w2 * Math.tanh(w1 * x),
  "toy-network": ([w1, w2], x) => w1 * w2 * x,
};

/** @param {string} surface @returns {Model|null} */
export function modelOf(surface) {
  return models[surface] ?? null;
}

/** @type {Record<string, (first: string, second: string, both: string) => string>} */
const formulas = {
  "linear-regression": (w, b) => `y = ${w}·x + ${b}`,
  "logistic-regression": (w, b) => say("share of 1 = 1/(1 + e^−({w}·x + {b}))", { w, b }),
  "one-neuron": (w1, w2) => say("y = {w2}·tanh({w1}·x)", { w1, w2 }),
  "toy-network": (w1, w2, both) => `y = ${w1}·${w2}·x = ${both}·x`,
};

/**
 * The model with its numbers in it.
 * @param {string} surface
 * @param {Pair} theta
 */
export function modelWords(surface, [first, second]) {
  const bracketed = (/** @type {number} */ value) => (value < 0 ? `(${figure(value)})` : figure(value));
  return formulas[surface]?.(bracketed(first), bracketed(second), figure(first * second)) ?? "";
}
