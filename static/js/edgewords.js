import { limitFormula } from "./maptheory.js";
import { figure } from "./numbers.js";
import { say, withCommas } from "./words.js";

/** What is said about the limits of η: beside a slider, aloud, and on the card of a run that diverged. */

/** @typedef {import("./edges.js").Edge} Edge */
/** @typedef {{name: string, edge: Edge}} Held  a run with its edge */
/** @typedef {{value: number, isNoisy: boolean}} Mark */
/** @typedef {{marks: Mark[], notes: {isNoisy: boolean, words: string}[], spoken: string}} Told */

/** Noise takes something away only where the two limits differ. @param {Edge} edge */
function isLower({ noisy, limit }) {
  return noisy !== null && noisy < limit * (1 - 1e-6);
}

/**
 * Of the runs that follow one slider, those that are the first to be thrown out.
 * @param {Held[]} held
 * @param {boolean} isShared  several runs may follow it, so that names are needed
 * @returns {Told}
 */
export function edgesTold(held, isShared) {
  if (!held.length) return { marks: [], notes: [], spoken: "" };
  const first = held.reduce((best, one) => (one.edge.limit < best.edge.limit ? one : best));
  const noisy = held.filter(({ edge }) => isLower(edge));
  const told = [limitNote(first, isShared), ...(noisy.length ? [noiseNote(lowest(noisy), isShared && lowest(noisy) !== first)] : [])];
  return { marks: marksOf(held), notes: told, spoken: withCommas(told.map(({ words }) => words)) };
}

/** @param {Held[]} held */
function lowest(held) {
  return held.reduce((best, one) => ((one.edge.noisy ?? 0) < (best.edge.noisy ?? 0) ? one : best));
}

/** @param {Held[]} held @returns {Mark[]} */
function marksOf(held) {
  const noisy = held.filter(({ edge }) => isLower(edge)).map(({ edge }) => edge.noisy ?? 0);
  const values = (/** @type {number[]} */ all, /** @type {boolean} */ isNoisy) => [...new Set(all)].map((value) => ({ value, isNoisy }));
  return [...values(held.map(({ edge }) => edge.limit), false), ...values(noisy, true)];
}

/** @param {Held} held @param {boolean} isShared */
function limitNote({ name, edge }, isShared) {
  const values = { limit: figure(edge.limit), run: name, minimum: edge.minimum };
  const words = isShared ? say("stable below {limit} ({run} at {minimum})", values) : say("η stable below {limit} at {minimum}", values);
  return { isNoisy: false, words };
}

/** @param {Held} held @param {boolean} isShared */
function noiseNote({ name, edge }, isShared) {
  const { batch } = edge;
  if (edge.noisy === 0) return { isNoisy: true, words: say("with batches of {batch} at no η", { batch }) };
  const values = { noisy: figure(edge.noisy ?? NaN), run: name, batch };
  const words = isShared ? say("with batches of {batch} below {noisy} ({run})", values) : say("with batches of {batch} below {noisy}", values);
  return { isNoisy: true, words };
}

/**
 * Why a run diverged, as far as theory knows: η against its limit at the minimum nearest to its start.
 * @param {string} rule
 * @param {number} eta
 * @param {Edge|null} edge
 */
export function whyWords(rule, eta, edge) {
  if (!edge) return "";
  const values = { formula: limitFormula(rule, "λmax"), limit: figure(edge.limit), minimum: edge.minimum, noisy: figure(edge.noisy ?? NaN), batch: edge.batch };
  if (eta > edge.limit) return say("η is above {formula} = {limit} at {minimum}", values);
  if (edge.noisy !== null && eta > edge.noisy) return say("η is above {noisy}, where batches of {batch} stop holding at {minimum}", values);
  return say("η is below {formula} = {limit} at {minimum}: it was thrown out on the way", values);
}
