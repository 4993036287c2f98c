import { pairsOf, pairText } from "./address.js";
import { firsts, knobValues, refuse } from "./given.js";
import { knobsOf, named, rowOf, same } from "./rows.js";
import { writtenValue } from "./values.js";
import { say } from "./words.js";

/** Addresses of an experiment's page; its tables hold the knobs of this experiment and of its page, and no others. */

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Problem} Problem */

/**
 * What the store reads of an experiment, in the place of a scene's tables.
 * @param {Tables} tables
 * @param {import("./types.js").Knob[]} knobs
 * @returns {Tables}
 */
export function tablesOf({ limits, rules }, knobs) {
  return { knobs, rules, surfaces: [], opening: "", limits };
}

/** @type {import("./scene.js").Grammar} */
export const ofExperiments = { parse, write, writeScene, value };

/**
 * @param {string} query
 * @param {Tables} tables
 */
function parse(query, tables) {
  /** @type {Problem[]} */
  const problems = [];
  const given = firsts(pairsOf(query, tables, problems), problems, say("one value"));
  const knobs = knobValues(given, knobsOf(tables, "experiment"), problems);
  refuseLong(knobs, tables, problems);
  const view = knobValues(given, knobsOf(tables, "view"), problems);
  const names = knobsOf(tables, "experiment").map(({ name }) => name).join(", ");
  for (const [name, text] of given) if (!named(tables.knobs, name)) refuse(problems, name, text, say("one of the knobs {names}", { names }));
  return { scene: { surface: "", knobs, runs: [] }, view, problems };
}

/**
 * @param {Record<string, any>} knobs
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
function refuseLong(knobs, tables, problems) {
  const n = tables.limits.batches;
  const isLong = (/** @type {string} */ name) => rowOf(tables.knobs, name).kind === "list" && knobs[name].split(",").length > n;
  for (const name of Object.keys(knobs).filter(isLong)) {
    refuse(problems, name, knobs[name], say("up to {n} numbers", { n }));
    delete knobs[name];
  }
}

/**
 * @param {Scene} scene
 * @param {import("./types.js").View} view
 * @param {Tables} tables
 */
function write(scene, view, tables) {
  return [writeScene(scene, tables), turned(view, tables, "view")].filter(Boolean).join("&");
}

/** The knobs alone, as the server wants them; those that change nothing are left out. @param {Scene} scene @param {Tables} tables */
function writeScene(scene, tables) {
  const used = Object.entries(scene.knobs).filter(([name]) => !isIdle(tables, scene, name));
  return turned(Object.fromEntries(used), tables, "experiment");
}

/**
 * Whether a knob belongs to other rules than the one that is chosen.
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {string} name
 */
export function isIdle(tables, scene, name) {
  if (!named(tables.knobs, "rule") || !tables.rules.some(({ knobs }) => name in knobs)) return false;
  return !(name in rowOf(tables.rules, value(tables, scene, "rule")).knobs);
}

/**
 * name=value of what is not at its default.
 * @param {Record<string, any>} values
 * @param {Tables} tables
 * @param {string} scope
 */
function turned(values, tables, scope) {
  const rows = knobsOf(tables, scope).filter((row) => row.name in values && !same(values[row.name], row.default));
  return rows.map((row) => pairText(row.name, writtenValue(row, values[row.name]))).join("&");
}

/**
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {string} name
 */
function value(tables, { knobs }, name) {
  return knobs[name] ?? rowOf(tables.knobs, name).default;
}
