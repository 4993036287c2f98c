import { valueWords } from "./inspectorwords.js";
import { figure, superscript } from "./numbers.js";
import { endsAtMovement, weighsGradients } from "./weightedsum.js";
import { say, sayMany } from "./words.js";

/** What the weighted sum says: of itself, of one age, of the older ones. */

/** @typedef {import("./weightedsum.js").Sum} Sum */
/** @typedef {import("./weightedsum.js").Share} Share */

/** @param {string} rule */
export function titleOf(rule) {
  if (rule === "gd") return say("Of all gradients only the newest counts");
  if (endsAtMovement(rule)) return say("Second reading: a weighted sum of all gradients");
  return weighsGradients(rule) ? say("Averages of all gradients so far") : say("The divisor remembers all gradients so far");
}

/** @param {string} rule */
export function weightsWords(rule) {
  return endsAtMovement(rule) ? say("Weight of each gradient, the newest on the left") : say("Weights of the gradients, the newest on the left");
}

/**
 * @param {string} rule
 * @param {Share} share
 */
export function ageWords(rule, { age, index, weight, square, gradient }) {
  const values = { age, update: index + 1, gradient: valueWords(gradient), weight: weightWords(rule, age, weight ?? square ?? 0), square: figure(square ?? 0) };
  if (weight !== null && square !== null) return say("age {age}: update {update}, weight {weight}, of the square {square}, gradient {gradient}", values);
  return say("age {age}: update {update}, weight {weight}, gradient {gradient}", values);
}

/**
 * @param {string} rule
 * @param {number} age
 * @param {number} weight
 */
function weightWords(rule, age, weight) {
  const power = age > 1 ? "λ" + superscript(age) : age === 1 ? "λ" : "";
  return endsAtMovement(rule) ? power + "η = " + figure(weight) : figure(weight);
}

/** @param {{count: number, weight: number|null}} older */
export function olderWords({ count, weight }) {
  if (weight === null) return sayMany("{n} older gradient without a bar", "{n} older gradients without a bar", count);
  return sayMany("{n} older gradient without a bar: weight {weight}", "{n} older gradients without a bar: weights {weight} together", count, { weight: figure(weight) });
}

/**
 * @param {string} rule
 * @param {Sum} sum
 */
export function sumWords(rule, { count, sum }) {
  const values = { sum: valueWords(sum) };
  if (!endsAtMovement(rule)) {
    return sayMany("The average of 1 gradient, weighted, is m̂ = {sum}.", "The weighted average of {n} gradients is m̂ = {sum}.", count, values);
  }
  return sayMany("One gradient, times −η, is m = {sum}.", "{n} gradients, each times −its weight, laid head to tail, end at m = {sum}.", count, values);
}
