import assert from "node:assert/strict";
import { test } from "node:test";
import { dashes, lossChannels, lossColour, plotlyDashes, plotlyScale, runColour, runColours, runDash } from "../../static/js/colours.js";

/** @param {number[]} channels */
function luminance(channels) {
  const [red, green, blue] = channels.map((part) => (part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("the higher the loss, the lighter its colour", () => {
  const lights = Array.from({ length: 101 }, (_, k) => luminance(lossChannels(k / 100)));
  for (let k = 1; k < lights.length; k++) assert.ok(lights[k] > lights[k - 1], `at ${k} %`);
});

test("a tone outside of 0 to 1 takes the colour of the nearest end", () => {
  assert.equal(lossColour(-3), lossColour(0));
  assert.equal(lossColour(7), lossColour(1));
});

test("Plotly gets the same colours from 0 to 1", () => {
  assert.deepEqual(plotlyScale[0], [0, lossColour(0)]);
  assert.deepEqual(plotlyScale.at(-1), [1, lossColour(1)]);
});

test("every run has a colour and a dash of its own", () => {
  assert.equal(new Set(runColours).size, runColours.length);
  assert.equal(new Set(dashes.map(String)).size, runColours.length);
  assert.equal(plotlyDashes.length, runColours.length);
});

test("a ninth run begins again with the first colour and dash", () => {
  assert.equal(runColour(8), runColours[0]);
  assert.equal(runDash(8), dashes[0]);
});

test("the white halo and the dark outline of a path read on every level: one of them has at least 4.3 : 1", () => {
  for (let k = 0; k <= 100; k++) {
    const light = luminance(lossChannels(k / 100)) + 0.05;
    assert.ok(Math.max(1.05 / light, light / (luminance([10, 14, 22]) + 0.05)) >= 4.3, `at ${k} %`);
  }
});
