import assert from "node:assert/strict";
import { test } from "node:test";
import { ballsOf, exitOf } from "../../static/js/marks.js";
import { holds, pointsOf } from "../../static/js/trail.js";

const axes = { x: (/** @type {number} */ value) => 100 * value, y: (/** @type {number} */ value) => -100 * value };
const box = { left: 0, top: 0, width: 100, height: 50 };

test("points that fall on the one before are left out, the last one never", () => {
  const points = pointsOf([0, 0.001, 1, 1, 1.002], [0, 0, 0, 0, 0], axes);
  assert.deepEqual([...points.rows.subarray(0, points.count)], [0, 2, 4]);
});

test("a long run that rattles on the spot costs few points", () => {
  const rattle = Array.from({ length: 50000 }, (_, k) => 1e-3 * Math.sin(k));
  assert.ok(pointsOf(rattle, rattle, axes).count < 100);
});

test("the part up to the playhead ends with the last kept row that is not after it", () => {
  const points = pointsOf([0, 0.001, 1, 2, 3], [0, 0, 0, 0, 0], axes);
  assert.deepEqual([0, 1, 2, 4].map((row) => points.upTo(row)), [1, 1, 2, 4]);
});

test("a box holds the points on its edge", () => {
  assert.ok(holds(box, 100, 50));
  assert.ok(!holds(box, 100.1, 20));
});

test("the arrow to a run outside stands where the straight way leaves the box", () => {
  assert.deepEqual(exitOf(box, { x: 50, y: 25 }, { x: 250, y: 25 }), { x: 100, y: 25, angle: 0 });
  const { x, y } = exitOf(box, { x: 50, y: 25 }, { x: 50 + 1e6, y: 25 + 1e6 });
  assert.ok(Math.abs(x - 75) < 1e-6 && Math.abs(y - 50) < 1e-6);
});

test("balls on the same spot become one with a slice for each run", () => {
  const balls = ballsOf([{ x: 1, y: 1, colour: "a" }, { x: 2, y: 1, colour: "b" }, { x: 90, y: 1, colour: "c" }], 4);
  assert.deepEqual(balls.map(({ colours }) => colours), [["a", "b"], ["c"]]);
});
