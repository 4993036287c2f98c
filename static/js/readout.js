import { count, steady } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./path.js").Paths} Paths */

/** In which epoch update k was made; nothing has been seen before the first. @param {number} update @param {number} perEpoch */
export function epochOf(update, perEpoch) {
  return update === 0 ? 0 : Math.floor((update - 1) / perEpoch) + 1;
}

/**
 * The numbers at the playhead: exact ones from a window where the path itself was thinned.
 * @param {Paths} paths
 * @param {Paths|null} near
 * @param {number} run
 * @param {number} at
 */
export function momentOf(paths, near, run, at) {
  const figures = paths.runs[run];
  const source = near && holds(near, run, Math.min(at, figures.updates)) ? near : paths;
  const row = source.rowAt(run, at);
  const { theta1, theta2, loss } = source.runs[run];
  const update = Math.round(source.updateAt(run, row));
  return { update, epoch: epochOf(update, figures.updates_per_epoch), theta1: theta1[row], theta2: theta2[row], loss: loss[row] };
}

/**
 * @param {Paths} near
 * @param {number} run
 * @param {number} at
 */
function holds(near, run, at) {
  const update = near.runs[run]?.update;
  return Boolean(update?.length) && update !== null && update[0] <= at && update[update.length - 1] >= at;
}

/**
 * @param {Paths} paths
 * @param {Paths|null} near
 * @param {number} run
 * @param {number} at
 */
export function readoutText(paths, near, run, at) {
  const { update, epoch, loss } = momentOf(paths, near, run, at);
  const values = { k: count(update), e: count(epoch), l: steady(loss) };
  return Number.isFinite(loss) ? say("update {k} · epoch {e} · loss {l}", values) : say("update {k} · epoch {e} · no number", values);
}
