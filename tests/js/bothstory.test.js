import assert from "node:assert/strict";
import { test } from "node:test";
import { bothStory } from "../../static/js/bothstory.js";
import { all, answer, between, nothing, ofBoth, reached, unfinished, wide } from "./answers.js";

test("both: who closes the gap, who does harm, and what momentum does for the small batch", () => {
  const told = bothStory.told(ofBoth(), "validation");
  assert.equal(told[0], "After 20 epochs each, 5 seeds: Plain, with the same η, validation accuracy falls from 95.8 % at B = 16 to 57.8 % at B = 1,437; no seed of one side reaches the other. The best there, chosen after looking, is momentum with η × √B: 94.7 %.");
  assert.match(told[1], /^Training accuracy falls from 98\.7 % .* what is missing is optimization/);
  assert.match(told[2], /every seed of B = 16: up to B = 1,437: momentum with η × √B; up to B = 144: η × √B and η × B; at no size: η × B with warm-up, momentum, and momentum with η × B and warm-up\./);
  assert.match(told[3], /^Harm is done at B = 512 already, where η is 3\.2, by η × B and η × B with warm-up/);
  assert.match(told[4], /97\.2 % of the validation images are right at B = 16\. All seeds of the best recipe at B = 1,437 stay below it, with 94\.7 %/);
  assert.equal(told[5], "So in 20 epochs both can be had here at B = 1,437, as far as 5 seeds can tell: momentum with η × √B.");
  assert.equal(bothStory.ask().measured(ofBoth()), "momentum");
  assert.match(bothStory.told(ofBoth(), "training")[0], /training accuracy falls from 98\.7 % .* 97\.2 % in training\.$/);
});

test("both: the chart of errors is told in errors", () => {
  const told = bothStory.told(ofBoth(), "validation_error");
  assert.equal(told[0], "After 20 epochs each, 5 seeds: Plain, with the same η, validation error rises from 4.2 % at B = 16 to 42.2 % at B = 1,437; no seed of one side reaches the other. The best there, chosen after looking, is momentum with η × √B: 5.3 %.");
  assert.deepEqual(told.slice(1), bothStory.told(ofBoth(), "validation").slice(1));
  const level = ofBoth({ gap: { training: between("no difference", [0.99, 0.99], wide), validation: between("no difference", [0.96, 0.957], wide) } });
  assert.match(bothStory.told(level, "validation_error")[0], /validation error is 4 % at B = 16 and 4\.3 % at B = 1,437, but the seeds of both overlap/);
  const better = ofBoth({ gap: { training: between("rises", [0.9, 0.99], wide), validation: between("rises", [0.9, 0.95], wide) } });
  assert.match(bothStory.told(better, "validation_error")[0], /validation error falls from 10 % at B = 16 to 5 %/);
});

test("both: a rate that is enough, none that helps, and no gap at all", () => {
  const rate = ofBoth({ closes: { ...reached.closes, root: 1437 }, left: between("no difference", [0.972, 0.97], wide) });
  assert.equal(bothStory.ask().measured(rate), "rate");
  assert.match(all(bothStory, rate, "validation"), /no difference to that was found/);
  const none = ofBoth({ closes: nothing, worse: nothing, best: "plain", momentum_too: between("no difference", [0.958, 0.96], wide) });
  assert.equal(bothStory.ask().measured(none), "none");
  assert.match(all(bothStory, none, "validation"), /No other recipe does better at B = 1,437\..* none of the recipes that were tried has both at B = 1,437, as far as 5 seeds can tell\. It would need more epochs/);
  const level = ofBoth({ gap: { training: between("no difference", [0.99, 0.99], wide), validation: between("no difference", [0.96, 0.957], wide) } });
  assert.equal(bothStory.ask().measured(level), "plain");
  assert.match(all(bothStory, level, "validation"), /no difference was found.* no gap to close with this setting\. It would need/);
});

test("both: one seed, half an answer, and what diverged", () => {
  const alone = { training: between("falls", [0.9, 0.5], { ...wide, seeds: 1 }), validation: between("falls", [0.9, 0.5], { ...wide, seeds: 1 }) };
  assert.equal(bothStory.ask().measured(ofBoth({ gap: alone })), null);
  assert.match(bothStory.told(ofBoth({ gap: alone }), "validation")[1], /^1 seed cannot decide anything/);
  const few = { training: between("falls", [0.9, 0.5], { ...wide, seeds: 3 }), validation: between("falls", [0.9, 0.5], { ...wide, seeds: 3 }) };
  assert.equal(bothStory.ask().measured(ofBoth({ gap: few })), null);
  const told = all(bothStory, ofBoth({ gap: few }), "validation");
  assert.match(told, /with 3 seeds each, chance alone does this once in 10 times\..* 3 seeds cannot decide anything\. It would need more\.$/);
  assert.doesNotMatch(told, /both can be had|falls|what is missing/);
  for (const state of unfinished) assert.equal(bothStory.told(ofBoth({}, { state }), "training").length, 1);
  assert.match(all(bothStory, ofBoth({ diverged: 1 }), "validation"), /1 training diverged and counts as right about nothing/);
  const wild = ofBoth({ diverged: 14, gap: { training: between("rises", [0, 0.1], wide), validation: between("rises", [0, 0.1], wide) } });
  assert.match(all(bothStory, wild, "validation"), /small batch itself has diverged.* smaller η\. 14 trainings diverged/);
  assert.equal(bothStory.ask().measured(wild), null);
  assert.deepEqual(bothStory.told(answer({}), "validation"), []);
  assert.equal(bothStory.ask().measured(answer({})), null);
});
