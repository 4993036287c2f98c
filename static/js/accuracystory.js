import { changeSentence, divergedSentence, fewSentence, isDecided } from "./comparison.js";
import { count } from "./numbers.js";
import { shareWords, timesWords } from "./units.js";
import { paragraph, say, sayMany } from "./words.js";

/** Accuracy against batch size (B6): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./comparison.js").Comparison} Comparison */
/** @typedef {{training: {smallest: Comparison, best: Comparison}, validation: {smallest: Comparison, best: Comparison}}} Equal */

/** @type {import("./stories.js").Story} */
export const accuracyStory = { ask, told };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("All trainings make the same number of epochs. From the smallest batch to the full one, how do the accuracies change?"),
    choices: [
      { value: "neither", label: say("Neither is seen to change") },
      { value: "rise", label: say("Both rise") },
      { value: "overfit", label: say("Training keeps up, validation falls") },
      { value: "fall", label: say("Both fall") },
    ],
    measured,
  };
}

/** @param {Answer} answer */
function measured({ facts }) {
  if (!facts.epochs || !isDecided(facts.epochs.training.smallest)) return null;
  const parts = [facts.epochs.training, facts.epochs.validation];
  if (parts.some(isPeaked)) return null;
  const found = parts.map(({ smallest }) => smallest.found);
  const kinds = /** @type {Record<string, string>} */ ({ "falls falls": "fall", "rises rises": "rise", "no difference falls": "overfit", "rises falls": "overfit", "no difference no difference": "neither" });
  return kinds[found.join(" ")] ?? null;
}

/** Best between both ends, and apart from them: it neither rises nor falls. @param {{smallest: Comparison, best: Comparison}} part */
function isPeaked({ smallest, best }) {
  return best.found === "falls" && best.from.low > smallest.from.high;
}

/**
 * @param {Answer} answer
 * @param {string} chart
 */
function told(answer, chart) {
  const equal = /** @type {Equal|undefined} */ (answer.facts[chart]);
  if (!equal || equal.training.smallest.from.batch === equal.training.smallest.to.batch) return [];
  const parts = [changeSentence(equal.training.smallest, say("Training accuracy"), shareWords), changeSentence(equal.validation.smallest, say("Validation accuracy"), shareWords)];
  const first = paragraph([headSentence(answer, chart), ...parts]);
  if (answer.state !== "done") return [first];
  const concluded = isDecided(equal.training.smallest) ? [meaning(answer, chart, equal), bestSentence(equal)] : [fewSentence(equal.training.smallest)];
  return [first, ...concluded, divergedSentence(divergedOf(answer, chart))].filter(Boolean);
}

/** @param {Answer} answer @param {string} chart */
function headSentence({ knobs, facts }, chart) {
  const { seeds } = facts[chart].training.smallest;
  const each = sayMany("{n} seed", "{n} seeds", seeds);
  if (chart === "epochs") return sayMany("After {n} epoch each, {each}:", "After {n} epochs each, {each}:", knobs.epochs, { n: count(knobs.epochs), each });
  if (chart === "updates") return sayMany("After {n} update each, {each}:", "After {n} updates each, {each}:", knobs.updates, { n: count(knobs.updates), each });
  return say("After {seconds} s of computing each on this machine, {each}:", { seconds: knobs.seconds, each });
}

/**
 * What it means, each time in the terms of the lecture.
 * @param {Answer} answer
 * @param {string} chart
 * @param {Equal} equal
 */
function meaning(answer, chart, equal) {
  const [training, validation] = [equal.training.smallest.found, equal.validation.smallest.found];
  if (training === "falls") {
    const nots = validation === "falls"
      ? say("So it is not overfitting, since training is worse too; and not model bias, since it is the same network. What is left is optimization.")
      : say("Training alone is worse: that is neither overfitting nor model bias. What is left is optimization.");
    return paragraph([nots, updatesSentence(answer, chart)]);
  }
  if (training === "rises") return paragraph([say("Here the largest batch is ahead of the smallest, the other way round than in the lecture."), workSentence(equal, chart)]);
  if (validation === "falls") return say("Training keeps up and validation is worse: that would be overfitting, another effect than the lecture shows here.");
  return say("That the largest batch ends worse than the smallest was not found with this setting. It would need shorter trainings, harder images or more seeds.");
}

/**
 * Updates of the smallest and the largest batch, where the large one made fewer: in equal epochs, and in equal time.
 * @param {Answer} answer
 * @param {string} chart
 */
function updatesSentence({ rows }, chart) {
  const made = rows.filter(([equal]) => equal === chart).map(([, batch, updates]) => ({ batch: Number(batch), updates: Number(updates) }));
  const [small, large] = [made[0], made[made.length - 1]];
  if (!small || large.updates >= small.updates) return "";
  const values = { from: count(small.batch), to: count(large.batch), many: count(small.updates), few: count(large.updates) };
  return say("Look at the updates: {few} at B = {to} against {many} at B = {from}. Much of the difference may be only that.", values);
}

/**
 * What equal updates leave unequal.
 * @param {Equal} equal
 * @param {string} chart
 */
function workSentence({ training: { smallest: { from, to } } }, chart) {
  return chart === "updates" ? say("Equal updates are not equal work: it has seen {times} times as many examples.", { times: timesWords(to.batch / from.batch) }) : "";
}

/** @param {Equal} equal */
function bestSentence({ validation: { smallest, best } }) {
  if (best.from.batch === smallest.from.batch || best.found !== "falls") return "";
  const values = { batch: count(best.from.batch), first: shareWords(best.from.median), last: shareWords(best.to.median), to: count(best.to.batch) };
  return say("The best validation here has B = {batch}, chosen after looking: {first}, against {last} at B = {to}.", values);
}

/** @param {Answer} answer @param {string} chart */
function divergedOf({ rows }, chart) {
  return rows.filter(([equal]) => equal === chart).reduce((sum, row) => sum + Number(row[row.length - 1]), 0);
}
