import assert from "node:assert/strict";
import { test } from "node:test";
import { firstCamera, turned, zoomed } from "../../static/js/camera.js";
import { toPixel } from "../../static/js/hand.js";
import { barBox, marginOf, windowOf } from "../../static/js/stagewindow.js";
import { tickLabel } from "../../static/js/ticklabel.js";

test("the window is the domain extended to the shape of the field", () => {
  assert.deepEqual(windowOf([[-2, 2], [-1, 1]], 200, 200), { x: [-2, 2], y: [-2, 2] });
  assert.deepEqual(windowOf([[0, 1], [0, 1]], 300, 100), { x: [-1, 2], y: [0, 1] });
});

test("one unit is as long on both axes of the window", () => {
  const { x, y } = windowOf([[-3, 5], [2, 4]], 731, 402);
  assert.ok(Math.abs((x[1] - x[0]) / 731 - (y[1] - y[0]) / 402) < 1e-12);
});

test("a start placed by hand has no more decimals than a pixel can tell", () => {
  assert.equal(toPixel(0.123456, 0.006), 0.123);
  assert.equal(Object.is(toPixel(-0.0001, 0.006), 0), true);
});

test("losses beside ticks are short", () => {
  assert.deepEqual([0, 0.5, 2000, 1e4, 5e-5, -2e6].map(tickLabel), ["0", "0.5", "2,000", "10⁴", "5·10⁻⁵", "−2·10⁶"]);
});

test("the eye stays above the surface and never passes its top", () => {
  assert.ok(turned(firstCamera(), 0, -9).eye.z > 0);
  const { x, y } = turned(firstCamera(), 0, 9).eye;
  assert.ok(Math.hypot(x, y) > 0);
});

test("turning keeps the distance, going nearer makes it smaller within limits", () => {
  const far = (/** @type {{eye: {x: number, y: number, z: number}}} */ { eye: { x, y, z } }) => Math.hypot(x, y, z);
  const camera = firstCamera();
  assert.ok(Math.abs(far(turned(camera, 0.4, 0.1)) - far(camera)) < 1e-9);
  assert.ok(far(zoomed(camera, 1.2)) < far(camera));
  assert.ok(far(zoomed(camera, 1e6)) > 0.5);
});

test("the bar and the field keep out of the corner that the switch of the views takes", () => {
  const [font, size] = [12, { width: 390, height: 390 }];
  const wide = { width: 800, height: 400 };
  for (const [stage, corner] of /** @type {[{width: number, height: number}, {width: number, height: number}][]} */ ([[size, { width: 180, height: 46 }], [size, { width: 330, height: 90 }], [wide, { width: 56, height: 140 }], [wide, { width: 110, height: 140 }]])) {
    const margin = marginOf(stage.width, font, corner);
    const bar = barBox(stage, margin, font, corner);
    const [left, below] = [stage.width - corner.width, corner.height];
    assert.ok(stage.width - margin.r <= left || margin.t >= below, "the field");
    assert.ok(bar.left + bar.width <= left || bar.top >= below, "the bar");
    assert.ok(bar.width > 0 && bar.height > 0);
  }
  assert.deepEqual(marginOf(800, font, { width: 56, height: 140 }), marginOf(800, font));
});
