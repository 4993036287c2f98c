/** Where things stand on a profile. */

/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./cut.js").Cut} Cut */
/** @typedef {import("./criticalmarks.js").Mark} Mark */
/** @typedef {{s: number, loss: number, off: number}} Place  along the cut, at its real loss, and how far beside the cut */

/** A ball nearer to the cut than this part of its length is on it. */
const beside = 1e-3;

/** A critical point nearer to the cut than this part of its length is on it. */
const near = 5e-3;

/** @param {{off: number}} place @param {{cut: Cut}} profile */
export function isOff({ off }, { cut }) {
  return off > beside * cut.length;
}

/**
 * @param {{s: number, loss: number}} place
 * @param {Axes} axes
 * @param {{cut: Cut}} profile
 */
export function pixel({ s, loss }, axes, { cut }) {
  return { x: axes.x(cut.origin + s), y: axes.y(loss) };
}

/**
 * A ball touches the ground at its place: its middle stands off by its radius, at right angles to the curve. Beside the cut it floats.
 * @param {Place} place
 * @param {{axes: Axes, profile: Profile}} sight
 * @param {number} radius
 */
export function ballOn(place, { axes, profile }, radius) {
  const touch = pixel(place, axes, profile);
  const rise = isOff(place, profile) ? 0 : (profile.slopeAt(place.s) * (axes.y(0) - axes.y(1))) / (axes.x(1) - axes.x(0));
  const long = Math.hypot(1, rise);
  return { x: touch.x - (radius * rise) / long, y: touch.y - radius / long, touch };
}

/**
 * The critical points on a cut.
 * @param {Mark[]} marks
 * @param {Profile} profile
 * @param {boolean} isNarrow  room for letters, not for words
 */
export function marksOn(marks, profile, isNarrow) {
  const { cut } = profile;
  const isOn = (/** @type {Mark} */ { at }) => cut.off(at) < near * cut.length && cut.along(at) >= 0 && cut.along(at) <= cut.length;
  return marks.filter(isOn).map(({ at, kind, name = "", label, isChosen = false }) => {
    const s = cut.along(at);
    return { s, loss: profile.at(s), kind, label: isNarrow ? name : label, isChosen };
  });
}

/**
 * Level places that no critical point stands on.
 * @param {Profile} profile
 * @param {{s: number}[]} marks
 */
export function bareLevels(profile, marks) {
  return profile.levels().filter(({ s }) => marks.every((mark) => Math.abs(mark.s - s) > 2 * near * profile.cut.length));
}

/**
 * @param {ArrayLike<number>} start
 * @param {Profile} profile
 * @param {number} loss  where it lies beside the cut
 * @returns {Place}
 */
export function startOn(start, profile, loss) {
  const place = { s: profile.cut.along(start), off: profile.cut.off(start), loss };
  return isOff(place, profile) ? place : { ...place, loss: profile.at(place.s) };
}
