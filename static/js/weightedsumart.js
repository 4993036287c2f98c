import { paletteOf } from "./colours.js";
import { drawVector } from "./arrowsart.js";
import { headToTail } from "./weightedsum.js";

/** The bars of the weights, and their vectors head to tail, on two small canvases. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./weightedsum.js").Sum} Sum */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{ink: string, muted: string, line: string, gradient: string, movement: string, font: number, family: string, stroke: number}} Paint */

/** Where the older ones stand, behind the bars. */
const olderWidth = 22;

/**
 * @param {Sum} sum
 * @param {number} width
 */
function slotWidth({ shares, older }, width) {
  return Math.min(26, (width - (older ? olderWidth + 6 : 0)) / shares.length);
}

/**
 * The age under a pointer.
 * @param {Sum} sum
 * @param {number} width
 * @param {number} x
 */
export function ageAt(sum, width, x) {
  return Math.max(0, Math.min(Math.floor(x / slotWidth(sum, width)), sum.shares.length - 1));
}

/**
 * One bar per age, the youngest on the left; those that are not gradients' weights but their squares' are hatched.
 * @param {CanvasRenderingContext2D} context
 * @param {Size} size
 * @param {Sum} sum
 * @param {"weight"|"square"} name
 * @param {number} lit
 * @param {Paint} paint
 */
export function drawBars(context, { width, height }, sum, name, lit, paint) {
  const most = Math.max(...sum.shares.map((share) => share[name] ?? 0));
  const slot = slotWidth(sum, width);
  const gap = slot > 4 ? 1.5 : slot > 2 ? 0.5 : 0;
  const tall = (/** @type {number} */ weight) => (most > 0 ? Math.max((weight / most) * (height - 10), weight > 0 ? 1 : 0) : 0);
  for (const { age, ...share } of sum.shares) {
    const bar = tall(share[name] ?? 0);
    context.fillStyle = age === lit ? paint.ink : name === "weight" ? paint.gradient : paint.muted;
    context.fillRect(age * slot, height - 1 - bar, Math.max(slot - gap, 0.75), bar);
    if (age === lit) drawPointer(context, (age + 0.5) * slot - gap / 2, height - 3 - bar, paint.ink);
  }
  if (sum.older) drawOlder(context, sum.shares.length * slot + 6, height, paint);
  context.fillStyle = paint.line;
  context.fillRect(0, height - 1, width, 1);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {string} colour
 */
function drawPointer(context, x, y, colour) {
  const sign = new Path2D();
  for (const [across, up] of [[0, 0], [-4, -6], [4, -6]]) sign.lineTo(x + across, y + up);
  sign.closePath();
  context.fillStyle = colour;
  context.fill(sign);
}

/**
 * Not to scale, and shaped so that it cannot be read as a bar: three dots.
 * @param {CanvasRenderingContext2D} context
 * @param {number} left
 * @param {number} height
 * @param {Paint} paint
 */
function drawOlder(context, left, height, { muted }) {
  context.fillStyle = muted;
  for (const place of [0, 1, 2]) context.fillRect(left + place * 6, height - 7, 3, 3);
}

/**
 * The vectors head to tail, the oldest first, and the movement that they end at.
 * @param {CanvasRenderingContext2D} context
 * @param {Size} size
 * @param {Sum} sum
 * @param {number} lit
 * @param {Paint} paint
 * @param {boolean} isMovement  otherwise it ends at an average of gradients
 */
export function drawHeadToTail(context, size, sum, lit, paint, isMovement) {
  const { pieces, whole } = laidOut(headToTail(sum), size);
  const stroke = 0.85 * Math.sqrt(paint.stroke);
  drawVector(context, ...whole, { dash: [], colour: isMovement ? paint.movement : paint.gradient }, stroke * (isMovement ? 1 : 1.4));
  drawPieces(context, pieces, paint);
  const piece = pieces[pieces.length - 1 - lit];
  if (piece) drawVector(context, ...piece, { colour: paint.ink, dash: [] }, stroke);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[Pair, Pair][]} pieces
 * @param {Paint} paint
 */
function drawPieces(context, pieces, { gradient }) {
  const walk = new Path2D();
  for (const [from, to] of pieces) {
    walk.lineTo(...from);
    walk.lineTo(...to);
  }
  Object.assign(context, { strokeStyle: gradient, fillStyle: gradient, lineWidth: 1.5, lineJoin: "round", lineCap: "butt" });
  context.stroke(walk);
  for (const [, [x, y]] of pieces) context.fillRect(x - 1.5, y - 1.5, 3, 3);
}

const pad = 12;

/** A walk thinner than this many pixels is drawn with its vectors beside each other. */
const thin = 10;

/**
 * As large as it fits, one unit as long on both axes; on one line each vector stands a little aside of the one before.
 * @param {Pair[]} corners
 * @param {Size} size
 * @returns {{pieces: [Pair, Pair][], whole: [Pair, Pair]}} in pixels
 */
export function laidOut(corners, size) {
  const place = placing(corners, size);
  const points = corners.map(place);
  const aside = asideOf(points);
  const room = Math.min(size.height - 2 * pad, 56);
  const step = aside ? Math.min(7, (room - 12) / (points.length - 1)) : 0;
  const shift = (/** @type {Pair} */ [x, y], /** @type {number} */ by) =>
    /** @type {Pair} */ ([x + (aside?.[0] ?? 0) * by, y + (aside?.[1] ?? 0) * by]);
  const first = -(step * (points.length - 1) + (aside ? 12 : 0)) / 2;
  const pieces = points.slice(1).map((to, k) => /** @type {[Pair, Pair]} */ ([shift(points[k], first + k * step), shift(to, first + k * step)]));
  return { pieces, whole: [shift(points[0], -first), shift(points[points.length - 1], -first)] };
}

/**
 * At right angles to the line on which all points lie, down the picture; null where they do not.
 * @param {Pair[]} points
 * @returns {Pair|null}
 */
function asideOf(points) {
  const [origin] = points;
  const farthest = points.reduce((one, other) => (distance(other, origin) > distance(one, origin) ? other : one));
  const length = distance(farthest, origin) || 1;
  const [across, down] = [(farthest[0] - origin[0]) / length, (farthest[1] - origin[1]) / length];
  const isThin = points.every(([x, y]) => Math.abs((x - origin[0]) * down - (y - origin[1]) * across) < thin);
  return isThin ? (across < 0 ? [down, -across] : [-down, across]) : null;
}

/** @param {Pair} one @param {Pair} other */
function distance([x, y], [left, top]) {
  return Math.hypot(x - left, y - top);
}

/**
 * @param {Pair[]} corners
 * @param {Size} size
 * @returns {(at: Pair) => Pair}
 */
function placing(corners, { width, height }) {
  const [left, right, low, high] = [0, 1].flatMap((k) => [Math.min(...corners.map((at) => at[k])), Math.max(...corners.map((at) => at[k]))]);
  const scale = Math.min((width - 2 * pad) / (right - left), (height - 2 * pad) / (high - low));
  const unit = Number.isFinite(scale) ? scale : 1;
  return ([x, y]) => [width / 2 + unit * (x - (left + right) / 2), height / 2 - unit * (y - (low + high) / 2)];
}

/**
 * The theme's colours for these drawings.
 * @param {Element} place
 * @returns {Paint}
 */
export function paintOf(place) {
  const style = getComputedStyle(place);
  const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return { ...paletteOf(place), gradient: token("--gradient"), movement: token("--movement") };
}
