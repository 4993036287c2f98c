import { say, sayMany, withSemicolons } from "./words.js";
import { count, figure } from "./numbers.js";

/** @typedef {import("./types.js").Figures} Figures */

/** The formula is no number where the run begins: it goes nowhere. @param {Figures & {loss?: ArrayLike<number>}} run */
export function startsNowhere({ diverged, loss }) {
  return diverged !== null && loss !== undefined && !Number.isFinite(loss[0]);
}

/** One kind of ending for every figure a path can end with. @param {Figures} run */
export function ending(run) {
  if (startsNowhere(run)) return "nowhere";
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

/** @type {Record<string, (run: Figures, why: string) => string>} */
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
  nowhere: () => say("the formula is no number at the start: move the start"),
  diverged: (run, why) => {
    const n = updates(run.diverged ?? run.updates);
    return why ? say("diverged at update {n}: {why}", { ...n, why }) : say("diverged at update {n}", n);
  },
};

/**
 * How this run ended, for its card.
 * @param {Figures} run
 * @param {string} [why] it diverged, as far as theory knows
 */
export function outcomeWords(run, why = "") {
  const left = run.left === null ? "" : say("left the saddle at update {n}", updates(run.left));
  return withSemicolons([left, words[ending(run)](run, why), leaving(run), averaging(run)]);
}

/** @param {Figures} run */
function averaging({ average }) {
  if (!average) return "";
  const { from, loss } = average;
  return say("the mean of its points from update {n} on has loss {loss}", { n: figure(from), loss: figure(loss ?? NaN) });
}
