import { say, withCommas } from "./words.js";
import { shortest } from "./numbers.js";

/** @typedef {import("./types.js").Knob} Knob */

/** Thrown-away text: what stood in the address is no value of this knob. */
export const bad = Symbol("bad");

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const side = /^([a-z]+[12]?):([^:.]+(?:\.[^:.]+)?)\.\.([^:]+)$/;

/** Of a number in a box or in rows of data; side of a box, and its longer side in shorter ones. */
const [farthest, narrowest, longest] = [1e6, 1e-3, 1e3];
const name = /^[\p{L}\p{N}-]*[\p{L}\p{N}][\p{L}\p{N}-]*$/u;

/**
 * @param {Knob} knob
 * @param {number} value
 */
function within(knob, value) {
  return Number.isFinite(value) && value >= (knob.low ?? -Infinity) && value <= (knob.high ?? Infinity);
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function numberOf(knob, text) {
  const value = decimal.test(text) ? Number(text) + 0 : NaN;
  return within(knob, value) ? value : bad;
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function integerOf(knob, text) {
  const value = numberOf(knob, text);
  return Number.isInteger(value) ? value : bad;
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function pointOf(knob, text) {
  const pair = text.split(",").map((part) => numberOf(knob, part));
  return pair.length === 2 && !pair.includes(bad) ? pair : bad;
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function lineOf(knob, text) {
  const ends = text.split(",").map((part) => numberOf(knob, part));
  const isPoint = ends[0] === ends[2] && ends[1] === ends[3];
  return ends.length === 4 && !ends.includes(bad) && !isPoint ? ends : bad;
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function sidesOf(knob, text) {
  const sides = text.split(",").map((part) => sideOf(knob, part));
  return sides.length === 2 && !sides.includes(bad) && sides[0].knob !== sides[1].knob ? sides : bad;
}

/**
 * @param {Knob} knob
 * @param {string} text
 * @returns {any}
 */
function sideOf(knob, text) {
  const found = side.exec(text);
  if (!found || choiceOf(knob, found[1]) === bad) return bad;
  const [low, high] = [numberOf(knob, found[2]), numberOf(knob, found[3])];
  return typeof low === "number" && typeof high === "number" && low < high ? { knob: found[1], low, high } : bad;
}

/** @param {string} text */
function listOf(text) {
  const numbers = text.split(",").map((part) => (decimal.test(part) ? Number(part) + 0 : NaN));
  return numbers.every((value) => Math.abs(value) <= farthest) ? numbers : null;
}

/** @param {string} text */
function boxOf(text) {
  const ends = listOf(text);
  if (ends?.length !== 4) return bad;
  const [wide, high] = [ends[1] - ends[0], ends[3] - ends[2]];
  return Math.min(wide, high) < narrowest || Math.max(wide, high) > longest * Math.min(wide, high) ? bad : ends;
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function pairsOf(knob, text) {
  const numbers = listOf(text);
  return numbers && numbers.length % 2 === 0 && numbers.length >= 4 && numbers.length <= 2 * knob.high ? numbers : bad;
}

/**
 * @param {Knob} knob
 * @param {string} text
 */
function choiceOf(knob, text) {
  return (knob.choices ?? []).some((choice) => choice.value === text) ? text : bad;
}

/**
 * @param {string} text
 */
function namesOf(text) {
  const names = text.split(",");
  return names.every((part) => name.test(part)) ? names : bad;
}

/**
 * A few whole numbers, as they stand in an address; batch sizes rising, each once.
 * @param {Knob} knob
 * @param {string} text
 */
function wholesOf(knob, text) {
  const numbers = text.split(",").map((part) => integerOf(knob, part));
  if (numbers.includes(bad)) return bad;
  return (knob.name === "batches" ? rising(numbers) : numbers).join(",");
}

/** @param {any[]} numbers */
function rising(numbers) {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

/** @type {Record<string, (knob: Knob, text: string) => any>} */
const readers = {
  number: numberOf,
  integer: integerOf,
  point: pointOf,
  line: lineOf,
  sides: sidesOf,
  box: (_knob, text) => boxOf(text),
  pairs: pairsOf,
  formula: (_knob, text) => (text === "" ? bad : text), // the server reads it
  list: wholesOf,
  choice: choiceOf,
  flag: (_knob, text) => (text === "1" ? 1 : text === "0" ? 0 : bad),
  names: (_knob, text) => namesOf(text),
};

/** @type {Record<string, (value: any) => string>} */
const writers = {
  point: (value) => value.map(shortest).join(","),
  line: (value) => value.map(shortest).join(","),
  sides: (value) => value.map((/** @type {{knob: string, low: number, high: number}} */ { knob, low, high }) => `${knob}:${shortest(low)}..${shortest(high)}`).join(","),
  box: (value) => value.map(shortest).join(","),
  pairs: (value) => value.map(shortest).join(","),
  names: (value) => value.join(","),
};

/**
 * @param {Knob} knob
 * @param {string} text
 * @returns {any} the value, or `bad`
 */
export function readValue(knob, text) {
  return readers[knob.kind](knob, text);
}

/**
 * @param {Knob} knob
 * @param {any} value
 * @returns {string}
 */
export function writtenValue(knob, value) {
  return (writers[knob.kind] ?? String)(value);
}

/** @type {Record<string, (knob: Knob) => string>} */
const allowances = {
  number: (knob) => say("a number from {low} to {high}", bounds(knob)),
  integer: (knob) => say("a whole number from {low} to {high}", bounds(knob)),
  point: () => say("two numbers x,y near the surface's domain"),
  line: () => say("four numbers x,y,x,y: two different points near the surface's domain"),
  sides: (knob) => say("two different of {names}, each with its range: knob:low..high,knob:low..high", { names: choiceNames(knob) }),
  box: () => say("four numbers left,right,low,high: sides ≥ 0.001, none over 1,000 times the other"),
  pairs: (knob) => say("numbers x,y,x,y,…: 2 to {high} pairs", { high: knob.high }),
  list: (knob) => say("whole numbers from {low} to {high}, joined by commas", bounds(knob)),
  formula: () => say("a formula in x and y"),
  choice: (knob) => say("one of {names}", { names: choiceNames(knob) }),
  flag: () => say("0 or 1"),
  names: () => say("names separated by commas"),
};

/** @param {Knob} knob */
function choiceNames(knob) {
  return withCommas((knob.choices ?? []).map((choice) => choice.value));
}

/** @param {Knob} knob */
function bounds(knob) {
  return { low: shortest(knob.low), high: shortest(knob.high) };
}

/** @param {Knob} knob */
export function allowed(knob) {
  return allowances[knob.kind](knob);
}
