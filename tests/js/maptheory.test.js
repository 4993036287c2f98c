import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { limitOf, optimumOf, radius, robustOf } from "../../static/js/maptheory.js";

const rows = JSON.parse(readFileSync(new URL("../golden/stability.json", import.meta.url), "utf-8"));

/** @param {number} one @param {number} other */
function near(one, other) {
  assert.ok(Math.abs(one - other) < 1e-12 * Math.max(1, Math.abs(other)), `${one} is not ${other}`);
}

test("limits, radii and optima are those of the server", () => {
  for (const row of rows) {
    near(limitOf(row.rule, row.lambda, row.high) ?? NaN, row.limit);
    near(Math.max(...[row.low, row.high].map((curvature) => radius(row.rule, row.eta, row.lambda, curvature))), row.radius);
    const best = optimumOf(row.rule, row.low, row.high);
    assert.equal(best === null, row.optimum === null);
    if (best) [best.eta, best.momentum].forEach((value, k) => near(value, row.optimum[k]));
  }
});

test("what is robust lies between the two rates", () => {
  for (const row of rows.filter(({ regime }) => regime !== "unstable")) {
    const between = robustOf(row.lambda, row.low, row.high);
    assert.equal(Boolean(between && row.eta >= between[0] && row.eta <= between[1]), row.regime === "robust");
  }
});

test("there is no theory for adaptive rules nor without curvature", () => {
  assert.equal(limitOf("adam", 0.9, 3), null);
  assert.equal(limitOf("gd", 0.9, 0), null);
  assert.equal(optimumOf("nesterov", 1, 2), null);
  assert.equal(optimumOf("momentum", 0, 2), null);
});
