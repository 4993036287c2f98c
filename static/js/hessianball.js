import { placeWords } from "./criticalpoints.js";
import { count } from "./numbers.js";
import { momentOf } from "./readout.js";
import { runNames } from "./runnames.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */

/**
 * Where the chosen run is at the playhead, and how to call that place.
 * @param {{store: import("./scene.js").Store, selection: import("./selection.js").Selection, playhead: import("./playhead.js").Playhead,
 *   timebar: {paths: import("./path.js").Paths|null, near: import("./path.js").Paths|null}}} parts
 * @returns {{asked: {of: number, index: number}, words: string}|null}
 */
export function ballAt({ store, selection, playhead, timebar: { paths, near } }) {
  const { index } = selection;
  if (!paths?.runs[index]?.theta1.length) return null;
  const { theta1, theta2, update } = momentOf(paths, near, index, playhead.at);
  const run = runNames(store.scene, store.tables)[index];
  const at = /** @type {Pair} */ ([theta1, theta2]);
  return { asked: { of: index, index: update }, words: say("{run}, update {k}, {place}", { run, k: count(update), place: placeWords(at) }) };
}
