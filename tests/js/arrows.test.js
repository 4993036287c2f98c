import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowsOf, barLength, fittingFactor, gradientFactor, lanesOf, partsOf, roundDown, zoomOf } from "../../static/js/arrows.js";
import { cornersOf } from "../../static/js/arrows3d.js";
import { updateOf } from "./updates.js";

const update = updateOf({ previous: [0.5, 0], gradient: [0, 2], lambda: 0.8, eta: 0.1, before: [1, 1], probe: [1, 1] });

/** @param {any[]} arrows */
function byPart(arrows) {
  return Object.fromEntries(arrows.map(({ part, from, to }) => [part, [from, to]]));
}

test("λm starts at the ball, −ηg at its tip, and the movement goes from the ball to where they end", () => {
  const arrows = byPart(arrowsOf("momentum", update, 0.1));
  assert.deepEqual(arrows.carried, [[1, 1], [1.4, 1]]);
  assert.deepEqual(arrows.reverse, [[1.4, 1], [1.4, 0.8]]);
  assert.deepEqual(arrows.movement, [[1, 1], [1.4, 0.8]]);
  assert.deepEqual(arrows.gradient, [[1, 1], [1, 1.2]]);
});

test("before the story comes to λm, −ηg starts at the ball", () => {
  assert.deepEqual(byPart(arrowsOf("momentum", update, 0.1, 2)).reverse, [[1, 1], [1, 0.8]]);
  assert.deepEqual(arrowsOf("momentum", update, 0.1, 1).map(({ part }) => part), ["gradient"]);
});

test("Nesterov's gradient stands where it was taken", () => {
  const ahead = { ...update, probe: [1.4, 1] };
  assert.deepEqual(byPart(arrowsOf("nesterov", ahead, 0.1)).gradient[0], [1.4, 1]);
});

test("rules without momentum have two arrows, and what is not finite has none", () => {
  assert.deepEqual(partsOf("adam"), ["gradient", "movement"]);
  assert.deepEqual(arrowsOf("gd", updateOf({ rule: "gd", movement: [null, 0] }), 1).map(({ part }) => part), ["gradient"]);
});

test("factors are 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([0.0734, 1, 19, 4.999, 0.2].map((value) => roundDown(value)), [0.05, 1, 10, 2, 0.2]);
  assert.equal(roundDown(0), 1);
  assert.equal(barLength(0.01, 110), 1);
});

test("one factor for all gradients nearby, so that a small one looks small", () => {
  const long = updateOf({ gradient: [30, 40] });
  assert.equal(gradientFactor([update, long], 1), 0.02);
  assert.equal(gradientFactor([updateOf({ gradient: [0, 0] })], 1), 1);
  assert.equal(gradientFactor([updateOf({ gradient: [null, 0] }), long], 1), 0.02);
});

test("a gradient that would leave the stage is drawn shorter", () => {
  assert.equal(fittingFactor(0.5, (factor) => factor <= 0.1), 0.1);
  assert.equal(fittingFactor(0.5, () => false), 0.5);
});

/** @param {number} length */
function movement(length) {
  return [{ part: /** @type {const} */ ("movement"), from: [100, 100], to: [100 + length, 100], label: "m" }];
}

test("a magnifier for what is too short or leaves the stage, and for nothing else", () => {
  const isInside = ([x]) => x < 400;
  assert.equal(zoomOf(/** @type {any} */ (movement(100)), 120, isInside), null);
  assert.equal(zoomOf(/** @type {any} */ (movement(3)), 120, isInside), 40);
  assert.equal(zoomOf(/** @type {any} */ (movement(6000)), 120, isInside), 0.02);
  assert.equal(zoomOf(/** @type {any} */ (movement(0)), 120, isInside), null);
});

test("arrows on one line are drawn beside each other, others where they are", () => {
  const flat = updateOf({ previous: [40, 0], gradient: [100, 0], eta: 0.1 });
  const lanes = lanesOf(arrowsOf("momentum", flat, 1), 9);
  assert.deepEqual(["gradient", "movement", "carried", "reverse"].map((part) => lanes.get(/** @type {any} */ (part))?.[1]), [-9, undefined, 9, 18]);
  const first = lanesOf(arrowsOf("momentum", updateOf({ previous: [0, 0], gradient: [100, 0] }), 1), 9);
  assert.deepEqual([first.get("carried"), first.get("reverse")?.[1]], [undefined, 9]);
  assert.equal(lanesOf(arrowsOf("momentum", updateOf({ previous: [40, 0], gradient: [0, 400] }), 1), 9).size, 0);
  assert.equal(lanesOf(arrowsOf("gd", updateOf({ rule: "gd" }), 1), 9).size, 0);
});

test("in three dimensions an arrow is a shaft and two barbs, and one without length has none", () => {
  const corners = cornersOf([0, 0], [2, 0], 0.5);
  assert.deepEqual([corners[0], corners.at(-1)], [[0, 0], [2, 0]]);
  assert.deepEqual(corners.slice(-4), [[1.5, -0.25], [2, 0], [1.5, 0.25], [2, 0]]);
  assert.equal(cornersOf([1, 1], [1, 1], 0.5).length, 14);
});
