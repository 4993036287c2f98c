import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { nearestTo, Plane, spanOf } from "../../static/js/dataplane.js";
import { modelOf, modelWords } from "../../static/js/models.js";

const { surfaces } = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf-8"));
const ofData = surfaces.filter(({ kind }) => kind === "data");
const letters = { "linear-regression": ["w", "b"], "logistic-regression": ["w", "b"] };

/** The catalogue's own line, as JavaScript. */
function lossOf({ name, formula }) {
  const [first, second] = letters[name] ?? ["w1", "w2"];
  const maths = "const { tanh, log1p, exp } = Math; const softplus = (z) => log1p(exp(z));";
  return new Function(first, second, "x", "y", `${maths} return ${formula}`);
}

test("every data surface has a model, and no other", () => {
  assert.deepEqual(ofData.filter(({ name }) => !modelOf(name)), []);
  assert.deepEqual(surfaces.filter(({ kind, name }) => kind !== "data" && modelOf(name)), []);
});

for (const surface of ofData) {
  test(`${surface.name}: an example that the model says has the smallest loss of all y`, () => {
    const [loss, model] = [lossOf(surface), modelOf(surface.name)];
    for (const theta of [[0.7, -0.4], [-1.2, 0.9]]) for (const x of [-1.5, 0.2, 2]) {
      const y = model(theta, x);
      if (surface.name !== "logistic-regression") assert.ok(Math.abs(loss(...theta, x, y)) < 1e-15);
      else assert.ok(Math.abs(slopeAlongB(loss, theta, x, y)) < 1e-6); // cross-entropy: flat in the score where the share is right
    }
  });
}

/** The derivative of the cross-entropy along b, without the decay of 0.02·b². */
function slopeAlongB(loss, [w, b], x, y) {
  const h = 1e-5;
  return (loss(w, b + h, x, y) - loss(w, b - h, x, y)) / (2 * h) - 0.04 * b;
}

test("the model is said with its numbers", () => {
  assert.equal(modelWords("linear-regression", [0.5, -1]), "y = 0.5·x + (−1)");
  assert.equal(modelWords("toy-network", [2, 3]), "y = 2·3·x = 6·x");
  assert.equal(modelWords("two-valleys", [1, 1]), "");
});

const plane = new Plane({ left: 10, top: 20, width: 100, height: 50 }, [0, 10], [-1, 1]);

test("a plane puts numbers to pixels, y upwards", () => {
  assert.deepEqual([plane.x(0), plane.x(10), plane.y(-1), plane.y(1)], [10, 110, 70, 20]);
  assert.equal(plane.valueX(0.5), 5);
  assert.deepEqual(plane.ticks("x", 20), [0, 2, 4, 6, 8, 10]);
});

test("a pointer finds the nearest point, or none", () => {
  const points = /** @type {[number, number][]} */ ([[1, 0], [9, 0]]);
  assert.equal(nearestTo(plane, points, [plane.x(8.8), plane.y(0)], 10), 1);
  assert.equal(nearestTo(plane, points, [plane.x(5), plane.y(0)], 10), -1);
  assert.equal(nearestTo(plane, [], [0, 0], 10), -1);
});

test("a span has air, also around one number and around none", () => {
  assert.deepEqual(spanOf([0, 10], 0.1), [-1, 11]);
  assert.deepEqual(spanOf([2, 2], 0.5), [1, 3]);
  assert.deepEqual(spanOf([], 0.5), [-1, 1]);
});
