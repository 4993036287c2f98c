import assert from "node:assert/strict";
import { test } from "node:test";
import { minimaStory } from "../../static/js/minimastory.js";
import { all, answer, last, ofMinima, start, unfinished } from "./answers.js";

test("minima: the shares grow, some stay negative, and none of the seeds is at a minimum", () => {
  const told = minimaStory.told(ofMinima(), "share");
  assert.equal(told[0], "After 100 epochs the training loss is down from 2.42 to 0.0187, and the share of positive eigenvalues, the minimum ratio, up from 53.7 % to 79.5 %. 10.9 % to 12.1 % are negative, so none of the 3 seeds is at a minimum.");
  assert.match(told[1], /largest eigenvalue is 0\.83, from 2\.8 at the start, and the smallest −0\.00086, from −0\.69\. .* is 965 times/);
  assert.match(told[2], /87 % are positive at the last look, 56\.9 % at the start/);
  assert.match(told[3], /length of 0\.016 .* no critical point/);
  assert.match(told[4], /^41 of the 760 directions .* At 0\.001 of it, 71\.7 % would be zero and 0\.3 % negative/);
  assert.match(told[5], /A minimum was not found; .* It would need/);
  assert.match(minimaStory.told(ofMinima(), "edges")[0], /^After 100 epochs the largest eigenvalue/);
  assert.equal(minimaStory.ask().measured(ofMinima()), "some");
});

test("minima: a share that was higher on the way is told, where no seed at the end reaches it", () => {
  const highest = { updates: 236, epochs: 2.62, positive: 0.821, positive_low: 0.813, positive_high: 0.824, chance: 0.1 };
  const words = "The share of positive eigenvalues was highest after 2.62 epochs, with 82.1 %, and has fallen since.";
  assert.equal(minimaStory.told(ofMinima({ highest }), "share")[2], words + " No seed of one side reaches the other, but with 3 seeds each, chance alone does this once in 10 times.");
  assert.equal(minimaStory.told(ofMinima({ highest: { ...highest, chance: 0.03 } }), "share")[2], words);
  for (const other of [{ positive_low: 0.809 }, { updates: 0 }]) assert.doesNotMatch(all(minimaStory, ofMinima({ highest: { ...highest, ...other } }), "share"), /highest/);
  assert.doesNotMatch(all(minimaStory, ofMinima({ highest }, { state: "running" }), "share"), /highest/);
});

test("minima: the axis names the direction in which the losses went, and none where they went both ways", () => {
  const along = (/** @type {number[]} */ ...x) => minimaStory.across?.(ofMinima({}, { series: [{ x }] }));
  assert.equal(along(2.37, 0.4, 0.02), "Training loss: training goes to the left");
  assert.equal(along(2.37, 5.1, 13.8), "Training loss: training goes to the right");
  for (const mixed of [[2.37, 0.4, 0.5], [2.37], []]) assert.equal(along(...mixed), "Training loss");
});

test("minima: found in all, in some, and not at all", () => {
  const level = { ...last, negative: 0, negative_low: 0, negative_high: 0, smallest: 0 };
  const every = ofMinima({ end: level, minima: 3 });
  assert.match(all(minimaStory, every, "share"), /None is negative, in any of 3 seeds\..* 3 of 3 seeds have no negative eigenvalue\. They can be at a minimum, if/);
  assert.doesNotMatch(all(minimaStory, every, "edges"), /strongest|was not found/);
  assert.equal(minimaStory.ask().measured(every), "none");
  const few = ofMinima({ end: { ...last, negative_low: 0 }, minima: 1 });
  assert.match(minimaStory.told(few, "share")[0], /In 1 of 3 seeds none is negative/);
  assert.equal(minimaStory.ask().measured(few), null);
  assert.equal(minimaStory.ask().measured(ofMinima({ end: start })), "many");
  assert.equal(minimaStory.ask().measured(ofMinima({ end: { ...last, negative_low: 0.2, negative_high: 0.3 } })), null);
  const flat = minimaStory.told(ofMinima({ end: { ...last, positive: 0.54, positive_low: 0.53 } }), "share")[0];
  assert.match(flat, /the minimum ratio, is 54 %, from 53\.7 %/);
  assert.doesNotMatch(flat, /up from/);
});

test("minima: at the start, on the way, and what diverged", () => {
  const first = ofMinima({ end: start, looked: 1, seeds: 3 }, { state: "running", rows: [[0, 0, 1]] });
  assert.deepEqual(minimaStory.told(first, "share"), ["At the start, with a training loss of 2.42, 53.7 % of all eigenvalues are positive and 40.7 % negative."]);
  assert.deepEqual(minimaStory.told(first, "edges"), ["At the start the largest eigenvalue is 2.8, the smallest −0.69."]);
  const early = ofMinima({ looked: 1, end: { ...last, negative_high: 0.109 } }, { state: "running", rows: [[0, 0, 3], [1, 0.011, 1]] });
  assert.match(minimaStory.told(early, "share")[0], /^After 1 update .* 10\.9 % are negative, so the 1 seed is not at a minimum\.$/);
  for (const state of unfinished) assert.equal(minimaStory.told(ofMinima({}, { state }), "edges").length, 1);
  assert.match(all(minimaStory, ofMinima({ looked: 2 }), "share"), /1 training diverged and was not looked at: η is too large for it/);
  assert.deepEqual(minimaStory.told(answer({}), "share"), []);
  assert.equal(minimaStory.ask().measured(answer({})), null);
});
