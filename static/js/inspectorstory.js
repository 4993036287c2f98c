import { cosine, dot, isFinitePair, size } from "./vectors.js";

/** What happened in one update, as one word for a sentence: decided from its numbers alone. */

/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./anatomy.js").Pair} Pair */
/**
 * `next`: the update after this one, where there is one; `unit`: the length of the domain's diagonal.
 * @typedef {{rule: string, update: Update, next: Update|null, diverges: boolean, unit: number}} Case
 * @typedef {{gradient: Pair, reverse: Pair, carried: Pair, movement: Pair}} Forces
 */

/** Shorter than this share of the domain's diagonal nobody sees a movement. */
const still = 1e-4;

/** A reverse gradient below this share of the previous movement hardly changes it. */
const hardly = 0.05;

/** Vectors whose angle has a smaller cosine than this stand across each other. */
const across = 0.5;

const withMomentum = ["momentum", "nesterov"];
const withCurvature = ["newton", "saddle-free-newton"];

/** @param {string} rule */
export function hasMomentum(rule) {
  return withMomentum.includes(rule);
}

/** @param {string} rule */
function usesCurvature(rule) {
  return withCurvature.includes(rule);
}

/**
 * What pulls in this update; `carried` is λm, what is left of the previous movement.
 * @param {string} rule
 * @param {Update} update
 * @returns {Forces}
 */
export function forcesOf(rule, { gradient, reverse_gradient, previous_movement, movement, values }) {
  const lambda = hasMomentum(rule) ? Number(values["λ"] ?? 0) : 0;
  const pair = (/** @type {readonly (number|null)[]} */ [x, y]) => /** @type {Pair} */ ([x ?? NaN, y ?? NaN]);
  const [m1, m2] = pair(previous_movement);
  const carried = /** @type {Pair} */ (lambda === 0 ? [0, 0] : [lambda * m1, lambda * m2]);
  return { gradient: pair(gradient), reverse: pair(reverse_gradient), carried, movement: pair(movement) };
}

/**
 * @param {Case} given
 * @returns {string}
 */
export function storyOf(given) {
  const { rule, update, diverges, next } = given;
  const forces = forcesOf(rule, update);
  if (!isFinitePair(update.gradient)) return "nowhere";
  if (!isFinitePair(update.after) || !isFinitePair(update.movement)) return "left";
  if (diverges && next && climbs(forces, forcesOf(rule, next))) return "overshot";
  if (diverges && !next) return "left";
  if (usesCurvature(rule)) return curved(rule, forces);
  if (hasMomentum(rule)) return rolled(forces, given.unit);
  return rule === "gd" ? walked(forces, given.unit) : scaled(rule, update, forces);
}

/**
 * On the other side of the valley the slope is steeper, and points back.
 * @param {Forces} now
 * @param {Forces} next
 */
function climbs({ gradient, movement }, next) {
  return dot(next.gradient, movement) > 0 && size(next.gradient) > size(gradient);
}

/**
 * @param {Forces} forces
 * @param {number} unit
 */
function walked({ gradient, movement }, unit) {
  if (size(gradient) === 0) return "stopped";
  return size(movement) < still * unit ? "stuck" : "downhill";
}

/**
 * @param {Forces} forces
 * @param {number} unit
 */
function rolled({ reverse, carried, movement }, unit) {
  const [push, pull] = [size(carried), size(reverse)];
  if (Math.max(push, pull) < still * unit) return "rest";
  if (push === 0) return "first";
  if (pull < hardly * push) return "carried";
  const angle = cosine(carried, reverse);
  if (angle > across) return "together";
  if (angle >= -across) return "bent";
  if (dot(movement, reverse) < 0) return "against";
  return dot(movement, carried) < 0 ? "turned" : "bent";
}

/**
 * @param {string} rule
 * @param {Update} update
 * @param {Forces} forces
 */
function scaled(rule, { index }, { gradient, movement }) {
  if (size(gradient) === 0 && size(movement) === 0) return "stopped";
  if (index === 0) return rule === "rmsprop" ? "scaled-early" : "scaled-first";
  const carriesOn = rule.startsWith("adam") && [0, 1].some((k) => gradient[k] * movement[k] > 0);
  return carriesOn ? "scaled-on" : rule === "adagrad" ? "scaled-all" : "scaled";
}

/**
 * @param {string} rule
 * @param {Forces} forces
 */
function curved(rule, { gradient, movement }) {
  if (size(gradient) === 0) return "stopped";
  if (rule !== "newton") return "curved-free";
  return dot(gradient, movement) > 0 ? "curved-up" : "curved-down";
}
