import assert from "node:assert/strict";
import { test } from "node:test";
import { extent, leftOut, rangeOf, serves, ticksOf } from "../../static/js/lossaxes.js";
import { roundLabel } from "../../static/js/ticklabel.js";
import { pieces, thinned, withinBand } from "../../static/js/losslines.js";

const axes = { x: (/** @type {number} */ value) => value, y: (/** @type {number} */ value) => -value };

/** @param {number[]} losses */
function curve(losses, diverged = false) {
  return { xs: Float32Array.from(losses, (_, k) => k), losses: Float32Array.from(losses), diverged };
}

test("the axes hold every loss of the runs", () => {
  assert.deepEqual(extent([curve([4, 2]), curve([3, 1])], "linear"), [1, 4]);
});

test("a diverged run stretches a linear axis only a little beyond its start", () => {
  assert.deepEqual(extent([curve([4, 1]), curve([4, 5, 1e9], true)], "linear"), [1, 5]);
});

test("where no run stays a linear axis shows the first half of the way of the run that grows least", () => {
  const growing = curve([1, 10, 100, 1000, 1e4, 1e9], true);
  assert.deepEqual(extent([growing], "linear"), [1, 100]);
  assert.deepEqual(extent([growing, curve([1, 0.5, 3, 2, 9, 1e9], true)], "linear"), [0.5, 3]);
  assert.deepEqual(extent([curve([4, 1e6], true)], "linear"), [4, 1e6]);
});

test("a diverged run counts in full on a logarithmic axis", () => {
  assert.deepEqual(extent([curve([4, 1]), curve([4, 1e9], true)], "log"), [1, 1e9]);
});

test("without any loss there still is a range", () => {
  assert.equal(extent([curve([NaN])], "linear"), null);
  assert.deepEqual(rangeOf(null, "linear"), [0, 1]);
});

test("losses that are not positive are left out of a logarithmic axis and counted", () => {
  assert.equal(leftOut([curve([1, 0, -2, NaN])], "log"), 2);
  assert.equal(leftOut([curve([1, 0, -2])], "linear"), 0);
});

test("a range has air above and below its losses", () => {
  const [low, high] = rangeOf([2, 3], "linear");
  assert.ok(low < 2 && high > 3);
});

test("a logarithmic range is in powers of ten", () => {
  const [low, high] = rangeOf([0.01, 100], "log");
  assert.ok(low < -2 && low > -3 && high > 2 && high < 3);
});

test("what changes by less than single precision can tell lies level", () => {
  const [low, high] = rangeOf([0.97, 0.97 + 40 * 2 ** -24], "linear");
  assert.ok(high - low > 0.1);
  const [from, to] = rangeOf([0.97, 0.97 + 400 * 2 ** -24], "linear");
  assert.ok(to - from < 1e-4);
});

test("ticks of a small part of an axis differ, and say just where they stand", () => {
  for (const [low, high] of [[0.97, 0.97002], [0.49349, 0.49402], [1e6, 1e6 + 300]]) {
    const ticks = ticksOf([low, high], "linear", 4);
    const labels = ticks.map(roundLabel);
    assert.ok(ticks.length > 1);
    assert.equal(new Set(labels).size, ticks.length);
    if (high < 1e3) assert.deepEqual(labels.map(Number), ticks);
  }
});

test("a range serves while the losses fit and fill it well", () => {
  assert.ok(serves([0, 10], [1, 9]));
  assert.ok(!serves([0, 10], [1, 11]));
  assert.ok(!serves([0, 10], [1, 3]));
});

test("a loss that is no number breaks the line", () => {
  assert.deepEqual(pieces(curve([3, 2, NaN, Infinity, 1]), "linear", axes).map((piece) => piece.length), [2, 1]);
});

test("a loss that a logarithmic axis cannot show breaks the line", () => {
  assert.deepEqual(pieces(curve([3, 0, 1]), "log", axes).map((piece) => piece.length), [1, 1]);
});

test("ticks of a logarithmic axis are powers of ten", () => assert.deepEqual(ticksOf([-2.2, 1.1], "log", 5), [0.01, 0.1, 1, 10]));

test("many powers of ten leave some out", () => assert.ok(ticksOf([-30, 30], "log", 6).length <= 7));

test("a logarithmic axis of less than two powers has ticks between them", () => assert.deepEqual(ticksOf([0.1, 1.05], "log", 5), [2, 5, 10]));

test("thinning keeps the first, lowest, highest and last point of each column of pixels", () => {
  const points = [5, 9, 1, 3, 4, 2].map((y, k) => ({ x: k / 10, y }));
  assert.deepEqual(thinned(points).map(({ y }) => y), [5, 9, 1, 2]);
});

test("thinning leaves few points as they are", () => {
  const points = [1, 2, 3].map((y) => ({ x: y * 7, y }));
  assert.deepEqual(thinned(points), points);
});

test("a long run costs no more than four points per column of pixels", () => {
  const points = Array.from({ length: 100000 }, (_, k) => ({ x: k / 200, y: Math.sin(k) }));
  assert.ok(thinned(points).length <= 4 * 501);
});

test("a line that leaves a band is cut where it crosses its edges, and what is inside stays", () => {
  const line = [{ x: 0, y: 5 }, { x: 10, y: -15 }, { x: 20, y: -1e13 }, { x: 30, y: 40 }, { x: 40, y: 7 }];
  const cut = withinBand(line, 0, 20);
  assert.deepEqual(cut[0], line[0]);
  assert.deepEqual(cut[1], { x: 2.5, y: 0 });
  assert.deepEqual(cut.slice(2).map(({ y }) => y), [0, 20, 20, 7]);
  assert.ok(Math.abs(cut[2].x - 30) < 1e-9 && cut[2].x <= cut[3].x);
  assert.ok(cut[4].x > 30 && cut[4].x < 40);
  assert.deepEqual(withinBand(line.slice(0, 1), 0, 20), line.slice(0, 1));
  assert.deepEqual(withinBand([{ x: 0, y: -5 }, { x: 1, y: -9 }], 0, 20), []);
});
