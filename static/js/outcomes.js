import { say, sayMany } from "./words.js";
import { count, figure } from "./numbers.js";

/** @typedef {import("./types.js").Figures} Figures */

/** One kind of ending for every figure a path can end with. @param {Figures} run */
export function ending(run) {
  if (run.outcome === "saddle") return run.left === null ? "saddle" : "other-saddle";
  if (run.outcome !== "minimum") return run.outcome;
  if (run.valley) return "valley";
  return run.settled === null || rattles(run) ? "around" : "minimum";
}

/** Batches keep a run moving for ever: being near the minimum at the end is no arrival. @param {Figures} run */
function rattles(run) {
  return run.updates_per_epoch > 1;
}

/** A stay that began in the last tenth may be chance. @param {Figures} run */
export function since(run) {
  return run.settled !== null && run.settled <= 0.9 * run.updates ? run.settled : null;
}

/** @param {number} n */
function updates(n) {
  return { n: count(n) };
}

/** @param {Figures} run */
function leaving(run) {
  if (run.leaves === null) return "";
  return say("it would leave at update {n}", updates(run.leaves));
}

/** @type {Record<string, (run: Figures) => string>} */
const words = {
  saddle: (run) => sayMany("at a saddle after {n} update", "at a saddle after {n} updates", run.updates, updates(run.updates)),
  "other-saddle": (run) => say("at another saddle after {n} updates", updates(run.updates)),
  minimum: (run) =>
    sayMany("reached a minimum in {n} update", "reached a minimum in {n} updates", run.settled ?? 0, updates(run.settled ?? 0)),
  around: (run) =>
    since(run) === null ? say("moves around a minimum") : say("around a minimum since update {n}", updates(since(run) ?? 0)),
  valley: () => say("in a valley of minima"),
  maximum: () => say("at a maximum"),
  flat: () => say("at a critical point the Hessian cannot decide"),
  moving: (run) => say("still travelling after {n} updates", updates(run.updates)),
  diverged: (run) => say("diverged at update {n}", updates(run.diverged ?? run.updates)),
};

/**
 * How this run ended, for its card.
 * @param {Figures} run
 */
export function outcomeWords(run) {
  const left = run.left === null ? "" : say("left the saddle at update {n}", updates(run.left));
  return [left, words[ending(run)](run), leaving(run), averaging(run)].filter(Boolean).join("; ");
}

/** @param {Figures} run */
function averaging({ average }) {
  if (!average) return "";
  const { from, loss } = average;
  return say("the mean of its points from update {n} on has loss {loss}", { n: figure(from), loss: figure(loss ?? NaN) });
}
