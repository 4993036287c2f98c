/** Values that are good alone and not together, as app/scene.py judges them. */

import { refuse } from "./given.js";
import { runValue, sceneDefault, sceneValue, surfaceOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Problem} Problem */

/** In diagonals of the domain, from its middle. */
const farthestStart = 100;

/** @param {import("./types.js").Pair[]} domain */
function farthestOf(domain) {
  return farthestStart * Math.hypot(...domain.map(([low, high]) => high - low));
}

/**
 * How far a start may lie along one axis, wherever it lies along the other.
 * @param {import("./types.js").Pair[]} domain
 * @param {number} axis
 */
export function startBounds(domain, axis) {
  const [low, high] = domain[axis];
  const far = farthestOf(domain) * Math.SQRT1_2;
  const reach = far < 1 ? Math.floor(far * 1000) / 1000 : Math.floor(far); // of a tiny domain no whole number is left
  return { low: (low + high) / 2 - reach, high: (low + high) / 2 + reach };
}

/**
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
export function refuseFarStart(scene, tables, problems) {
  const { domain } = surfaceOf(tables, scene);
  const farthest = farthestOf(domain);
  const { start } = scene.knobs;
  if (!start || Math.hypot(...domain.map(([low, high], axis) => start[axis] - (low + high) / 2)) <= farthest) return;
  const far = Math.round(farthest);
  refuse(problems, "start", String(start), say("two numbers x,y at most {far} from the middle of the surface", { far }));
  delete scene.knobs.start;
}

/**
 * Data of one's own: classes are 0 and 1, and there are as many examples as rows.
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
export function refuseRows(scene, tables, problems) {
  const { rows, examples } = scene.knobs;
  if (!rows) return;
  const isClass = (/** @type {number} */ y) => y === 0 || y === 1;
  if (scene.surface === "logistic-regression" && !rows.every((/** @type {number} */ value, /** @type {number} */ at) => at % 2 === 0 || isClass(value))) {
    refuse(problems, "rows", rows.join(","), say("every y is a class, 0 or 1"));
    delete scene.knobs.rows;
    return;
  }
  if (examples === undefined) return;
  delete scene.knobs.examples;
  const n = sceneValue(tables, scene, "examples");
  if (examples !== n) refuse(problems, "examples", String(examples), say("{n}, the number of rows", { n }));
}

/**
 * @param {Record<string, any>} knobs
 * @param {string} label
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
export function refuseLargeBatch(knobs, label, scene, tables, problems) {
  const n = sceneValue(tables, scene, "examples");
  if (!(knobs.batch > n)) return;
  refuse(problems, label, String(knobs.batch), say("a whole number from 1 to {n} (all examples)", { n }));
  delete knobs.batch;
}

/**
 * Values that are good alone and not together.
 * @param {Scene} scene
 * @param {Tables} tables
 * @param {Problem[]} problems
 */
export function refuseTogether(scene, tables, problems) {
  const n = sceneValue(tables, scene, "examples");
  const batches = scene.runs.map((run) => runValue(tables, scene, run, "batch"));
  if (scene.knobs.shuffle === "replacement" && batches.includes(n)) {
    refuse(problems, "shuffle", "replacement", say("another shuffle, unless every run's batch is below the number of examples"));
    delete scene.knobs.shuffle;
  }
  const most = mostUpdates(scene, tables);
  const updates = sceneValue(tables, scene, "updates");
  if (updates <= most) return;
  refuse(problems, "updates", String(updates), say("from 1 to {most} with these runs and examples", { most }));
  scene.knobs.updates = Math.min(most, sceneDefault(tables, scene, "updates"));
}

/**
 * How many updates one question may cost: each run's batch, and all examples for the training loss.
 * @param {Scene} scene
 * @param {Tables} tables
 */
export function mostUpdates(scene, tables) {
  const n = sceneValue(tables, scene, "examples");
  const each = scene.runs.reduce((sum, run) => sum + runValue(tables, scene, run, "batch") + n, 0);
  return Math.floor((tables.limits.evaluations ?? Infinity) / (each * surfaceOf(tables, scene).weight));
}
