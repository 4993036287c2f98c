import assert from "node:assert/strict";
import { test } from "node:test";
import { meansOf } from "../../static/js/averagemarks.js";

/** @param {object} more */
function run(more) {
  return /** @type {any} */ ({ update: null, updates: 3, theta1: Float32Array.of(0, 2, 4, 9), theta2: Float32Array.of(1, 1, 3, 5), average: { from: 1, at: [5, 3], loss: 0 }, ...more });
}

test("the mean at each update is that of the points from the first averaged one on", () => {
  const means = meansOf(run({}));
  assert.deepEqual([...(means?.x ?? [])], [2, 3, 5]);
  assert.deepEqual([...(means?.y ?? [])], [1, 2, 3]);
  assert.equal(means?.from, 1);
});

test("a run that averages nothing has none", () => {
  assert.equal(meansOf(run({ average: null })), null);
  assert.equal(meansOf(run({ average: undefined })), null);
});

test("of a thinned path only the server's mean at the end is told", () => {
  const means = meansOf(run({ update: Float32Array.of(0, 3) }));
  assert.deepEqual([[...(means?.x ?? [])], means?.from], [[5], 3]);
});
