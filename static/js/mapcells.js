import { lossChannels, runColours } from "./colours.js";

/** What the cells of a map say, and how they are coloured. */

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {"updates"|"outcome"|"loss"} Colouring */
/**
 * One picture. Rows follow y.
 * @typedef {{x: {knob: string, values: number[]}, y: {knob: string, values: number[]}, outcomes: string[], minima: {at: [number, number], loss: number}[],
 *   outcome: Float32Array, minimum: Float32Array, updates: Float32Array, loss: Float32Array, progress: number}} Picture
 */

/** Signs for what is no minimum, so that no meaning hangs on a colour. */
export const hatches = /** @type {Record<string, string>} */ ({ saddle: "cross", maximum: "cross", flat: "cross", moving: "dots", diverged: "lines" });

/** @param {Picture} picture @param {number} cell */
export function kindOf(picture, cell) {
  return picture.outcomes[picture.outcome[cell]];
}

/**
 * Red, green, blue and opacity of a cell; what is no minimum has a hatch instead.
 * @param {Picture} picture
 * @param {number} cell
 * @param {Colouring} colouring
 * @param {{losses: [number, number], updates: [number, number]}} range  lowest and highest of both
 * @returns {[number, number, number, number]}
 */
function colourOf(picture, cell, colouring, { losses, updates: [least, most] }) {
  if (colouring === "loss") return [...lossChannels(toneOf(picture.loss[cell], losses)), 255];
  if (kindOf(picture, cell) !== "minimum") return [0, 0, 0, 0];
  const updates = picture.updates[cell];
  const tone = Number.isFinite(updates) ? Math.log((updates + 1) / (least + 1)) / (Math.log((most + 1) / (least + 1)) || 1) : 1;
  if (colouring === "updates") return [...lossChannels(tone), 255];
  const [red, green, blue] = channelsOf(runColours[Math.max(0, picture.minimum[cell]) % runColours.length]);
  const pale = 0.75 * tone;
  return [red + (255 - red) * pale, green + (255 - green) * pale, blue + (255 - blue) * pale, 255];
}

/** @param {number} loss @param {[number, number]} losses */
function toneOf(loss, [low, high]) {
  if (!Number.isFinite(loss)) return 1;
  return Math.log1p((999 * (loss - low)) / (high - low || 1)) / Math.log(1000);
}

/** @param {string} hex @returns {[number, number, number]} */
function channelsOf(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The losses between which colours are spread: diverged cells would flatten all others. @param {Picture} picture @returns {[number, number]} */
export function lossesOf(picture) {
  const known = picture.loss.filter((loss, cell) => Number.isFinite(loss) && kindOf(picture, cell) !== "diverged");
  return known.length ? ends(known) : [0, 1];
}

/** The fewest and the most updates after which a cell was at a minimum. @param {Picture} picture @returns {[number, number]} */
export function updatesOf(picture) {
  const known = picture.updates.filter((updates, cell) => Number.isFinite(updates) && kindOf(picture, cell) === "minimum");
  return known.length ? ends(known) : [0, 0];
}

/** @param {Float32Array} values @returns {[number, number]} */
function ends(values) {
  return [values.reduce((low, value) => Math.min(low, value), Infinity), values.reduce((high, value) => Math.max(high, value), -Infinity)];
}

/**
 * RGBA of all cells, the top row first.
 * @param {Picture} picture
 * @param {Colouring} colouring
 */
export function pixels(picture, colouring) {
  const [across, up] = [picture.x.values.length, picture.y.values.length];
  const range = { losses: lossesOf(picture), updates: updatesOf(picture) };
  const made = new Uint8ClampedArray(4 * across * up);
  for (let row = 0; row < up; row++) {
    for (let column = 0; column < across; column++) made.set(colourOf(picture, row * across + column, colouring, range), 4 * ((up - 1 - row) * across + column));
  }
  return made;
}

/**
 * Neighbouring cells of one hatch in a row: [row, first column, how many].
 * @param {Picture} picture
 * @param {string} hatch
 */
export function stretches(picture, hatch) {
  const [across, up] = [picture.x.values.length, picture.y.values.length];
  const found = /** @type {[number, number, number][]} */ ([]);
  for (let row = 0; row < up; row++) {
    for (let column = 0; column < across; column++) {
      if (hatches[kindOf(picture, row * across + column)] !== hatch) continue;
      const last = found[found.length - 1];
      if (last && last[0] === row && last[1] + last[2] === column) last[2] += 1;
      else found.push([row, column, 1]);
    }
  }
  return found;
}

/**
 * For each minimum that any cell reached the cell nearest to the middle of its cells, where its letter stands.
 * @param {Picture} picture
 */
export function letterCells(picture) {
  const across = picture.x.values.length;
  const found = /** @type {Map<number, number[]>} */ (new Map());
  picture.minimum.forEach((place, cell) => {
    if (place >= 0) (found.get(place) ?? found.set(place, []).get(place))?.push(cell);
  });
  return [...found].map(([place, cells]) => {
    const middle = [0, 1].map((side) => cells.reduce((sum, cell) => sum + (side ? Math.floor(cell / across) : cell % across), 0) / cells.length);
    const away = (/** @type {number} */ cell) => Math.hypot((cell % across) - middle[0], Math.floor(cell / across) - middle[1]);
    return { place, cell: cells.reduce((best, cell) => (away(cell) < away(best) ? cell : best)) };
  });
}

/** The cell whose values are nearest to a pair of positions. @param {number[][]} positions of the columns and rows @param {number[]} at */
export function cellAt([columns, rows], at) {
  return nearestTo(rows, at[1]) * columns.length + nearestTo(columns, at[0]);
}

/** @param {number[]} values @param {number} at */
function nearestTo(values, at) {
  return values.reduce((best, value, k) => (Math.abs(value - at) < Math.abs(values[best] - at) ? k : best), 0);
}

/** The cell that settled first. @param {Picture} picture */
export function fastest(picture) {
  let best = -1;
  picture.updates.forEach((updates, cell) => {
    const counts = kindOf(picture, cell) === "minimum" && Number.isFinite(updates);
    if (counts && (best < 0 || updates < picture.updates[best])) best = cell;
  });
  return best;
}
