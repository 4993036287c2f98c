import { arrowsOf, barLength, fittingFactor, gradientFactor, zoomOf } from "./arrows.js";
import { drawScaleBar } from "./arrowsart.js";
import { lensSide, zoomText } from "./arrowslens.js";
import { figure } from "./numbers.js";
import { holds } from "./trail.js";
import { isFinitePair, plus, times } from "./vectors.js";
import { say } from "./words.js";

/** How large the arrows are drawn on the stage from above, and the words that say so. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./arrowsview.js").Place} Place */
/** @typedef {import("./arrowsview.js").Showing} Showing */
/** @typedef {import("./plotly.js").Axes} Axes */

/** The longest gradient nearby covers so much of the stage's shorter side. */
const reach = 0.28;

/** @param {Axes} axes  one unit is as long on both */
export function unitOf(axes) {
  return Math.abs(axes.valueX(axes.left + 1) - axes.valueX(axes.left));
}

/**
 * @param {Arrow[]} arrows
 * @param {Axes} axes
 * @returns {Arrow[]}
 */
export function inPixels(arrows, axes) {
  const pixel = (/** @type {Pair} */ [x, y]) => /** @type {Pair} */ ([axes.x(x), axes.y(y)]);
  return arrows.map((arrow) => ({ ...arrow, from: pixel(arrow.from), to: pixel(arrow.to) }));
}

/**
 * How large the movement is drawn, and how large the gradient beside it.
 * @param {Showing} showing
 * @param {Place} place
 */
export function scalesOf(showing, { axes, palette }) {
  const side = lensSide(axes, palette);
  const movements = inPixels(arrowsOf(showing.rule, showing.update, 1), axes).filter(({ part }) => part !== "gradient");
  const zoom = zoomOf(movements, 0.66 * side, (at) => holds(axes, ...at));
  const factor = zoom ? gradientFactor(showing.near, (unitOf(axes) * 0.4 * side) / zoom) : factorOf(axes, showing);
  return { zoom, factor };
}

/**
 * How many units of θ one unit of the gradient is drawn long.
 * @param {Axes} axes
 * @param {Showing} showing
 */
function factorOf(axes, { near, update }) {
  const factor = gradientFactor(near, unitOf(axes) * reach * Math.min(axes.width, axes.height));
  const tip = (/** @type {number} */ by) => plus(update.probe, times(/** @type {Pair} */ (update.gradient), by));
  const isInside = (/** @type {Pair} */ [x, y]) => holds(axes, axes.x(x), axes.y(y));
  return isFinitePair(update.gradient) && isInside(update.before) ? fittingFactor(factor, (by) => isInside(tip(by))) : factor;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} factor
 * @param {Place} place
 */
export function drawScale(context, factor, { axes, palette }) {
  const unit = unitOf(axes);
  const length = barLength(unit, Math.min(110, axes.width / 4));
  const words = [figure(length, 1), say("g drawn at {factor}", { factor: zoomText(factor) })];
  drawScaleBar(context, [axes.left + 10, axes.top + axes.height - 12], length / unit, words, palette);
}

/** @param {Place} place */
export function keepScaleFree({ axes, labels }) {
  for (const across of [20, 60, 100]) labels.keepFree(axes.left + across, axes.top + axes.height - 24, 24);
}
