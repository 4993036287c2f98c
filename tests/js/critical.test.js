import assert from "node:assert/strict";
import { test } from "node:test";
import { ListCollector } from "../../static/js/listanswer.js";
import { plainRun, startPlainAt } from "../../static/js/criticaledits.js";
import { isCrowd, isShelf, kindWords, labelOf, named, nearest, placeWords } from "../../static/js/criticalpoints.js";

/** @param {string} kind @param {[number, number]} at @param {object} [more] */
function point(kind, at, more = {}) {
  return { kind, at, loss: 0, valley: false, eigenvalues: /** @type {[number, number]} */ ([1, 2]), eigenvectors: null, curve: null, ...more };
}

test("points are named by kind and counted in the order of the table", () => {
  const points = ["minimum", "minimum", "saddle", "maximum", "flat", "saddle"].map((kind) => point(kind, [0, 0]));
  assert.deepEqual(named(points).map(({ name }) => name), ["M1", "M2", "S1", "X1", "F1", "S2"]);
});

test("a few points have words beside them, more have letters, a crowd only the chosen one's", () => {
  const [saddle] = named([point("saddle", [0, 0])]);
  assert.equal(labelOf(saddle, 3, false), "S1 saddle");
  assert.equal(labelOf(saddle, 9, false), "S1");
  assert.equal(labelOf(saddle, 26, false), "");
  assert.equal(labelOf(saddle, 26, true), "S1");
  assert.equal(isCrowd(25), false);
  assert.equal(isCrowd(26), true);
});

test("a saddle that the Hessian does not show is called a shelf", () => {
  assert.equal(isShelf(point("saddle", [0, 0], { eigenvalues: [-1, 1] })), false);
  assert.equal(isShelf(point("saddle", [0, 0], { eigenvalues: [1e-12, 1] })), true);
  assert.equal(kindWords(point("saddle", [0, 0], { eigenvalues: [0, 1] })), "saddle, a shelf");
  assert.equal(kindWords(point("minimum", [0, 0], { valley: true })), "valley of minima");
});

test("the point nearest to a place is found along the whole valley, and only within reach", () => {
  const points = [point("saddle", [0, 0]), point("minimum", [1, 1], { valley: true, curve: [[4, 0.25], [2, 0.5]] })];
  assert.equal(nearest(points, [2, 0.6], 0.2)?.point.kind, "minimum");
  assert.equal(nearest(points, [0, 1e-9], 0.05)?.distance, 1e-9);
  assert.equal(nearest(points, [3, 3], 0.05), null);
});

test("a computed zero is written as zero", () => {
  assert.equal(placeWords([0.5, -4.5e-23]), "(0.5, 0)");
  assert.equal(placeWords([0, 1e-9]), "(0, 1.00 × 10⁻⁹)");
});

test("an answer in parts is whole with the last one; an older one is forgotten", () => {
  const collector = new ListCollector("points");
  const part = (/** @type {number} */ id, /** @type {number} */ k) => ({ id, want: "critical-points", part: k, parts: 2, points: [{ kind: "saddle", at: /** @type {[number, number]} */ ([id, k]) }] });
  assert.equal(collector.take(part(1, 0)), null);
  assert.equal(collector.take(part(2, 0)), null);
  assert.equal(collector.take(part(1, 1)), null);
  assert.deepEqual(collector.take(part(2, 1))?.points?.map(({ at }) => at), [[2, 0], [2, 1]]);
});

const knob = { scope: "scene", kind: "number", low: 0, high: 100, scale: "linear", step: 1, choices: [], label: "", symbol: "", help: "" };
const tables = /** @type {any} */ ({
  knobs: [{ ...knob, name: "examples", default: 20 }, { ...knob, name: "batch", default: null }],
  rules: [{ name: "gd", knobs: {} }, { name: "momentum", knobs: { lambda: null } }],
  surfaces: [{ name: "two-valleys", start: [1, 1] }],
  limits: { runs: 2 },
});

/** @param {object[]} runs @param {object} [knobs] */
function shown(runs, knobs = {}) {
  return /** @type {any} */ ({ scene: { surface: "two-valleys", knobs, runs }, view: {} });
}

test("gradient descent starts where it should, unrounded; a scene without it gets such a run", () => {
  const place = /** @type {[number, number]} */ ([0.04000000000000001, 0.03]);
  const next = startPlainAt(tables, place)(shown([{ rule: "momentum", knobs: {} }]));
  assert.deepEqual(next.scene.knobs.start, place);
  assert.deepEqual(next.scene.runs, [{ rule: "momentum", knobs: {} }, { rule: "gd", knobs: {} }]);
  assert.equal(startPlainAt(tables, place)(next).scene.runs.length, 2);
});

test("gradient descent with a small batch is not the plain one", () => {
  const noisy = shown([{ rule: "gd", knobs: { batch: 1 } }]);
  assert.equal(plainRun(noisy.scene, tables), -1);
  assert.equal(plainRun(startPlainAt(tables, [0, 0])(noisy).scene, tables), 1);
  const shared = startPlainAt(tables, [0, 0])(shown([{ rule: "momentum", knobs: {} }], { batch: 5 }));
  assert.deepEqual(shared.scene.runs[1], { rule: "gd", knobs: { batch: 20 } });
});

test("a full scene keeps its runs", () => {
  const full = shown([{ rule: "momentum", knobs: {} }, { rule: "momentum", knobs: {} }]);
  assert.equal(startPlainAt(tables, [0, 0])(full).scene.runs.length, 2);
});
