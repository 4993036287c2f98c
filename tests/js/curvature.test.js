import assert from "node:assert/strict";
import { test } from "node:test";
import { limitFormula } from "../../static/js/maptheory.js";
import { besideLines, linesNamed } from "../../static/js/curvaturechart.js";
import { curvatureWords, factsOf } from "../../static/js/curvaturewords.js";

/** @param {any} of @param {any} [edge] */
const wordsOf = (of, edge = null) => curvatureWords(of, edge);

/** @param {number[]} largest @param {number} line @param {any} [rate] */
function curve(largest, line, rate = null, rule = "gd") {
  return { index: 0, name: "Gradient descent", rule, update: Float32Array.from(largest, (_, k) => 10 * k), largest: Float32Array.from(largest), line: Float32Array.from(largest, () => line), diverged: null, batch: null, rate };
}

test("facts are of the start, the highest, the end, and the last update above the line", () => {
  assert.deepEqual(factsOf(curve([8, 6, 2], 5)), { start: 8, most: 8, end: 2, isKnown: true, line: 5, lines: [5, 5], until: 10, isThrough: true });
  assert.equal(factsOf(curve([3, 8, 6, 2], 5)).isThrough, false);
  assert.equal(factsOf(curve([3, 4], 5)).until, null);
  assert.equal(factsOf(curve([3, NaN, 4], 5)).most, 4);
});

test("it is said whether a run is stable where it is", () => {
  assert.equal(wordsOf(curve([8, 6, 2], 5)), "Gradient descent: λmax is above 2/η = 5 until update 10, at most 8; it ends at 2, below.");
  assert.equal(wordsOf(curve([3, 8, 6, 2], 5)), "Gradient descent: λmax comes above 2/η = 5 again and again, last at update 20, at most 8; it ends at 2, below.");
  assert.equal(wordsOf({ ...curve([3, 4], 5), diverged: 7 }), "Gradient descent: it diverged. λmax was at most 4 on the way; its line is 2/η = 5.");
  assert.match(wordsOf(curve([3, NaN], 5)), /not a number everywhere/);
  const falling = { ...curve([3, 3], 5), line: Float32Array.from([5, 50]) };
  assert.match(wordsOf(falling), /below 2\/η, which goes from 5 to 50 with the schedule/);
  assert.equal(wordsOf(curve([3, 3], 5)), "Gradient descent: λmax is 3 all the way, below 2/η = 5: stable.");
  assert.equal(wordsOf(curve([3, 4], 5)), "Gradient descent: λmax goes from 3 to 4 and stays below 2/η = 5: stable all the way.");
  assert.equal(wordsOf(curve([3, 8], 5)), "Gradient descent: λmax ends at 8, above 2/η = 5: not stable where it is.");
  assert.equal(wordsOf(curve([3, 8], NaN, null, "adam")), "Gradient descent: λmax goes from 3 to 8. There is no line for this rule.");
  assert.equal(wordsOf(curve([8, 8], NaN, null, "adam")), "Gradient descent: λmax is 8 all the way. There is no line for this rule.");
});

test("of batches that differ no run is called stable; their own limit is told where it is known", () => {
  const small = (/** @type {number[]} */ largest, line = 5) => ({ ...curve(largest, line), batch: 2 });
  const edge = (/** @type {number|null} */ noisy) => ({ minimum: "M1", largest: 4, limit: 0.5, noisy, batch: 2 });
  const line = "This line is that of the full batch";
  assert.equal(wordsOf(small([3, 3]), edge(0.1)), `Gradient descent: λmax is 3 all the way, below 2/η = 5. ${line}; with batches of 2 η is stable below 0.1 at M1.`);
  assert.equal(wordsOf(small([3, 4]), edge(0)), `Gradient descent: λmax goes from 3 to 4 and stays below 2/η = 5. ${line}; with batches of 2 no η is stable at M1.`);
  for (const unknown of [edge(null), null]) assert.match(wordsOf({ ...small([3, 4]), diverged: 7 }, unknown), /its line is 2\/η = 5\. This line is that of the full batch, not that of batches of 2\.$/);
  assert.doesNotMatch(wordsOf(small([3, 4], NaN), edge(0.1)), /batch/);
});

test("a rate has the digits that tell it from one", () => {
  const words = wordsOf(curve([3, 3], 5, { measured: 0.99531, predicted: 0.995, first: 150, last: 1300 }));
  assert.match(words, /multiplied by 0\.9953 \(measured from update 150 to 1,300\); theory says 0\.9950\.$/);
});

test("every rule with a theory has a formula for its line", () => {
  assert.deepEqual(["gd", "momentum", "nesterov", "adam"].map((rule) => limitFormula(rule, "η")), ["2/η", "2(1 + λ)/η", "2(1 + λ)/((1 + 2λ)η)", ""]);
});

test("lines that end at one value have one name", () => {
  const ends = [curve([1], 40), curve([1], 76, null, "momentum"), curve([1], 40), curve([1], NaN, null, "adam"), curve([1], 40, null, "nesterov")];
  assert.deepEqual(linesNamed(ends).map(({ words }) => words), ["2(1 + λ)/η = 76", "2/η, 2(1 + λ)/((1 + 2λ)η) = 40"]);
});

test("a name stands beside its own line and never on another", () => {
  const named = (/** @type {number[]} */ ...heights) => besideLines(heights.map((y) => ({ words: "2/η = 40", y })), 10);
  assert.deepEqual(named(20, 60).map(({ y }) => y - 10), [5.5, 45.5]);
  assert.deepEqual(named(20, 30).map(({ y, aside }) => [y, aside]), [[15.5, 0], [40.5, 0]]);
  const crowd = named(20, 30, 40);
  assert.deepEqual(crowd.map(({ y }) => y), [15.5, 25.5, 50.5]);
  assert.ok(crowd[1].aside > 0 && crowd[2].aside === 0);
});
