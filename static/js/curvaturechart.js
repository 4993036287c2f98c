import { paletteOf, runColour, runDash } from "./colours.js";
import { drawing, element } from "./element.js";
import { extent, rangeOf, ticksOf } from "./lossaxes.js";
import { pieces } from "./losslines.js";
import { limitFormula } from "./maptheory.js";
import { count, figure } from "./numbers.js";
import { watchSize } from "./overlay.js";
import { text } from "./signs.js";
import { swatch } from "./swatch.js";
import { roundLabel } from "./ticklabel.js";
import { say, withCommas } from "./words.js";

/** @typedef {import("./curvature.js").Curve} Curve */
/** @typedef {{left: number, top: number, width: number, height: number, x: (update: number) => number, y: (curvature: number) => number}} Axes */

/** Above this ratio of the highest to the lowest a logarithmic axis tells more. */
const wide = 50;
const ticks = 5;

/** λmax of each run against updates, in the run's colour and dashes, and the line of its η. Its numbers are in the table below it. */
export class CurvatureChart {
  /** @type {Curve[]} */
  #curves = [];
  #at = 0;
  /** @type {Element|null} */
  #playhead = null;
  /** @type {Axes|null} */
  #axes = null;

  constructor() {
    this.figure = element("div", { class: "curvature-figure" });
    this.legend = element("ul", { class: "seeds-legend" });
    watchSize(this.figure, () => this.draw());
  }

  /**
   * @param {Curve[]} curves
   * @param {number} at
   */
  show(curves, at) {
    this.#curves = curves;
    this.#at = at;
    this.legend.replaceChildren(...curves.map(({ index, name }) => element("li", {}, swatch(index), name)), element("li", {}, keyOfLine(), say("the line of each η")));
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.figure;
    const curves = this.#curves;
    if (width < 60 || !curves.length) return this.figure.replaceChildren();
    const { font, stroke } = paletteOf(this.figure);
    const values = curves.flatMap(({ update: xs, largest, line }) => [largest, line].map((losses) => ({ xs, losses, diverged: false })));
    const scale = scaleOf(values);
    const range = rangeOf(extent(values, scale), scale);
    const box = { left: font * 4.2, top: font * 2, width: width - font * 5.6, height: height - font * 5 };
    const last = Math.max(1, ...curves.map(({ update }) => update[update.length - 1] ?? 0));
    const axes = (this.#axes = {
      ...box,
      x: (/** @type {number} */ update) => box.left + (update / last) * box.width,
      y: (/** @type {number} */ value) => box.top + ((range[1] - value) / (range[1] - range[0])) * box.height,
    });
    const lines = curves.flatMap((curve) => linesOf(curve, scale, axes, stroke));
    const labels = labelsOf(curves, scale, axes, font);
    this.#playhead = drawing("line", { class: "curvature-playhead", y1: box.top, y2: box.top + box.height });
    const name = say("The largest curvature along each path, and the line of each η; its numbers are in the table below");
    this.figure.replaceChildren(drawing("svg", { role: "img", "aria-label": name, width, height }, ...axesOf(axes, range, scale, last, font), this.#playhead, ...lines, ...labels));
    this.setPlayhead(this.#at);
  }

  /** @param {number} at */
  setPlayhead(at) {
    this.#at = at;
    if (!this.#axes) return;
    const x = String(Math.min(this.#axes.x(at), this.#axes.left + this.#axes.width));
    for (const end of ["x1", "x2"]) this.#playhead?.setAttribute(end, x);
  }
}

/** @param {import("./lossaxes.js").Curve[]} curves @returns {"linear"|"log"} */
function scaleOf(curves) {
  const ends = extent(curves, "linear");
  return ends && ends[0] > 0 && ends[1] / ends[0] > wide ? "log" : "linear";
}

function keyOfLine() {
  return drawing("svg", { class: "swatch", viewBox: "0 0 44 16", "aria-hidden": "true" }, drawing("line", { class: "curvature-key", x1: 3, x2: 41, y1: 8, y2: 8 }));
}

/**
 * @param {Curve} curve
 * @param {"linear"|"log"} scale
 * @param {Axes} axes
 * @param {number} stroke
 */
function linesOf({ index, update: xs, largest, line }, scale, axes, stroke) {
  const colour = runColour(index);
  const path = (/** @type {Float32Array} */ losses) => pieces({ xs, losses, diverged: false }, scale, axes).map((points) => "M" + points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")).join("");
  const dash = runDash(index).map((part) => part * stroke).join(" ") || "none";
  return [
    drawing("path", { class: "curvature-line", d: path(line), stroke: colour, "stroke-width": 1.25 * stroke, "stroke-dasharray": dash }),
    drawing("path", { class: "curvature-halo", d: path(largest), "stroke-width": 4.5 * stroke }),
    drawing("path", { class: "curvature-path", d: path(largest), stroke: colour, "stroke-width": 2.25 * stroke, "stroke-dasharray": dash }),
  ];
}

/**
 * The name of each line at its right end.
 * @param {Curve[]} curves
 * @param {"linear"|"log"} scale
 * @param {Axes} axes
 * @param {number} font
 */
function labelsOf(curves, scale, axes, font) {
  const lines = linesNamed(curves).map(({ words, value }) => ({ words, y: axes.y(scale === "log" ? Math.log10(value) : value) }));
  const x = axes.left + axes.width - font * 0.3;
  return besideLines(lines, font).map(({ words, y, aside }) => text(words, { class: "seeds-text curvature-label", x: x - aside, y, "text-anchor": "end" }));
}

/** Where lines end, the highest first; lines that end together have one name. @param {Curve[]} curves */
export function linesNamed(curves) {
  const ends = curves.map(({ rule, line }) => ({ formula: limitFormula(rule, "η"), value: line[line.length - 1] })).filter(({ value }) => Number.isFinite(value));
  const values = [...new Set(ends.map(({ value }) => figure(value)))];
  const together = values.map((value) => ({ value, all: ends.filter((end) => figure(end.value) === value) }));
  const named = together.map(({ value, all }) => ({ words: say("{formula} = {value}", { formula: withCommas([...new Set(all.map(({ formula }) => formula))]), value }), value: all[0].value }));
  return named.sort((one, other) => other.value - one.value);
}

/**
 * Each name above its own line; below it where another line is near above; to the left of the last one where lines are near on both sides.
 * @param {{words: string, y: number}[]} lines  the highest first
 * @param {number} font
 */
export function besideLines(lines, font) {
  const apart = font * 1.25;
  let aside = 0;
  return lines.map(({ words, y }, k) => {
    const [above, below] = [y - (lines[k - 1]?.y ?? -Infinity), (lines[k + 1]?.y ?? Infinity) - y];
    const isBelow = above < apart && below > 2 * apart;
    aside = above < apart && !isBelow ? aside + lines[k - 1].words.length * font * 0.6 : 0;
    return { words, y: isBelow ? y + font * 1.05 : y - font * 0.45, aside };
  });
}

/**
 * @param {Axes} axes
 * @param {[number, number]} range
 * @param {"linear"|"log"} scale
 * @param {number} last
 * @param {number} font
 */
function axesOf({ left, top, width, height, x, y }, range, scale, last, font) {
  const levels = ticksOf(range, scale, ticks).flatMap((value) => {
    const at = y(scale === "log" ? Math.log10(value) : value);
    return [drawing("line", { class: "seeds-grid", x1: left, x2: left + width, y1: at, y2: at }), text(roundLabel(value), { x: left - font * 0.5, y: at + font * 0.35, "text-anchor": "end" })];
  });
  const updates = ticksOf([0, last], "linear", ticks).map((update) => text(count(update), { x: x(update), y: top + height + font * 1.5, "text-anchor": "middle" }));
  const titles = [
    text(say("largest curvature λmax"), { x: left - font * 3.6, y: font, "text-anchor": "start" }),
    text(say("updates"), { x: left + width / 2, y: top + height + font * 2.65, "text-anchor": "middle" }),
  ];
  return [...levels, ...updates, ...titles];
}
