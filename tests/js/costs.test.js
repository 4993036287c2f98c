import assert from "node:assert/strict";
import { test } from "node:test";
import { between, costWords, timePerUpdate, timeTitle } from "../../static/js/costs.js";
import { isMeasured, zigzagOf, zigzagWords } from "../../static/js/zigzag.js";

test("a serial machine takes as long as the batch is large", () => {
  for (const batch of [1, 5, 20]) assert.equal(timePerUpdate({ cost: "serial", width: 10 }, batch), batch);
});

test("a parallel machine is flat up to its width and then takes B/W", () => {
  const time = (/** @type {number} */ batch) => timePerUpdate({ cost: "parallel", width: 10 }, batch);
  assert.deepEqual([1, 5, 10, 20, 200].map(time), [1, 1, 1, 2, 20]);
});

test("one epoch of 20 takes the same on a serial machine whatever B, and far longer with B = 1 on a wide one", () => {
  const epoch = (/** @type {any} */ machine, /** @type {number} */ batch) => Math.ceil(20 / batch) * timePerUpdate(machine, batch);
  assert.deepEqual([1, 5, 20].map((batch) => epoch({ cost: "serial", width: 1 }, batch)), [20, 20, 20]);
  assert.deepEqual([1, 5, 20].map((batch) => epoch({ cost: "parallel", width: 20 }, batch)), [20, 4, 1]);
});

test("the model is said in words with these runs' numbers", () => {
  assert.match(costWords({ cost: "parallel", width: 10 }, [20, 1, 20]), /W = 10, and B\/W above that\. Here B = 1: 1 and B = 20: 2\.$/);
  assert.match(costWords({ cost: "serial", width: 10 }, [5]), /an update takes B\. Here B = 5: 5\.$/);
  assert.match(timeTitle({ cost: "parallel", width: 7 }), /7/);
});

const machine = { processor: "a processor", cores: 2, system: "", python: "", numpy: "", blas: "", threads: 2 };
const times = { batches: [1, 10, 100], seconds: [1e-5, 2e-5, 8e-5], machine, finished: "" };
const here = { cost: "measured", width: 10, times };

test("measured times are milliseconds: those of the measured sizes, between them along log B, beyond them the nearest", () => {
  assert.deepEqual([1, 10, 100, 200].map((batch) => between(times, batch)), [1e-5, 2e-5, 8e-5, 8e-5]);
  assert.ok(Math.abs(between(times, Math.sqrt(1000)) - 5e-5) < 1e-18);
  assert.ok(Math.abs(timePerUpdate(here, 10) - 0.02) < 1e-15);
  assert.match(timeTitle(here), /milliseconds/);
  assert.match(costWords(here, [20, 1]), /not one of this surface\. Measured at B = 1, 10, and 100, .* Here B = 1: 10 µs and B = 20: 38\.1 µs\.$/);
});

test("while nothing was measured the axis is serial, and says so", () => {
  for (const missing of [null, undefined]) {
    assert.equal(timePerUpdate({ ...here, times: missing }, 7), 7);
    assert.equal(timeTitle({ ...here, times: missing }), timeTitle({ cost: "serial", width: 10 }));
  }
  assert.match(costWords({ ...here, times: null }, [1]), /Nothing has been measured on this machine yet, so the axis is serial/);
  assert.match(costWords({ ...here, times: undefined }, [1]), /^Asking/);
});

test("a straight way is as long as it leads far, a zigzag is longer", () => {
  assert.deepEqual(zigzagOf([0, 3, 6], [0, 4, 8], 2), { length: 10, displacement: 10, ratio: 1 });
  assert.deepEqual(zigzagOf([0, 3, 6], [0, 4, 8], 1), { length: 5, displacement: 5, ratio: 1 });
  assert.equal(zigzagOf([0, 1, 2, 3, 4], [0, 1, 0, 1, 0], 4).ratio, Math.SQRT2);
  assert.deepEqual(zigzagOf([0, 1, 0], [0, 0, 0], 2), { length: 2, displacement: 0, ratio: null });
});

test("a way as short as the steps of single precision is not measured", () => {
  const way = (/** @type {number} */ step) => Float32Array.from({ length: 301 }, (_, k) => 0.96 + k * step);
  const measured = (/** @type {number} */ step) => isMeasured(way(step), way(step), 300, zigzagOf(way(step), way(step), 300));
  assert.equal(measured(1e-9), false);
  assert.equal(measured(1e-4), true);
  assert.equal(isMeasured([1], [1], 0, zigzagOf([1], [1], 0)), false);
});

test("a thinned path says that it knows only a part of its way", () => {
  const zigzag = { length: 4, displacement: 2, ratio: 2 };
  assert.equal(zigzagWords(zigzag, false), "path 4, straight 2: ratio 2");
  assert.match(zigzagWords(zigzag, true), /at least 4/);
  assert.match(zigzagWords({ length: 4, displacement: 0, ratio: null }, false), /back at the start/);
});
