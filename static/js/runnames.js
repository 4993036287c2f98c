import { say } from "./words.js";
import { figure } from "./numbers.js";
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
  return knobs.length ? say("{rule} with {knobs}", { rule, knobs: knobs.join(", ") }) : rule;
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
  const text = typeof value === "number" ? figure(value) : say(choice?.label ?? String(value));
  return (row.symbol || say(row.label)) + " = " + text;
}
