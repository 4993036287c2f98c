import { paletteOf } from "./colours.js";
import { Hand, handLayer, toPixel } from "./hand.js";
import { serves } from "./lossaxes.js";
import { inside, layer, Overlay, watchSize } from "./overlay.js";
import { Figure } from "./plotly.js";
import { drawLevel, drawSight } from "./stage1dart.js";
import { profileLayout, profileTraces } from "./stage1dground.js";
import { bareLevels, marksOn, pixel, startOn } from "./stage1dplaces.js";
import { Trail } from "./trail.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./criticalmarks.js").Mark} Mark */
/** @typedef {import("./stage1dpush.js").Push} Push */
/** @typedef {{label?: string, startLabel?: string, onStart?: (placing: {point: Pair, done: boolean}) => void}} Options */

/** Narrower stages have room for letters, not for words. */
const narrow = 700;

/** The training loss along a cut: Plotly draws the curve once per ground and cut, canvases over it what stands and what moves. */
export class Stage1D {
  /** @type {Profile|null} */
  #profile = null;
  /** @type {Axes|null} */
  #axes = null;
  /** @type {Paths|null} */
  #paths = null;
  /** @type {{trail: Trail, s: Float32Array, off: Float32Array}[]} */
  #trails = [];
  /** @type {Mark[]} */
  #marks = [];
  /** @type {Pair|null} */
  #start = null;
  /** @type {Set<number>} */
  #hidden = new Set();
  /** @type {Push|null} */
  #push = null;
  #at = 0;
  #names = ["θ₁", "θ₂"];
  /** @type {Pair} */
  #range = [0, 1];
  #size = { width: 0, height: 0 };

  /**
   * @param {HTMLElement} element
   * @param {Options} [options]
   */
  constructor(element, options = {}) {
    this.element = element;
    this.options = options;
    element.classList.add("drawing");
    this.figure = new Figure(layer(element, "plot"));
    this.still = new Overlay(element);
    this.moving = new Overlay(element);
    this.palette = paletteOf(element);
    this.hand = handLayer(element, "stage-hand along", options.label);
    this.placing = new Hand(this.hand, { axes: () => this.#axes, start: () => this.#startOnAxes(), place: (placing) => this.#place(placing) });
    watchSize(element, () => this.resize());
  }

  /** @returns {Pair|null} */
  #startOnAxes() {
    const profile = this.#profile;
    return profile && this.#start ? [profile.cut.origin + profile.cut.along(this.#start), 0] : null;
  }

  /** A hand chooses a place on the axis; the start goes there on the cut. @param {{point: Pair, done: boolean}} placing */
  #place({ point: [place], done }) {
    if (!this.#profile || !this.#axes) return;
    const { cut } = this.#profile;
    const unit = Math.abs(this.#axes.valueX(1) - this.#axes.valueX(0)) / 100;
    const [x, y] = cut.at(place - cut.origin);
    this.#start = cut.axis === 0 ? [place, y] : cut.axis === 1 ? [x, place] : [toPixel(x, unit), toPixel(y, unit)];
    this.#drawMoving();
    this.options.onStart?.({ point: this.#start, done });
  }

  /**
   * @param {[Pair, Pair]} _domain
   * @param {string[]} names
   */
  setDomain(_domain, names) {
    this.#names = names;
    this.#profile = null;
    this.#axes = null;
    this.still.wiped();
    this.#draw();
  }

  /** Another curve is drawn; the same one again costs nothing. @param {Profile} profile */
  setProfile(profile) {
    const before = this.#profile;
    this.#profile = profile;
    if (before && this.#axes && isSame(before, profile)) return this.#drawMoving();
    this.#axes = null;
    this.#drawGround();
  }

  /** @returns {Pair} */
  #wantedRange() {
    const [profile, start] = [this.#profile, this.#startPlace()];
    if (!profile) return [0, 1];
    return profile.range(start ? [start.loss, profile.at(start.s)] : []);
  }

  async #drawGround() {
    const profile = this.#profile;
    if (!profile || this.#size.width < 60 || this.#size.height < 60) return;
    this.#range = this.#wantedRange();
    const ground = { profile, range: this.#range, names: this.#names, palette: this.palette, size: this.#size };
    await this.figure.show(profileTraces(ground), profileLayout(ground));
    if (this.#profile !== profile) return;
    this.#axes = this.figure.axes();
    if (this.#axes) this.placing.cover(this.#axes);
    this.#draw();
  }

  /**
   * @param {Paths} paths
   * @param {number} [at]
   */
  setPaths(paths, at = this.#at) {
    this.#paths = paths;
    this.#at = at;
    this.#draw();
    this.#keepInFrame();
  }

  /** A start beside the cut may lie higher than the frame. */
  #keepInFrame() {
    if (this.#axes && !serves(this.#range, this.#wantedRange())) this.#drawGround();
  }

  /** @param {number} at */
  setPlayhead(at) {
    this.#at = at;
    this.#drawMoving();
  }

  /** @param {Set<number>} hidden */
  setHidden(hidden) {
    this.#hidden = hidden;
    this.#draw();
  }

  /** @param {Pair} start */
  setStart(start) {
    if (this.placing.holds) return;
    this.#start = start;
    this.#drawMoving();
    this.#keepInFrame();
  }

  /** @param {Mark[]} marks */
  setMarks(marks) {
    this.#marks = marks;
    this.#drawStill();
    this.#drawMoving();
  }

  /** The arrows of one update. @param {Push|null} push */
  setPush(push) {
    this.#push = push;
    this.#drawMoving();
  }

  /** @param {string} [_name] */
  setTheme(_name) {
    this.palette = paletteOf(this.element);
    this.resize();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    this.#size = { width, height };
    for (const overlay of [this.still, this.moving]) overlay.fit(width, height);
    this.#axes = null;
    this.#draw();
    this.#drawGround();
  }

  #draw() {
    this.#trails = this.#axes && this.#paths && this.#profile ? this.#visibleTrails(this.#axes, this.#paths, this.#profile) : [];
    this.#drawStill();
    this.#drawMoving();
  }

  /**
   * Every path as a line over the profile.
   * @param {Axes} axes
   * @param {Paths} paths
   * @param {Profile} profile
   */
  #visibleTrails(axes, paths, { cut }) {
    const indices = [...paths.runs.keys()].filter((index) => !this.#hidden.has(index) && paths.runs[index].theta1.length > 0);
    return indices.map((index) => {
      const run = paths.runs[index];
      const point = (/** @type {number} */ row) => [run.theta1[row], run.theta2[row]];
      const s = run.theta1.map((_, row) => cut.along(point(row)));
      const off = run.theta1.map((_, row) => cut.off(point(row)));
      return { trail: new Trail({ ...run, theta1: s.map((one) => cut.origin + one), theta2: run.loss }, index, axes), s, off };
    });
  }

  #drawStill() {
    const context = this.still.wiped();
    const [axes, profile] = [this.#axes, this.#profile];
    if (!axes || !profile) return;
    const levels = bareLevels(profile, this.#marksOn(profile));
    inside(context, axes, () => levels.forEach((level) => drawLevel(context, pixel(level, axes, profile), this.palette)));
  }

  /** @param {Profile} profile */
  #marksOn(profile) {
    return marksOn(this.#marks, profile, this.#size.width < narrow);
  }

  #startPlace() {
    const loss = this.#paths?.runs[0]?.loss[0] ?? NaN;
    return this.#profile && this.#start && startOn(this.#start, this.#profile, loss);
  }

  #drawMoving() {
    const context = this.moving.wiped();
    const [axes, paths, profile] = [this.#axes, this.#paths, this.#profile];
    if (!axes || !profile) return;
    const spots = paths ? this.#spots(paths) : [];
    const standing = { marks: this.#marksOn(profile), start: this.#startPlace(), startLabel: this.options.startLabel ?? "" };
    inside(context, axes, () => drawSight(context, { axes, profile, palette: this.palette, spots, push: this.#push, ...standing }));
  }

  /** @param {Paths} paths */
  #spots(paths) {
    return this.#trails.map(({ trail, s, off }) => {
      const row = paths.rowAt(trail.index, this.#at);
      return { trail, row, s: s[row], off: off[row], loss: paths.runs[trail.index].loss[row] };
    });
  }
}

/**
 * @param {Profile} one
 * @param {Profile} other
 */
function isSame(one, other) {
  return String(one.cut.ends) === String(other.cut.ends) && one.loss.length === other.loss.length && one.loss.every((loss, k) => loss === other.loss[k]);
}
