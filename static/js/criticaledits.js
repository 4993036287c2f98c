/** Changes that put the start somewhere on purpose. */

import { setKnob } from "./edits.js";
import { runValue, sceneValue } from "./rows.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./edits.js").Edit} Edit */

/**
 * Which run is plain gradient descent over all examples, or −1.
 * @param {Scene} scene
 * @param {Tables} tables
 */
export function plainRun(scene, tables) {
  const all = sceneValue(tables, scene, "examples");
  return scene.runs.findIndex((run) => run.rule === "gd" && runValue(tables, scene, run, "batch") === all);
}

/**
 * A scene without plain gradient descent gets such a run, if there is room for one.
 * @param {Tables} tables
 * @returns {Edit}
 */
function withPlainRun(tables) {
  return (shown) => {
    const { scene } = shown;
    if (plainRun(scene, tables) >= 0 || scene.runs.length >= tables.limits.runs) return shown;
    const whole = plainRun({ ...scene, runs: [{ rule: "gd", knobs: {} }] }, tables) === 0;
    const batch = whole ? {} : { batch: sceneValue(tables, scene, "examples") };
    return { ...shown, scene: { ...scene, runs: [...scene.runs, { rule: "gd", knobs: batch }] } };
  };
}

/**
 * Gradient descent starts exactly here, to the last digit.
 * @param {Tables} tables
 * @param {import("./types.js").Pair} point
 * @returns {Edit}
 */
export function startPlainAt(tables, point) {
  return (shown) => setKnob("start", point)(withPlainRun(tables)(shown));
}
