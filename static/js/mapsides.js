import { differ, named, rowOf, runKnobs, runValue, sceneValue, surfaceOf } from "./rows.js";
import { rounded } from "./numbers.js";
import { fromPosition, toPosition } from "./scale.js";
import { startBounds } from "./together.js";
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
 * Around which positions a map is looked at closer or farther: the scene's own pair where it is on the map, else the map's middle.
 * @param {Side[]} sides
 * @param {number[]} at  the pair
 * @param {Tables} tables
 */
export function focusOf(sides, at, tables) {
  const ends = sides.map((side) => positionsOf(side, tables));
  const isOn = ends.every(([low, high], k) => low <= at[k] && at[k] <= high);
  return isOn ? at : ends.map(([low, high]) => (low + high) / 2);
}

/** @param {Side} side @param {Tables} tables */
function positionsOf({ knob, low, high }, tables) {
  return [low, high].map((value) => positionOf(tables, knob, value));
}

/**
 * A side so many times as wide (in positions) around one of its places; at the end of what is allowed it goes on at its other end.
 * @param {Side} side
 * @param {number} by
 * @param {number} around  a position
 * @param {Tables} tables
 * @param {Scene} scene
 * @returns {Side}
 */
export function zoomed(side, by, around, tables, scene) {
  const [low, high] = positionsOf(side, tables);
  const [least, most] = positionsOf({ knob: side.knob, ...reachOf(side.knob, tables, scene) }, tables);
  const middle = Math.max(low, Math.min(around, high));
  const wide = Math.min(widened(side, (high - low) * by, tables), most - least);
  const from = Math.max(least, Math.min(middle - ((middle - low) / (high - low)) * wide, most - wide));
  return within(side.knob, from, from + wide, tables) ?? side;
}

/** A side of whole numbers grows and shrinks by one at least. @param {Side} side @param {number} wide @param {Tables} tables */
function widened({ knob, low, high }, wide, tables) {
  if (!isWhole(tables, knob)) return wide;
  return wide > high - low ? Math.ceil(wide) : Math.max(1, Math.floor(wide));
}

/**
 * How far a side may reach, as the server allows.
 * @param {string} name
 * @param {Tables} tables
 * @param {Scene} scene
 */
function reachOf(name, tables, scene) {
  const place = starts.indexOf(name);
  if (place >= 0) return startBounds(surfaceOf(tables, scene).domain, place);
  const { low, high } = rowOf(tables.knobs, name);
  return { low: /** @type {number} */ (low), high: name === "batch" ? mostBatch(tables, scene) : /** @type {number} */ (high) };
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
