/** The strip on its canvas: done batches filled, the current one lit under a bracket, those to come hollow. */

/** @typedef {import("./batchcells.js").Cell} Cell */
/** @typedef {import("./batchcells.js").Layout} Layout */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{cells: Cell[], layout: Layout, current: number, lit: string, cursor: number|null, pinned: number|null, seen?: number}} Strip  `seen`: of a batch that is being collected, in examples of the epoch */

/** Above the cells of a row: the bracket of the current batch and the mark of a pinned cell. */
const headRoom = 9;
const between = 4;

/** How high one row of cells is. @param {Palette} palette */
function cellHeight({ font }) {
  return Math.round(font * 1.75);
}

/**
 * @param {Layout} layout
 * @param {Palette} palette
 */
export function stripHeight({ rows }, palette) {
  return rows * (headRoom + cellHeight(palette)) + (rows - 1) * between + 3;
}

/** Which row a pointer is in. @param {number} y @param {Palette} palette */
export function rowAt(y, palette) {
  return Math.max(0, Math.floor(y / (headRoom + cellHeight(palette) + between)));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Strip} strip
 * @param {Palette} palette
 */
export function drawStrip(context, strip, palette) {
  const boxes = strip.cells.map((cell) => boxOf(cell, strip.layout, palette));
  strip.cells.forEach((cell, k) => drawCell(context, boxes[k], stateOf(cell, k, strip), cell.example, strip.lit, palette));
  drawBrackets(context, strip, boxes, palette);
  strip.cells.forEach(({ example }, k) => {
    if (example === strip.pinned) drawPin(context, boxes[k], palette);
    if (example === strip.cursor) drawCursor(context, boxes[k], palette);
  });
}

/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/**
 * @param {Cell} cell
 * @param {Layout} layout
 * @param {Palette} palette
 * @returns {Box}
 */
function boxOf({ x, row }, { side }, palette) {
  const height = cellHeight(palette);
  const seam = side > 5 ? 1.5 : side > 3 ? 0.75 : 0;
  return { left: x, top: headRoom + row * (headRoom + height + between), width: Math.max(0.75, side - seam), height };
}

/**
 * @param {Cell} cell
 * @param {number} k  its place in the epoch
 * @param {Strip} strip
 * @returns {"done"|"lit"|"ahead"}
 */
function stateOf({ batch }, k, { current, seen = Infinity }) {
  if (batch < current) return "done";
  return batch === current && k < seen ? "lit" : "ahead";
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {"done"|"lit"|"ahead"} state
 * @param {number} example
 * @param {string} lit
 * @param {Palette} palette
 */
function drawCell(context, { left, top, width, height }, state, example, lit, palette) {
  context.fillStyle = { lit, done: palette.muted, ahead: palette.sheet }[state];
  context.fillRect(left, top, width, height);
  context.strokeStyle = palette.muted;
  context.lineWidth = 1;
  if (state === "ahead") context.strokeRect(left + 0.5, top + 0.5, Math.max(0.5, width - 1), height - 1);
  if (width < palette.font * 1.5) return;
  context.fillStyle = { lit: "#fff", done: palette.sheet, ahead: palette.ink }[state];
  Object.assign(context, { font: `${state === "lit" ? 700 : 400} ${palette.font}px ${palette.family}`, textAlign: "center", textBaseline: "middle" });
  context.fillText(String(example), left + width / 2, top + height / 2 + 0.5);
}

/**
 * Over all cells of the current batch, row by row.
 * @param {CanvasRenderingContext2D} context
 * @param {Strip} strip
 * @param {Box[]} boxes
 * @param {Palette} palette
 */
function drawBrackets(context, { cells, current }, boxes, { ink, stroke }) {
  if (!cells.length) return;
  const mine = boxes.filter((_, k) => cells[k].batch === current);
  context.fillStyle = ink;
  for (const top of new Set(mine.map((box) => box.top))) {
    const row = mine.filter((box) => box.top === top);
    const left = Math.min(...row.map((box) => box.left));
    const right = Math.max(...row.map((box) => box.left + box.width));
    context.fillRect(left, top - 5, right - left, 2.5 * Math.sqrt(stroke));
    for (const x of [left, right - 2]) context.fillRect(x, top - 5, 2, 5);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {Palette} palette
 */
function drawPin(context, { left, top, width }, { accent, sheet }) {
  const middle = left + width / 2;
  const pin = new Path2D();
  for (const [x, y] of [[middle - 5, top - 9], [middle + 5, top - 9], [middle, top - 1]]) pin.lineTo(x, y);
  pin.closePath();
  Object.assign(context, { fillStyle: accent, strokeStyle: sheet, lineWidth: 1 });
  context.fill(pin);
  context.stroke(pin);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} box
 * @param {Palette} palette
 */
function drawCursor(context, { left, top, width, height }, { sheet, accent }) {
  for (const [colour, line, out] of /** @type {[string, number, number][]} */ ([[sheet, 4.5, 0.5], [accent, 2.5, 0.5]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: line });
    context.strokeRect(left - out, top - out, width + 2 * out, height + 2 * out);
  }
}
