import assert from "node:assert/strict";
import { test } from "node:test";
import { barsOf, headToTail, mostBars, weightedSum } from "../../static/js/weightedsum.js";
import { laidOut } from "../../static/js/weightedsumart.js";
import { pastOf, walked } from "./updates.js";

const kept = { lambda: 0.9, beta1: 0.9, beta2: 0.999 };

/** @param {number} length */
function gradientsOf(length) {
  return Array.from({ length }, (_, k) => /** @type {[number, number]} */ ([Math.sin(k), Math.cos(3 * k)]));
}

/** @param {number} actual @param {number} expected */
function near(actual, expected) {
  assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}

/** @param {string} rule @param {number} length */
function sumOf(rule, length, lambda = 0.9, etas = Array(length).fill(0.05)) {
  const gradients = gradientsOf(length);
  const movement = /** @type {[number, number]} */ (walked({ lambda, etas, gradients }));
  return { movement, sum: weightedSum(rule, { ...kept, lambda }, length - 1, pastOf({ etas, gradients }), movement) };
}

test("the vectors head to tail end at the movement that the recurrence makes", () => {
  for (const lambda of [0.3, 0.9, 0.99]) {
    const { movement, sum } = sumOf("momentum", 300, lambda);
    const [x, y] = headToTail(sum).at(-1);
    near(x, movement[0]);
    near(y, movement[1]);
  }
});

test("with a schedule every gradient keeps the η of its own update", () => {
  const etas = Array.from({ length: 40 }, (_, k) => 0.1 / (k + 1));
  const { sum } = sumOf("momentum", 40, 0.9, etas);
  for (const { age, weight } of sum.shares) near(weight, 0.9 ** age * etas[39 - age]);
});

test("gradient descent, and momentum with λ = 0, count one gradient only", () => {
  for (const { sum } of [sumOf("gd", 30, 0), sumOf("momentum", 30, 0)]) {
    assert.deepEqual([sum.shares.length, sum.count, sum.older], [1, 1, null]);
    near(sum.shares[0].weight, 0.05);
  }
});

test("bars that nobody would see are counted together, and no more than a page holds stand alone", () => {
  assert.equal(barsOf([1, 0.5, 1e-4]), 2);
  assert.equal(barsOf(Array(500).fill(1)), mostBars);
  const { sum } = sumOf("momentum", 300);
  assert.equal(sum.older.count + sum.shares.length, 300);
  near(sum.older.weight, (0.05 * (0.9 ** sum.shares.length - 0.9 ** 300)) / 0.1);
});

test("the weights of Adam's averages add up to one", () => {
  const etas = Array(60).fill(0.01);
  const sum = weightedSum("adam", kept, 59, pastOf({ etas, gradients: gradientsOf(60) }), [0, 0]);
  const total = (name) => sum.shares.reduce((all, share) => all + share[name], 0);
  near(total("weight"), 1);
  near(total("square"), 1);
  near(sum.shares[3].weight, (0.1 * 0.9 ** 3) / (1 - 0.9 ** 60));
  near(sum.shares[3].square, (0.001 * 0.999 ** 3) / (1 - 0.999 ** 60));
});

test("RMSprop forgets, Adagrad does not, Newton looks at no past", () => {
  const past = pastOf({ etas: Array(9).fill(0.1), gradients: gradientsOf(9) });
  const squares = (rule) => weightedSum(rule, { ...kept, beta2: 0.5 }, 8, past, null).shares.map(({ square }) => square);
  assert.deepEqual(squares("rmsprop").slice(0, 3), [0.5, 0.25, 0.125]);
  assert.deepEqual(squares("adagrad"), Array(9).fill(1));
  assert.equal(weightedSum("newton", kept, 8, past, null), null);
});

test("gradients before the first known one are what is missing to the sum", () => {
  const etas = Array(500).fill(0.05);
  const gradients = gradientsOf(500);
  const movement = /** @type {[number, number]} */ (walked({ lambda: 0.999, etas, gradients }));
  const sum = weightedSum("momentum", { ...kept, lambda: 0.999 }, 499, pastOf({ etas, gradients, oldest: 92 }), movement);
  assert.equal(sum.older.count, 380);
  assert.equal(sum.older.weight, null);
  near(headToTail(sum).at(-1)[0], movement[0]);
});

test("vectors on one line stand beside each other, others do not", () => {
  const size = { width: 300, height: 130 };
  const flat = laidOut([[0, 0], [1, 0], [0.4, 0], [0.9, 0]], size);
  assert.equal(new Set(flat.pieces.map(([from]) => from[1])).size, 3);
  const bent = laidOut([[0, 0], [1, 0], [1, 1]], size);
  assert.deepEqual(bent.pieces[0][1], bent.pieces[1][0]);
  assert.deepEqual(bent.whole[0], bent.pieces[0][0]);
});
