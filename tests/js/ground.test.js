import assert from "node:assert/strict";
import { test } from "node:test";
import { bandsOf } from "../../static/js/colourbar.js";
import { Ground } from "../../static/js/ground.js";
import { bandNumbers } from "../../static/js/picture.js";
import { multiples, roundUp, Tone, toneOf } from "../../static/js/tone.js";

/**
 * @param {(x: number, y: number) => number} loss
 * @param {[number, number]} x
 * @param {[number, number]} y
 */
function groundOf(loss, x = [-2, 2], y = [-1, 3], nx = 41, ny = 31) {
  const values = Array.from({ length: nx * ny }, (_, k) => loss(x[0] + ((x[1] - x[0]) * (k % nx)) / (nx - 1), y[0] + ((y[1] - y[0]) * Math.floor(k / nx)) / (ny - 1)));
  return new Ground({ x, y, shape: [ny, nx], loss: Float32Array.from(values) });
}

const rosenbrock = groundOf((x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2);
const slope = groundOf((x, y) => x + 2 * y);

test("a slope keeps a linear tone", () => assert.equal(slope.tone, "linear"));

test("a surface with a steep wall gets a logarithmic tone", () => assert.equal(rosenbrock.tone, "log"));

test("a tone grows with the loss and goes from 0 to 1", () => {
  for (const { toning, low, high } of [slope, rosenbrock]) {
    const tones = Array.from({ length: 101 }, (_, k) => toning.of(low + ((high - low) * k) / 100));
    tones.forEach((tone, k) => assert.ok(k === 0 || tone > tones[k - 1]));
    assert.ok(Math.abs(tones[0]) < 1e-9 && Math.abs(tones[100] - 1) < 1e-9);
  }
});

test("the loss of a tone gives that tone again", () => {
  for (const { toning } of [slope, rosenbrock]) for (const tone of [0, 0.1, 0.5, 0.9, 1]) assert.ok(Math.abs(toning.of(toning.loss(tone)) - tone) < 1e-9);
});

test("with a logarithmic tone half of the ground is darker than the middle", () => {
  const tones = rosenbrock.heights().flatMap((row) => [...row]).sort((a, b) => a - b);
  assert.ok(Math.abs(tones[tones.length >> 1] - 0.5) < 0.02);
});

test("a level ground has one tone", () => {
  const level = groundOf(() => 3);
  assert.equal(level.heights()[0][0], 0);
  assert.equal(level.levels().count, 1);
});

test("losses that are no numbers do not spoil the tone of the others", () => {
  assert.equal(toneOf(Float32Array.of(NaN, 1, Infinity, 2, 3)).span, 2);
});

test("a ground without a single number still has a tone", () => assert.equal(toneOf(Float32Array.of(NaN)).of(1), 0));

test("the loss between grid points is interpolated", () => {
  assert.ok(Math.abs(slope.at(0.123, 0.456) - (0.123 + 0.912)) < 1e-5);
  assert.ok(Math.abs(slope.at(2, 3) - 8) < 1e-5);
});

test("there is no loss outside of the window", () => assert.ok(Number.isNaN(slope.at(2.1, 0))));

test("contour lines of a linear tone lie at round losses", () => {
  const { start, size, count } = slope.levels();
  for (let k = 0; k < count; k++) {
    const loss = slope.toning.loss(start + k * size) / 0.5;
    assert.ok(Math.abs(loss - Math.round(loss)) < 1e-6);
  }
});

test("labels beside the colour bar are true losses of the range with room between them", () => {
  for (const ground of [slope, rosenbrock]) {
    const ticks = ground.ticks(6);
    assert.ok(ticks.length >= 3);
    ticks.forEach(({ loss, tone }, k) => {
      assert.ok(loss >= ground.low && loss <= ground.high);
      assert.ok(k === 0 || tone - ticks[k - 1].tone >= 0.1);
    });
  }
});

test("a short bar has two numbers all the same", () => {
  const loss = Float32Array.from({ length: 25 }, (_, k) => 0.05 + (45 / 24) * k);
  const ground = new Ground({ x: [0, 1], y: [0, 1], shape: [5, 5], loss });
  assert.deepEqual(ground.ticks(2).map((tick) => tick.loss), [20, 40]);
});

test("the colour bar has a band more than there are contour lines and covers all tones", () => {
  const bands = bandsOf(rosenbrock);
  assert.equal(bands.length, rosenbrock.levels().count + 1);
  assert.equal(bands[0].from, 0);
  assert.equal(bands.at(-1)?.to, 1);
  bands.forEach(({ from }, k) => assert.ok(k === 0 || from === bands[k - 1].to));
});

test("a picture of a slope gets lighter to the right and to the top", () => {
  const bands = bandNumbers(slope, 40, 30);
  assert.ok(bands[39] > bands[0]);
  assert.ok(bands[0] > bands[40 * 29]);
});

test("round steps are 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([0.03, 0.7, 1, 1.1, 4, 6, 120].map(roundUp), [0.05, 1, 1, 2, 5, 10, 200]);
});

test("multiples of a step stay inside their range", () => assert.deepEqual(multiples(-0.25, 0.31, 0.1), [-0.2, -0.1, 0, 0.1, 0.2, 0.3]));

test("negative losses have a logarithmic tone too, measured from the lowest", () => {
  const tone = new Tone(-1, 1000, 0.01);
  assert.equal(tone.kind, "log");
  assert.equal(tone.of(-1), 0);
});
