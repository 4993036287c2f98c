import assert from "node:assert/strict";
import { test } from "node:test";
import { ellipse, longestHalf, shapeOf, signText } from "../../static/js/hessianshape.js";
import { curvatures, gradientWords, nearWords, verdict } from "../../static/js/hessianwords.js";

/** @typedef {[number, number]} Pair */

/** @param {string|null} kind @param {Pair|null} eigenvalues @param {object} [more] */
function bend(kind, eigenvalues, more = {}) {
  return { kind, valley: false, gradient: /** @type {Pair} */ ([0, 0]), eigenvalues, ...more };
}

/** @type {[Pair, Pair]} */
const upright = [[1, 0], [0, 1]];

test("the verdict says what the Hessian decides, and when it cannot", () => {
  assert.equal(verdict(bend("saddle", [-0.8, 2.4])), "A saddle: down along u₁.");
  assert.equal(verdict(bend("minimum", [1, 2])), "A minimum: up in every direction.");
  assert.equal(verdict(bend("maximum", [-2, -1])), "A maximum: down in every direction.");
  assert.equal(verdict(bend("flat", [0, 0])), "Flat: the Hessian is zero here and cannot decide.");
  assert.match(verdict(bend("saddle", [1e-12, 1])), /shelf/);
  assert.match(verdict(bend("minimum", [0, 4], { valley: true })), /valley/);
  assert.match(verdict(bend("minimum", null)), /tip/);
  assert.equal(verdict(bend(null, [-1, 1])), "Not a critical point.");
});

test("curvatures are told with their directions", () => {
  assert.equal(curvatures(bend("saddle", [-0.8, 2.4])), "The loss curves up by 2.4 along u₂, down by 0.8 along u₁.");
  assert.equal(curvatures(bend("minimum", [0.3, 2.4])), "The loss curves up by 2.4 along u₂ and by 0.3 along u₁.");
  assert.equal(curvatures(bend("maximum", [-2, -1])), "The loss curves down by 2 along u₁ and by 1 along u₂.");
  assert.equal(curvatures(bend("minimum", [1e-9, 4])), "The loss curves up by 4 along u₂ and is flat along u₁.");
  assert.equal(curvatures(bend("flat", [-1e-12, 1e-13])), "The loss does not curve here in any direction.");
  assert.equal(curvatures(bend("minimum", null)), "");
});

test("a gradient that is not zero is told, and a saddle nearby too", () => {
  assert.match(gradientWords(bend(null, [-1, 1], { gradient: [3e-4, 4e-4] })), /^The gradient has length 0.0005;/);
  assert.match(gradientWords(bend("saddle", [-1, 1])), /critical point\.$/);
  assert.match(nearWords({ name: "S1", kind: "saddle", distance: 0.0023 }), /^Flat loss, but a saddle: S1 is only 0.0023 away/);
});

test("one sign makes an ellipse, two a cross; half-axes go with 1/√|λ|", () => {
  const round = shapeOf({ kind: "minimum", eigenvalues: [1, 4], eigenvectors: upright }, 0.5);
  assert.equal(round.isRound, true);
  assert.equal(round.factor, 0.5);
  assert.deepEqual(round.arms.map(({ half }) => half), [0.5, 0.25]);
  const cross = shapeOf({ kind: "saddle", eigenvalues: [-1, 4], eigenvectors: upright }, 0.5);
  assert.equal(cross.isRound, false);
  assert.deepEqual(cross.arms.map(({ sign }) => signText(sign)), ["−", "+"]);
});

test("the factor has two digits and never makes an axis longer than it may be", () => {
  for (const low of [0.003, 0.7, 19, 812]) {
    const { factor, arms } = shapeOf({ kind: null, eigenvalues: [low, 9 * low], eigenvectors: upright }, 0.37);
    assert.equal(factor, Number(factor.toPrecision(2)));
    assert.ok(arms[0].half <= 0.37 + 1e-12 && arms[0].half > 0.33);
  }
});

test("a direction without curvature is as long as may be and has the sign 0", () => {
  const { arms, isRound } = shapeOf({ kind: "minimum", eigenvalues: [0, 4], eigenvectors: upright }, 0.4);
  assert.equal(isRound, false);
  assert.equal(arms[0].half, 0.4);
  assert.equal(signText(arms[0].sign), "0");
  const flat = shapeOf({ kind: "flat", eigenvalues: [-1e-9, 1e-9], eigenvectors: upright }, 0.4);
  assert.deepEqual(flat.arms.map(({ sign }) => sign), [0, 0]);
});

test("an ellipse passes the ends of its axes", () => {
  const { arms } = shapeOf({ kind: "minimum", eigenvalues: [1, 4], eigenvectors: [[0.6, 0.8], [-0.8, 0.6]] }, 0.5);
  const corners = ellipse(arms);
  const near = (/** @type {Pair} */ [x, y]) => Math.min(...corners.map((corner) => Math.hypot(corner[0] - x, corner[1] - y)));
  assert.ok(near([0.3, 0.4]) < 1e-12);
  assert.ok(near([-0.2, 0.15]) < 1e-12);
});

test("half an axis is at most a seventh of the window", () => {
  assert.equal(longestHalf({ x: [-2, 2], y: [0, 1.4] }), 1.4 / 7);
});
