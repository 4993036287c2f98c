import { valueWords } from "./inspectorwords.js";
import { count, figure } from "./numbers.js";
import { isFinitePair, size } from "./vectors.js";
import { say, sayMany, withCommas } from "./words.js";

/** What is said about a batch and about one of its examples. */

/** @typedef {import("./batchanswer.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./batchanswer.js").Moment} Moment */

const fewNames = 10;

/** @param {number[]} examples */
function names(examples) {
  return withCommas(examples.slice(0, fewNames)) + (examples.length > fewNames ? " …" : "");
}

/**
 * "update 10 · epoch 3 · batch 2 of 4 · examples 5, 1, 19, 4, 0; 5 of 20"
 * @param {BatchAnswer} answer
 * @param {Moment} moment
 */
export function stripWords(answer, { index, epoch: before, place, batch }) {
  const epoch = count(before + 1);
  const batches = count(answer.batchesOf(before).length);
  const values = { update: count(index + 1), epoch, k: count(place + 1), batches, which: names(batch), examples: answer.count };
  if (answer.isFull) return sayMany("update {update} · epoch {epoch} · batch 1 of 1 · the one example", "update {update} · epoch {epoch} · batch 1 of 1 · all {n} examples", answer.count, values);
  return sayMany(
    "update {update} · epoch {epoch} · batch {k} of {batches} · example {which}; 1 of {examples}",
    "update {update} · epoch {epoch} · batch {k} of {batches} · examples {which}; {n} of {examples}",
    batch.length,
    values,
  );
}

/**
 * What the strip says while no example is spoken of.
 * @param {BatchAnswer} answer
 * @param {Moment} moment
 */
export function gradientsWords(answer, { gradient, full }) {
  const values = { batch: valueWords(gradient), full: valueWords(full) };
  if (!isFinitePair(gradient) || !isFinitePair(full)) return say("There is no finite gradient here.");
  if (!answer.differ) return say("All examples are equal here (spread 0): every batch has the full gradient {full}.", values);
  if (answer.isFull) return say("The gradient of this update is the mean over all examples: {full}.", values);
  if (isStuckWithoutIt(gradient, full)) return say("All examples together hardly pull here, |g| = {whole}; this batch does, |g| = {part}: stuck on the one loss, not on the other.", lengths(gradient, full));
  if (isStuckWithoutIt(full, gradient)) return say("This batch hardly pulls here, |g| = {part}; all examples together do, |g| = {whole}.", lengths(gradient, full));
  return say("Gradient of this batch {batch}; of all examples {full}.", values);
}

/** Below this share of the other a gradient hardly pulls. */
const hardly = 0.02;

/** @typedef {readonly (number|null)[]} Found */

/** @param {Found} one @param {Found} other */
function isStuckWithoutIt(one, other) {
  return isFinitePair(one) && isFinitePair(other) && size(other) < hardly * size(one);
}

/** @param {Found} gradient @param {Found} full */
function lengths(gradient, full) {
  const length = (/** @type {Found} */ one) => figure(size(/** @type {[number, number]} */ (one)));
  return { part: length(gradient), whole: length(full) };
}

/**
 * @param {BatchAnswer} answer
 * @param {Moment} moment
 * @param {number} example
 * @param {string[]} columns  what its two numbers are called
 */
export function exampleWords(answer, moment, example, columns) {
  const batches = answer.batchesOf(moment.epoch);
  const batch = batches.findIndex((examples) => examples.includes(example));
  const gradient = answer.gradientOf(moment, example);
  const values = {
    example, k: batch + 1, batches: batches.length, numbers: numbersWords(answer, example, columns),
    gradient: valueWords(gradient), length: figure(size(gradient)), mean: valueWords(moment.gradient),
  };
  if (batch < 0) return say("Example {example} ({numbers}), not drawn in this epoch: g = {gradient}, |g| = {length}.", values);
  if (batch === moment.place && !answer.isFull) return say("Example {example} ({numbers}), in this batch: g = {gradient}, |g| = {length}; mean of the batch {mean}.", values);
  return say("Example {example} ({numbers}), in batch {k}: g = {gradient}, |g| = {length}; mean of this batch {mean}.", values);
}

/**
 * "x = 0.3, y = 1.2", "moved by (0.1, −0.2)"
 * @param {BatchAnswer} answer
 * @param {number} example
 * @param {string[]} columns
 */
export function numbersWords(answer, example, [x = "x", y = "y"] = []) {
  const [first, second] = answer.numbersOf(example).map((value) => figure(value));
  if (answer.kind === "data") return `${x} = ${first}, ${y} = ${second}`;
  const values = { pair: `(${first}, ${second})` };
  return answer.kind === "shift" ? say("surface moved by {pair}", values) : say("slope added {pair}", values);
}
