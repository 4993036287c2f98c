import { setKnob, setOwn } from "./edits.js";
import { starts } from "./mapsides.js";
import { rowOf, sceneValue } from "./rows.js";

/** Turning what a map turns: two knobs at once. */

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./types.js").Tables} Tables */

/**
 * Turns both knobs: the run's own value where it has one, else what all runs share.
 * @param {Side[]} sides
 * @param {number[]} values
 * @param {Tables} tables
 * @param {number} of
 * @returns {import("./edits.js").Edit}
 */
export function turn(sides, values, tables, of) {
  return (shown) => sides.reduce((before, { knob }, k) => turnOne(knob, values[k], before, tables, of), shown);
}

/**
 * @param {string} name
 * @param {number} value
 * @param {import("./types.js").Shown} shown
 * @param {Tables} tables
 * @param {number} of
 */
function turnOne(name, value, shown, tables, of) {
  const place = starts.indexOf(name);
  if (place >= 0) {
    const start = sceneValue(tables, shown.scene, "start").map((/** @type {number} */ old, /** @type {number} */ k) => (k === place ? value : old));
    return setKnob("start", start)(shown);
  }
  const isOwn = name in shown.scene.runs[of].knobs || rowOf(tables.knobs, name).scope === "run";
  return (isOwn ? setOwn(of, name, value) : setKnob(name, value))(shown);
}
