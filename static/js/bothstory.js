import { changeSentence, divergedSentence, fewSentence, isDecided } from "./comparison.js";
import { count, figure } from "./numbers.js";
import { shareWords } from "./units.js";
import { listed, paragraph, say, sayMany, withSemicolons } from "./words.js";

/** Fish and bear's paw (B12): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./comparison.js").Comparison} Comparison */
/**
 * @typedef {{epochs: number, diverged: number, gap: {training: Comparison, validation: Comparison}, closes: Record<string, number|null>,
 *   worse: Record<string, number|null>, best: string, momentum_too: Comparison, left: Comparison}} Facts
 */

/** @type {import("./stories.js").Story} */
export const bothStory = { ask, told };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("In the same number of epochs a large batch makes fewer updates. What lets the largest batch do as well on validation images as the small one?"),
    choices: [
      { value: "plain", label: say("Nothing is needed: with the same η it is not seen to do worse") },
      { value: "rate", label: say("A larger learning rate is enough") },
      { value: "momentum", label: say("Only momentum, perhaps with a larger learning rate") },
      { value: "none", label: say("None of these helps enough") },
    ],
    measured,
  };
}

/** @param {Answer} answer */
function measured({ facts }) {
  const { gap } = /** @type {Facts} */ (facts);
  if (!gap || !isDecided(gap.validation) || hasNoSmall(gap)) return null;
  if (gap.validation.found !== "falls") return "plain";
  const closing = closers(/** @type {Facts} */ (facts));
  if (!closing.length) return "none";
  return closing.some((name) => !name.startsWith("momentum")) ? "rate" : "momentum";
}

/** What has diverged is right about nothing. @param {Facts["gap"]} gap */
function hasNoSmall({ training }) {
  return training.from.median === 0;
}

/** What a share does when the rest does this. */
const turned = /** @type {const} */ ({ falls: "rises", rises: "falls", "no difference": "no difference" });

/** Recipes that close the gap up to the largest batch. @param {Facts} facts */
function closers({ closes, gap }) {
  return Object.keys(closes).filter((name) => closes[name] === gap.validation.to.batch);
}

/** As a recipe is called inside a sentence. @param {string} name */
function recipe(name) {
  const names = /** @type {Record<string, () => string>} */ ({
    plain: () => say("the same η"),
    root: () => say("η × √B"),
    linear: () => say("η × B"),
    warm: () => say("η × B with warm-up"),
    momentum: () => say("momentum"),
    momentum_root: () => say("momentum with η × √B"),
    momentum_warm: () => say("momentum with η × B and warm-up"),
  });
  return names[name]?.() ?? name;
}

/**
 * @param {Answer} answer
 * @param {string} chart
 */
function told(answer, chart) {
  const facts = /** @type {Facts} */ (answer.facts);
  if (!facts.gap) return [];
  const first = paragraph([headSentence(facts, chart), bestSentence(answer, chart)]);
  if (answer.state !== "done") return [first];
  if (hasNoSmall(facts.gap)) return [first, say("The small batch itself has diverged, so there is nothing to reach. It would need a smaller η."), divergedSentence(facts.diverged)].filter(Boolean);
  const decided = isDecided(facts.gap.validation) ? [gapSentence(facts, chart), closesSentence(facts), harmSentences(answer), momentumSentences(facts), verdict(facts)] : [fewSentence(facts.gap.validation)];
  return [first, ...decided, divergedSentence(facts.diverged)].filter(Boolean);
}

/**
 * @param {Facts} facts
 * @param {string} chart
 */
function headSentence({ epochs, gap }, chart) {
  const heads = /** @type {Record<string, [Comparison, string]>} */ ({
    validation_error: [errorOf(gap.validation), say("Plain, with the same η, validation error")],
    validation: [gap.validation, say("Plain, with the same η, validation accuracy")],
    training: [gap.training, say("Plain, with the same η, training accuracy")],
  });
  const [comparison, part] = heads[chart];
  const each = sayMany("{n} seed", "{n} seeds", comparison.seeds);
  const begin = sayMany("After {n} epoch each, {each}:", "After {n} epochs each, {each}:", epochs, { n: count(epochs), each });
  return paragraph([begin, changeSentence(comparison, part, shareWords)]);
}

/** The same of the share that is wrong. @param {Comparison} accuracy @returns {Comparison} */
function errorOf({ from, to, change, found, ...rest }) {
  const [first, last] = [from, to].map(({ batch, median, low, high }) => ({ batch, median: 1 - median, low: 1 - high, high: 1 - low }));
  return { ...rest, from: first, to: last, change: -change, found: turned[found] };
}

/**
 * @param {Answer} answer
 * @param {string} chart
 */
function bestSentence({ facts, rows }, chart) {
  const { best, left } = /** @type {Facts} */ (facts);
  const row = rows.find(([name, batch]) => name === best && batch === left.to.batch) ?? [];
  const share = Number(row[chart === "training" ? 6 : 9]);
  const values = { recipe: recipe(best), batch: count(left.to.batch), share: shareWords(chart === "validation_error" ? 1 - share : share) };
  if (best === "plain") return say("No other recipe does better at B = {batch}.", values);
  return chart === "training"
    ? say("The best there on validation images, chosen after looking, is {recipe}: {share} in training.", values)
    : say("The best there, chosen after looking, is {recipe}: {share}.", values);
}

/**
 * What the gap means, in the terms of the lecture.
 * @param {Facts} facts
 * @param {string} chart
 */
function gapSentence({ gap }, chart) {
  if (gap.validation.found !== "falls") return "";
  const beside = chart === "training" ? changeSentence(gap.validation, say("Validation accuracy"), shareWords) : changeSentence(gap.training, say("Training accuracy"), shareWords);
  return gap.training.found === "falls" ? paragraph([beside, say("Training is worse too: what is missing is optimization.")]) : beside;
}

/** @param {Facts} facts */
function closesSentence({ closes, gap }) {
  if (gap.validation.found !== "falls") return say("So there is no gap to close with this setting. It would need fewer epochs or a larger batch.");
  const names = Object.keys(closes).filter((name) => name !== "plain");
  const sizes = [...new Set(names.flatMap((name) => closes[name] ?? []))].sort((a, b) => b - a);
  const groups = sizes.map((size) => say("up to B = {batch}: {recipes}", { batch: count(size), recipes: listed(names.filter((name) => closes[name] === size).map(recipe)) }));
  const never = names.filter((name) => closes[name] === null);
  const all = [...groups, ...(never.length ? [say("at no size: {recipes}", { recipes: listed(never.map(recipe)) })] : [])];
  return say("A recipe closes the gap where not every seed is worse than every seed of B = {batch}: {groups}.", { batch: count(gap.validation.from.batch), groups: withSemicolons(all) });
}

/** @param {Answer} answer */
function harmSentences({ facts, rows }) {
  const { worse } = /** @type {Facts} */ (facts);
  const names = Object.keys(worse).filter((name) => worse[name] !== null);
  const sizes = [...new Set(names.map((name) => Number(worse[name])))].sort((a, b) => a - b);
  return paragraph(sizes.map((size) => {
    const harmful = names.filter((name) => worse[name] === size);
    const rates = [...new Set(rows.filter(([name, batch]) => batch === size && harmful.includes(String(name))).map((row) => figure(Number(row[3]))))];
    const values = { batch: count(size), recipes: listed(harmful.map(recipe)), rates: listed(rates) };
    return say("Harm is done at B = {batch} already, where η is {rates}, by {recipes}: every seed is worse than every plain one.", values);
  }));
}

/** @param {Facts} facts */
function momentumSentences({ momentum_too: too, left, gap, best }) {
  if (too.found !== "rises" || gap.validation.found !== "falls") return "";
  const values = { batch: count(too.from.batch), share: shareWords(too.to.median), large: count(left.to.batch), recipe: recipe(best), last: shareWords(left.to.median) };
  const begin = say("Momentum helps the small batch too: {share} of the validation images are right at B = {batch}.", values);
  if (left.found === "falls") return paragraph([begin, say("All seeds of the best recipe at B = {large} stay below it, with {last}.", values)]);
  if (left.found === "rises") return paragraph([begin, say("All seeds of the best recipe at B = {large} are above even that, with {last}.", values)]);
  return paragraph([begin, say("The best recipe at B = {large} has {last}, and no difference to that was found.", values)]);
}

/** @param {Facts} facts */
function verdict(facts) {
  const { gap, epochs } = facts;
  if (gap.validation.found !== "falls") return "";
  const closing = closers(facts);
  const values = { batch: count(gap.validation.to.batch), recipes: listed(closing.map(recipe)), n: count(epochs), seeds: gap.validation.seeds };
  return closing.length
    ? sayMany("So in {n} epoch both can be had here at B = {batch}, as far as {seeds} seeds can tell: {recipes}.", "So in {n} epochs both can be had here at B = {batch}, as far as {seeds} seeds can tell: {recipes}.", epochs, values)
    : sayMany("So in {n} epoch none of the recipes that were tried has both at B = {batch}, as far as {seeds} seeds can tell. It would need more epochs: more updates with smaller steps.", "So in {n} epochs none of the recipes that were tried has both at B = {batch}, as far as {seeds} seeds can tell. It would need more epochs: more updates with smaller steps.", epochs, values);
}
