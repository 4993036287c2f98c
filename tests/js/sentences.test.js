import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { stories } from "../../static/js/stories.js";
import { answer, chanceOf, equal, ofAccuracy, ofBoth, ofGradient, ofMinima, ofPlane, ofSharp, timed, timedRows, unfinished } from "./answers.js";

const { experiments } = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf8"));
const parts = equal("falls", "falls");
const cells = ["epochs", "updates", "seconds"].flatMap((chart) => [[chart, 1, 28740, 5, 0], [chart, 1437, 20, 5, 2]]);
const base = /** @type {Record<string, any>} */ ({
  time: answer({ facts: timed, rows: timedRows }), accuracy: ofAccuracy(parts, { facts: { epochs: parts, updates: parts, seconds: parts }, rows: cells }),
  gradient: ofGradient(), sharp: ofSharp(), both: ofBoth(), minima: ofMinima(), plane: ofPlane(),
});

/**
 * The same answer, with every comparison found otherwise, and by so many seeds.
 * @param {any} value
 * @param {any} other
 * @returns {any}
 */
function turned(value, other) {
  if (Array.isArray(value)) return value.map((one) => turned(one, other));
  if (value === null || typeof value !== "object") return value;
  const own = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, turned(one, other)]));
  return "chance" in own ? { ...own, ...other } : own;
}

const others = ["falls", "rises", "no difference"].flatMap((found) => [1, 3, 5].map((seeds) => ({ found, seeds, chance: chanceOf(seeds) })));

test("no sentence has a hole in it, whatever was found and however many seeds there were", () => {
  assert.deepEqual(Object.keys(base), Object.keys(base).filter((name) => name in stories));
  for (const [name, story] of Object.entries(stories)) {
    const { question, choices } = story.ask();
    const charts = experiments.find((/** @type {any} */ row) => row.name === name).charts.map((/** @type {any} */ chart) => chart.name);
    const answers = [base[name], ...others.map((other) => turned(base[name], other))].flatMap((given) => ["done", ...unfinished].map((state) => ({ ...given, state })));
    const told = answers.flatMap((given) => charts.flatMap((/** @type {string} */ chart) => story.told(given, chart)));
    assert.ok(told.length > answers.length);
    for (const text of [question, ...choices.map(({ label }) => label), ...told]) assert.doesNotMatch(text, /[{}]|NaN|undefined|Infinity| {2}/, name);
  }
});

test("a choice names no cause, and few seeds decide none where seeds are compared", () => {
  for (const name of ["accuracy", "gradient", "sharp", "both"]) {
    const few = turned(base[name], { found: "falls", seeds: 3, chance: chanceOf(3) });
    assert.equal(stories[name].ask().measured(few), null, name);
    for (const text of stories[name].told(few, experiments.find((/** @type {any} */ row) => row.name === name).charts[0].name)) assert.doesNotMatch(text, /optimization|overfitting|both can be had|rises from|falls from/, name);
  }
  for (const { label } of stories.accuracy.ask().choices) assert.doesNotMatch(label, /better|overfitting/);
});
