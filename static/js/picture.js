import { lossChannels } from "./colours.js";

/** @typedef {import("./ground.js").Ground} Ground */

/** How much darker a contour line is than its band. */
const shade = 0.82;

/**
 * A small picture of a surface: banded like the stage's contours, without Plotly.
 * @param {HTMLCanvasElement} canvas
 * @param {Ground} ground
 */
export function paint(canvas, ground) {
  const context = canvas.getContext("2d");
  const { width, height } = canvas;
  if (!context || !width || !height) return;
  const bands = bandNumbers(ground, width, height);
  const image = context.createImageData(width, height);
  const { count } = ground.levels();
  for (let pixel = 0; pixel < bands.length; pixel++) {
    const line = bands[pixel] !== bands[pixel + 1] || bands[pixel] !== bands[pixel + width];
    const colour = lossChannels(bands[pixel] / count);
    for (let k = 0; k < 3; k++) image.data[4 * pixel + k] = line && pixel + width < bands.length ? colour[k] * shade : colour[k];
    image.data[4 * pixel + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/**
 * For each pixel the number of the band that its loss falls into.
 * @param {Ground} ground
 * @param {number} width
 * @param {number} height
 */
export function bandNumbers(ground, width, height) {
  const { start, size, count } = ground.levels();
  const bands = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const y = between(ground.y, 1 - (row + 0.5) / height);
    for (let column = 0; column < width; column++) {
      const tone = ground.toning.of(ground.at(between(ground.x, (column + 0.5) / width), y));
      bands[row * width + column] = Math.max(0, Math.min(Math.floor((tone - start) / size) + 1, count));
    }
  }
  return bands;
}

/**
 * @param {[number, number]} range
 * @param {number} part
 */
function between([low, high], part) {
  return low + (high - low) * part;
}
