import assert from "node:assert/strict";
import { test } from "node:test";
import { costWords, timePerUpdate, timeTitle } from "../../static/js/costs.js";
import { zigzagOf, zigzagWords } from "../../static/js/zigzag.js";

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

test("a straight way is as long as it leads far, a zigzag is longer", () => {
  assert.deepEqual(zigzagOf([0, 3, 6], [0, 4, 8], 2), { length: 10, displacement: 10, ratio: 1 });
  assert.deepEqual(zigzagOf([0, 3, 6], [0, 4, 8], 1), { length: 5, displacement: 5, ratio: 1 });
  assert.equal(zigzagOf([0, 1, 2, 3, 4], [0, 1, 0, 1, 0], 4).ratio, Math.SQRT2);
  assert.deepEqual(zigzagOf([0, 1, 0], [0, 0, 0], 2), { length: 2, displacement: 0, ratio: null });
});

test("a thinned path says that it knows only a part of its way", () => {
  const zigzag = { length: 4, displacement: 2, ratio: 2 };
  assert.equal(zigzagWords(zigzag, false), "path 4, straight 2: ratio 2");
  assert.match(zigzagWords(zigzag, true), /at least 4/);
  assert.match(zigzagWords({ length: 4, displacement: 0, ratio: null }, false), /back at the start/);
});
