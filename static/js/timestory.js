import { figure, count } from "./numbers.js";
import { secondsWords, timesWords } from "./units.js";
import { paragraph, say } from "./words.js";

/** Time against batch size (B4, B5): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {{from: number, to: number, times: number}} Ratio */
/** @typedef {{batch: number, times: number, one: number, all: number}} Worst */

/** As the page's own claim has it: up to so many times as long is flat, from 1 to 100 examples. */
const flat = 5;

/** And it is so many times less than the sizes differ; sizes nearer than that show nothing flat. */
const below = 4;

/** So many times away is far from the bend. */
const far = 10;

/** Up to so many times as long is about as long. */
const alike = 1.2;

/** So many times as fast as one thread, or less: all threads are much slower. */
const stuck = 0.5;

/** Below the one, threads have not helped; below the other, they are in each other's way. */
const [helped, hindered] = [1.2, 1 / 1.2];

/** @type {import("./stories.js").Story} */
export const timeStory = { ask, told };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("One update with 1,000 examples in the batch instead of one: how long does it take?"),
    choices: [
      { value: "same", label: say("About as long: at most 3 times") },
      { value: "some", label: say("Longer, but far from 1,000 times") },
      { value: "all", label: say("About 1,000 times as long") },
    ],
    measured,
  };
}

/**
 * How many times as long an update takes with 1,000 examples as with one.
 * @param {Answer} answer
 */
function thousandTimes({ rows }) {
  const times = new Map(rows.filter(([, threads]) => threads === 1).map(([batch, , update]) => [Number(batch), Number(update)]));
  return Number(times.get(1000)) / Number(times.get(1));
}

/** @param {Answer} answer */
function measured(answer) {
  const times = thousandTimes(answer);
  if (!Number.isFinite(times)) return null;
  return times <= 3 ? "same" : times >= 300 ? "all" : "some";
}

/** @param {Answer} answer */
function thousandSentence(answer) {
  const times = thousandTimes(answer);
  return Number.isFinite(times) ? say("With 1,000 examples it is {times} times.", { times: timesWords(times) }) : "";
}

/** @param {Answer} answer */
function told(answer) {
  const { facts } = answer;
  if (facts.fixed === undefined) return [];
  const first = paragraph([updateSentence(facts), thousandSentence(answer)]);
  if (answer.state !== "done") return [first];
  return [first, bendSentence(facts), growthSentence(facts.grows), epochSentence(facts), parallelSentences(facts)].filter(Boolean);
}

/** @param {{flat: Ratio, fixed: number}} facts */
function updateSentence({ flat: { from, to, times }, fixed }) {
  if (from === to) return "";
  const values = { from: count(from), to: count(to), size: figure(to / from), time: secondsWords(fixed), times: timesWords(times) };
  if (to / from < below) return say("With one thread an update takes {time} at B = {from} and {times} times as long at B = {to}. A flat part cannot be seen between sizes so near each other; it would need some further apart.", values);
  return times <= flat && times <= to / from / below
    ? say("With one thread an update takes {time} at B = {from}, and at B = {to} only {times} times as long for {size} times the examples: nearly flat.", values)
    : say("With one thread an update takes {time} at B = {from} and {times} times as long at B = {to}: a flat part was not found here. A smaller network would show one, where the examples cost less than the update itself.", values);
}

/**
 * Told where the smallest batch lies far below the bend and the largest far above: else what was measured is neither the one nor the other.
 * @param {{bend: number, fixed: number, each: number, flat: Ratio, grows: Ratio}} facts
 */
function bendSentence({ bend, fixed, each, flat: { from }, grows: { to } }) {
  const values = { bend: figure(bend, 2), fixed: secondsWords(fixed), each: secondsWords(each) };
  return bend >= far * from && to >= far * bend ? say("An example costs {each}, an update as such {fixed}. So up to about B = {bend} the update itself is the larger part; one thread does nothing in parallel, this flat part is the fixed cost of a call.", values) : "";
}

/** @param {Ratio} grows */
function growthSentence({ from, to, times }) {
  if (to <= from) return "";
  const values = { from: count(from), to: count(to), size: figure(to / from), times: timesWords(times) };
  return say("From B = {from} to B = {to}, {size} times the examples, it takes {times} times as long: there the time grows with the batch.", values);
}

/**
 * It is only the other way round where an update was said to take longer with the larger batch.
 * @param {{epoch: Ratio, flat: Ratio, examples: number}} facts
 */
function epochSentence({ epoch: { from, to, times }, flat: update, examples }) {
  if (from === to) return "";
  const values = { from: count(from), to: count(to), examples: count(examples), times: timesWords(1 / times), more: timesWords(times) };
  if (times < alike && times > 1 / alike) return say("One epoch of {examples} examples takes about the same time at B = {from} and at B = {to}: that small batches make an epoch slow was not found here.", values);
  if (times < 1 && !(update.to > update.from && update.times > 1)) return say("One epoch of {examples} examples takes {times} times as long at B = {from} as at B = {to}.", values);
  return times < 1
    ? say("For one epoch it is the other way round: {examples} examples take {times} times as long at B = {from} as at B = {to}.", values)
    : say("One epoch of {examples} examples takes {more} times as long at B = {to} as at B = {from}: that small batches make an epoch slow was not found here.", values);
}

/** @param {{parallel: {batch: number, times: number|null}, worst?: Worst|null, threads: number}} facts */
function parallelSentences(facts) {
  return paragraph([parallelSentence(facts), worstSentence(facts)]);
}

/**
 * One batch size at which all threads together are much slower than one.
 * @param {{parallel: {batch: number}, worst?: Worst|null}} facts
 */
function worstSentence({ parallel, worst }) {
  if (!worst || worst.times > stuck || worst.batch === parallel.batch) return "";
  return say("At B = {batch} they are much slower than one thread: {all} against {one}.", { batch: count(worst.batch), all: secondsWords(worst.all), one: secondsWords(worst.one) });
}

/** @param {{parallel: {batch: number, times: number|null}, threads: number}} facts */
function parallelSentence({ parallel: { batch, times }, threads }) {
  if (times === null) return say("This machine has one thread, so nothing here was worked on in parallel.");
  const values = { threads, batch: count(batch), times: timesWords(times) };
  if (times >= helped) return say("All {threads} threads together are {times} times as fast at B = {batch}.", values);
  if (times < hindered) return say("All {threads} threads together are slower at B = {batch}, {times} times as fast as one: sharing so small layers, or a machine that is busy, costs more than it saves.", values);
  return say("All {threads} threads together are no faster at B = {batch} ({times} times): the layers are too small to be worth sharing. Larger hidden layers would need them.", values);
}
