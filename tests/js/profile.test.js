import assert from "node:assert/strict";
import { test } from "node:test";
import { Cut } from "../../static/js/cut.js";
import { Profile } from "../../static/js/profile.js";
import { factorOf, pushOf } from "../../static/js/profilepush.js";
import { cutWords, factorWords, missingWords, profileWords, stopWords, stops } from "../../static/js/profilewords.js";
import { ballOn, isOff } from "../../static/js/stage1dplaces.js";

/**
 * @param {(x: number) => number} loss
 * @param {(x: number) => number} slope
 */
function profileOf(loss, slope, cut = new Cut([-2, 0, 2, 0]), rows = 41) {
  const distance = Float32Array.from({ length: rows }, (_, k) => (cut.length * k) / (rows - 1));
  const x = [...distance].map((s) => cut.origin + s);
  return new Profile(cut, distance, Float32Array.from(x, loss), Float32Array.from(x, slope));
}

const wave = profileOf((x) => x ** 4 - 2 * x ** 2, (x) => 4 * x ** 3 - 4 * x);

test("between its samples a profile follows the curve, not the chord", () => {
  for (const x of [-1.73, -0.97, 0.02, 1.11]) assert.ok(Math.abs(wave.at(x + 2) - (x ** 4 - 2 * x ** 2)) < 2e-4);
  assert.ok(Math.abs(wave.slopeAt(2.5) - (4 * 0.125 - 2)) < 1e-2);
});

test("level places are where the slope changes its sign", () => {
  const found = wave.levels();
  assert.deepEqual(found.map(({ turn }) => turn), ["low", "high", "low"]);
  found.forEach(({ s }, k) => assert.ok(Math.abs(s - 2 - (k - 1)) < 0.01));
  assert.ok(Math.abs(wave.lowest().loss + 1) < 1e-6);
});

test("the frame holds crests and the start; the walls may leave through the top", () => {
  const [low, high] = wave.range([0.2]);
  assert.ok(low < -1 && high > 0.2 && high < 2);
  assert.ok(wave.range([8])[1] > 8);
  assert.ok(wave.range([NaN])[1] < 2);
});

test("a ball touches the curve: its middle stands off at right angles", () => {
  const axes = /** @type {any} */ ({ x: (/** @type {number} */ v) => 100 * v, y: (/** @type {number} */ v) => -100 * v });
  const flat = ballOn({ s: 1, loss: -1, off: 0 }, { axes, profile: wave }, 10);
  assert.ok(Math.abs(flat.x + 100) < 1e-3 && Math.abs(flat.y - 90) < 1e-3);
  const steep = ballOn({ s: 3.5, loss: wave.at(3.5), off: 0 }, { axes, profile: wave }, 10);
  assert.ok(Math.abs(Math.hypot(steep.x - steep.touch.x, steep.y - steep.touch.y) - 10) < 1e-9);
  assert.ok(steep.x < steep.touch.x && steep.y < steep.touch.y);
});

test("a ball beside the cut floats at its real loss", () => {
  const place = { s: 3.5, loss: 5, off: 0.3 };
  assert.equal(isOff(place, wave), true);
  assert.equal(isOff({ ...place, off: 1e-4 }, wave), false);
});

const cut = new Cut([-2, 0, 2, 0]);
const run = /** @type {any} */ ({ theta1: Float32Array.of(-1, -0.9, -0.5, 0), theta2: new Float32Array(4), loss: Float32Array.of(3, 2, 1, 0), every: 1 });
const paths = /** @type {any} */ ({ runs: [run], rowAt: (/** @type {number} */ _run, /** @type {number} */ at) => at });

test("one factor serves the whole path: its longest movement is about a quarter of the cut", () => {
  assert.equal(factorOf(run, cut), 2);
  assert.equal(factorOf({ ...run, theta1: new Float32Array(4) }, cut), 1);
});

test("the arrows are the engine's own numbers, along the cut", () => {
  const update = { index: 1, before: [-0.9, 0], gradient: [-2, 7], reverse_gradient: [0.1, 0.2], previous_movement: [0.1, 0], movement: [0.19, 0.2], values: { λ: 0.9 } };
  const anatomy = /** @type {any} */ ({ of: 0, rule: "momentum", at: () => update });
  const push = pushOf(anatomy, paths, 1, cut);
  assert.deepEqual([...(push?.parts ?? [])], [["carried", 0.9 * 0.1], ["reverse", 0.1], ["movement", 0.19]]);
  assert.equal(push?.from.loss, 2);
  assert.deepEqual([...(pushOf({ ...anatomy, rule: "gd" }, paths, 1, cut)?.parts.keys() ?? [])], ["reverse", "movement"]);
  assert.equal(pushOf(null, paths, 1, cut), null);
});

test("every stop has its sentence, with momentum, without it, and where it is missing", () => {
  const all = stops.flatMap((stop) => [stopWords(stop, true), stopWords(stop, false), missingWords(stop, "Gradient descent")]);
  assert.equal(new Set(all).size, 15);
  assert.equal(missingWords("against", "Gradient descent"), "Gradient descent never goes on against the gradient.");
});

test("the profile is told in words: which cut, where it is lowest, where the balls are", () => {
  assert.equal(cutWords(cut, ["θ₁", "θ₂"]), "Cut along θ₁, where θ₂ = 0.");
  assert.equal(cutWords(new Cut([0, 0, 3, 4]), ["θ₁", "θ₂"]), "Cut from (0, 0) to (3, 4).");
  const words = profileWords(wave, [{ name: "Momentum", s: 3, loss: -0.9, off: 0.31 }, { name: "Gradient descent", s: 1, loss: -1, off: 0 }]);
  assert.match(words, /^Lowest along this cut: −1 \(loss −1\) and 1 \(loss −1\)\./);
  assert.match(words, /Momentum is at 1, loss −0.9, 0.31 off this cut\. Gradient descent is at −1, loss −1\.$/);
  assert.equal(factorWords(1), "");
  assert.equal(factorWords(5), "Arrows × 5.");
});
