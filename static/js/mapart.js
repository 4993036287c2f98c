import { hatches, letsThrough, letterCells, pixels, stretches } from "./mapcells.js";
import { ring } from "./marks.js";

/** How a map is painted: cells and hatches, letters, the marker of the scene. */

/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./colours.js").Palette} Palette */
/**
 * @typedef {{left: number, top: number, width: number, height: number, x: (position: number) => number, y: (position: number) => number,
 *   valueY: (y: number) => number}} Axes  valueY: the position at a height on the canvas
 */
/** @typedef {{position: (side: 0|1, value: number) => number, value: (side: 0|1, position: number) => number}} Scales */

/**
 * The cells as a small picture, painted once and stretched when it is shown.
 * @param {Picture} picture
 * @param {import("./mapscale.js").MapScale} scale
 */
export function painted(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.x.values.length;
  canvas.height = picture.y.values.length;
  canvas.getContext("2d")?.putImageData(new ImageData(pixels(picture, scale), canvas.width, canvas.height), 0, 0);
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
 * @param {import("./mapcells.js").Colouring} colouring
 * @param {{x: number[], y: number[]}} extent
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawHatches(context, picture, colouring, { x, y }, axes, palette) {
  const wide = (axes.x(x[1]) - axes.x(x[0])) / picture.x.values.length;
  const high = (axes.y(y[0]) - axes.y(y[1])) / picture.y.values.length;
  for (const hatch of new Set(Object.values(hatches))) {
    const shape = new Path2D();
    for (const [row, column, many] of stretches(picture, hatch, colouring)) shape.rect(axes.x(x[0]) + column * wide, axes.y(y[0]) - (row + 1) * high, many * wide, high);
    context.fillStyle = hatchOf(context, hatch, letsThrough(hatch, colouring), palette);
    context.fill(shape);
  }
}

/** @type {Map<string, HTMLCanvasElement>} */
const tiles = new Map();

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} hatch
 * @param {boolean} isOpen  whether what lies under it is seen
 * @param {Palette} palette
 */
export function hatchOf(context, hatch, isOpen, palette) {
  const key = [hatch, isOpen, palette.sheet, palette.muted, palette.stroke].join();
  const tile = tiles.get(key) ?? tileOf(hatch, isOpen, palette);
  tiles.set(key, tile);
  return /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
}

/**
 * @param {string} hatch
 * @param {boolean} isOpen
 * @param {Palette} palette
 */
function tileOf(hatch, isOpen, { sheet, muted, stroke }) {
  const size = isOpen ? 12 : 8;
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const paint = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  paint.fillStyle = sheet;
  if (!isOpen) paint.fillRect(0, 0, size, size);
  const strokes = /** @type {[string, number][]} */ (isOpen ? [["rgba(10,14,22,0.8)", 2.6], ["#fff", 1.2]] : [[muted, 0.9]]);
  for (const [strokeStyle, width] of strokes) {
    Object.assign(paint, { strokeStyle, lineWidth: width * Math.sqrt(stroke) });
    paint.stroke(strokesOf(hatch, size));
  }
  return tile;
}

/** @param {string} hatch @param {number} size  of the tile */
function strokesOf(hatch, size) {
  const path = new Path2D();
  if (hatch === "dots") path.arc(size / 2, size / 2, 1.2, 0, 7);
  if (hatch === "rings") path.arc(size / 2, size / 2, size * 0.32, 0, 7);
  if (hatch === "bars") path.rect(size / 2, -1, 0, size + 2);
  if (hatch === "levels") path.rect(-1, size / 2, size + 2, 0);
  if (hatch === "peaks") path.addPath(peak(size));
  const slants = hatch === "cross" ? [1, -1] : hatch === "lines" ? [1] : [];
  for (const slant of slants) {
    for (const shift of [-size, 0, size]) {
      path.moveTo(shift, slant > 0 ? size : 0);
      path.lineTo(shift + size, slant > 0 ? 0 : size);
    }
  }
  return path;
}

/** An upward angle, apart from its neighbours. @param {number} size  of the tile */
function peak(size) {
  const path = new Path2D();
  path.moveTo(size * 0.15, size * 0.75);
  path.lineTo(size * 0.5, size * 0.25);
  path.lineTo(size * 0.85, size * 0.75);
  return path;
}

/**
 * The letters of the minima, that of the most cells first; one that would cover another is left out. It tells where they stand.
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
  const letters = letterCells(picture).map(({ place, cell }) => {
    const x = axes.x(scales.position(0, picture.x.values[cell % across]));
    const y = axes.y(scales.position(1, picture.y.values[Math.floor(cell / across)]));
    return { x, y, name: names[place], width: context.measureText(names[place]).width + 4, height: (font + 2) * 1.2 };
  });
  const kept = apart(letters);
  for (const { name, x, y } of kept) {
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
  return kept;
}

/**
 * Of texts around their places those that cover none of the earlier ones.
 * @template {{x: number, y: number, width: number, height: number}} Text
 * @param {Text[]} texts
 */
export function apart(texts) {
  const kept = /** @type {Text[]} */ ([]);
  for (const text of texts) if (!kept.some((other) => covers(text, other))) kept.push(text);
  return kept;
}

/** @typedef {{x: number, y: number, width: number, height: number}} Block  around its middle */

/** @param {Block} one @param {Block} other */
function covers(one, other) {
  return 2 * Math.abs(one.x - other.x) < one.width + other.width && 2 * Math.abs(one.y - other.y) < one.height + other.height;
}

/**
 * Hairs across the map through the pair of the scene.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawHairs(context, x, y, axes, { stroke }) {
  const hairs = new Path2D();
  hairs.moveTo(axes.left, y);
  hairs.lineTo(axes.left + axes.width, y);
  hairs.moveTo(x, axes.top);
  hairs.lineTo(x, axes.top + axes.height);
  Object.assign(context, { strokeStyle: "rgba(255,255,255,0.7)", lineWidth: 1.2 * stroke });
  context.stroke(hairs);
}

/**
 * The pair of the scene: a ring, whole even at the map's edge.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 * @param {Palette} palette
 */
export function drawMarker(context, x, y, colour, { stroke }) {
  for (const [strokeStyle, width] of /** @type {[string, number][]} */ ([["rgba(10,14,22,0.92)", 6], ["#fff", 4.4], [colour, 2.6]])) {
    Object.assign(context, { strokeStyle, lineWidth: width * stroke });
    context.stroke(ring(x, y, 8 * Math.sqrt(stroke)));
  }
}
