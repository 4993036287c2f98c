import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { accuracyStory } from "../../static/js/accuracystory.js";
import { statusWords } from "../../static/js/experimentstatus.js";
import { foundWords } from "../../static/js/found.js";
import { namesOf } from "../../static/js/numbertables.js";
import { stories } from "../../static/js/stories.js";
import { timeStory } from "../../static/js/timestory.js";
import { answer, chanceOf, equal, ofAccuracy, timed as facts, timedRows as rows } from "./answers.js";

const { experiments } = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf8"));

test("a story belongs to an experiment, and asks with choices it can measure", () => {
  for (const [name, { ask }] of Object.entries(stories)) {
    assert.ok(experiments.some((/** @type {any} */ row) => row.name === name), name);
    const { question, choices } = ask();
    assert.ok(question.endsWith("?"));
    assert.ok(choices.length >= 2);
    assert.equal(new Set(choices.map(({ value }) => value)).size, choices.length);
  }
});

test("time is told with its own figures: flat, grown, and the other way round for an epoch", () => {
  const told = timeStory.told(answer({ facts, rows }), "update");
  assert.match(told[0], /takes 10 µs at B = 1, and at B = 100 only 2\.8 times as long .* nearly flat\. With 1,000 examples it is 20 times\.$/);
  assert.match(told[1], /up to about B = 50 .* fixed cost of a call/);
  assert.match(told[2], /From B = 1,000 to B = 60,000, 60 times the examples, it takes 61 times/);
  assert.match(told[3], /60,000 examples take 50 times as long at B = 1 as at B = 1,000/);
  assert.match(told[4], /All 2 threads together are 1\.9 times as fast at B = 60,000/);
  assert.equal(timeStory.ask().measured(answer({ facts, rows })), "some");
});

test("what was not found is said so, with what would show it", () => {
  const steep = { ...facts, flat: { from: 1, to: 100, times: 40 }, epoch: { from: 1, to: 1000, times: 1.5 }, parallel: { batch: 60000, times: 1.02 } };
  const told = timeStory.told(answer({ facts: steep, rows }), "update").join(" ");
  assert.match(told, /a flat part was not found here\. A smaller network would show one/);
  assert.match(told, /small batches make an epoch slow was not found here/);
  assert.match(told, /no faster at B = 60,000 .* Larger hidden layers would need them/);
  const slower = { ...facts, parallel: { batch: 60000, times: 0.29 } };
  assert.match(timeStory.told(answer({ facts: slower, rows }), "update").join(" "), /slower at B = 60,000, 0\.29 times as fast as one/);
  assert.match(timeStory.told(answer({ facts: { ...facts, threads: 1, parallel: { batch: 9, times: null } }, rows }), "update").join(" "), /has one thread/);
});

test("sizes that lie near each other show no flat part, no bend and no slow epoch", () => {
  const near = { ...facts, fixed: 6.75e-5, each: 1.22e-5, bend: 5.5, flat: { from: 5, to: 7, times: 1.27 }, grows: { from: 7, to: 7, times: 1 }, epoch: { from: 5, to: 7, times: 0.953 }, parallel: { batch: 7, times: 1.4 } };
  const told = timeStory.told(answer({ facts: near, rows: [] }), "update").join(" ");
  assert.match(told, /1\.3 times as long at B = 7\. A flat part cannot be seen between sizes so near.* about the same time at B = 5 and at B = 7/);
  assert.doesNotMatch(told, /nearly flat|An example costs|other way round/);
  const dear = timeStory.told(answer({ facts: { ...facts, flat: { from: 1, to: 10, times: 4 } }, rows }), "update")[0];
  assert.match(dear, /a flat part was not found here/);
});

test("an epoch is the other way round only where an update takes longer with the larger batch", () => {
  const told = (/** @type {any} */ flat) => timeStory.told(answer({ facts: { ...facts, flat, epoch: { from: 1, to: 2, times: 0.455 } }, rows: [] }), "update").join(" ");
  assert.match(told({ from: 1, to: 2, times: 1.1 }), /other way round/);
  for (const update of [{ from: 1, to: 2, times: 0.91 }, { from: 1, to: 1, times: 1 }]) {
    assert.match(told(update), /One epoch of 60,000 examples takes 2\.2 times as long at B = 1 as at B = 2\./);
    assert.doesNotMatch(told(update), /other way round/);
  }
});

test("a batch size at which all threads are much slower than one is told", () => {
  const worst = { batch: 1000, times: 0.017, one: 2.705e-4, all: 0.016 };
  const told = (/** @type {any} */ more) => timeStory.told(answer({ facts: { ...facts, ...more }, rows }), "update").join(" ");
  assert.match(told({ worst }), /1\.9 times as fast at B = 60,000\. At B = 1,000 they are much slower than one thread: 16 ms against 271 µs\./);
  for (const other of [null, { ...worst, times: 0.8 }, { ...worst, batch: 60000 }]) assert.doesNotMatch(told({ worst: other }), /much slower/);
});

test("without one and a thousand examples the figures do not decide, and without figures nothing is said", () => {
  assert.equal(timeStory.ask().measured(answer({ facts, rows: [[1, 1, 1e-5]] })), null);
  assert.deepEqual(timeStory.told(answer({}), "update"), []);
  const same = timeStory.ask().measured(answer({ rows: [[1, 1, 1e-5], [1000, 1, 2e-5]] }));
  assert.deepEqual([same, timeStory.ask().measured(answer({ rows: [[1, 1, 1e-5], [1000, 1, 9e-3]] }))], ["same", "all"]);
});

test("both fall: the two nots of the lecture, and how few updates the large batch made", () => {
  const found = ofAccuracy(equal("falls", "falls"));
  const told = accuracyStory.told(found, "epochs");
  assert.match(told[0], /^After 20 epochs each, 5 seeds: Training accuracy falls from 100 % at B = 1 to 58 % at B = 1,437; no seed/);
  assert.match(told[1], /not overfitting, since training is worse too; and not model bias, .* 20 at B = 1,437 against 28,740 at B = 1/);
  assert.match(told.join(" "), /2 trainings diverged and count as right about nothing/);
  assert.equal(accuracyStory.ask().measured(found), "fall");
});

test("no difference, the other way round and overfitting are told as what they are", () => {
  const none = ofAccuracy(equal("no difference", "no difference"));
  assert.match(accuracyStory.told(none, "epochs").join(" "), /seeds of both overlap.* was not found with this setting\. It would need/);
  assert.equal(accuracyStory.ask().measured(none), "neither");
  assert.match(accuracyStory.told(ofAccuracy(equal("rises", "rises")), "epochs").join(" "), /the other way round than in the lecture/);
  const over = ofAccuracy(equal("no difference", "falls"));
  assert.match(accuracyStory.told(over, "epochs").join(" "), /that would be overfitting/);
  assert.equal(accuracyStory.ask().measured(over), "overfit");
  assert.equal(accuracyStory.ask().measured(ofAccuracy(equal("falls", "rises"))), null);
});

test("a batch size between both ends that is best decides for neither, and unequal work is told where updates are equal", () => {
  const peak = ofAccuracy(equal("rises", "rises"));
  const risen = { smallest: { ...peak.facts.epochs.training.smallest, found: "rises" }, best: { ...peak.facts.epochs.training.best, found: "falls", from: { batch: 4, median: 1.2, low: 1.1, high: 1.3 } } };
  assert.equal(accuracyStory.ask().measured(peak), "rise");
  peak.facts = { epochs: { training: risen, validation: risen }, updates: peak.facts.epochs };
  assert.equal(accuracyStory.ask().measured(peak), null);
  const told = accuracyStory.told(peak, "epochs").join(" ");
  assert.match(told, /ahead of the smallest, the other way round .* The best validation here has B = 4/);
  assert.doesNotMatch(told, /not equal work|Look at the updates/);
  assert.match(accuracyStory.told(peak, "updates").join(" "), /it has seen 1,437 times as many examples/);
  const seconds = ofAccuracy({}, { facts: { seconds: equal("falls", "falls") }, rows: [["seconds", 1, 900, 5, 0], ["seconds", 1437, 30, 5, 0]] });
  assert.match(accuracyStory.told(seconds, "seconds").join(" "), /What is left is optimization\. Look at the updates: 30 at B = 1,437 against 900 at B = 1\./);
});

test("while it runs nothing is concluded, and one seed reaches no other", () => {
  assert.equal(accuracyStory.told(ofAccuracy(equal("falls", "falls"), { state: "running" }), "epochs").length, 1);
  const one = equal("falls", "falls");
  for (const part of [one.training, one.validation]) Object.assign(part.smallest, { seeds: 1, chance: chanceOf(1) });
  assert.equal(accuracyStory.ask().measured(ofAccuracy(one)), null);
  assert.doesNotMatch(accuracyStory.told(ofAccuracy(one, { state: "running" }), "epochs").join(" "), /no seed/);
  assert.deepEqual(accuracyStory.told(answer({}), "epochs"), []);
});

test("what was found is one line, of what is done alone", () => {
  const found = ofAccuracy(equal("falls", "falls"), { name: "accuracy" });
  assert.match(foundWords(found, experiments), /^After 20 epochs each/);
  assert.equal(foundWords({ ...found, state: "running" }, experiments), "");
  assert.equal(foundWords(answer({ name: "nobody" }), experiments), "");
});

test("where it stands is said in words", () => {
  const words = (/** @type {any} */ more, standing = {}) => statusWords({ answer: answer(more), isFollowed: true, isDrawn: true, refusal: "", ...standing });
  assert.equal(words({ state: "queued", position: 3 }), "Place 3 in the queue; experiments run one after the other.");
  assert.equal(words({ state: "queued", position: 1 }), "Next in the queue.");
  assert.equal(words({ state: "running", progress: 0.429 }), "42 % done. The chart shows the figures so far.");
  assert.equal(words({ state: "running", progress: 0.429 }, { isDrawn: false }), "42 % done.");
  assert.equal(words({ state: "done" }), "Done in 3 s.");
  assert.match(words({ state: "failed", error: "it broke" }), /It failed: it broke\./);
  assert.match(words({ state: "running" }, { isFollowed: false }), /goes on for others/);
  assert.equal(words({ state: "queued", position: 1 }, { isFollowed: false }), "You left it; it goes on for others.");
  assert.deepEqual([[{}], []].map((series) => words({ state: "cancelled", series })), ["It was cancelled. The figures so far stay.", "It was cancelled."]);
  assert.equal(words({}, { refusal: "16 wait" }), "The server could not begin it: 16 wait. What you see stays.");
  assert.equal(words({}, { refusal: "16 wait", isDrawn: false }), "The server could not begin it: 16 wait.");
});

test("names in answers are those of charts and lines", () => {
  const nameOf = namesOf(experiments.find((/** @type {any} */ row) => row.name === "accuracy"));
  assert.deepEqual(["epochs", "training", "unknown"].map(nameOf), ["After equal epochs", "training", "unknown"]);
});
