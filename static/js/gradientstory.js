import { fewSentence, isDecided, luckSentence } from "./comparison.js";
import { count, figure } from "./numbers.js";
import { timesWords } from "./units.js";
import { paragraph, say, sayMany } from "./words.js";

/** Noise of a batch's gradient (B11): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./comparison.js").Comparison} Comparison */
/** @typedef {{noise: Comparison, theory: {least: number, most: number}|null, scale: number, equal: number}} Point */
/** @typedef {{start?: Point, trained?: Point, later?: Comparison, diverged?: number}} Facts */

/** As close to theory as a handful of batches can be asked to come. */
const near = 1.5;

/** @type {import("./stories.js").Story} */
export const gradientStory = { ask, told };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("A batch's gradient is the gradient of all examples and some noise. When the network has learned for some epochs, how large is the noise beside that gradient?"),
    choices: [
      { value: "falls", label: say("Smaller than at the start: training calms down") },
      { value: "no difference", label: say("Not seen to differ from the start") },
      { value: "rises", label: say("Larger than at the start") },
    ],
    measured,
  };
}

/** @param {Answer} answer */
function measured({ facts: { later } }) {
  return later && isDecided(later) ? later.found : null;
}

/** @param {Answer} answer */
function told(answer) {
  const facts = /** @type {Facts} */ (answer.facts);
  const first = paragraph([startSentence(facts.start), trainedSentence(answer)]);
  if (!first || answer.state !== "done") return [first].filter(Boolean);
  return [first, theorySentence(answer), equalSentence(facts), laterSentences(answer), divergedSentence(facts)].filter(Boolean);
}

/** @param {Point|undefined} point */
function startSentence(point) {
  if (!point) return "";
  const { from, to, found } = point.noise;
  const values = { from: count(from.batch), to: count(to.batch), first: timesWords(from.median), last: timesWords(to.median) };
  if (from.batch === to.batch) return say("At the start of training the noise is {first} times as long as the gradient at B = {from}.", values);
  const begin = say("At the start of training the noise is {first} times as long as the gradient at B = {from}, and {last} times at B = {to}", values);
  if (!isDecided(point.noise)) return paragraph([say("{begin}.", { begin }), luckSentence(point.noise)]);
  if (found === "falls") return say("{begin}: a small batch is noisy, a large one is stable, and no seed of one side reaches the other.", { begin });
  return say("{begin}: that a large batch is more stable was not found. It would need sizes that lie further apart.", { begin });
}

/** @param {Answer} answer */
function trainedSentence({ knobs, facts }) {
  const point = /** @type {Facts} */ (facts).trained;
  if (!point) return "";
  const { from, to } = point.noise;
  const values = { n: count(knobs.epochs), from: count(from.batch), to: count(to.batch), first: timesWords(from.median), last: timesWords(to.median) };
  return from.batch === to.batch
    ? sayMany("After {n} epoch it is {first} times as long.", "After {n} epochs it is {first} times as long.", knobs.epochs, values)
    : sayMany("After {n} epoch it is {first} times and {last} times.", "After {n} epochs it is {first} times and {last} times.", knobs.epochs, values);
}

/** One size leaves nothing to compare; the batch of all examples has no noise. @param {Answer} answer */
function hasOneSize({ rows }) {
  return new Set(rows.filter(([, , , , noise]) => Number(noise) > 0).map(([, batch]) => batch)).size < 2;
}

/** @param {Answer} answer */
function theorySentence(answer) {
  const { start, trained } = /** @type {Facts} */ (answer.facts);
  const known = [start?.theory, trained?.theory].flatMap((theory) => theory ?? []);
  if (!known.length) return "";
  if (hasOneSize(answer)) return say("Theory asks for about half the noise with four times the batch; with one batch size nothing tests that. It would need a second.");
  const [least, most] = [Math.min(...known.map((theory) => theory.least)), Math.max(...known.map((theory) => theory.most))];
  const values = { least: timesWords(least), most: timesWords(most) };
  return most <= near && least >= 1 / near
    ? say("Theory asks for about half the noise with four times the batch. Measured, it is {least} to {most} times what theory says, at every batch size: theory holds.", values)
    : say("Theory asks for about half the noise with four times the batch. Measured, it is {least} to {most} times what theory says: some of it is far off. It would need more than the few batches that were drawn.", values);
}

/** @param {Facts} facts */
function equalSentence({ start, trained }) {
  if (!start) return "";
  if (start.equal < 1) return say("At the start even a single example has less noise than gradient.");
  const values = { start: figure(start.equal, 2), trained: figure(trained?.equal ?? NaN, 2) };
  return trained
    ? say("Noise and gradient are as long as each other at about B = {start} at the start, and at about B = {trained} after the epochs. A smaller batch has more noise than gradient.", values)
    : say("Noise and gradient are as long as each other at about B = {start} at the start. A smaller batch has more noise than gradient.", values);
}

/** @param {Answer} answer */
function laterSentences(answer) {
  const { later } = /** @type {Facts} */ (answer.facts);
  if (!later) return "";
  if (!isDecided(later)) return fewSentence(later);
  const values = { first: timesWords(later.from.median), last: timesWords(later.to.median) };
  if (later.found === "rises") return paragraph([say("So while the network learns, the noise grows beside the gradient: for single examples, all of them taken, from {first} to {last} times, and no seed of one side reaches the other.", values), lengthsSentence(answer)]);
  if (later.found === "falls") return say("So while the network learns, the noise shrinks beside the gradient: for single examples, all of them taken, from {first} to {last} times, and no seed of one side reaches the other.", values);
  return say("For single examples, all of them taken, the noise is {first} times the gradient at the start and {last} times after the epochs, but the seeds of both overlap: that it grows while the network learns was not found. It would need more epochs or more seeds.", values);
}

/**
 * How long both are themselves, where both have become shorter.
 * @param {Answer} answer
 */
function lengthsSentence({ rows }) {
  const [start, trained] = ["start", "trained"].map((when) => rows.find((row) => row[0] === when) ?? []);
  const [[batch, gradient, noise], [, less, lower]] = [start, trained].map(([, size, , signal, length]) => [Number(size), Number(signal), Number(length)]);
  if (!(less < gradient && lower < noise)) return "";
  const values = { batch: count(batch), gradient: figure(gradient, 2), less: figure(less, 2), noise: figure(noise, 2), lower: figure(lower, 2) };
  return say("Both have become shorter, the gradient more: its length goes from {gradient} to {less}, that of the noise at B = {batch} from {noise} to {lower}.", values);
}

/** @param {Facts} facts */
function divergedSentence({ diverged = 0 }) {
  return diverged ? sayMany("{n} training diverged and counts nowhere after the start: η is too large for it.", "{n} trainings diverged and count nowhere after the start: η is too large for them.", diverged) : "";
}
