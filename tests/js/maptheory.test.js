import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { limitOf, optimumOf, regimesOf } from "../../static/js/maptheory.js";

const rows = JSON.parse(readFileSync(new URL("../golden/stability.json", import.meta.url), "utf-8"));

/** @param {number} one @param {number} other */
function near(one, other) {
  assert.ok(Math.abs(one - other) < 1e-12 * Math.max(1, Math.abs(other)), `${one} is not ${other}`);
}

test("limits and optima are those of the server", () => {
  for (const row of rows) {
    near(limitOf(row.rule, row.lambda, row.high) ?? NaN, row.limit);
    const best = optimumOf(row.rule, row.low, row.high);
    assert.equal(best === null, row.optimum === null);
    if (best) [best.eta, best.momentum].forEach((value, k) => near(value, row.optimum[k]));
  }
});

test("the regimes are those of the server", () => {
  const names = /** @type {const} */ ({ lazy: "lazy", robust: "robust", edge: "knife's edge" });
  for (const row of rows.filter(({ rule, regime }) => rule === "momentum" && regime !== "unstable")) {
    const { lazy, edge, limit } = regimesOf(row.lambda, row.low, row.high);
    assert.ok(lazy <= edge && edge <= limit + 1e-12);
    const found = row.eta < lazy ? "lazy" : row.eta <= edge ? "robust" : "edge";
    assert.equal(names[found], row.regime);
  }
});

test("there is no theory for adaptive rules nor without curvature", () => {
  assert.equal(limitOf("adam", 0.9, 3), null);
  assert.equal(limitOf("gd", 0.9, 0), null);
  assert.equal(optimumOf("adam", 1, 2), null);
  assert.equal(optimumOf("momentum", 0, 2), null);
});
