import { isShelf, signOf } from "./criticalpoints.js";
import { figure } from "./numbers.js";
import { say } from "./words.js";

/** What the Hessian at a point says, in words. u₁ is the direction of the lower curvature, u₂ of the higher. */

/** @typedef {[number, number]} Pair */
/** @typedef {{kind: string|null, valley: boolean, gradient: Pair, eigenvalues: Pair|null}} Bend  `kind` is null away from critical points */

/** @param {Bend} bend */
export function verdict(bend) {
  if (!bend.eigenvalues) return say("There is no Hessian here: the loss has a tip.");
  if (bend.kind === null) return say("Not a critical point.");
  if (bend.valley) return valleyVerdict(bend);
  return isShelf(bend) ? say("A saddle, a shelf: flat along u₁, yet the loss falls on one side.") : plainVerdicts[bend.kind]();
}

/** @type {Record<string, () => string>} */
const plainVerdicts = {
  minimum: () => say("A minimum: up in every direction."),
  maximum: () => say("A maximum: down in every direction."),
  saddle: () => say("A saddle: down along u₁."),
  flat: () => say("Flat: the Hessian is zero here and cannot decide."),
};

/** @param {Bend} bend */
function valleyVerdict({ kind }) {
  return kind === "minimum" ? say("A minimum in a valley: flat along u₁, up along u₂.") : say("A maximum on a ridge: down along u₁, flat along u₂.");
}

/**
 * "The loss curves up by 2.4 along u₂, down by 0.8 along u₁."
 * @param {Bend} bend
 */
export function curvatures({ kind, eigenvalues }) {
  if (!eigenvalues) return "";
  const [low, high] = eigenvalues;
  const [down, up] = kind === "flat" ? [0, 0] : [signOf(low, eigenvalues), signOf(high, eigenvalues)];
  const values = { one: figure(Math.abs(low)), two: figure(Math.abs(high)) };
  return sentences[`${down} ${up}`](values);
}

/** @type {Record<string, (values: {one: string, two: string}) => string>} */
const sentences = {
  "-1 1": (values) => say("The loss curves up by {two} along u₂, down by {one} along u₁.", values),
  "1 1": (values) => say("The loss curves up by {two} along u₂ and by {one} along u₁.", values),
  "-1 -1": (values) => say("The loss curves down by {one} along u₁ and by {two} along u₂.", values),
  "0 1": (values) => say("The loss curves up by {two} along u₂ and is flat along u₁.", values),
  "-1 0": (values) => say("The loss curves down by {one} along u₁ and is flat along u₂.", values),
  "0 0": () => say("The loss does not curve here in any direction."),
};

/** @param {Bend} bend */
export function gradientWords({ kind, gradient }) {
  const size = Math.hypot(...gradient);
  if (kind !== null) return say("The gradient is zero (its length is {size}): a critical point.", { size: figure(size, 2) });
  return say("The gradient has length {size}; the Hessian still says how the ground bends here.", { size: figure(size) });
}

/**
 * A loss that stands still near a critical point need not be at a minimum.
 * @param {{name: string, kind: string, distance: number}} near
 */
export function nearWords({ name, kind, distance }) {
  const values = { name, distance: figure(distance, 2) };
  if (kind === "saddle") return say("Flat loss, but a saddle: {name} is only {distance} away, and along u₁ it goes down.", values);
  if (kind === "maximum") return say("The maximum {name} is only {distance} away.", values);
  if (kind === "flat") return say("The flat point {name} is only {distance} away.", values);
  return say("The minimum {name} is only {distance} away.", values);
}
