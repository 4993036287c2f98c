import { differ, named, rowOf, runKnobs, runValue, sceneValue, surfaceOf } from "./rows.js";
import { rounded } from "./numbers.js";
import { fromPosition, toPosition } from "./scale.js";
import { listed, say } from "./words.js";

/** The two sides of a map: which knobs, how far, and where on them the scene stands. */

/** @typedef {{knob: string, low: number, high: number}} Side */
/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {[string, string]} Names */

export const starts = ["start1", "start2"];
const turned = ["eta", "lambda", "beta1", "beta2", "epsilon", "decay", "rho"];
const ofBatches = ["batch", "seed"];
const digits = 4;

/** η and ε are mapped this many times below and above their value. */
const times = 30;

/** λ = 1 never ends, so a map stops short of it. */
const mostMomentum = 0.99;

/**
 * What can be turned for a run.
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {number} of
 */
export function turnable(tables, scene, of) {
  const names = runKnobs(tables, scene.runs[of].rule).map(({ name }) => name).filter((name) => turned.includes(name));
  const isOfBatches = differ(tables, scene) && sceneValue(tables, scene, "examples") > 1;
  return [...names, ...(isOfBatches ? ofBatches : []), ...starts];
}

/**
 * Why no run of a scene has a map of two knobs.
 * @param {Names} wanted
 * @param {Tables} tables
 * @param {Scene} scene
 */
export function whyNoMap(wanted, tables, scene) {
  const [x, y] = wanted.map((name) => sideName(tables, name, surfaceOf(tables, scene).parameters));
  const others = wanted.filter((name) => !ofBatches.includes(name));
  const isOfBatches = others.length < 2 && scene.runs.some((_run, of) => others.every((name) => turnable(tables, scene, of).includes(name)));
  if (!isOfBatches) return say("No run of this scene has both {x} and {y} to turn. Choose another map.", { x, y });
  const name = listed([x, y].filter((_, k) => ofBatches.includes(wanted[k])));
  if (differ(tables, scene)) return say("There is only one example, so turning {name} changes nothing. Take more examples, or choose another map.", { name });
  return say("With spread 0 all examples are equal, so turning {name} changes nothing. Turn the spread up, or choose another map.", { name });
}

/**
 * The maps that are offered for a run, the most telling first.
 * @param {string[]} names  what can be turned
 * @returns {Names[]}
 */
export function pairsFor(names) {
  const pairs = /** @type {Names[]} */ ([["eta", "lambda"], ["eta", "beta1"], ["eta", "rho"], ["eta", "batch"], ["lambda", "batch"], ["start1", "start2"]]);
  return pairs.filter((pair) => pair.every((name) => names.includes(name)));
}

/**
 * @param {string} name
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {number} of
 * @returns {Side}
 */
export function sideOf(name, tables, scene, of) {
  const surface = surfaceOf(tables, scene);
  const place = starts.indexOf(name);
  if (place >= 0) return { knob: name, low: surface.domain[place][0], high: surface.domain[place][1] };
  const row = rowOf(tables.knobs, name);
  const [low, high] = /** @type {[number, number]} */ ([row.low, row.high]);
  const value = valueOf(name, tables, scene, of);
  if (name === "lambda") return { knob: name, low, high: mostMomentum };
  if (name === "batch") return { knob: name, low: 1, high: mostBatch(tables, scene) };
  if (name === "seed") return { knob: name, low: value, high: Math.min(high, value + 31) };
  if (row.scale !== "log") return { knob: name, low, high: name === "rho" ? 2 * Math.max(0.5, value) : high };
  const centre = name === "eta" ? surface.eta : value;
  return { knob: name, low: Math.max(low, rounded(Math.min(centre, value) / times, 2)), high: Math.min(high, rounded(Math.max(centre, value) * times, 2)) };
}

/** @param {Tables} tables @param {Scene} scene */
function mostBatch(tables, scene) {
  return sceneValue(tables, scene, "examples") - (sceneValue(tables, scene, "shuffle") === "replacement" ? 1 : 0);
}

/**
 * @param {string} name
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {number} of
 * @returns {number}
 */
export function valueOf(name, tables, scene, of) {
  const place = starts.indexOf(name);
  if (place >= 0) return sceneValue(tables, scene, "start")[place];
  return name === "seed" ? sceneValue(tables, scene, name) : runValue(tables, scene, scene.runs[of], name);
}

/**
 * What a map shows of another surface: the same window where the scene's own pair lies in it, else the whole map.
 * @param {[Side, Side]} sides
 * @param {Tables} tables
 * @param {Scene} scene
 */
export function sidesAround(sides, tables, scene) {
  const of = scene.runs.findIndex((_run, at) => sides.every(({ knob }) => turnable(tables, scene, at).includes(knob)));
  const holds = (/** @type {Side} */ { knob, low, high }) => low <= valueOf(knob, tables, scene, of) && valueOf(knob, tables, scene, of) <= high;
  return of < 0 || sides.every(holds) ? sides : sides.map(({ knob }) => sideOf(knob, tables, scene, of));
}

/** Where a value stands on its side: logarithmic where its slider is. @param {Tables} tables @param {string} name @param {number} value */
export function positionOf(tables, name, value) {
  const row = named(tables.knobs, name);
  return row ? toPosition(row, value) : value;
}

/** @param {Tables} tables @param {string} name @param {number} position */
export function valueAt(tables, name, position) {
  const row = named(tables.knobs, name);
  if (!row) return rounded(position, digits);
  return row.kind === "integer" ? Math.round(position) : fromPosition(row, position);
}

/** @param {Tables} tables @param {string} name */
export function isWhole(tables, name) {
  return named(tables.knobs, name)?.kind === "integer";
}

/** @param {Tables} tables @param {string} name @param {string[]} parameters */
export function sideName(tables, name, parameters) {
  const place = starts.indexOf(name);
  if (place >= 0) return say("start {name}", { name: parameters[place] });
  const row = rowOf(tables.knobs, name);
  return row.symbol || say(row.label);
}

/**
 * A side around its middle, so many times as wide (in positions), within what is allowed.
 * @param {Side} side
 * @param {number} by
 * @param {number} middle  a position
 * @param {Tables} tables
 * @returns {Side}
 */
export function zoomed(side, by, middle, tables) {
  const [low, high] = [side.low, side.high].map((value) => positionOf(tables, side.knob, value));
  const ends = [middle + (low - middle) * by, middle + (high - middle) * by];
  return within(side.knob, ends[0], ends[1], tables) ?? side;
}

/**
 * @param {string} name
 * @param {number} low  positions
 * @param {number} high
 * @param {Tables} tables
 * @returns {Side|null}
 */
export function within(name, low, high, tables) {
  const row = named(tables.knobs, name);
  const places = Math.max(0, Math.min(5 - Math.floor(Math.log10(high - low)), 15));
  const values = [low, high].map((position) => (row && row.scale === "log" ? rounded(10 ** position, 6) : Number(position.toFixed(places))));
  const [from, to] = row ? values.map((value) => Math.max(/** @type {number} */ (row.low), Math.min(value, /** @type {number} */ (row.high)))) : values;
  if (isWhole(tables, name)) return Math.round(to) > Math.round(from) ? { knob: name, low: Math.round(from), high: Math.round(to) } : null;
  return to > from ? { knob: name, low: from, high: to } : null;
}
