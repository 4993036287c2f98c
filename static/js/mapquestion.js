import { writeScene } from "./address.js";
import { hasNoise } from "./edges.js";
import { differ, runValue, sceneValue, surfaceOf } from "./rows.js";

/** What a map asks of the server: the run without the two knobs that are turned, and as many cells as are quick. */

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {{isLower: boolean, batch: number|null}} Noise  whether it lowers the limit; the one batch size, where the map does not turn it */
/** @typedef {{scene: string, of: number, x: Side, y: Side, resolution: [number, number], tolerance: number}} Question */

const sizes = [128, 96, 64, 48, 32, 24, 16];

/** Example gradients of one map: about a tenth of a second of the server. */
const affordable = 40e6;

/**
 * The scene of this run alone, without what the map turns itself: moving the marker asks nothing.
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {number} of
 * @param {[Side, Side]} sides
 * @param {number} tolerance
 * @returns {Question}
 */
export function questionOf(tables, scene, of, sides, tolerance) {
  const names = sides.map(({ knob }) => (knob.startsWith("start") ? "start" : knob));
  const isStart = names.filter((name) => name === "start").length === 2;
  const gone = names.filter((name) => name !== "start" || isStart);
  const without = (/** @type {Record<string, any>} */ knobs) => Object.fromEntries(Object.entries(knobs).filter(([name]) => !gone.includes(name)));
  const run = scene.runs[of];
  const query = writeScene({ ...scene, knobs: without(scene.knobs), runs: [{ ...run, knobs: without(run.knobs) }] }, tables);
  const side = sideOf(tables, scene, of);
  return { scene: query, of: 0, x: sides[0], y: sides[1], resolution: [side, side], tolerance };
}

/** @param {Tables} tables @param {Scene} scene @param {number} of */
function sideOf(tables, scene, of) {
  const batch = differ(tables, scene) ? runValue(tables, scene, scene.runs[of], "batch") : 1;
  const each = sceneValue(tables, scene, "updates") * surfaceOf(tables, scene).weight ** 0.5 * batch;
  return sizes.find((size) => size * size * each <= affordable) ?? sizes[sizes.length - 1];
}

/**
 * What batches that are not alike make of the limit; null where every batch is all examples or they are alike.
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {number} of
 * @param {[Side, Side]} sides
 * @param {import("./edges.js").Edge|null} edge  up to where the run holds
 * @returns {Noise|null}
 */
export function noiseOf(tables, scene, of, sides, edge) {
  const isTurned = sides.some(({ knob }) => knob === "batch");
  if (!differ(tables, scene) || !(isTurned || hasNoise(tables, scene, scene.runs[of]))) return null;
  const isLower = edge !== null && edge.noisy !== null && edge.noisy < edge.limit;
  return { isLower, batch: isTurned ? null : runValue(tables, scene, scene.runs[of], "batch") };
}
