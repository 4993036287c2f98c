import { sceneKnobs, writeKnobs, writeScene } from "./address.js";
import { Ground } from "./ground.js";
import { sceneValue } from "./rows.js";
import { updatesIn, watchedBatches, watchedScene } from "./watchclock.js";

/** The epoch that is watched, asked of the public API. */

/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {import("./scene.js").Store} Store */
/** @typedef {{batch: number, batches: number[][], theta: Pair[], loss: (number|null)[], updates: number}} Course  θ before its first update and after each */
/** @typedef {{epoch: number, count: number, courses: Course[]}} Watched */

const cells = 100;
const ofExamples = ["examples", "spread", "noise", "data"];

/** @param {string} address @returns {Promise<Response>} */
async function answerTo(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

/**
 * @param {Store} store
 * @param {number} run  whose rule and knobs
 * @param {number} epoch
 * @returns {Promise<Watched>}
 */
export async function watchedEpoch({ tables, scene }, run, epoch) {
  const count = sceneValue(tables, scene, "examples");
  const sizes = watchedBatches(count, sceneValue(tables, scene, "shuffle"));
  const query = writeScene(watchedScene(scene, { run, batches: sizes, count, epoch }), tables);
  const [paths, ...orders] = await Promise.all([
    answerTo(`/api/paths?${query}`).then((answer) => answer.json()),
    ...sizes.map((_, of) => answerTo(`/api/epochs?${query}&of=${of}&first=${epoch}&epochs=1`).then((answer) => answer.json())),
  ]);
  const courses = sizes.map((batch, of) => courseOf(paths[of], batch, orders[of][0].batches, epoch, updatesIn(count, batch)));
  return { epoch, count, courses };
}

/**
 * @param {{theta: Pair[], loss: (number|null)[]}} path
 * @param {number} batch
 * @param {number[][]} batches
 * @param {number} epoch
 * @param {number} updates
 * @returns {Course}
 */
function courseOf({ theta, loss }, batch, batches, epoch, updates) {
  const first = epoch * updates;
  return { batch, batches, theta: theta.slice(first, first + updates + 1), loss: loss.slice(first, first + updates + 1), updates };
}

/**
 * The training loss in a window.
 * @param {Store} store
 * @param {{x: Pair, y: Pair}} window
 */
export async function groundIn({ tables, scene }, { x, y }) {
  const rows = sceneKnobs(tables, scene.surface).filter(({ name, scope }) => scope === "surface" || ofExamples.includes(name));
  const sides = `x=${x.join("..")}&y=${y.join("..")}&resolution=${cells}&format=f4`;
  const query = [...writeKnobs(rows, scene, tables), sides].join("&");
  const answer = await answerTo(`/api/surfaces/${scene.surface}/grid?${query}`);
  return new Ground({ x, y, shape: [cells, cells], loss: new Float32Array(await answer.arrayBuffer()) });
}
