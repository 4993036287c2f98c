import { lossChannels, pale, runColours } from "./colours.js";

/** What the cells of a map say, and how they are coloured. */

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./mapscale.js").MapScale} MapScale */
/** @typedef {"updates"|"outcome"|"loss"} Colouring */
/**
 * One picture. Rows follow y.
 * @typedef {{x: {knob: string, values: number[]}, y: {knob: string, values: number[]}, outcomes: string[], minima: {at: [number, number], loss: number}[],
 *   outcome: Float32Array, minimum: Float32Array, updates: Float32Array, loss: Float32Array, progress: number, quadratic: boolean}} Picture
 */

/** Signs for what has no number of updates, so that no meaning hangs on a colour. `late`: at a minimum, but not yet so near; `other`: at one without a letter. */
export const hatches = /** @type {Record<string, string>} */ ({ saddle: "cross", maximum: "peaks", flat: "levels", moving: "dots", diverged: "lines", late: "bars", other: "rings" });

/** Of what has a last loss the colour tells it, and its hatch lets that through; what diverged has none. @param {string} hatch @param {Colouring} colouring */
export function letsThrough(hatch, colouring) {
  return colouring === "loss" && hatch !== hatches.diverged;
}

/** @param {Picture} picture @param {number} cell */
export function kindOf(picture, cell) {
  return picture.outcomes[picture.outcome[cell]];
}

/** At a minimum that is none of those with a letter: it lies outside the domain. Where none has a letter, none is another. @param {Picture} picture @param {number} cell */
export function isElsewhere(picture, cell) {
  return kindOf(picture, cell) === "minimum" && picture.minimum[cell] < 0 && picture.minima.length > 0;
}

/**
 * How a cell ended, for its sign: where the updates are told, a minimum that was not reached within the tolerance has one of its own;
 * where the minima are told, one without a letter has.
 * @param {Picture} picture
 * @param {number} cell
 * @param {Colouring} colouring
 */
export function endingOf(picture, cell, colouring) {
  const kind = kindOf(picture, cell);
  if (colouring === "outcome" && isElsewhere(picture, cell)) return "other";
  return colouring === "updates" && kind === "minimum" && !Number.isFinite(picture.updates[cell]) ? "late" : kind;
}

/**
 * Red, green, blue and opacity of a cell; what has no number has a hatch instead.
 * @param {Picture} picture
 * @param {number} cell
 * @param {MapScale} scale
 * @returns {[number, number, number, number]}
 */
function colourOf(picture, cell, scale) {
  if (scale.colouring === "loss") return [...lossChannels(scale.tone(picture.loss[cell])), kindOf(picture, cell) === "diverged" ? 0 : 255];
  if (endingOf(picture, cell, scale.colouring) !== "minimum") return [0, 0, 0, 0];
  const tone = scale.tone(picture.updates[cell]);
  if (scale.colouring === "updates") return [...lossChannels(tone), 255];
  return [...pale(runColours[Math.max(0, picture.minimum[cell]) % runColours.length], tone), 255];
}

/**
 * RGBA of all cells, the top row first.
 * @param {Picture} picture
 * @param {MapScale} scale
 */
export function pixels(picture, scale) {
  const [across, up] = [picture.x.values.length, picture.y.values.length];
  const made = new Uint8ClampedArray(4 * across * up);
  for (let row = 0; row < up; row++) {
    for (let column = 0; column < across; column++) made.set(colourOf(picture, row * across + column, scale), 4 * ((up - 1 - row) * across + column));
  }
  return made;
}

/**
 * Neighbouring cells of one hatch in a row: [row, first column, how many].
 * @param {Picture} picture
 * @param {string} hatch
 * @param {Colouring} colouring
 */
export function stretches(picture, hatch, colouring) {
  const [across, up] = [picture.x.values.length, picture.y.values.length];
  const found = /** @type {[number, number, number][]} */ ([]);
  for (let row = 0; row < up; row++) {
    for (let column = 0; column < across; column++) {
      if (hatches[endingOf(picture, row * across + column, colouring)] !== hatch) continue;
      const last = found[found.length - 1];
      if (last && last[0] === row && last[1] + last[2] === column) last[2] += 1;
      else found.push([row, column, 1]);
    }
  }
  return found;
}

/**
 * For each minimum that any cell reached the cell nearest to the middle of its cells, where its letter stands: that of the most cells first,
 * of about as many the lowest minimum first.
 * @param {Picture} picture
 */
export function letterCells(picture) {
  const across = picture.x.values.length;
  const found = /** @type {Map<number, number[]>} */ (new Map());
  picture.minimum.forEach((place, cell) => {
    if (place >= 0) (found.get(place) ?? found.set(place, []).get(place))?.push(cell);
  });
  const size = (/** @type {number[]} */ cells) => Math.round(Math.log2(cells.length));
  return [...found].sort(([first, one], [second, other]) => size(other) - size(one) || first - second).map(([place, cells]) => {
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
