import { count } from "./numbers.js";
import { paragraph, say, sayMany } from "./words.js";

/** What a handful of seeds says of two batch sizes, in one sentence. Pure. */

/** @typedef {{batch: number, median: number, low: number, high: number}} End */
/** @typedef {{from: End, to: End, change: number, apart: boolean, found: "falls"|"rises"|"no difference", seeds: number, chance: number}} Comparison */

/** What chance alone does more often than this is no finding. */
const rare = 0.05;

/** Whether there are seeds enough that chance alone would hardly put them apart. @param {{chance: number}} comparison */
export function isDecided({ chance }) {
  return chance <= rare;
}

/**
 * @param {Comparison} comparison
 * @param {string} part what is compared
 * @param {(value: number) => string} words a value of it
 */
export function changeSentence(comparison, part, words) {
  const { from, to, found, seeds } = comparison;
  const values = { part, from: count(from.batch), to: count(to.batch), first: words(from.median), last: words(to.median) };
  if (seeds > 1 && found === "no difference") return say("{part} is {first} at B = {from} and {last} at B = {to}, but the seeds of both overlap: no difference was found.", values);
  if (!isDecided(comparison)) return paragraph([say("{part}: {first} at B = {from}, {last} at B = {to}.", values), luckSentence(comparison)]);
  if (found === "falls") return say("{part} falls from {first} at B = {from} to {last} at B = {to}; no seed of one side reaches the other.", values);
  return say("{part} rises from {first} at B = {from} to {last} at B = {to}; no seed of one side reaches the other.", values);
}

/** Seeds that are apart, but too few of them. @param {Pick<Comparison, "found"|"seeds"|"chance">} comparison */
export function luckSentence(comparison) {
  const { found, seeds, chance } = comparison;
  if (isDecided(comparison) || seeds < 2 || found === "no difference") return "";
  return say("No seed of one side reaches the other, but with {seeds} seeds each, chance alone does this once in {n} times.", { seeds, n: Math.round(1 / chance) });
}

/** Why nothing is concluded. @param {Pick<Comparison, "seeds">} comparison */
export function fewSentence({ seeds }) {
  return sayMany("{n} seed cannot decide anything. It would need more.", "{n} seeds cannot decide anything. It would need more.", seeds);
}

/** Accuracies that are none. @param {number} n  trainings that diverged */
export function divergedSentence(n) {
  return n ? sayMany("{n} training diverged and counts as right about nothing: η is too large for it.", "{n} trainings diverged and count as right about nothing: η is too large for them.", n) : "";
}
