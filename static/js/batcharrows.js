import { fittingFactor, roundDown } from "./arrows.js";
import { drawVector, looks } from "./arrowsart.js";
import { zoomText } from "./arrowslens.js";
import { holds } from "./trail.js";
import { isFinitePair, plus, size, times } from "./vectors.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./batchanswer.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./batchanswer.js").Moment} Moment */
/** @typedef {import("./arrowsart.js").Look} Look */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {{to: Pair, label: string, look: Look, weight: number}} Slope  where the gradient points, in its own units */

/** The longest of the gradients covers so much of the stage's shorter side. */
const reach = 0.26;

const example = { colour: "#8a3b00", dash: [2.6, 2.2] };
const whole = { colour: "#1b1f24", dash: [] };

/** At the ball: the gradient of the example that is spoken of, of its batch, and with the ghost of all examples. */
export class BatchArrows {
  /** @param {{batches: import("./batches.js").Batches, pick: import("./batchpick.js").Pick, ghost: {isOn: boolean}}} parts */
  constructor({ batches, pick, ghost }) {
    this.batches = batches;
    this.pick = pick;
    this.ghost = ghost;
  }

  /** @type {import("./stageart.js").Drawing} */
  draw(context, { axes, palette, labels }) {
    const { answer, moment } = this.batches;
    if (!answer || !moment || !isFinitePair(moment.probe)) return;
    const slopes = this.#slopes(answer, moment);
    const [x, y] = moment.probe;
    const from = /** @type {Pair} */ ([axes.x(x), axes.y(y)]);
    if (!slopes.length || !holds(axes, ...from)) return;
    const factor = factorOf(slopes, moment.probe, axes);
    const tips = slopes.map(({ to }) => pixelOf(plus(/** @type {Pair} */ (moment.probe), times(to, factor)), axes));
    slopes.forEach(({ look, weight }, k) => drawVector(context, from, tips[k], look, palette.stroke * weight));
    for (const tip of tips) for (const part of [0.3, 0.7, 1]) labels.keepFree(...along(from, tip, part), 6);
    labels.keepBoxFree(buttonsOf(axes, palette));
    slopes.forEach(({ label }, k) => labels.writeAt(label, beyond(from, tips[k], label, palette)));
    labels.writeAt(say("gradients drawn at {factor}", { factor: zoomText(factor) }), cornersOf(axes, palette));
  }

  /**
   * @param {BatchAnswer} answer
   * @param {Moment} moment
   * @returns {Slope[]}
   */
  #slopes(answer, moment) {
    const picked = this.pick.example;
    if (picked === null && !this.ghost.isOn) return [];
    const { gradient, full } = moment;
    /** @type {(Slope|null)[]} */
    const slopes = [
      answer.isFull ? null : slopeOf(gradient, say("g batch"), looks.gradient, 1),
      answer.isFull || this.ghost.isOn ? slopeOf(full, say("g all"), answer.isFull ? looks.gradient : whole, 1) : null,
      picked === null ? null : slopeOf(answer.gradientOf(moment, picked), say("g of {n}", { n: picked }), example, 0.85),
    ];
    return slopes.filter((slope) => slope !== null);
  }
}

/**
 * @param {readonly (number|null)[]} gradient
 * @param {string} label
 * @param {Look} look
 * @param {number} weight
 * @returns {Slope|null}
 */
function slopeOf(gradient, label, look, weight) {
  if (!isFinitePair(gradient)) return null;
  return { to: gradient, label: size(gradient) < 1e-9 ? say("{arrow} ≈ 0", { arrow: label }) : label, look, weight };
}

/** How far a label may turn away from its arrow, in the order in which this is tried. */
const turns = [0, 0.7, -0.7, 1.4, -1.4];

/**
 * Beyond an arrow's tip, so that nobody takes a label for its neighbour's.
 * @param {Pair} from
 * @param {Pair} tip
 * @param {string} label
 * @param {import("./colours.js").Palette} palette
 */
function beyond(from, tip, label, { font }) {
  const angle = Math.atan2(tip[1] - from[1], tip[0] - from[0]);
  const [half, rise] = [0.3 * font * label.length + 10, 0.65 * font + 10];
  return turns.map((turn) => [tip[0] + half * Math.cos(angle + turn), tip[1] + rise * Math.sin(angle + turn)]);
}

/**
 * Where the stage's buttons stand, over every label.
 * @param {Axes} axes
 * @param {import("./colours.js").Palette} palette
 */
function buttonsOf({ left, top, width }, { font }) {
  const side = Math.max(210, 13 * font);
  return { left: left + width - side, top, width: side, height: 3.4 * font };
}

/**
 * Below on the left, above the inspector's scale when that is there.
 * @param {Axes} axes
 * @param {import("./colours.js").Palette} palette
 */
function cornersOf({ left, top, width, height }, { font }) {
  return [[left, top + height - 1.2 * font], [left, top + height - 5.5 * font], [left + width, top + height - 1.2 * font]];
}

/**
 * One factor for all of them, so that a small gradient looks small and all of them stay in sight.
 * @param {Slope[]} slopes
 * @param {readonly (number|null)[]} probe
 * @param {Axes} axes
 */
function factorOf(slopes, probe, axes) {
  const unit = Math.abs(axes.valueX(axes.left + 1) - axes.valueX(axes.left));
  const longest = Math.max(...slopes.map(({ to }) => size(to)));
  const factor = longest > 0 ? roundDown((unit * reach * Math.min(axes.width, axes.height)) / longest) : 1;
  const isInside = (/** @type {number} */ by) => slopes.every(({ to }) => holds(axes, ...pixelOf(plus(/** @type {Pair} */ (probe), times(to, by)), axes)));
  return fittingFactor(factor, isInside);
}

/** @param {Pair} point @param {Axes} axes @returns {Pair} */
function pixelOf([x, y], axes) {
  return [axes.x(x), axes.y(y)];
}

/** @param {Pair} from @param {Pair} to @param {number} part @returns {Pair} */
function along(from, to, part) {
  return [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
}
