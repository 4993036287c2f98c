import { limitOf, optimumOf, robustOf } from "./maptheory.js";
import { hatches, letterCells, pixels, stretches } from "./mapcells.js";
import { ring } from "./marks.js";

/** How a map is painted: cells and hatches, letters, theory, the marker of the scene. */

/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{left: number, top: number, width: number, height: number, x: (position: number) => number, y: (position: number) => number}} Axes */
/** @typedef {{rule: string, low: number, high: number, momentum: number}} Theory  curvatures μ ≤ L at a minimum; λ of the run */
/** @typedef {{position: (side: 0|1, value: number) => number, value: (side: 0|1, position: number) => number}} Scales */

const steps = 120;

/**
 * The cells as a small picture, painted once and stretched when it is shown.
 * @param {Picture} picture
 * @param {Colouring} colouring
 */
export function painted(picture, colouring) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.x.values.length;
  canvas.height = picture.y.values.length;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels(picture, colouring), canvas.width, canvas.height), 0, 0);
  return canvas;
}

/**
 * Where the cells lie: half a cell beyond the first and the last value.
 * @param {Picture} picture
 * @param {Scales} scales
 */
export function extentOf(picture, scales) {
  const ends = /** @type {const} */ (["x", "y"]).map((side, k) => {
    const values = picture[side].values.map((value) => scales.position(/** @type {0|1} */ (k), value));
    const half = values.length > 1 ? (values[values.length - 1] - values[0]) / (values.length - 1) / 2 : 0.5;
    return [values[0] - half, values[values.length - 1] + half];
  });
  return { x: ends[0], y: ends[1] };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} cells
 * @param {{x: number[], y: number[]}} extent
 * @param {Axes} axes
 */
export function drawCells(context, cells, { x, y }, axes) {
  context.imageSmoothingEnabled = false;
  const [left, right, bottom, top] = [axes.x(x[0]), axes.x(x[1]), axes.y(y[0]), axes.y(y[1])];
  context.drawImage(cells, left, top, right - left, bottom - top);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Picture} picture
 * @param {{x: number[], y: number[]}} extent
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawHatches(context, picture, { x, y }, axes, palette) {
  const wide = (axes.x(x[1]) - axes.x(x[0])) / picture.x.values.length;
  const high = (axes.y(y[0]) - axes.y(y[1])) / picture.y.values.length;
  for (const hatch of new Set(Object.values(hatches))) {
    const shape = new Path2D();
    for (const [row, column, many] of stretches(picture, hatch)) shape.rect(axes.x(x[0]) + column * wide, axes.y(y[0]) - (row + 1) * high, many * wide, high);
    context.fillStyle = hatchOf(context, hatch, palette);
    context.fill(shape);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} hatch
 * @param {Palette} palette
 */
export function hatchOf(context, hatch, { sheet, muted, stroke }) {
  const size = 8;
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const paint = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  Object.assign(paint, { fillStyle: sheet, strokeStyle: muted, lineWidth: 0.9 * Math.sqrt(stroke) });
  paint.fillRect(0, 0, size, size);
  paint.beginPath();
  if (hatch === "dots") paint.arc(size / 2, size / 2, 1.2, 0, 7);
  const slants = hatch === "cross" ? [1, -1] : hatch === "lines" ? [1] : [];
  for (const slant of slants) {
    for (const shift of [-size, 0, size]) {
      paint.moveTo(shift, slant > 0 ? size : 0);
      paint.lineTo(shift + size, slant > 0 ? 0 : size);
    }
  }
  paint.stroke();
  return /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Picture} picture
 * @param {string[]} names
 * @param {Scales} scales
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawLetters(context, picture, names, scales, axes, { font, family, stroke }) {
  const across = picture.x.values.length;
  Object.assign(context, { font: `700 ${font + 2}px ${family}`, textAlign: "center", textBaseline: "middle", lineWidth: 3 * stroke, strokeStyle: "rgba(10,14,22,0.9)", fillStyle: "#fff", lineJoin: "round" });
  for (const { place, cell } of letterCells(picture)) {
    const at = [axes.x(scales.position(0, picture.x.values[cell % across])), axes.y(scales.position(1, picture.y.values[Math.floor(cell / across)]))];
    context.strokeText(names[place], at[0], at[1]);
    context.fillText(names[place], at[0], at[1]);
  }
}

/**
 * Where theory draws the line, on maps with η along x: the limit, what is robust between two dashed lines, the optimum as a star.
 * @param {CanvasRenderingContext2D} context
 * @param {Theory} theory
 * @param {string} up  the knob along y
 * @param {Scales} scales
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawTheory(context, { rule, low, high, momentum }, up, scales, axes, palette) {
  const isMomentum = up === "lambda";
  const places = Array.from({ length: steps + 1 }, (_, k) => axes.top + (axes.height * k) / steps);
  const keeps = (/** @type {number} */ y) => (isMomentum ? scales.value(1, positionAt(axes, y)) : momentum);
  const line = (/** @type {(momentum: number) => number|null} */ rateOf) => {
    const path = new Path2D();
    let isOpen = false;
    for (const y of places) {
      const eta = rateOf(keeps(y));
      if (eta === null) isOpen = false;
      else if (isOpen) path.lineTo(axes.x(scales.position(0, eta)), y);
      else {
        path.moveTo(axes.x(scales.position(0, eta)), y);
        isOpen = true;
      }
    }
    return path;
  };
  outlined(context, line((at) => limitOf(rule, at, high)), palette, []);
  if (rule === "momentum" && isMomentum) for (const k of [0, 1]) outlined(context, line((at) => robustOf(at, low, high)?.[k] ?? null), palette, [5, 4]);
  const best = isMomentum ? optimumOf(rule, low, high) : null;
  if (best) drawStar(context, axes.x(scales.position(0, best.eta)), axes.y(scales.position(1, best.momentum)), 8 * Math.sqrt(palette.stroke));
}

/** @param {Axes & {valueY?: (y: number) => number}} axes @param {number} y */
function positionAt(axes, y) {
  return /** @type {(y: number) => number} */ (axes.valueY)(y);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Palette} palette
 * @param {number[]} dash
 */
function outlined(context, path, { stroke }, dash) {
  context.setLineDash(dash.map((part) => part * stroke));
  for (const [colour, width] of /** @type {[string, number][]} */ ([["rgba(10,14,22,0.9)", 4], ["#fff", 2]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width * stroke });
    context.stroke(path);
  }
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function drawStar(context, x, y, size) {
  const star = new Path2D();
  for (let k = 0; k < 10; k++) {
    const [far, angle] = [k % 2 ? 0.45 * size : size, (Math.PI * k) / 5 - Math.PI / 2];
    star.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
  }
  star.closePath();
  Object.assign(context, { strokeStyle: "rgba(10,14,22,0.9)", lineWidth: 0.4 * size, fillStyle: "#fff", lineJoin: "round" });
  context.stroke(star);
  context.fill(star);
}

/**
 * The pair of the scene: a ring with hairs across the map.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {Axes} axes
 * @param {string} colour
 * @param {Palette} palette
 */
export function drawMarker(context, x, y, axes, colour, { stroke }) {
  const hairs = new Path2D();
  hairs.moveTo(axes.left, y);
  hairs.lineTo(axes.left + axes.width, y);
  hairs.moveTo(x, axes.top);
  hairs.lineTo(x, axes.top + axes.height);
  Object.assign(context, { strokeStyle: "rgba(255,255,255,0.7)", lineWidth: 1.2 * stroke });
  context.stroke(hairs);
  for (const [strokeStyle, width] of /** @type {[string, number][]} */ ([["rgba(10,14,22,0.92)", 6], ["#fff", 4.4], [colour, 2.6]])) {
    Object.assign(context, { strokeStyle, lineWidth: width * stroke });
    context.stroke(ring(x, y, 8 * Math.sqrt(stroke)));
  }
}
