/** The runs an address gives. */

import { knobValues, refuse } from "./given.js";
import { named, runKnobs } from "./rows.js";
import { refuseLargeBatch } from "./together.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {import("./given.js").Pairs} Pairs */

/**
 * @param {Pairs} pairs
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
export function runsIn(pairs, scene, tables, problems) {
  const texts = pairs.filter(([name]) => name === "run").map(([, text]) => text);
  const n = tables.limits.runs;
  if (texts.length > n) refuse(problems, "run", say("{n} runs", { n: texts.length }), say("at most {n} runs", { n }));
  const runs = texts.slice(0, n).flatMap((text) => runOf(text, scene, tables, problems));
  return runs.length ? runs : [{ rule: "gd", knobs: {} }];
}

/**
 * @param {string} text
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 * @returns {Run[]} none where the rule is unknown
 */
function runOf(text, scene, tables, problems) {
  const [rule, ...parts] = text.split(",");
  if (!named(tables.rules, rule)) {
    refuse(problems, "run", text, tables.rules.map((row) => row.name).join(", "));
    return [];
  }
  const where = "run " + rule;
  const rows = runKnobs(tables, rule);
  const given = runGiven(parts, rows, where, problems);
  const knobs = knobValues(given, rows, problems, where + " ");
  refuseLargeBatch(knobs, where + " batch", scene, tables, problems);
  return [{ rule, knobs }];
}

/**
 * @param {string[]} parts
 * @param {Knob[]} rows
 * @param {string} where
 * @param {Problem[]} problems
 */
function runGiven(parts, rows, where, problems) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (const part of parts) {
    const [name, ...rest] = part.split(":");
    if (!named(rows, name)) refuse(problems, where, part, rows.map((row) => row.name).join(", "));
    else if (given.has(name)) refuse(problems, where, part, say("one value per knob"));
    else given.set(name, rest.join(":"));
  }
  return given;
}
