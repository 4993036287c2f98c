import { firsts, knobValues, refuse } from "./given.js";
import { runsIn } from "./givenruns.js";
import { knobsOf, named, rowOf, runKnobs, same, sceneDefault } from "./rows.js";
import { refuseFarStart, refuseLargeBatch, refuseRows, refuseTogether } from "./together.js";
import { writtenValue } from "./values.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {import("./given.js").Pairs} Pairs */

const mostPairs = 64;

/**
 * The scene and view an address asks for, and every value in it that cannot be.
 * @param {string} query
 * @param {Tables} tables
 * @returns {{scene: Scene, view: View, problems: Problem[]}}
 */
export function parse(query, tables) {
  /** @type {Problem[]} */
  const problems = [];
  const pairs = pairsOf(query, tables, problems);
  const isView = (/** @type {string} */ name) => named(tables.knobs, name)?.scope === "view";
  const whole = pairs.every(([name]) => isView(name)) ? [...pairs, ...split(tables.opening)] : pairs;
  const given = firsts(whole.filter(([name]) => name !== "run"), problems);
  const scene = sceneOf(whole, given, tables, problems);
  const view = knobValues(given, knobsOf(tables, "view"), problems);
  return { scene, view, problems };
}

/** @param {string} query */
function split(query) {
  return /** @type {Pairs} */ ([...new URLSearchParams(query)]);
}

/**
 * @param {string} query
 * @param {Tables} tables
 * @param {Problem[]} problems
 * @returns {Pairs}
 */
export function pairsOf(query, tables, problems) {
  const pairs = split(query);
  const n = tables.limits.query;
  const isLong = query.replace("?", "").length > n;
  if (isLong) refuse(problems, "address", String(query.length), say("at most {n} characters", { n }));
  const isMany = pairs.length > mostPairs;
  if (!isLong && isMany) refuse(problems, "address", query.slice(0, 40), say("knob=value pairs joined by &"));
  return isLong || isMany ? [] : pairs;
}

/**
 * @param {Pairs} pairs
 * @param {Map<string, string>} given
 * @param {Tables} tables
 * @param {Problem[]} problems
 * @returns {Scene}
 */
function sceneOf(pairs, given, tables, problems) {
  const row = rowOf(tables.knobs, "surface");
  const surface = knobValues(given, [row], problems).surface ?? row.default;
  const knobs = knobValues(given, sceneKnobs(tables, surface), problems);
  /** @type {Scene} */
  const scene = { surface, knobs, runs: [] };
  refuseRows(scene, tables, problems);
  refuseFarStart(scene, tables, problems);
  refuseLargeBatch(knobs, "batch", scene, tables, problems);
  scene.runs = runsIn(pairs, scene, tables, problems);
  refuseStrangers(given, scene, tables, problems);
  refuseTogether(scene, tables, problems);
  return scene;
}

/**
 * The scene knobs of this surface in the order of the address, without `surface` itself.
 * @param {Tables} tables
 * @param {string} surface
 */
export function sceneKnobs(tables, surface) {
  const { own = [], shapes = [] } = rowOf(tables.surfaces, surface);
  const ownRows = [...shapes, ...own].map((name) => rowOf(tables.knobs, name));
  return [...ownRows, ...knobsOf(tables, "scene").filter((knob) => knob.name !== "surface")];
}

/**
 * @param {Map<string, string>} given
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
function refuseStrangers(given, scene, tables, problems) {
  const rows = sceneKnobs(tables, scene.surface);
  const names = ["surface", ...rows.map((row) => row.name), "run"].join(", ");
  const known = [...rows, rowOf(tables.knobs, "surface"), ...knobsOf(tables, "view")];
  for (const [name, text] of given) {
    if (!named(known, name)) refuse(problems, name, text, say("one of the knobs {names}", { names }));
  }
}

/**
 * The shortest address of what is shown: defaults are left out.
 * @param {Scene} scene
 * @param {View} view
 * @param {Tables} tables
 */
export function write(scene, view, tables) {
  const viewPart = knobsOf(tables, "view")
    .filter((row) => row.name in view && !same(view[row.name], row.default))
    .map((row) => pairText(row.name, writtenValue(row, view[row.name])));
  return [writeScene(scene, tables), ...viewPart].join("&");
}

/**
 * @param {Scene} scene
 * @param {Tables} tables
 */
export function writeScene(scene, tables) {
  const knobs = writeKnobs(sceneKnobs(tables, scene.surface), scene, tables);
  const runs = scene.runs.map((run) => pairText("run", runText(run, tables)));
  return [pairText("surface", scene.surface), ...knobs, ...runs].join("&");
}

/**
 * name=value of those knobs that somebody turned.
 * @param {import("./types.js").Knob[]} rows
 * @param {Scene} scene
 * @param {Tables} tables
 */
export function writeKnobs(rows, scene, tables) {
  const turned = rows.filter((row) => row.name in scene.knobs && !isDefault(row.name, scene, tables));
  return turned.map((row) => pairText(row.name, writtenValue(row, scene.knobs[row.name])));
}

/**
 * A batch of exactly all examples stays written: it stays when the examples change.
 * @param {string} name
 * @param {Scene} scene
 * @param {Tables} tables
 */
function isDefault(name, scene, tables) {
  return name !== "batch" && same(scene.knobs[name], sceneDefault(tables, scene, name));
}

/**
 * A run's own value always says something: it stays when the shared one moves.
 * @param {Run} run
 * @param {Tables} tables
 */
function runText(run, tables) {
  const parts = runKnobs(tables, run.rule)
    .filter((row) => row.name in run.knobs)
    .map((row) => row.name + ":" + writtenValue(row, run.knobs[row.name]));
  return [run.rule, ...parts].join(",");
}

/**
 * @param {string} name
 * @param {string} text
 */
export function pairText(name, text) {
  const kept = encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%3A", ":");
  return name + "=" + kept;
}
