import assert from "node:assert/strict";
import { test } from "node:test";
import { BatchAnswer } from "../../static/js/batchanswer.js";
import { between, cellAt, layoutOf } from "../../static/js/batchcells.js";
import { Pick } from "../../static/js/batchpick.js";
import { gradientsWords, stripWords } from "../../static/js/batchwords.js";
import { batchWords } from "../../static/js/inspectorwords.js";
import { isoline } from "../../static/js/isolines.js";

const epochs = [{ epoch: 0, batches: [[4, 1], [0, 3], [2]] }, { epoch: 1, batches: [[2, 0], [1, 4], [3]] }];
const updates = [0, 1, 2].map((index) => ({
  index, epoch: 0, place: index, batch: epochs[0].batches[index], probe: [0, 0], gradient: [1, 0], full: [0.001, 0],
}));
const columns = Float32Array.from({ length: 2 * 5 * 4 }, (_, k) => k);
const answer = new BatchAnswer({ of: 1, batch: 2, examples: 5, kind: "data", epochs, updates }, columns, 2);

test("an answer knows every example's numbers and its gradient in each update", () => {
  assert.deepEqual(answer.numbersOf(3), [3, 8]);
  assert.deepEqual(answer.gradientOf(/** @type {any} */ (updates[0]), 0), [10, 15]);
  assert.deepEqual(answer.gradientOf(/** @type {any} */ (updates[2]), 4), [34, 39]);
});

test("at the end of a run the last update is the one that is shown", () => {
  assert.equal(answer.goesOn, false);
  assert.equal(answer.at(7)?.index, 2);
  assert.deepEqual(answer.batchesOf(1), [[2, 0], [1, 4], [3]]);
  assert.deepEqual(answer.batchesOf(9), []);
});

test("an answer that cannot say more than the end is round about every moment near it", () => {
  assert.equal(answer.isRoundAbout(1, 4), true);
});

test("every example has its cell, batches stand apart and the short last one is short", () => {
  const { cells, side } = layoutOf(epochs[0].batches, 200);
  assert.deepEqual(cells.map(({ example }) => example), [4, 1, 0, 3, 2]);
  assert.deepEqual(cells.map(({ batch }) => batch), [0, 0, 1, 1, 2]);
  const apart = cells.slice(1).map((cell, k) => cell.x - cells[k].x - side);
  assert.ok(apart[0] < 1e-9 && apart[1] > 5 && apart[2] < 1e-9 && apart[3] > 5);
});

for (const [count, batch, width] of [[20, 1, 790], [200, 1, 790], [200, 1, 350], [200, 7, 350], [1, 1, 350], [200, 200, 790]]) {
  test(`${count} examples in batches of ${batch} fit into ${width} pixels`, () => {
    const batches = Array.from({ length: Math.ceil(count / batch) }, (_, k) => Array.from({ length: Math.min(batch, count - k * batch) }, (_, i) => k * batch + i));
    const { cells, side, rows, perRow } = layoutOf(batches, width);
    assert.equal(cells.length, count);
    assert.ok(Math.max(...cells.map(({ x }) => x + side)) <= width + 1e-6);
    assert.ok(side >= 3.5 || rows === 1);
    assert.ok(cells.every(({ row }, k) => row === Math.floor(k / perRow)));
  });
}

test("a pointer finds the nearest cell of its row", () => {
  const layout = layoutOf(epochs[0].batches, 200);
  layout.cells.forEach((cell, k) => assert.equal(cellAt(layout, cell.x + layout.side / 2, 0), k));
  assert.equal(cellAt(layout, 1e4, 0), 4);
  assert.equal(cellAt({ ...layout, cells: [] }, 3, 0), -1);
});

test("in a reshuffle every example goes from its old place to its new one", () => {
  const [before, after] = epochs.map(({ batches }) => layoutOf(batches, 200).cells);
  const at = (/** @type {any[]} */ cells, /** @type {number} */ example) => cells.find((cell) => cell.example === example).x;
  for (const example of [0, 1, 2, 3, 4]) {
    assert.equal(at(between(before, after, 0), example), at(before, example));
    assert.equal(at(between(before, after, 1), example), at(after, example));
  }
  assert.deepEqual(between(before, after, 0.5).map(({ example }) => example), [2, 0, 1, 4, 3]);
});

test("the pointed example comes before the pinned one, and the same pin again lets go", () => {
  const pick = new Pick();
  pick.pin(3);
  pick.point(1);
  assert.equal(pick.example, 1);
  pick.point(null);
  assert.equal(pick.example, 3);
  pick.keepWithin(3);
  assert.equal(pick.example, null);
  pick.pin(2);
  pick.pin(2);
  assert.equal(pick.example, null);
});

test("the strip says update, epoch, batch and examples", () => {
  const words = stripWords(answer, /** @type {any} */ (updates[1]));
  assert.equal(words, "update 2 · epoch 1 · batch 2 of 3 · examples 0, 3; 2 of 5");
  assert.match(stripWords(answer, /** @type {any} */ (updates[2])), /example 2; 1 of 5$/);
});

test("an epoch has the digits of its update, above the strip and beside the inspector", () => {
  const late = /** @type {any} */ ({ ...updates[1], index: 1499, epoch: 1499 });
  assert.match(stripWords(/** @type {any} */ ({ isFull: true, count: 20, batchesOf: () => [[]] }), late), /^update 1,500 · epoch 1,500 · batch 1 of 1 · all 20 examples$/);
  assert.equal(batchWords(late, 2), "epoch 1,500 · all 2 examples");
});

test("stuck on all examples and not on the batch is said with both lengths, and the other way round", () => {
  const moment = /** @type {any} */ (updates[0]);
  assert.match(gradientsWords(answer, moment), /^All examples together hardly pull here, \|g\| = 0.001; this batch does, \|g\| = 1: stuck/);
  assert.match(gradientsWords(answer, { ...moment, gradient: [0, 0], full: [0, 2] }), /^This batch hardly pulls here, \|g\| = 0;/);
  assert.match(gradientsWords(answer, { ...moment, full: [1, 1] }), /^Gradient of this batch \(1, 0\); of all examples \(1, 1\)\./);
});

test("a line of equal height goes round a bowl", () => {
  const side = 41;
  const loss = Float32Array.from({ length: side * side }, (_, k) => ((k % side) - 20) ** 2 / 100 + (Math.floor(k / side) - 20) ** 2 / 100);
  const pieces = isoline({ x: [-2, 2], y: [-2, 2], shape: [side, side], loss }, 1);
  assert.ok(pieces.length > 100);
  for (let k = 0; k < pieces.length; k += 2) assert.ok(Math.abs(Math.hypot(pieces[k], pieces[k + 1]) - 1) < 0.01);
  assert.deepEqual(isoline({ x: [-2, 2], y: [-2, 2], shape: [side, side], loss }, -1), []);
});
