import { element } from "./element.js";
import { cellAt, endingOf, fastest, hatches, isElsewhere, kindOf, letsThrough } from "./mapcells.js";
import { updatesOf } from "./mapscale.js";
import { limitOf, optimumOf } from "./maptheory.js";
import { count, exact, figure, rounded } from "./numbers.js";
import { percent } from "./seedswords.js";
import { paragraph, say, sayMany, withCommas } from "./words.js";

/** What is said about a map: the scene's own cell, the fastest one, how many ended how, and what theory says of it. */

/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */
/** @typedef {import("./maptheoryart.js").Theory} Theory */
/** @typedef {import("./mapquestion.js").Noise} Noise */
/** @typedef {{names: [string, string], minima: string[]}} Names */

const rowsOfTable = 8;
const [least, most] = [3, 6]; // digits of a value

/** @returns {Record<Colouring, string>} */
export function colouringWords() {
  return { updates: say("updates needed"), outcome: say("which minimum"), loss: say("last loss") };
}

/** @returns {Record<string, string>} */
function kindWords() {
  return { minimum: say("minimum"), saddle: say("saddle"), maximum: say("maximum"), flat: say("flat"), moving: say("still travelling"), diverged: say("diverged"), late: say("at a minimum, not yet so near"), other: say("at another minimum") };
}

/** How a cell ended: at a minimum with a letter, or at another. @param {Picture} picture @param {number} cell */
function namedKind(picture, cell) {
  return isElsewhere(picture, cell) ? "other" : kindOf(picture, cell);
}

/**
 * How one cell ended, in few words.
 * @param {Picture} picture
 * @param {number} cell
 * @param {string[]} minima
 */
export function cellWords(picture, cell, minima) {
  const kind = namedKind(picture, cell);
  const updates = picture.updates[cell];
  const name = kind === "minimum" ? minima[picture.minimum[cell]] ?? kindWords().minimum : kindWords()[kind];
  return Number.isFinite(updates) ? say("{name}, {updates}", { name, updates: count(updates) }) : name;
}

/**
 * @param {Picture} picture
 * @param {number} cell
 */
function valuesOf(picture, cell) {
  const across = picture.x.values.length;
  return { x: valueWords(picture.x.values, cell % across), y: valueWords(picture.y.values, Math.floor(cell / across)) };
}

/**
 * A value of a side: its ends as they were chosen, others with as many digits as tell it from its neighbour.
 * @param {number[]} values
 * @param {number} k
 */
function valueWords(values, k) {
  const value = values[k];
  if (k === 0 || k === values.length - 1) return spelled(value);
  const apart = Math.min(value - values[k - 1], values[k + 1] - value);
  return figure(value, Math.max(least, Math.min(Math.ceil(Math.log10(Math.abs(value) / apart)), most)));
}

/** Two values, each with the name of its knob. @param {string[]} names @param {number[]} values */
export function pairWords(names, values) {
  return withCommas(names.map((name, k) => say("{name} = {value}", { name, value: spelled(values[k]) })));
}

/** What a map shows now. @param {string[]} names @param {{low: number, high: number}[]} sides */
export function rangeWords(names, sides) {
  const ranges = sides.map(({ low, high }, k) => say("{name} from {low} to {high}", { name: names[k], low: spelled(low), high: spelled(high) }));
  return say("The map shows {ranges}.", { ranges: withCommas(ranges) });
}

/** @param {number} value */
function spelled(value) {
  return exact(rounded(value, most));
}

/**
 * What is found at the scene's own pair.
 * @param {Picture} picture
 * @param {string[]} minima
 * @param {number[][]} positions  of the columns and rows
 * @param {number[]} at
 */
export function ownWords(picture, minima, positions, at) {
  const isOn = positions.every((values, side) => isWithin(values, at[side]));
  if (!isOn) return say("The scene's own pair lies outside this map.");
  return say("The scene's own cell: {words}.", { words: cellWords(picture, cellAt(positions, at), minima) });
}

/**
 * What is found on the map as a whole.
 * @param {Picture} picture
 * @param {[string, string]} names
 */
export function mapWords(picture, names) {
  const best = fastest(picture);
  return paragraph([best < 0 ? "" : fastestWords(picture, best, names), sharesWords(picture)]);
}

/** @param {Picture} picture @param {number} cell @param {[string, string]} names */
function fastestWords(picture, cell, [xname, yname]) {
  const n = picture.updates[cell];
  const isOne = picture.updates.filter((updates, at) => updates === n && kindOf(picture, at) === "minimum").length === 1;
  const isSame = !isOne && updatesOf(picture)?.[1] === n;
  if (isSame) return sayMany("Every cell that came near enough needs {n} update.", "Every cell that came near enough needs {n} updates.", n, { n: count(n) });
  return sayMany("Fastest cell: {xname} = {x}, {yname} = {y}: {n} update.", "Fastest cell: {xname} = {x}, {yname} = {y}: {n} updates.", n, { xname, yname, ...valuesOf(picture, cell), n: count(n) });
}

/** Whether a place lies on the map: half a cell beyond its first and last values. @param {number[]} values @param {number} at */
function isWithin(values, at) {
  const last = values[values.length - 1];
  const half = values.length > 1 ? (last - values[0]) / (values.length - 1) / 2 : 0.5;
  return at >= values[0] - half && at <= last + half;
}

/** @param {Picture} picture */
function sharesWords(picture) {
  const words = kindWords();
  const counts = /** @type {Record<string, number>} */ ({});
  picture.outcome.forEach((_, cell) => (counts[namedKind(picture, cell)] = (counts[namedKind(picture, cell)] ?? 0) + 1));
  const kinds = picture.outcomes.flatMap((kind) => (kind === "minimum" ? [kind, "other"] : [kind])).filter((kind) => counts[kind]);
  const shares = kinds.map((kind) => ({ kind, share: counts[kind] / picture.outcome.length }));
  const told = shares.map(({ kind, share }) => say("{kind} {share}", { kind: words[kind], share: percent(share) }));
  return say("Of the cells: {shares}.", { shares: withCommas(told) });
}

/**
 * Where theory and measurement part: on a surface that is no quadratic both are right about different things.
 * @param {Picture} picture
 * @param {Theory|null} theory
 * @param {string} minimum  its letter
 * @param {{positions: number[][], noise: Noise|null}} about  positions of the columns and rows
 */
export function theoryWords(picture, theory, minimum, { positions, noise }) {
  if (picture.x.knob !== "eta") return "";
  if (!theory) return say("Theory has no line here: it is known for plain gradient descent, momentum and Nesterov at a minimum that bends up.");
  return paragraph([limitWords(picture, theory, minimum), whoseWords(picture, minimum, noise), starWords(picture, theory, positions)]);
}

/**
 * @param {Picture} picture
 * @param {Theory} theory
 * @param {string} minimum
 */
function limitWords(picture, { rule, low, high, momentum }, minimum) {
  const momentumOf = (/** @type {number} */ cell) => (picture.y.knob === "lambda" ? picture.y.values[Math.floor(cell / picture.x.values.length)] : momentum);
  const counts = { below: 0, left: 0, above: 0, stayed: 0 };
  picture.outcome.forEach((_, cell) => {
    const limit = limitOf(rule, momentumOf(cell), high) ?? Infinity;
    const isAbove = picture.x.values[cell % picture.x.values.length] > limit;
    counts[isAbove ? "above" : "below"] += 1;
    if (isAbove && kindOf(picture, cell) === "minimum") counts.stayed += 1;
    if (!isAbove && kindOf(picture, cell) === "diverged") counts.left += 1;
  });
  const line = say("Line: the limit of η at {minimum} in theory, where L = {high} and μ = {low}.", { minimum, high: figure(high), low: figure(low) });
  const below = counts.below ? say("Measured: of the cells below it {left} diverged.", { left: percent(counts.left / counts.below) }) : say("No cell lies below it.");
  const above = counts.above ? say("Of those above it {stayed} reached a minimum.", { stayed: percent(counts.stayed / counts.above) }) : say("No cell lies above it.");
  return paragraph([line, below, above]);
}

/** @param {Picture} picture @param {string} minimum @param {Noise|null} noise */
function whoseWords({ quadratic }, minimum, noise) {
  if (quadratic && noise) return batchWords(noise);
  if (quadratic) return say("This surface is a quadratic: theory speaks of all of it.");
  return say("This surface is no quadratic: the lines are theory, true close to {minimum}; the colours are measured, each a whole run from the start.", { minimum });
}

/** Where batches bend alike, the limit is that of the full batch. @param {Noise} noise */
function batchWords({ isLower, batch }) {
  if (!isLower) return say("This surface is a quadratic; the line is that of the full batch.");
  if (batch === null) return say("This surface is a quadratic, but the line is that of the full batch: with smaller batches a run stops holding at smaller η.");
  return say("This surface is a quadratic, but the line is that of the full batch: with batches of {batch} a run stops holding at smaller η, as the slider says.", { batch });
}

/**
 * The cell nearest to the fastest pair of theory, beside the fastest cell.
 * @param {Picture} picture
 * @param {Theory} theory
 * @param {number[][]} positions
 */
function starWords(picture, { rule, low, high }, positions) {
  const best = picture.y.knob === "lambda" ? optimumOf(rule, low, high) : null;
  if (!best) return "";
  const said = say("Star: the fastest pair in theory, η = {eta}, λ = {lambda}, for the last stretch of the way.", { eta: figure(best.eta), lambda: figure(best.momentum) });
  const cell = cellAt(positions, [Math.log10(best.eta), best.momentum]);
  const [there, first] = [picture.updates[cell], picture.updates[fastest(picture)]];
  const isOn = isWithin(positions[0], Math.log10(best.eta)) && isWithin(positions[1], best.momentum);
  if (!isOn || kindOf(picture, cell) !== "minimum" || !(there > 0 && first > 0)) return said;
  return paragraph([said, sayMany("Measured, the cell under it needs {n} update, {times} times those of the fastest cell.", "Measured, the cell under it needs {n} updates, {times} times those of the fastest cell.", there, { n: count(there), times: figure(there / first, 3) })]);
}

/**
 * The signs of the ways to end.
 * @param {Picture} picture
 * @param {Colouring} colouring
 */
export function signsOf(picture, colouring) {
  const known = [...new Set(Array.from(picture.outcome, (_, cell) => endingOf(picture, cell, colouring)))].filter((ending) => hatches[ending]);
  return known.map((kind) => ({ hatch: hatches[kind], isOpen: letsThrough(hatches[kind], colouring), words: kindWords()[kind] }));
}

/**
 * A few rows and columns of the map, for whoever does not see it.
 * @param {Picture} picture
 * @param {Names} names
 */
export function mapTable(picture, { names, minima }) {
  const [columns, rows] = [some(picture.x.values), some(picture.y.values).reverse()];
  const cell = (/** @type {number} */ row, /** @type {number} */ column) => row * picture.x.values.length + column;
  const head = element("tr", {}, element("td", {}, names[1]), ...columns.map((column) => element("th", { scope: "col" }, valueWords(picture.x.values, column))));
  const lines = rows.map((row) => {
    const cells = columns.map((column) => element("td", {}, cellWords(picture, cell(row, column), minima)));
    return element("tr", {}, element("th", { scope: "row" }, valueWords(picture.y.values, row)), ...cells);
  });
  const caption = element("caption", {}, say("Some cells of the map: how they ended and after how many updates. Columns: {name}", { name: names[0] }));
  return element("table", { class: "number-table" }, caption, element("thead", {}, head), element("tbody", {}, ...lines));
}

/** Evenly spread places of a list, both ends among them. @param {number[]} values */
function some(values) {
  const many = Math.min(rowsOfTable, values.length);
  return Array.from({ length: many }, (_, k) => Math.round((k * (values.length - 1)) / Math.max(1, many - 1)));
}
