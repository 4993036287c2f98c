/** What an address gives for single knobs, and what is refused. */

import { allowed, bad, readValue } from "./values.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {[string, string][]} Pairs */

/**
 * One value per knob; the first counts.
 * @param {Pairs} pairs
 * @param {Problem[]} problems
 * @param {string} [allowance]
 * @returns {Map<string, string>}
 */
export function firsts(pairs, problems, allowance = say("one value; only run repeats")) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (const [name, text] of pairs) {
    if (given.has(name)) refuse(problems, name, text, allowance);
    else given.set(name, text);
  }
  return given;
}

/**
 * @param {Map<string, string>} given
 * @param {Knob[]} rows
 * @param {Problem[]} problems
 * @param {string} [where] the run they stand in
 * @returns {Record<string, any>} only the knobs that were given well
 */
export function knobValues(given, rows, problems, where = "") {
  /** @type {Record<string, any>} */
  const values = {};
  for (const row of rows.filter(({ name }) => given.has(name))) {
    const text = given.get(row.name) ?? "";
    const value = readValue(row, text);
    if (value === bad) refuse(problems, where + row.name, text, allowed(row));
    else values[row.name] = value;
  }
  return values;
}

/**
 * @param {Problem[]} problems
 * @param {string} knob
 * @param {string} given
 * @param {string} allowance
 */
export function refuse(problems, knob, given, allowance) {
  problems.push({ knob, given: given.slice(0, 80), allowed: allowance });
}
