import assert from "node:assert/strict";
import { test } from "node:test";
import { domainAround, updatesDone, updatesIn, watchedBatches, watchedScene } from "../../static/js/watchclock.js";

test("one at a time, a quarter, all; fewer columns where these are the same", () => {
  assert.deepEqual(watchedBatches(20, "each-epoch"), [1, 5, 20]);
  assert.deepEqual(watchedBatches(2, "each-epoch"), [1, 2]);
  assert.deepEqual(watchedBatches(1, "once"), [1]);
  assert.deepEqual(watchedBatches(20, "replacement"), [1, 5]);
});

for (const count of [1, 7, 20, 200]) for (const batch of [1, 3, 5, count].filter((size) => size <= count)) {
  test(`an epoch of ${count} examples has its ${updatesIn(count, batch)} updates at B = ${batch} when all are seen, never before`, () => {
    assert.equal(updatesDone(0, batch, count), 0);
    assert.equal(updatesDone(count, batch, count), updatesIn(count, batch));
    for (let seen = 0; seen < count; seen++) assert.equal(updatesDone(seen, batch, count), Math.floor(seen / batch));
    assert.ok(updatesDone(count - 1, batch, count) < updatesIn(count, batch));
  });
}

test("the watched scene is the same but for its batches and its length", () => {
  const scene = { surface: "bowl", knobs: { eta: 0.1, updates: 9 }, runs: [{ rule: "gd", knobs: {} }, { rule: "momentum", knobs: { lambda: 0.5, batch: 3 } }] };
  const watched = watchedScene(scene, { run: 1, batches: [1, 20], count: 20, epoch: 2 });
  assert.deepEqual(watched, {
    surface: "bowl", knobs: { eta: 0.1, updates: 60 },
    runs: [{ rule: "momentum", knobs: { lambda: 0.5, batch: 1 } }, { rule: "momentum", knobs: { lambda: 0.5, batch: 20 } }],
  });
  assert.equal(scene.knobs.updates, 9);
});

test("all columns look at the same part of the surface, also where nothing moves", () => {
  const [x, y] = domainAround([[0, 1], [2, 1]], 0.1);
  assert.ok(Math.abs(x[0] + 0.3) < 1e-12 && Math.abs(x[1] - 2.3) < 1e-12);
  assert.deepEqual(y, [0.95, 1.05]);
});
