import { roundDown } from "./arrows.js";
import { forcesOf, hasMomentum } from "./inspectorstory.js";

/** @typedef {import("./cut.js").Cut} Cut */
/** @typedef {import("./anatomy.js").Anatomy} Anatomy */
/** @typedef {import("./types.js").PathRun} PathRun */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./arrows.js").Part} Part */
/** @typedef {import("./stage1dpush.js").Push} Push */

/** The longest movement is drawn about as long as this part of the cut. */
const share = 0.25;

/**
 * The arrows of the update that happens from the ball, as lengths along the cut.
 * @param {Anatomy|null} anatomy
 * @param {Paths|null} paths
 * @param {number} at
 * @param {Cut} cut
 * @returns {Push|null}
 */
export function pushOf(anatomy, paths, at, cut) {
  const update = anatomy?.at(at);
  const run = anatomy && paths?.runs[anatomy.of];
  if (!update || !run) return null;
  const forces = forcesOf(anatomy.rule, update);
  const along = (/** @type {Part} */ part) => forces[part][0] * cut.way[0] + forces[part][1] * cut.way[1];
  const { before } = update;
  const from = { s: cut.along(before), off: cut.off(before), loss: run.loss[paths.rowAt(anatomy.of, update.index)] };
  return { rule: anatomy.rule, from, factor: factorOf(run, cut), parts: new Map(partsOf(anatomy.rule).map((part) => [part, along(part)])) };
}

/** @param {string} rule @returns {Part[]} */
function partsOf(rule) {
  return hasMomentum(rule) ? ["carried", "reverse", "movement"] : ["reverse", "movement"];
}

/**
 * One factor for the whole path, so that a small arrow means a small number.
 * @param {PathRun} run
 * @param {Cut} cut
 */
export function factorOf({ theta1, theta2, every }, cut) {
  let longest = 0;
  for (let row = 1; row < theta1.length; row++) {
    const [before, after] = [row - 1, row].map((k) => cut.along([theta1[k], theta2[k]]));
    const inside = Math.min(before, after) >= 0 && Math.max(before, after) <= cut.length;
    if (inside) longest = Math.max(longest, Math.abs(after - before) / Math.max(every, 1));
  }
  return longest > 0 ? roundDown((share * cut.length) / longest) : 1;
}
