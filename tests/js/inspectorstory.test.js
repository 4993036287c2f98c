import assert from "node:assert/strict";
import { test } from "node:test";
import { forcesOf, storyOf } from "../../static/js/inspectorstory.js";
import { plain } from "../../static/js/markedtext.js";
import { storyWords } from "../../static/js/inspectorwords.js";
import { updateOf } from "./updates.js";

/** @param {Record<string, any>} more */
function story({ rule = "momentum", next = null, diverges = false, unit = 1, ...more }) {
  return storyOf({ rule, update: updateOf({ rule, ...more }), next, diverges, unit });
}

test("λm is what is left of the previous movement", () => {
  assert.deepEqual(forcesOf("momentum", updateOf({ previous: [2, -1], lambda: 0.5 })).carried, [1, -0.5]);
  assert.deepEqual(forcesOf("gd", updateOf({ rule: "gd", previous: [2, -1] })).carried, [0, 0]);
});

test("without a previous movement the first update is gradient descent's", () => {
  assert.equal(story({ gradient: [-1, 0] }), "first");
});

test("both push the same way", () => {
  assert.equal(story({ previous: [0.3, 0], gradient: [-1, 0] }), "together");
});

test("the gradient is nearly zero, and the previous movement carries the ball on", () => {
  assert.equal(story({ previous: [0.3, 0], gradient: [0.01, 0] }), "carried");
  assert.equal(story({ previous: [0.3, 0], gradient: [0, 0] }), "carried");
});

test("the gradient points back, but the previous movement is larger: on against the slope", () => {
  assert.equal(story({ previous: [0.3, 0], gradient: [1, 0] }), "against");
});

test("the gradient points back and wins: the ball turns", () => {
  assert.equal(story({ previous: [0.3, 0], gradient: [4, 0] }), "turned");
});

test("the gradient pulls across: the path bends", () => {
  assert.equal(story({ previous: [0.3, 0], gradient: [0, 2] }), "bent");
});

test("nothing pushes and nothing pulls: at rest", () => {
  assert.equal(story({ previous: [0, 0], gradient: [1e-9, 0] }), "rest");
});

test("gradient descent goes downhill, gets stuck where the gradient fades, and stops where it is zero", () => {
  assert.equal(story({ rule: "gd", gradient: [1, 0] }), "downhill");
  assert.equal(story({ rule: "gd", gradient: [1e-5, 0] }), "stuck");
  assert.equal(story({ rule: "gd", gradient: [0, 0] }), "stopped");
});

test("a run that diverges jumps to where it is steeper, until it is out of reach", () => {
  const next = updateOf({ rule: "gd", gradient: [-3, 0] });
  assert.equal(story({ rule: "gd", gradient: [1, 0], eta: 4, diverges: true, next }), "overshot");
  assert.equal(story({ rule: "gd", gradient: [1, 0], diverges: true }), "left");
  assert.equal(story({ rule: "gd", gradient: [1, 0], after: [null, 0] }), "left");
  assert.equal(story({ rule: "gd", gradient: [1, 0], eta: 0.1, diverges: true, next: updateOf({ rule: "gd", gradient: [0.5, 0] }) }), "downhill");
});

test("without a finite gradient there is no movement to speak of", () => {
  assert.equal(story({ gradient: [NaN, 0], diverges: true }), "nowhere");
});

test("adaptive rules divide; Adam may carry on against a gradient that has turned", () => {
  const values = { "v̂": [1, 4], "m̂": [-1, 1], "v'": [1, 4], ε: 0 };
  assert.equal(story({ rule: "adam", index: 0, values }), "scaled-first");
  assert.equal(story({ rule: "rmsprop", index: 0, values }), "scaled-early");
  assert.equal(story({ rule: "rmsprop", values }), "scaled");
  assert.equal(story({ rule: "adagrad", values }), "scaled-all");
  assert.equal(story({ rule: "adam", gradient: [1, 0], movement: [0.1, 0], values }), "scaled-on");
});

test("Newton may go uphill, its saddle-free sister never does", () => {
  assert.equal(story({ rule: "newton", gradient: [1, 0], movement: [-1, 0] }), "curved-down");
  assert.equal(story({ rule: "newton", gradient: [1, 0], movement: [1, 0] }), "curved-up");
  assert.equal(story({ rule: "saddle-free-newton", gradient: [1, 0], movement: [-1, 0] }), "curved-free");
});

test("the sentence holds this update's numbers and the directions of the stage", () => {
  const given = { rule: "momentum", update: updateOf({ previous: [0.3, 0], gradient: [1, 0] }), next: null, diverges: false, unit: 1 };
  const words = plain(storyWords(storyOf(given), given, ["θ₁", "θ₂"])).replaceAll("\u00a0", " ");
  for (const part of ["0.1 ←", "0.27 →", "0.17 →"]) assert.ok(words.includes(part), words);
});

test("every story has a sentence without holes", () => {
  const update = updateOf({ previous: [0.3, 0], gradient: [1, 0] });
  const names = ["left", "overshot", "stopped", "stuck", "downhill", "rest", "first", "carried", "together", "bent", "against", "turned",
    "scaled-first", "scaled-early", "scaled", "scaled-all", "scaled-on", "curved-down", "curved-up", "curved-free"];
  for (const name of names) {
    const words = storyWords(name, { rule: "momentum", update, next: update, diverges: false, unit: 1 }, ["θ₁", "θ₂"]);
    assert.ok(words.length > 40 && !/[{}]|NaN|undefined/.test(words), words);
  }
});
