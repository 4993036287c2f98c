import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openingChart } from "../../static/js/openingchart.js";
import { unfinished } from "./answers.js";

const { experiments } = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf8"));
const sharp = experiments.find((/** @type {any} */ row) => row.name === "sharp");
const line = (/** @type {string} */ chart, /** @type {string} */ name) => ({ chart, name, x: [0, 1], y: [1, 2], low: null, high: null, dots: null, z: null });
const series = [line("tuning", "small"), line("loss", "training"), line("loss", "validation")];

test("when it is done the chart that answers is seen, before that the one that fills", () => {
  assert.equal(openingChart(sharp, null), "tuning");
  for (const state of /** @type {any[]} */ (unfinished)) assert.equal(openingChart(sharp, { state, series }), "tuning", state);
  assert.equal(openingChart(sharp, { state: "done", series }), "loss");
});

test("a chart that would be empty is not opened", () => {
  assert.equal(openingChart(sharp, { state: "done", series: series.slice(0, 1) }), "tuning");
  assert.equal(openingChart(sharp, { state: "done", series: [] }), "tuning");
});

test("where no chart fills last the first one is seen throughout", () => {
  for (const row of experiments.filter((/** @type {any} */ one) => one !== sharp)) assert.equal(openingChart(row, { state: "done", series }), row.charts[0].name, row.name);
});
