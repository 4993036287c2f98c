import { arrowsOf, gradientFactor, roundDown } from "./arrows.js";
import { looks } from "./arrowsart.js";
import { zoomText } from "./arrowslens.js";
import { minus, plus, size, times } from "./vectors.js";
import { say } from "./words.js";

/** The arrows of an update in three dimensions: laid on the surface, a few points each. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./arrows.js").Part} Part */
/** @typedef {import("./arrowsview.js").Showing} Showing */
/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {import("./stage3dpaths.js").Line3D} Line3D */
/** @typedef {[number, number, number]} Spot */

/** @type {Part[]} */
const parts = ["gradient", "reverse", "carried", "movement"];

/** One trace for all halos, then one for each part. */
export const arrowTraces = 1 + parts.length;

const lifts = { halo: 0.05, line: 0.06 };
const pointsAlong = 14;

/** Of the shorter side of the window: how long the gradient is drawn at most, what nobody would see, and what a movement is enlarged to. */
const shares = { gradient: 0.28, tooShort: 0.03, enlarged: 0.15, head: 0.03 };

/**
 * @param {Line3D} nothing
 * @param {number} stroke
 */
export function emptyArrows(nothing, stroke) {
  const line = (/** @type {string} */ color, /** @type {number} */ width, dash = "solid") => ({
    ...nothing, type: "scatter3d", mode: "lines", hoverinfo: "skip", line: { color, width: width * stroke, dash }, connectgaps: false,
  });
  return [line("#ffffff", 9), ...parts.map((part) => line(looks[part].colour, 6, looks[part].dash.length ? "dash" : "solid"))];
}

/**
 * How much longer or shorter than they are everything is drawn, and the gradient beside that.
 * @param {Showing} showing
 * @param {Ground} ground
 */
function scales3d({ rule, update, near }, { x, y }) {
  const side = Math.min(x[1] - x[0], y[1] - y[0]);
  const lengths = arrowsOf(rule, update, 1).filter(({ part }) => part !== "gradient").map(({ from, to }) => size(minus(to, from)));
  const longest = Math.max(0, ...lengths);
  const fits = longest === 0 || (longest >= shares.tooShort * side && longest <= side);
  const zoom = fits ? 1 : roundDown((shares.enlarged * side) / longest);
  return { zoom, factor: gradientFactor(near, (shares.gradient * side) / zoom), side };
}

/**
 * What must be said about the drawing.
 * @param {Showing} showing
 * @param {Ground} ground
 */
export function arrowsNote(showing, ground) {
  const { zoom, factor } = scales3d(showing, ground);
  const values = { zoom: zoomText(zoom), factor: zoomText(factor * zoom) };
  return zoom === 1 ? say("g drawn at {factor}", values) : say("movement drawn at {zoom}, g at {factor}", values);
}

/**
 * One line per trace.
 * @param {Showing} showing
 * @param {Ground} ground
 * @param {Line3D} nothing
 * @returns {Line3D[]}
 */
export function arrowLines(showing, ground, nothing) {
  const { zoom, factor, side } = scales3d(showing, ground);
  const { before } = showing.update;
  const enlarged = (/** @type {Pair} */ at) => plus(before, times(minus(at, before), zoom));
  /** @type {Map<Part, Pair[]>} */
  const drawn = new Map();
  for (const { part, from, to } of arrowsOf(showing.rule, showing.update, factor, showing.shown)) {
    drawn.set(part, cornersOf(enlarged(from), enlarged(to), shares.head * side));
  }
  const whole = [...drawn.values()].flatMap((corners) => [...corners, /** @type {Pair} */ ([NaN, NaN])]);
  const lines = parts.map((part) => drawn.get(part));
  return [whole.length ? laid(whole, ground, lifts.halo) : nothing, ...lines.map((line) => (line ? laid(line, ground, lifts.line) : nothing))];
}

/**
 * Along the arrow to its tip, and over both barbs.
 * @param {Pair} from
 * @param {Pair} to
 * @param {number} head
 * @returns {Pair[]}
 */
export function cornersOf(from, to, head) {
  const way = minus(to, from);
  const length = size(way);
  const shaft = Array.from({ length: pointsAlong }, (_, k) => plus(from, times(way, k / (pointsAlong - 1))));
  if (length === 0) return shaft;
  const back = times(way, -Math.min(head, 0.5 * length) / length);
  const barb = (/** @type {number} */ side) => plus(to, [back[0] - side * 0.5 * back[1], back[1] + side * 0.5 * back[0]]);
  return [...shaft, barb(1), to, barb(-1), to];
}

/**
 * @param {Pair[]} corners
 * @param {Ground} ground
 * @param {number} lift
 * @returns {Line3D}
 */
function laid(corners, ground, lift) {
  const heights = corners.map(([x, y]) => ground.toning.of(ground.at(x, y)) + lift);
  const known = (/** @type {number} */ value, /** @type {number} */ k) => (Number.isFinite(heights[k]) ? value : NaN);
  return {
    x: Float32Array.from(corners, ([x], k) => known(x, k)),
    y: Float32Array.from(corners, ([, y], k) => known(y, k)),
    z: Float32Array.from(heights),
  };
}
