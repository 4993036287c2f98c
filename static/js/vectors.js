/** Plane vectors, as pairs. */

/** @typedef {[number, number]} Pair */

/** @param {Pair} vector */
export function size([x, y]) {
  return Math.hypot(x, y);
}

/** @param {Pair} one @param {Pair} other */
export function dot(one, other) {
  return one[0] * other[0] + one[1] * other[1];
}

/** @param {Pair} one @param {Pair} other @returns {Pair} */
export function plus(one, other) {
  return [one[0] + other[0], one[1] + other[1]];
}

/** @param {Pair} one @param {Pair} other @returns {Pair} */
export function minus(one, other) {
  return [one[0] - other[0], one[1] - other[1]];
}

/** @param {Pair} vector @param {number} factor @returns {Pair} */
export function times([x, y], factor) {
  return [x * factor, y * factor];
}

/**
 * The cosine of the angle between two vectors; 0 where one of them has no length.
 * @param {Pair} one
 * @param {Pair} other
 */
export function cosine(one, other) {
  const both = size(one) * size(other);
  return both > 0 ? dot(one, other) / both : 0;
}

/** @param {readonly (number|null)[]|null|undefined} vector @returns {vector is Pair} */
export function isFinitePair(vector) {
  return Boolean(vector) && /** @type {any[]} */ (vector).every(Number.isFinite);
}

const compass = ["→", "↗", "↑", "↖", "←", "↙", "↓", "↘"];

/** The sign of a direction as the stage shows it. @param {Pair} vector */
export function direction([x, y]) {
  if (x === 0 && y === 0) return "";
  return compass[(Math.round(Math.atan2(y, x) / (Math.PI / 4)) + 8) % 8];
}
