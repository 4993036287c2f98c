import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cellAt, fastest, kindOf, letterCells, lossesOf, pixels, stretches, updatesOf } from "../../static/js/mapcells.js";
import { pairsFor, sideOf, turn, turnable, within, zoomed } from "../../static/js/mapsides.js";
import { cellWords, mapWords, theoryWords } from "../../static/js/mapwords.js";

const tables = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf-8"));
const outcomes = ["minimum", "saddle", "maximum", "flat", "moving", "diverged"];

/** Three columns, two rows: the lower row settles, the upper one moves, diverges and sits on a saddle. */
const picture = /** @type {any} */ ({
  x: { knob: "eta", values: [0.01, 0.1, 1] }, y: { knob: "lambda", values: [0, 0.5] }, outcomes, minima: [{ at: [0, 0], loss: 0 }, { at: [1, 0], loss: 1 }], progress: 1,
  outcome: Float32Array.of(0, 0, 0, 4, 5, 1), minimum: Float32Array.of(0, 0, 1, -1, -1, -1),
  updates: Float32Array.of(90, 9, 20, NaN, 3, 50), loss: Float32Array.of(1, 0, 2, 3, 1e9, 1),
});

/** @param {string} rule @param {object} [knobs] */
function sceneOf(rule, knobs = {}) {
  return /** @type {any} */ ({ surface: "two-valleys", knobs, runs: [{ rule, knobs: {} }] });
}

test("what can be turned follows the rule and the examples", () => {
  assert.deepEqual(turnable(tables, sceneOf("gd"), 0), ["eta", "start1", "start2"]);
  assert.deepEqual(turnable(tables, sceneOf("momentum", { spread: 0.2 }), 0), ["eta", "lambda", "batch", "seed", "start1", "start2"]);
  assert.deepEqual(pairsFor(["eta", "start1", "start2"]), [["start1", "start2"]]);
  assert.deepEqual(pairsFor(["eta", "lambda", "batch", "start1", "start2"])[0], ["eta", "lambda"]);
});

test("a side spans the domain, or a way around the value", () => {
  const domain = tables.surfaces.find((/** @type {any} */ row) => row.name === "two-valleys").domain;
  assert.deepEqual(sideOf("start2", tables, sceneOf("gd"), 0), { knob: "start2", low: domain[1][0], high: domain[1][1] });
  const eta = sideOf("eta", tables, sceneOf("gd", { eta: 0.05 }), 0);
  assert.ok(eta.low < 0.05 && eta.high > 0.05 && eta.high <= 100);
  assert.deepEqual(sideOf("batch", tables, sceneOf("gd", { shuffle: "replacement" }), 0), { knob: "batch", low: 1, high: 19 });
});

test("turning sets the run's own value where it has one, else the shared one", () => {
  const sides = [{ knob: "eta", low: 0.01, high: 1 }, { knob: "start2", low: -1, high: 1 }];
  const shared = turn(sides, [0.2, 0.5], tables, 0)({ scene: sceneOf("gd", { start: [3, 4] }), view: {} }).scene;
  assert.deepEqual([shared.knobs.eta, shared.knobs.start], [0.2, [3, 0.5]]);
  const own = turn(sides, [0.2, 0.5], tables, 0)({ scene: { ...sceneOf("gd"), runs: [{ rule: "gd", knobs: { eta: 0.1 } }] }, view: {} }).scene;
  assert.deepEqual([own.knobs.eta, own.runs[0].knobs.eta], [undefined, 0.2]);
});

test("zooming keeps the middle and the bounds", () => {
  const side = { knob: "eta", low: 0.01, high: 1 };
  assert.deepEqual(zoomed(side, 0.5, -1, tables), { knob: "eta", low: 0.0316228, high: 0.316228 });
  assert.equal(zoomed(side, 100, -1, tables).high, 100);
  assert.equal(within("batch", 3.2, 3.4, tables), null);
  assert.deepEqual(within("batch", 0.2, 7.6, tables), { knob: "batch", low: 1, high: 8 });
});

test("cells tell their kind, the fastest of them and where letters stand", () => {
  assert.equal(kindOf(picture, 4), "diverged");
  assert.equal(fastest(picture), 1);
  assert.deepEqual(updatesOf(picture), [9, 90]);
  assert.deepEqual(lossesOf(picture), [0, 3]);
  assert.deepEqual(letterCells(picture).map(({ place }) => place), [0, 1]);
  assert.equal(cellAt([[-2, -1, 0], [0, 0.5]], [-0.9, 0.4]), 4);
  assert.deepEqual(stretches(picture, "lines"), [[1, 1, 1]]);
  const colours = pixels(picture, "updates");
  assert.equal(colours.length, 24);
  assert.equal(colours[3], 0);
  assert.equal(colours[15], 255);
});

test("the words name the scene's cell, the fastest and the shares", () => {
  assert.equal(cellWords(picture, 3, ["M1", "M2"]), "still travelling");
  const words = mapWords(picture, { names: ["η", "λ"], minima: ["M1", "M2"] }, { positions: [[-2, -1, 0], [0, 0.5]], at: [0, 0] });
  assert.match(words, /own cell: M2, 20\./);
  assert.match(words, /Fastest: η = 0\.1, λ = 0: 9 updates/);
  assert.match(words.replaceAll("\u00a0", " "), /minimum 50 %, saddle 17 %, still travelling 17 %, diverged 17 %/);
});

test("theory and measurement are told apart", () => {
  const words = theoryWords(picture, { rule: "momentum", low: 1, high: 10, momentum: 0.9 }, "M1").replaceAll("\u00a0", " ");
  assert.match(words, /of the cells below it 25 % diverged, of those above it 50 % reached a minimum/);
  assert.match(words, /Star: .* η = 0\.231, λ = 0\.27/);
  assert.match(theoryWords(picture, null, ""), /Theory has no line here/);
});
