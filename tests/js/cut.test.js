import assert from "node:assert/strict";
import { test } from "node:test";
import { across, Cut, ownCut, through } from "../../static/js/cut.js";

/** @typedef {[number, number]} Pair */

/** @type {[Pair, Pair]} */
const domain = [[-2, 2], [-1.5, 1.5]];

test("a line goes from edge to edge of the domain, left to right", () => {
  assert.deepEqual(across([0, 0], [1, 0], domain), [-2, 0, 2, 0]);
  assert.deepEqual(across([0, 0.5], [-3, 0], domain), [-2, 0.5, 2, 0.5]);
  assert.deepEqual(across([1, 0], [0, -1], domain), [1, -1.5, 1, 1.5]);
  assert.deepEqual(through([0, 0], [0.4, 0.3], domain), [-2, -1.5, 2, 1.5]);
});

test("a start outside of the domain lies on its cut all the same", () => {
  const [x0, y0, x1, y1] = through([-5, 0], [1, 0], domain) ?? [];
  assert.deepEqual([x0, y0, x1, y1], [-5, 0, 2, 0]);
  const beside = across([0, 9], [1, 0], domain);
  assert.ok(beside[0] < beside[2]);
  assert.equal(beside[1], 9);
});

test("no line goes through one point twice", () => {
  assert.equal(through([1, 1], [1, 1], domain), null);
});

test("rounding of a direction does not turn a level cut", () => {
  assert.deepEqual(across([0, 0], [-1, 1e-17], domain), [-2, 0, 2, 0]);
});

test("a place on the cut is told by its distance and back", () => {
  const cut = new Cut([-2, -1.5, 2, 1.5]);
  assert.equal(cut.length, 5);
  assert.deepEqual(cut.at(2.5), [0, 0]);
  assert.ok(Math.abs(cut.along([0.8, 0.6]) - 3.5) < 1e-12);
  assert.ok(cut.off([0.8, 0.6]) < 1e-12);
  assert.ok(Math.abs(cut.off([-0.6, 0.8]) - 1) < 1e-12);
});

test("a cut along one parameter counts by that parameter", () => {
  assert.deepEqual([new Cut([-3, 1, 4, 1]).axis, new Cut([-3, 1, 4, 1]).origin], [0, -3]);
  assert.deepEqual([new Cut([2, -1, 2, 5]).axis, new Cut([2, -1, 2, 5]).origin], [1, -1]);
  assert.deepEqual([new Cut([0, 0, 1, 1]).axis, new Cut([0, 0, 1, 1]).origin], [-1, 0]);
});

test("nobody chose a cut: the surface's own, or through the start and the nearest minimum", () => {
  const points = [{ kind: "saddle", at: /** @type {Pair} */ ([0, 0]) }, { kind: "minimum", at: /** @type {Pair} */ ([1, 0]) }, { kind: "minimum", at: /** @type {Pair} */ ([2, 1]) }];
  assert.deepEqual(ownCut({ cut: [0, 0, 1, 1], domain }, [0, 0], points), [0, 0, 1, 1]);
  assert.deepEqual(ownCut({ cut: null, domain }, [-1, 0], points), [-2, 0, 2, 0]);
  assert.deepEqual(ownCut({ domain }, [1, 0.5], points), [1, -1.5, 1, 1.5]);
  assert.deepEqual(ownCut({ domain }, [0, 1], []), [-2, 1, 2, 1]);
});
