import { forcesOf, hasMomentum } from "./inspectorstory.js";
import { isFinitePair, plus, size, times } from "./vectors.js";

/** The arrows of one update, in the units of θ: what is drawn from where to where, and how large. Pure; arrowsart.js draws them. */

/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {"gradient"|"reverse"|"carried"|"movement"} Part */
/** @typedef {{part: Part, from: Pair, to: Pair, label: string}} Arrow */

/** @type {Part[]} */
const everyPart = ["gradient", "reverse", "carried", "movement"];

/**
 * The parts of this rule's update, in the order they are told.
 * @param {string} rule
 * @returns {Part[]}
 */
export function partsOf(rule) {
  return hasMomentum(rule) ? everyPart : ["gradient", "movement"];
}

/**
 * How a part is written beside its arrow.
 * @param {Part} part
 * @param {string} rule
 */
export function partSign(part, rule) {
  if (part === "movement" && rule === "gd") return "−ηg";
  return { gradient: "g", reverse: "−ηg", carried: "λm", movement: hasMomentum(rule) ? "m" : "Δθ" }[part];
}

/**
 * Head to tail: what is left of the previous movement first, the reverse gradient from its tip, and the movement from the ball to the end.
 * While the story has not come to the previous movement yet, the reverse gradient starts at the ball.
 * @param {string} rule
 * @param {Update} update
 * @param {number} factor  how much shorter or longer the gradient is drawn than it is
 * @param {number} shown  so many parts of the story
 * @returns {Arrow[]}
 */
export function arrowsOf(rule, update, factor, shown = Infinity) {
  const { gradient, reverse, carried, movement } = forcesOf(rule, update);
  const { before, probe } = update;
  const parts = partsOf(rule).slice(0, shown);
  const tip = parts.includes("carried") ? plus(before, carried) : before;
  /** @type {Record<Part, [Pair, Pair]>} */
  const lines = {
    gradient: [probe, plus(probe, times(gradient, factor))],
    reverse: [tip, plus(tip, reverse)],
    carried: [before, plus(before, carried)],
    movement: [before, plus(before, movement)],
  };
  const arrows = parts.map((part) => ({ part, from: lines[part][0], to: lines[part][1], label: partSign(part, rule) }));
  return arrows.filter(({ from, to }) => isFinitePair(from) && isFinitePair(to));
}

const coarse = [5, 2, 1];
const fine = [8, 6, 5, 4, 3, 2, 1.5, 1];

/**
 * The nearest of 1, 2, 5 times a power of ten that is not above the number.
 * @param {number} value
 * @param {number[]} leads  from high to low
 */
export function roundDown(value, leads = coarse) {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const lead = leads.find((round) => value / power >= round - 1e-9) ?? 1;
  return Number((lead * power).toPrecision(3));
}

/**
 * So that the longest gradient nearby is about `reach` long: one factor for all of them, so that a small gradient looks small.
 * @param {Update[]} updates
 * @param {number} reach
 */
export function gradientFactor(updates, reach) {
  const lengths = updates.map(({ gradient }) => (isFinitePair(gradient) ? size(gradient) : 0));
  const longest = Math.max(0, ...lengths.filter(Number.isFinite));
  return longest > 0 ? roundDown(reach / longest) : 1;
}

/**
 * A factor no larger than this one, with which a gradient at a place stays inside.
 * @param {number} factor
 * @param {(factor: number) => boolean} isInside
 */
export function fittingFactor(factor, isInside) {
  let fitting = factor;
  for (let tries = 0; tries < 6 && !isInside(fitting); tries++) fitting = roundDown(fitting * 0.6);
  return isInside(fitting) ? fitting : factor;
}

/** Movements shorter than this many pixels are looked at through a magnifier. */
const tooShort = 24;

/**
 * How much a magnifier must enlarge (or, below 1, reduce) the movement's parts; null where the stage shows them well.
 * @param {Arrow[]} arrows  in pixels
 * @param {number} lens  the room there is in the magnifier
 * @param {(at: Pair) => boolean} isInside
 */
export function zoomOf(arrows, lens, isInside) {
  const ends = arrows.flatMap(({ from, to }) => [from, to]);
  const longest = Math.max(0, ...arrows.map(({ from, to }) => size([to[0] - from[0], to[1] - from[1]])));
  if (longest === 0 || (longest >= tooShort && ends.every(isInside))) return null;
  const zoom = lens / longest;
  return zoom >= 1 ? roundDown(zoom, fine) : roundDown(zoom);
}

/**
 * A round length near a third of the stage, for the scale bar.
 * @param {number} unit  the length of one pixel
 * @param {number} pixels  about so long
 */
export function barLength(unit, pixels) {
  return roundDown(unit * pixels);
}

/** Shorter than this in pixels an arrow is a dot. */
export const shortest = 2.5;

/**
 * How far aside each arrow is drawn where they lie on one line, so that none covers another: the movement stays on the line.
 * @param {Arrow[]} arrows  in pixels
 * @param {number} lane
 * @returns {Map<Part, Pair>}
 */
export function lanesOf(arrows, lane) {
  const seen = arrows.filter(({ from, to }) => size([to[0] - from[0], to[1] - from[1]]) >= shortest);
  const along = arrows.length > 2 && seen.length ? spineOf(seen) : null;
  /** @type {Map<Part, Pair>} */
  const lanes = new Map();
  if (!along) return lanes;
  const aside = /** @type {Pair} */ ([-along[1] * lane, along[0] * lane]);
  const beside = seen.filter(({ part }) => part === "carried" || part === "reverse").sort((one) => (one.part === "carried" ? -1 : 1));
  beside.forEach(({ part }, place) => lanes.set(part, times(aside, place + 1)));
  lanes.set("gradient", times(aside, -1));
  return lanes;
}

/** Farther than this many pixels from one line, arrows do not cover each other. */
const thin = 9;

/**
 * The direction of the line on which all arrows lie; null where they do not.
 * @param {Arrow[]} arrows
 * @returns {Pair|null}
 */
function spineOf(arrows) {
  const origin = arrows[0].from;
  const corners = arrows.flatMap(({ from, to }) => [from, to]).map(([x, y]) => /** @type {Pair} */ ([x - origin[0], y - origin[1]]));
  const farthest = corners.reduce((one, other) => (size(other) > size(one) ? other : one));
  const length = size(farthest);
  if (length < 1) return null;
  const along = times(farthest, 1 / length);
  const isThin = corners.every(([x, y]) => Math.abs(x * along[1] - y * along[0]) < thin);
  return isThin ? [Math.abs(along[0]), along[0] < 0 ? -along[1] : along[1]] : null;
}
