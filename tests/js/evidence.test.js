import assert from "node:assert/strict";
import { test } from "node:test";
import { figureWords, pageOf, verdictWords } from "../../static/js/evidencewords.js";

const side = (/** @type {number} */ batch, /** @type {number} */ value) => ({ batch, value, low: value, high: value });

/** @param {any} more @returns {any} */
function line(more) {
  return {
    name: "update-serial", label: "Time", measures: "Time", unit: "s", says: { small: "faster", large: "slower" }, small: side(1, 9e-6), large: side(1000, 192e-6),
    largest: side(60000, 0.012), found: "more", agrees: true, experiment: "time", address: "/api/experiments/time", state: "done", scene: "/", ...more,
  };
}

const open = { small: null, large: null, largest: null, found: null, agrees: null };
const said = (/** @type {any} */ one, lines = [one]) => verdictWords(one, lines).filter(Boolean).join(" ");

test("a figure has its unit and its batch, and leads to the page of its address", () => {
  assert.equal(figureWords(line({}), side(1000, 192e-6)), "192 µs at B = 1,000");
  assert.equal(figureWords(line({ unit: "share" }), side(16, 0.9749)), "97.5 % at B = 16");
  assert.equal(pageOf(line({ address: "/api/experiments/accuracy?epochs=10" })), "/experiments/accuracy?epochs=10");
});

test("a row that agrees says so, with how much", () => {
  assert.deepEqual(verdictWords(line({}), []), ["As the lecture says.", "The large batch takes 21 times as long."]);
  assert.match(said(line({ name: "epoch", small: side(1, 0.56), large: side(1000, 0.012), found: "less" })), /As the lecture says\. The small batch takes 47 times as long\.$/);
  assert.match(said(line({ name: "optimization", unit: "share", small: side(1, 1), large: side(1437, 0.58), found: "less" })), /With the large batch it is lower; no seed of one side reaches the other/);
});

test("a row that does not agree says so in words, and why as far as the table knows", () => {
  const alone = line({});
  const together = line({ name: "update-parallel", large: side(1000, 162e-6), largest: side(60000, 0.0084), agrees: false });
  assert.match(said(together, [alone, together]), /^Not as the lecture says\. The large batch takes 18 times as long\. A processor works on few examples at once; .* The largest batch, B = 60,000, takes 8\.4 ms\.$/);
  const hindered = { ...together, large: side(1000, 0.0157) };
  assert.match(said(hindered, [alone, hindered]), /All threads together took 82 times as long as one/);
  assert.doesNotMatch(said(hindered, [alone, hindered]), /graphics card/);
  const same = line({ ...together, found: "same", agrees: true, large: side(1000, 12e-6) });
  assert.match(said(same, [alone, same]), /^As the lecture says\. The large batch takes 1\.3 times as long: up to twice counts as the same\. The largest batch/);
});

test("what every seed says is told with what chance alone does", () => {
  const five = line({ name: "optimization", unit: "share", small: side(1, 1), large: side(1437, 0.58), found: "less", seeds: 5, chance: 2 / 252 });
  assert.match(said(five), /^As the lecture says\. With the large batch it is lower; no seed of one side reaches the other\. With 5 seeds each, chance alone does this once in 126 times\.$/);
});

test("too few seeds decide nothing, apart or not, and say so", () => {
  const few = line({ name: "generalisation", unit: "share", small: side(16, 0.975), large: side(144, 0.95), found: null, agrees: null, seeds: 3, chance: 0.1 });
  assert.deepEqual(verdictWords(few, []), ["", "These figures do not decide it. No seed of one side reaches the other, but with 3 seeds each, chance alone does this once in 10 times."]);
  assert.equal(said({ ...few, large: side(144, 0.99) }), said(few));
  assert.equal(said({ ...few, large: side(144, 0.975) }), "These figures do not decide it. 3 seeds cannot decide anything. It would need more.");
  assert.equal(said({ ...few, seeds: 1, chance: 1 }), "These figures do not decide it. 1 seed cannot decide anything. It would need more.");
  assert.equal(figureWords(few, few.small), "97.5 % at B = 16");
});

test("no difference is called that, with what it would need", () => {
  const none = line({ name: "generalisation", unit: "share", small: side(16, 0.975), large: side(144, 0.972), found: "same", agrees: false });
  assert.match(said(none), /^Not found here\. No difference was found: the seeds of both overlap\. It would need harder images/);
  assert.match(said({ ...none, name: "gradient" }), /It would need more seeds\.$/);
  assert.match(said({ ...none, found: "more" }), /^Not as the lecture says\. With the large batch it is higher/);
  assert.match(said(line({ found: "same", agrees: false, large: side(1000, 12e-6) })), /^Not found here\. The large batch takes 1\.3 times/);
});

test("equal epochs are told with the updates that each side made", () => {
  const few = line({ name: "optimization", unit: "share", small: side(1, 1), large: side(1437, 0.58), found: "less", updates: { small: 28740, large: 20 } });
  assert.match(said(few), /In as many epochs the small batch made 28,740 updates, the large one 20\.$/);
});

test("what is not measured says so, and nothing more", () => {
  const states = [null, "cancelled", "running", "queued", "failed", "done"].map((state) => said(line({ ...open, state })));
  assert.match(states[0], /^Not measured here yet/);
  assert.equal(states[1], states[0]);
  assert.deepEqual(states.slice(2, 4), ["It is being measured now.", "It is being measured now."]);
  assert.match(states[4], /failed/);
  assert.equal(states[5], "These figures do not decide it.");
});
