import { element } from "./element.js";
import { cellAt, fastest, hatches, kindOf } from "./mapcells.js";
import { limitOf, optimumOf } from "./maptheory.js";
import { count, figure } from "./numbers.js";
import { percent } from "./seedswords.js";
import { say } from "./words.js";

/** What is said about a map: the scene's own cell, the fastest one, how many ended how, and what theory says of it. */

/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapart.js").Theory} Theory */
/** @typedef {{names: [string, string], minima: string[]}} Names */

const rowsOfTable = 8;

/** @returns {Record<string, string>} */
function kindWords() {
  return { minimum: say("minimum"), saddle: say("saddle"), maximum: say("maximum"), flat: say("flat"), moving: say("still travelling"), diverged: say("diverged") };
}

/**
 * How one cell ended, in few words.
 * @param {Picture} picture
 * @param {number} cell
 * @param {string[]} minima
 */
export function cellWords(picture, cell, minima) {
  const kind = kindOf(picture, cell);
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
  return { x: figure(picture.x.values[cell % across]), y: figure(picture.y.values[Math.floor(cell / across)]) };
}

/**
 * @param {Picture} picture
 * @param {Names} names
 * @param {{positions: number[][], at: number[]}} scene  where the scene's own pair is
 */
export function mapWords(picture, { names, minima }, { positions, at }) {
  const own = cellAt(positions, at);
  const said = [say("The scene's own cell: {words}.", { words: cellWords(picture, own, minima) })];
  const best = fastest(picture);
  if (best >= 0) said.push(say("Fastest: {xname} = {x}, {yname} = {y}: {updates} updates.", { xname: names[0], yname: names[1], ...valuesOf(picture, best), updates: count(picture.updates[best]) }));
  return [...said, sharesWords(picture)].join(" ");
}

/** @param {Picture} picture */
function sharesWords(picture) {
  const words = kindWords();
  const shares = picture.outcomes.map((kind, code) => ({ kind, share: picture.outcome.filter((one) => one === code).length / picture.outcome.length })).filter(({ share }) => share > 0);
  const told = shares.map(({ kind, share }) => say("{kind} {share}", { kind: words[kind], share: percent(share) }));
  return say("Of the cells: {shares}.", { shares: told.join(", ") });
}

/**
 * Where theory and measurement part: on a surface that is no quadratic both are right about different things.
 * @param {Picture} picture
 * @param {Theory|null} theory
 * @param {string} minimum  its letter
 */
export function theoryWords(picture, theory, minimum) {
  if (!theory) return say("Theory has no line here: it is known for plain gradient descent, momentum and Nesterov at a minimum that bends up.");
  if (picture.x.knob !== "eta") return "";
  const { rule, low, high, momentum } = theory;
  const momentumOf = (/** @type {number} */ cell) => (picture.y.knob === "lambda" ? picture.y.values[Math.floor(cell / picture.x.values.length)] : momentum);
  const counts = { below: 0, left: 0, above: 0, stayed: 0 };
  picture.outcome.forEach((_, cell) => {
    const limit = limitOf(rule, momentumOf(cell), high) ?? Infinity;
    const isAbove = picture.x.values[cell % picture.x.values.length] > limit;
    const settled = kindOf(picture, cell) === "minimum";
    counts[isAbove ? "above" : "below"] += 1;
    if (isAbove && settled) counts.stayed += 1;
    if (!isAbove && kindOf(picture, cell) === "diverged") counts.left += 1;
  });
  const share = (/** @type {number} */ some, /** @type {number} */ all) => percent(all ? some / all : 0);
  const said = [say("Line: the limit of η at {minimum} in theory, where L = {high} and μ = {low}. Measured: of the cells below it {left} diverged, of those above it {stayed} reached a minimum.", { minimum, high: figure(high), low: figure(low), left: share(counts.left, counts.below), stayed: share(counts.stayed, counts.above) })];
  const best = picture.y.knob === "lambda" ? optimumOf(rule, low, high) : null;
  if (best) said.push(say("Star: the fastest pair in theory, η = {eta}, λ = {lambda}, for the last stretch of the way; between the dashed lines both directions swing and shrink alike.", { eta: figure(best.eta), lambda: figure(best.momentum) }));
  return said.join(" ");
}

/**
 * The signs of what is no minimum.
 * @param {Picture} picture
 * @param {(hatch: string) => string} paint  a picture of the hatch as an address
 */
export function legend(picture, paint) {
  const known = [...new Set(Array.from(picture.outcome, (_, cell) => kindOf(picture, cell)))].filter((kind) => hatches[kind]);
  return known.map((kind) => {
    const key = element("span", { class: "map-key" });
    key.style.backgroundImage = `url(${paint(hatches[kind])})`;
    return element("li", {}, key, kindWords()[kind]);
  });
}

/**
 * A few rows and columns of the map, for whoever does not see it.
 * @param {Picture} picture
 * @param {Names} names
 */
export function mapTable(picture, { names, minima }) {
  const [columns, rows] = [some(picture.x.values), some(picture.y.values).reverse()];
  const cell = (/** @type {number} */ row, /** @type {number} */ column) => row * picture.x.values.length + column;
  const head = element("tr", {}, element("td", {}, names[1]), ...columns.map((column) => element("th", { scope: "col" }, figure(picture.x.values[column]))));
  const lines = rows.map((row) => {
    const cells = columns.map((column) => element("td", {}, cellWords(picture, cell(row, column), minima)));
    return element("tr", {}, element("th", { scope: "row" }, figure(picture.y.values[row])), ...cells);
  });
  const caption = element("caption", {}, say("Some cells of the map: how they ended and after how many updates. Columns: {name}", { name: names[0] }));
  return element("table", { class: "number-table" }, caption, element("thead", {}, head), element("tbody", {}, ...lines));
}

/** Evenly spread places of a list, both ends among them. @param {number[]} values */
function some(values) {
  const many = Math.min(rowsOfTable, values.length);
  return Array.from({ length: many }, (_, k) => Math.round((k * (values.length - 1)) / Math.max(1, many - 1)));
}
