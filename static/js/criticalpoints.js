import { figure } from "./numbers.js";
import { say } from "./words.js";

/** The critical points of the drawn training loss: their names, and what is said about each. */

/** @typedef {[number, number]} Pair */
/**
 * As the server tells them. `curve`: a whole line of such points; eigenvalues are null where the loss has a tip.
 * @typedef {{at: Pair, loss: number, kind: string, valley: boolean, eigenvalues: Pair|null, eigenvectors: [Pair, Pair]|null,
 *   curve: Pair[]|null}} Point
 */
/** @typedef {Point & {name: string}} Named */

const letters = /** @type {Record<string, string>} */ ({ minimum: "M", saddle: "S", maximum: "X", flat: "F" });

/** With more points than this the stage would hold nothing but letters; with as few as this there is room for words. */
const mostLetters = 25;
const mostWords = 5;

/**
 * M1, M2, S1: a letter for the kind, a number in the order of the table.
 * @param {Point[]} points
 * @returns {Named[]}
 */
export function named(points) {
  const counts = /** @type {Record<string, number>} */ ({});
  return points.map((point) => {
    const letter = letters[point.kind] ?? letters.flat;
    counts[letter] = (counts[letter] ?? 0) + 1;
    return { ...point, name: letter + counts[letter] };
  });
}

/** @param {string} kind */
function kindWord(kind) {
  const words = /** @type {Record<string, string>} */ ({ minimum: say("minimum"), saddle: say("saddle"), maximum: say("maximum"), flat: say("flat") });
  return words[kind] ?? "";
}

/** @param {Point} point */
export function kindWords(point) {
  if (point.valley) return point.kind === "minimum" ? say("valley of minima") : say("ridge of maxima");
  return isShelf(point) ? say("saddle, a shelf") : kindWord(point.kind);
}

/**
 * A saddle that the Hessian alone does not show: along one direction it is zero, and the loss falls on one side only.
 * @param {{kind: string|null, eigenvalues: Pair|null}} point
 */
export function isShelf({ kind, eigenvalues }) {
  return kind === "saddle" && eigenvalues !== null && !(signOf(eigenvalues[0], eigenvalues) < 0 && signOf(eigenvalues[1], eigenvalues) > 0);
}

/**
 * −1, 0 or 1; a curvature that is nothing beside the other one counts as zero.
 * @param {number} value
 * @param {Pair} both
 */
export function signOf(value, both) {
  const size = Math.max(...both.map(Math.abs));
  return Math.abs(value) <= 1e-6 * size ? 0 : Math.sign(value);
}

/** Nearer to zero than this a coordinate that was computed is zero. */
const zero = 1e-12;

/** @param {ArrayLike<number>} at */
export function placeWords(at) {
  const [x, y] = [at[0], at[1]].map((value) => figure(Math.abs(value) < zero ? 0 : value));
  return say("({x}, {y})", { x, y });
}

/**
 * What stands beside a point on the stage: words while there is room for them, then letters, then only the chosen point's.
 * @param {Named} point
 * @param {number} count
 * @param {boolean} isChosen
 */
export function labelOf(point, count, isChosen) {
  if (count <= mostWords) return say("{name} {kind}", { name: point.name, kind: point.valley ? kindWords(point) : kindWord(point.kind) });
  return count <= mostLetters || isChosen ? point.name : "";
}

/** Many signs stand below the paths. @param {number} count */
export function isCrowd(count) {
  return count > mostLetters;
}

/**
 * The point nearest to a place, if one is within reach.
 * @template {Point} Kind
 * @param {Kind[]} points
 * @param {ArrayLike<number>} at
 * @param {number} reach
 * @returns {{point: Kind, distance: number}|null}
 */
export function nearest(points, at, reach) {
  /** @type {{point: Kind, distance: number}|null} */
  let best = null;
  for (const point of points) {
    const distance = distanceTo(point, at);
    if (distance <= (best?.distance ?? reach)) best = { point, distance };
  }
  return best;
}

/**
 * @param {Point} point
 * @param {ArrayLike<number>} at
 */
function distanceTo({ at: place, curve }, at) {
  const places = curve ? [place, ...curve] : [place];
  return Math.min(...places.map(([x, y]) => Math.hypot(x - at[0], y - at[1])));
}
