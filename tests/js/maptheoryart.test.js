import assert from "node:assert/strict";
import { test } from "node:test";
import { drawTheory, theorySigns } from "../../static/js/maptheoryart.js";

const palette = /** @type {any} */ ({ font: 12, family: "sans-serif", stroke: 1 });
const field = { left: 55, top: 24, width: 620, height: 356 };

class Path {
  moveTo() {}
  lineTo() {}
  closePath() {}
}

/** What is written on a map of η from `low` to `high`, with boxes. @param {[number, number]} ends @param {number[]} curvatures @param {{x: number, y: number}[]} shown */
function written([from, to], [low, high], [marker, ...letters]) {
  /** @type {any} */ (globalThis).Path2D = Path;
  const nothing = () => {};
  const words = /** @type {{text: string, x: number, y: number, width: number, height: number}[]} */ ([]);
  const context = /** @type {any} */ ({
    setLineDash: nothing, stroke: nothing, fill: nothing, strokeText: nothing, measureText: (/** @type {string} */ text) => ({ width: 7 * text.length }),
    fillText: (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => words.push({ text, x, y, width: 7 * text.length, height: 13 }),
  });
  const axes = {
    ...field,
    x: (/** @type {number} */ at) => field.left + (field.width * (at - Math.log10(from))) / Math.log10(to / from),
    y: (/** @type {number} */ at) => field.top + field.height * (1 - at / 0.99),
    valueY: (/** @type {number} */ y) => 0.99 * (1 - (y - field.top) / field.height),
  };
  const scales = { position: (/** @type {0|1} */ side, /** @type {number} */ value) => (side ? value : Math.log10(value)), value: (/** @type {0|1} */ _side, /** @type {number} */ at) => at };
  drawTheory(context, { rule: "momentum", low, high, momentum: 0.9 }, "lambda", scales, axes, { marker, letters }, palette);
  return { words, star: { x: axes.x(Math.log10((2 / (Math.sqrt(low) + Math.sqrt(high))) ** 2)), y: axes.y(((Math.sqrt(high) - Math.sqrt(low)) / (Math.sqrt(high) + Math.sqrt(low))) ** 2) } };
}

/** @param {{x: number, y: number, width: number, height: number}} one @param {{x: number, y: number, width: number, height: number}} other */
function cover(one, other) {
  return Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < (one.height + other.height) / 2;
}

const maps = /** @type {Record<string, [[number, number], number[]]>} */ ({
  "a nearly round bowl": [[0.0017, 1.5], [1.69, 2.45]],
  "a long valley": [[0.001, 0.3], [1, 20]],
  "a narrow valley": [[0.00002, 0.02], [0.399, 1002]],
});

for (const [name, [ends, curvatures]] of Object.entries(maps)) {
  test(`on a map of ${name} no name of a regime covers another, the star, a letter or the ring, wherever that is`, () => {
    for (let x = 60; x < 670; x += 15) {
      for (let y = 30; y < 380; y += 25) {
        const shown = [{ x, y }, { x: 300, y: 200 }];
        const { words, star } = written(ends, curvatures, shown);
        assert.deepEqual(words.map(({ text }) => text.replace(" →", "")).sort(), ["knife's edge", "lazy", "robust"]);
        const places = [...words, ...[...shown, star].map((at) => ({ ...at, text: "", width: 16, height: 16 }))];
        for (const one of words) for (const other of places) assert.ok(one === other || !cover(one, other), `${one.text} at ${one.x}, ${one.y}; ring at ${x}, ${y}`);
      }
    }
  });
}

test("only what can be seen between the sides is named", () => {
  const momentum = { rule: "momentum", low: 1, high: 100, momentum: 0.9 };
  const sides = (/** @type {number} */ low, /** @type {number} */ high, up = "lambda") => [{ knob: "eta", low, high }, { knob: up, low: 0, high: 0.99 }];
  const [line, dashed, star] = ["Line: the limit of η at M1", "Between the dashed lines: robust", "Star: the fastest in theory"];
  assert.deepEqual(theorySigns(momentum, sides(1e-3, 1), "M1"), [line, dashed, star]);
  assert.deepEqual(theorySigns(momentum, sides(0.045, 1), "M1"), []);
  assert.deepEqual(theorySigns(momentum, sides(0.035, 1), "M1"), [line, dashed]);
  assert.deepEqual(theorySigns(momentum, sides(1e-3, 1, "batch"), "M1"), [line]);
  assert.deepEqual(theorySigns({ ...momentum, rule: "gd", momentum: 0 }, sides(1e-3, 0.019, "batch"), "M1"), []);
});
