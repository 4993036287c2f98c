import assert from "node:assert/strict";
import { test } from "node:test";
import { acrossOf, even, extentOf, fitting, isStepped, placeless, Side, upOf, valuesAlong } from "../../static/js/chartsides.js";
import { areBeside, inLines, Places } from "../../static/js/seriesart.js";
import { legendOf, linesOf } from "../../static/js/serieschart.js";
import { inUnit, secondsWords, shareWords, timesWords } from "../../static/js/units.js";

const size = { label: "B", unit: "", scale: /** @type {const} */ ("log"), knob: "batches" };
const seconds = { label: "time", unit: "s", scale: /** @type {const} */ ("log"), knob: "" };
const share = { label: "share", unit: "share", scale: /** @type {const} */ ("linear"), knob: "" };
const line = (/** @type {any} */ more) => ({ chart: "c", name: "n", x: [], y: [], low: null, high: null, dots: null, z: null, ...more });
const chart = (/** @type {string} */ name, names = ["one", "all"], beside = "") => ({ name, label: name, x: size, y: seconds, series: names.map((one) => ({ name: one, label: one })), measured: true, beside });

test("seconds are written in the unit that needs no powers of ten", () => {
  assert.deepEqual([9.84e-6, 0.00123, 0.5952, 12.3456, 0.99972, 0].map(secondsWords), ["9.84 µs", "1.23 ms", "595 ms", "12.3 s", "1 s", "0 s"]);
});

test("shares are told to a tenth of a per cent, counts whole, what is missing as a dash", () => {
  assert.deepEqual([1, 0.972222, 0.57968, 0].map(shareWords), ["100 %", "97.2 %", "58 %", "0 %"]);
  assert.deepEqual([inUnit(60000, ""), inUnit(0.123456, ""), inUnit(null, "s"), inUnit("epochs", "")], ["60,000", "0.1235", "–", "epochs"]);
  assert.deepEqual([2.8125, 61.78, 310.4].map(timesWords), ["2.8", "62", "310"]);
});

test("a logarithmic side puts powers at even distances and knows no zero", () => {
  const side = new Side("log", [0, 2], []);
  assert.deepEqual([1, 10, 100].map((value) => side.at(value)), [0, 0.5, 1]);
  assert.ok(Number.isNaN(side.at(0)));
  assert.ok(Number.isNaN(side.at(null)));
});

test("values that will come hold their place along x before they are here", () => {
  const side = acrossOf(size, [line({ x: [1, 100], y: [1, 2] })], [1, 10, 100, 1000]);
  assert.deepEqual(side.range, [0, 3]);
  assert.deepEqual(side.ticks(3), [1, 10, 100, 1000]);
});

test("names stand beside each other in the order in which they came", () => {
  const side = acrossOf({ ...size, scale: "linear" }, [line({ x: ["plain", "warm"], y: [1, 2] })], []);
  assert.deepEqual(["plain", "warm"].map((name) => side.at(name)), [0.25, 0.75]);
});

test("many values along x are a curve, few with a spread are told step by step", () => {
  const curve = line({ x: Array.from({ length: 30 }, (_, k) => k), y: [], low: [], high: [] });
  assert.equal(isStepped([curve]), false);
  assert.equal(isStepped([line({ x: [1, 2], low: [1, 1] })]), true);
  assert.equal(isStepped([line({ x: [1, 2] })]), false);
  assert.deepEqual(valuesAlong([line({ x: [4, 1] }), line({ x: [2, 1] })]), [1, 2, 4]);
});

test("the upright side holds every dot, keeps its range while that serves, and a share stays a share", () => {
  assert.deepEqual(extentOf(seconds, [line({ y: [1], low: [0.5], high: [2], dots: [[8, 0, null]] })]), [0.5, 8]);
  assert.equal(extentOf(seconds, [line({ y: [null] })]), null);
  const first = upOf(share, [line({ y: [0.6, 1] })], null);
  assert.ok(first.range[1] <= 1.02);
  assert.equal(upOf(share, [line({ y: [0.62, 0.99] })], first.range).range, first.range);
  assert.notEqual(upOf(share, [line({ y: [0.1, 0.99] })], first.range).range, first.range);
});

test("a share on a logarithmic side has its powers of ten, and never more than the whole", () => {
  const wrong = { ...share, scale: /** @type {const} */ ("log") };
  const { range } = upOf(wrong, [line({ y: [0.02, 0.9] })], null);
  assert.ok(range[0] < Math.log10(0.02) && range[0] > -2);
  assert.ok(range[1] > Math.log10(0.9) && range[1] < Math.log10(1.05));
});

test("what a logarithmic side has no place for is counted, each value once", () => {
  const lines = [line({ y: [0, 0.1], low: [0, 0], high: [0.1, 0.2], dots: [[0, 0, 0.1], [0, 0.1, 0.2]] }), line({ y: [0, null, 1] })];
  assert.equal(placeless({ ...share, scale: "log" }, lines), 4);
  assert.equal(placeless(share, lines), 0);
});

test("a title that is too long stands in several lines, cut between words or signs", () => {
  const title = "Training loss: training goes to the left";
  assert.deepEqual(inLines(title, 400, 12), [title]);
  assert.deepEqual(inLines(title, 220, 12), ["Training loss: training goes to", "the left"]);
  assert.deepEqual(inLines("訓練損失：訓練往左走", 60, 12), ["訓練損失：", "訓練往左走"]);
  assert.deepEqual(inLines("Eigenvalue", 10, 12), ["Eigenvalue"]);
});

test("two logarithmic sides are as many decades high", () => {
  const [left, right] = [new Side("log", [-5, -2], []), new Side("log", [-2, 0], [])];
  even(left, right);
  assert.deepEqual([left.range, right.range], [[-5, -2], [-2.5, 0.5]]);
});

test("labels that would run into each other are left out, but never the ends", () => {
  assert.deepEqual(fitting([0, 10, 50, 95, 100].map((at) => ({ at, wide: 20 })), 2), [true, false, true, false, true]);
  assert.deepEqual(fitting([], 2), []);
});

test("a line keeps its sign whatever is here already, and says which axis is its own", () => {
  const charts = [chart("update"), chart("epoch", ["one"], "update")];
  assert.deepEqual(legendOf(charts).map(({ k, label }) => [k, label]), [[0, "update, one (left axis)"], [1, "update, all (left axis)"], [2, "epoch, one (right axis)"]]);
  const lines = linesOf(charts, [line({ chart: "epoch", name: "one", x: [1], y: [2] }), line({ chart: "update", name: "all", x: [1], y: [2] })]);
  assert.deepEqual(lines.map(({ k, side }) => [k, side]), [[1, 0], [2, 1]]);
});

test("lines stand beside each other only as far as their places along x are apart", () => {
  const box = { left: 0, top: 0, width: 440, height: 100, inset: 20, lift: 0 };
  const about = { many: 2, size: 4, isStepped: true };
  const wide = new Places(box, new Side("linear", [0, 100], []), { ...about, values: [0, 50, 100] });
  assert.equal(wide.step, 12);
  const near = new Places(box, new Side("linear", [0, 100], []), { ...about, values: [0, 99.5, 100] });
  assert.ok(near.x(99.5, 1) < near.x(100, 0));
  assert.equal(new Places(box, new Side("linear", [0, 100], []), { ...about, values: [7] }).step, 12);
});

test("titles of both axes stand in one line where there is room", () => {
  assert.ok(areBeside(["Loss", "Accuracy"], 300, 13));
  assert.ok(!areBeside(["λmax of the Hessian", "Rise in the box, percent of 1 + L"], 300, 13));
  assert.ok(areBeside(["one title alone, however long it is"], 10, 13));
});

test("a logarithmic side has ticks at 1, 2 and 5 where there is room for them", () => {
  const side = new Side("log", [-1.75, 0.4], []);
  assert.deepEqual(side.ticks(10), [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
  assert.deepEqual(side.ticks(5), [0.1, 1]);
  assert.deepEqual(new Side("log", [Math.log10(94), Math.log10(103)], []).ticks(5), [94, 96, 98, 100, 102]);
});
