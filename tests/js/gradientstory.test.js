import assert from "node:assert/strict";
import { test } from "node:test";
import { gradientStory } from "../../static/js/gradientstory.js";
import { all, answer, between, ofGradient, point, unfinished } from "./answers.js";

test("noise is told at the start and later, beside theory, and where it is as long as the gradient", () => {
  const told = gradientStory.told(ofGradient(), "noise");
  assert.equal(told[0], "At the start of training the noise is 5.6 times as long as the gradient at B = 1, and 0.091 times at B = 1,024: a small batch is noisy, a large one is stable, and no seed of one side reaches the other. After 20 epochs it is 19 times and 0.43 times.");
  assert.match(told[1], /it is 0\.97 to 1 times what theory says, at every batch size: theory holds/);
  assert.match(told[2], /at about B = 31 at the start, and at about B = 431 after the epochs/);
  assert.match(told[3], /the noise grows beside the gradient: for single examples, all of them taken, from 5\.6 to 25 times.* from 0\.82 to 0\.066, that of the noise at B = 1 from 4\.6 to 1\.3\./);
  assert.equal(gradientStory.ask().measured(ofGradient()), "rises");
});

test("noise that does not grow, or shrinks, is told as what it is", () => {
  const same = ofGradient({ later: between("no difference", [5.6, 6.1], { batches: [1, 1] }) });
  assert.match(all(gradientStory, same, "noise"), /seeds of both overlap: that it grows .* was not found\. It would need/);
  assert.equal(gradientStory.ask().measured(same), "no difference");
  const less = ofGradient({ later: between("falls", [5.6, 3.1], { batches: [1, 1] }) });
  assert.match(all(gradientStory, less, "noise"), /the noise shrinks beside the gradient/);
  assert.equal(gradientStory.ask().measured(less), "falls");
  assert.match(all(gradientStory, ofGradient({ start: point([2, 1.9], { noise: between("no difference", [2, 1.9]) }) }), "noise"), /that a large batch is more stable was not found\. It would need/);
  assert.match(all(gradientStory, ofGradient({ start: point([2, 1], { theory: { least: 0.2, most: 1 } }) }), "noise"), /0\.2 to 1 times .* far off\. It would need/);
});

test("noise of one batch size, of one seed, of half an answer and of what diverged", () => {
  const one = (/** @type {number} */ value) => point([value, value], { noise: between("no difference", [value, value], { batches: [16, 16] }), theory: null });
  const single = gradientStory.told(ofGradient({ start: one(1.4), trained: one(6.2) }), "noise");
  assert.equal(single[0], "At the start of training the noise is 1.4 times as long as the gradient at B = 16. After 20 epochs it is 6.2 times as long.");
  assert.doesNotMatch(single.join(" "), /Theory/);
  const tested = ofGradient({ start: { ...one(1.4), theory: { least: 1, most: 1 } }, trained: undefined }, { rows: [["start", 16, 5, 0.8, 1.1], ["start", 1437, 5, 0.8, 0]] });
  assert.match(all(gradientStory, tested, "noise"), /with one batch size nothing tests that\. It would need a second\./);
  assert.doesNotMatch(all(gradientStory, tested, "noise"), /theory holds/);
  const alone = between("rises", [5.6, 24.8], { batches: [1, 1], seeds: 1 });
  assert.equal(gradientStory.ask().measured(ofGradient({ later: alone })), null);
  assert.doesNotMatch(all(gradientStory, ofGradient({ later: alone }), "noise"), /So while/);
  for (const state of unfinished) assert.equal(gradientStory.told(ofGradient({ trained: undefined, later: undefined }, { state }), "noise").length, 1);
  const wild = ofGradient({ trained: undefined, later: undefined, diverged: 5 });
  assert.match(all(gradientStory, wild, "noise"), /about B = 31 at the start\..* 5 trainings diverged and count nowhere after the start/);
  assert.equal(gradientStory.ask().measured(wild), null);
  assert.match(all(gradientStory, ofGradient({ start: point([0.5, 0.1], { equal: 0.25 }) }), "noise"), /even a single example has less noise/);
  assert.deepEqual(gradientStory.told(answer({}), "noise"), []);
});
