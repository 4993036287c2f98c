import { luckSentence } from "./comparison.js";
import { count, figure } from "./numbers.js";
import { shareWords, timesWords } from "./units.js";
import { paragraph, say, sayMany } from "./words.js";

/** How rare are minima (C3): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {{positive: number, zero: number, negative: number, positive_low: number, positive_high: number, negative_low: number, negative_high: number, signed: number, loss: number, slope: number, largest: number, smallest: number}} Look */
/** @typedef {{parameters: number, blind: number, zero: number, seeds: number, start: Look, end: Look, highest?: {updates: number, epochs: number, positive: number, positive_low: number, chance: number}, minima: number, looked: number, otherwise: {threshold: number, positive: number, zero: number, negative: number}[]}} Facts */

/** Below this share some directions lead down, from there on many. */
const many = 0.25;

/** @type {import("./stories.js").Story} */
export const minimaStory = { ask, told, across };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("Where training has ended: in how many of all directions does the loss still curve downwards?"),
    choices: [
      { value: "none", label: say("In none: training ends in a minimum") },
      { value: "some", label: say("In some, less than a quarter") },
      { value: "many", label: say("In a quarter of them or more") },
    ],
    measured,
  };
}

/** @param {Answer} answer */
function measured({ facts }) {
  const { end, minima, looked } = /** @type {Facts} */ (facts);
  if (!end) return null;
  if (minima) return minima === looked ? "none" : null;
  if (end.negative_high < many) return "some";
  return end.negative_low >= many ? "many" : null;
}

/**
 * @param {Answer} answer
 * @param {string} chart
 */
function told(answer, chart) {
  const facts = /** @type {Facts} */ (answer.facts);
  if (!facts.end) return [];
  const [share, edges] = [shareSentences(answer), edgesSentence(answer)];
  const [first, second] = chart === "edges" ? [edges, share] : [share, edges];
  if (answer.state !== "done") return [first];
  return [first, second, highestSentence(facts), signedSentence(answer), slopeSentence(facts), zeroSentence(facts), verdict(facts), divergedSentence(facts)].filter(Boolean);
}

/**
 * Looks stand where their loss is; which way the training goes along that axis, its own losses say.
 * @param {Answer} answer
 */
function across({ series }) {
  const losses = (series[0]?.x ?? []).map(Number);
  const goes = (/** @type {(one: number, next: number) => boolean} */ way) => losses.length > 1 && losses.slice(1).every((next, k) => way(losses[k], next));
  if (goes((one, next) => next < one)) return say("Training loss: training goes to the left");
  if (goes((one, next) => next > one)) return say("Training loss: training goes to the right");
  return say("Training loss");
}

/** The last look is at another moment than the first. @param {Answer} answer */
function hasMoved({ rows }) {
  return rows.length > 1;
}

/** When the last look was. @param {Answer} answer */
function lastTime({ rows }) {
  const [updates, epochs] = rows[rows.length - 1].map(Number);
  return timeWords(updates, epochs);
}

/**
 * @param {number} updates
 * @param {number} epochs
 */
function timeWords(updates, epochs) {
  if (epochs < 1) return sayMany("{n} update", "{n} updates", updates, { n: count(updates) });
  return sayMany("{n} epoch", "{n} epochs", epochs, { n: figure(epochs) });
}

/** @param {Answer} answer */
function shareSentences(answer) {
  const { start, end } = /** @type {Facts} */ (answer.facts);
  const values = {
    when: lastTime(answer), high: figure(start.loss), low: figure(end.loss), first: shareWords(start.positive), last: shareWords(end.positive),
    negative: shareWords(end.negative),
  };
  if (!hasMoved(answer)) return say("At the start, with a training loss of {high}, {first} of all eigenvalues are positive and {negative} negative.", values);
  const way = wayOf(start, end) === "rises"
    ? say("After {when} the training loss is down from {high} to {low}, and the share of positive eigenvalues, the minimum ratio, up from {first} to {last}.", values)
    : say("After {when} the training loss is {low}, from {high} at the start, and the share of positive eigenvalues, the minimum ratio, is {last}, from {first}.", values);
  return paragraph([way, negativeSentence(/** @type {Facts} */ (answer.facts))]);
}

/** The share may have been higher on the way, every seed above every one at the end. @param {Facts} facts */
function highestSentence({ highest, end, looked }) {
  if (!highest?.updates || highest.positive_low <= end.positive_high) return "";
  const told = say("The share of positive eigenvalues was highest after {when}, with {share}, and has fallen since.", { when: timeWords(highest.updates, highest.epochs), share: shareWords(highest.positive) });
  return paragraph([told, luckSentence({ found: "falls", seeds: looked, chance: highest.chance })]);
}

/** @param {Facts} facts */
function negativeSentence({ end, minima, looked }) {
  const [least, most] = [end.negative_low, end.negative_high].map(shareWords);
  const share = least === most ? most : say("{least} to {most}", { least, most });
  if (minima === looked) return sayMany("None is negative, in {n} seed.", "None is negative, in any of {n} seeds.", looked);
  if (minima) return say("In {minima} of {looked} seeds none is negative.", { minima, looked });
  return sayMany("{share} are negative, so the {n} seed is not at a minimum.", "{share} are negative, so none of the {n} seeds is at a minimum.", looked, { share });
}

/**
 * Whether every seed ends beyond where any began.
 * @param {Look} start
 * @param {Look} end
 */
function wayOf(start, end) {
  return end.positive_low > start.positive_high && end.loss < start.loss ? "rises" : "";
}

/** @param {Answer} answer */
function edgesSentence(answer) {
  const { start, end } = /** @type {Facts} */ (answer.facts);
  const values = {
    when: lastTime(answer), most: figure(start.largest, 2), least: figure(start.smallest, 2), largest: figure(end.largest, 2), smallest: figure(end.smallest, 2),
    times: timesWords(end.largest / -end.smallest),
  };
  if (!hasMoved(answer)) return say("At the start the largest eigenvalue is {most}, the smallest {least}.", values);
  const way = say("After {when} the largest eigenvalue is {largest}, from {most} at the start, and the smallest {smallest}, from {least}.", values);
  if (!(end.smallest < 0 && end.largest > 0)) return way;
  return paragraph([way, say("The strongest upward curvature is {times} times the strongest downward one.", values)]);
}

/** @param {Answer} answer */
function signedSentence(answer) {
  const { start, end } = /** @type {Facts} */ (answer.facts);
  const values = { first: shareWords(start.signed), last: shareWords(end.signed) };
  return hasMoved(answer) ? say("Of those that are not zero, {last} are positive at the last look, {first} at the start.", values) : "";
}

/** @param {Facts} facts */
function slopeSentence({ start, end }) {
  const values = { slope: figure(end.slope, 2), first: figure(start.slope, 2) };
  return end.slope > 0 ? say("The gradient still has a length of {slope} at the last look, and {first} at the start. Strictly, this is no critical point: the epochs were over, the ground was not level.", values) : "";
}

/** @param {Facts} facts */
function zeroSentence({ blind, parameters, zero, otherwise }) {
  const wide = otherwise[otherwise.length - 1];
  const values = { blind: count(blind), all: count(parameters), zero: figure(zero, 1), other: figure(wide.threshold, 1), share: shareWords(wide.zero), negative: shareWords(wide.negative) };
  return say("{blind} of the {all} directions are exactly level wherever the network is: pixels that are white in every image, and all ten outputs moved together. Where zero begins beyond them is a choice, here at {zero} of the largest. At {other} of it, {share} would be zero and {negative} negative.", values);
}

/** @param {Facts} facts */
function verdict({ end, minima, looked }) {
  const values = { minima, looked, positive: shareWords(end.positive) };
  if (!minima) return say("A minimum was not found; the lecture says that local minima may be rare. It would need training to the very end: full batches, many more epochs, and a penalty on the weights, without which the lowest loss lies at infinity.");
  return say("{minima} of {looked} seeds have no negative eigenvalue. They can be at a minimum, if no direction that counts as zero leads down; {positive} of the eigenvalues are positive.", values);
}

/** @param {Facts} facts */
function divergedSentence({ seeds, looked }) {
  const n = seeds - looked;
  return n > 0 ? sayMany("{n} training diverged and was not looked at: η is too large for it.", "{n} trainings diverged and were not looked at: η is too large for them.", n) : "";
}
