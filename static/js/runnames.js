import { say, withCommas } from "./words.js";
import { exact } from "./numbers.js";
import { named, rowOf, runKnobs, runValue, same } from "./rows.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Run} Run */

/**
 * What to call each run so that no two share a name: the rule, and what sets it apart from others of its rule.
 * @param {Scene} scene
 * @param {Tables} tables
 * @returns {string[]}
 */
export function runNames(scene, tables) {
  const names = scene.runs.map((run) => nameOf(run, scene, tables));
  return names.map((name, at) => (names.indexOf(name) === names.lastIndexOf(name) ? name : numbered(name, at)));
}

/**
 * @param {string} name
 * @param {number} at
 */
function numbered(name, at) {
  return say("{name}, run {n}", { name, n: at + 1 });
}

/**
 * @param {Run} run
 * @param {Scene} scene
 * @param {Tables} tables
 */
function nameOf(run, scene, tables) {
  const { label } = rowOf(tables.rules, run.rule);
  const knobs = distinguishing(run, scene, tables).map((name) => knobText(name, runValue(tables, scene, run, name), tables));
  const rule = say(label);
  return knobs.length ? say("{rule} with {knobs}", { rule, knobs: withCommas(knobs) }) : rule;
}

/**
 * A run with all that sets it, where it is alone: its rule, then its knobs without some.
 * @param {number} of
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {string[]} without
 */
export function runParts(of, scene, tables, without) {
  const run = scene.runs[of];
  const rule = rowOf(tables.rules, run.rule);
  const isTold = (/** @type {string} */ name) => !without.includes(name) && (name in rule.knobs || name in run.knobs || name in scene.knobs);
  const knobs = runKnobs(tables, run.rule).map(({ name }) => name).filter(isTold);
  const name = scene.runs.length > 1 ? numbered(say(rule.label), of) : say(rule.label);
  return [name, ...knobs.map((knob) => knobText(knob, runValue(tables, scene, run, knob), tables))];
}

/**
 * The run's own knobs that differ from another run of the same rule.
 * @param {Run} run
 * @param {Scene} scene
 * @param {Tables} tables
 */
function distinguishing(run, scene, tables) {
  const peers = scene.runs.filter((other) => other !== run && other.rule === run.rule);
  const differs = (/** @type {string} */ name) =>
    peers.some((peer) => !same(runValue(tables, scene, peer, name), runValue(tables, scene, run, name)));
  return runKnobs(tables, run.rule).map((row) => row.name).filter((name) => name in run.knobs && differs(name));
}

/**
 * @param {string} name
 * @param {any} value
 * @param {Tables} tables
 */
function knobText(name, value, tables) {
  const row = rowOf(tables.knobs, name);
  const choice = named((row.choices ?? []).map((item) => ({ name: item.value, label: item.label })), String(value));
  const text = typeof value === "number" ? exact(value) : say(choice?.label ?? String(value));
  return (row.symbol || say(row.label)) + " = " + text;
}
