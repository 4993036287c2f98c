import { lossColour } from "./colours.js";
import { tickLabel } from "./ticklabel.js";

/**
 * What has a bar: a ground, or the cells of a map.
 * @typedef {{levels: () => {start: number, size: number, count: number}, ticks: (room: number) => {loss: number, tone: number}[],
 *   colour?: (tone: number) => string}} Ground
 */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./trail.js").Box} Box */

/**
 * The bands of the contours as a bar, with true losses beside it: upright when the box is higher than wide, else lying.
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {Ground} ground
 * @param {Palette} palette
 */
export function drawColourBar(context, box, ground, palette) {
  const upright = box.height > box.width;
  drawBands(context, box, ground, upright);
  Object.assign(context, { font: `${palette.font}px ${palette.family}`, fillStyle: palette.muted, strokeStyle: palette.muted, lineWidth: 1 });
  const length = upright ? box.height : box.width;
  for (const tick of ground.ticks(Math.max(2, Math.floor(length / (palette.font * (upright ? 3.5 : 5.5)))))) {
    const text = tickLabel(tick.loss);
    if (upright) label(context, text, box.left + box.width, box.top + box.height * (1 - tick.tone));
    else labelBelow(context, text, box.left + box.width * tick.tone, box, palette.font);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {Ground} ground
 * @param {boolean} upright
 */
function drawBands(context, { left, top, width, height }, ground, upright) {
  for (const { from, to, colour } of bandsOf(ground)) {
    context.fillStyle = colour;
    if (upright) context.fillRect(left, top + height * (1 - to), width, height * (to - from));
    else context.fillRect(left + width * from, top, width * (to - from), height);
  }
}

/**
 * The bands between the contour lines, from low to high: each has the colour that the stage gives it.
 * @param {Ground} ground
 */
export function bandsOf(ground) {
  const { start, size, count } = ground.levels();
  const edges = [0, ...Array.from({ length: count }, (_, k) => start + k * size), 1];
  const colour = (/** @type {number} */ tone) => ground.colour?.(tone) ?? lossColour(tone);
  return edges.slice(1).map((to, k) => ({ from: edges[k], to, colour: colour(k / count) }));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function label(context, text, x, y) {
  Object.assign(context, { textAlign: "left", textBaseline: "middle" });
  tickLine(context, x, y, x + 4, y);
  context.fillText(text, x + 7, y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {Box} box
 * @param {number} font
 */
function labelBelow(context, text, x, box, font) {
  const half = context.measureText(text).width / 2;
  const bottom = box.top + box.height;
  Object.assign(context, { textAlign: "center", textBaseline: "top" });
  tickLine(context, x, bottom, x, bottom + 3);
  context.fillText(text, Math.max(box.left + half, Math.min(x, box.left + box.width - half)), bottom + font * 0.35);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} fromX
 * @param {number} fromY
 * @param {number} toX
 * @param {number} toY
 */
function tickLine(context, fromX, fromY, toX, toY) {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
