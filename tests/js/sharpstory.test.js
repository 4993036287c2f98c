import assert from "node:assert/strict";
import { test } from "node:test";
import { sharpStory } from "../../static/js/sharpstory.js";
import { all, answer, between, box, ofSharp, unfinished } from "./answers.js";

test("sharp or flat: the same loss, both accuracies, the paper's sharpness, λmax and the line", () => {
  const told = all(sharpStory, ofSharp(), "tuning");
  assert.match(told, /^λmax, .* from 0\.27 .* Validation accuracy is 97\.5 % .* no difference was found\./);
  assert.match(told, /With B = 16 and η = 0\.8, 5 of 5 seeds get to a training loss of 0\.01, after 12\.7 epochs \(median\)\. With B = 144 and η = 1\.6, .* after 56\.2 epochs/);
  assert.match(told, /at most 0\.01: 0\.0095 at B = 16 and 0\.00999 at B = 144\. So training is about equally good/);
  assert.match(told, /Validation accuracy is 97\.5 % at B = 16 and 97\.2 % at B = 144, but the seeds of both overlap/);
  assert.match(told, /One image is 0\.3 %/);
  assert.match(told, /λmax, the largest curvature, rises from 0\.27 at B = 16 to 0\.42 at B = 144/);
  assert.match(told, /sharpness \(ε = 0\.001\) is 0\.089 % at B = 16 and 0\.061 %.* 80 % and 63 % would come from the slope.* of 1\.23 % and 205 %/);
  assert.match(told, /rises by 0\.036 above both of them \(0\.0039 to 0\.074, 5 seeds\)\. Beyond the ends, .* 0\.035 .* 0\.032 .* overlap/);
  assert.match(told, /found here: a larger λmax at the large batch's end\. Not found here: a larger sharpness there and a lower validation accuracy/);
  assert.match(told, /differ in η as well, 0\.8 and 1\.6.* larger networks: in the paper's first network the gap is 0\.2 % of the images/);
  assert.match(told, /Some seeds did not get to the loss within 200 epochs, or diverged: with B = 144 at η = 0\.1 \(0 of 5\)\.$/);
  assert.equal(sharpStory.ask().measured(ofSharp()), "sharper");
});

test("each chart of sharp or flat has its own first words, and all of them the others", () => {
  const firsts = ["tuning", "loss", "curvature"].map((chart) => sharpStory.told(ofSharp(), chart));
  assert.equal(new Set(firsts.map(([first]) => first)).size, 3);
  assert.match(firsts[1][0], /^On the straight line/);
  assert.match(firsts[2][0], /^λmax/);
  for (const told of firsts) assert.equal(new Set(told).size, told.length);
});

test("sharp or flat the other way round, with everything found, and with unequal losses", () => {
  const turned = ofSharp({ curvature: between("falls", [0.64, 0.42]), validation: between("rises", [0.96, 0.97]), barrier: { median: 0, low: 0, high: 0 }, beyond: between("falls", [0.2, 0.1]) });
  assert.match(all(sharpStory, turned, "curvature"), /does not rise above both of them, in any of 5 seeds.* small one's side is steeper.* other way round: λmax is smaller there and the validation accuracy is higher/);
  assert.equal(sharpStory.ask().measured(turned), null);
  const down = all(sharpStory, ofSharp({ beyond: between("rises", [-0.054, 0.1]) }), "loss");
  assert.match(down, /it falls by 0\.054 on the small batch's side and rises by 0\.1 on the large one's; no seed/);
  const found = ofSharp({ validation: between("falls", [0.97, 0.95]), wide: box("rises"), narrow: box("rises"), beyond: between("rises", [0.1, 0.2]), eta: { small: 0.8, large: 0.8 } });
  const told = all(sharpStory, found, "curvature");
  assert.match(told, /large one's side is steeper/);
  assert.doesNotMatch(told, /Not found|It would need|differ in η/);
  assert.equal(sharpStory.ask().measured(found), "both");
  assert.equal(sharpStory.ask().measured(ofSharp({ curvature: between("no difference", [1, 1]), validation: between("falls", [0.97, 0.95]) })), "worse");
  assert.match(all(sharpStory, ofSharp({ training: between("rises", [0.77, 0.95]) }), "loss"), /So training is not equally good/);
  assert.match(all(sharpStory, ofSharp({ wide: box("rises") }), "loss"), /\(ε = 0\.001\) rises .* \(ε = 0\.0005\) is/);
});

test("a loss that nobody reaches, one pair alone, and trainings that go on", () => {
  const none = { pairs: 0, training: null, validation: null, curvature: null, beyond: null, barrier: null, wide: { epsilon: 0.001, slope: {}, sharpness: null }, narrow: { epsilon: 0.0005, slope: {}, sharpness: null } };
  const nobody = ofSharp({ ...none, eta: { small: 0.8, large: 0.1 } });
  for (const chart of ["tuning", "loss", "curvature"]) {
    const told = sharpStory.told(nobody, chart);
    assert.match(told[0], /With B = 144 no seed gets to a training loss of 0\.01 within 200 epochs\.$/);
    assert.match(told[1], /nothing to compare\. It would need more epochs, a training loss above 0\.01/);
  }
  assert.equal(sharpStory.ask().measured(nobody), null);
  const alone = ofSharp({ pairs: 1, curvature: between("rises", [0.2, 0.4], { seeds: 1 }), validation: between("falls", [0.97, 0.95], { seeds: 1 }) });
  assert.match(all(sharpStory, alone, "curvature"), /1 seed cannot decide anything\. It would need/);
  assert.equal(sharpStory.ask().measured(alone), null);
  const early = ofSharp({ ...none, eta: null, tried: { small: { rates: [0.1, 0.2], reached: [5, 0], epochs: [98, null] }, large: { rates: [], reached: [], epochs: [] } } }, { state: "running" });
  assert.deepEqual(sharpStory.told(early, "curvature"), ["Every batch size looks for its learning rate. Tried by now for B = 16: η = 0.1 and 0.2; for B = 144: none yet."]);
  for (const state of unfinished) assert.equal(sharpStory.told(ofSharp({}, { state }), "loss").length, 1);
  assert.deepEqual(sharpStory.told(answer({}), "loss"), []);
  assert.equal(sharpStory.ask().measured(answer({})), null);
});
