import assert from "node:assert/strict";
import { test } from "node:test";
import { startBounds } from "../../static/js/together.js";

test("a start may lie a hundred diagonals away, in whole numbers where the domain leaves any", () => {
  assert.deepEqual(startBounds([[-2, 2], [-1.5, 1.5]], 0), { low: -353, high: 353 });
  assert.deepEqual(startBounds([[1, 1.001], [0, 0.001]], 0), { low: 1.0005 - 0.099, high: 1.0005 + 0.099 });
});
