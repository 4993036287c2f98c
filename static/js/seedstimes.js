import { paletteOf } from "./colours.js";
import { drawing, element } from "./element.js";
import { ticksOf } from "./lossaxes.js";
import { count } from "./numbers.js";
import { watchSize } from "./overlay.js";
import { dashes, keyOf, seriesClass, text } from "./signs.js";
import { percent } from "./seedswords.js";
import { say } from "./words.js";

/** @typedef {{name: string, left: Float32Array}} Line  of every seed the update at which it left, NaN where it did not */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** Lines that can be told apart. */
const mostLines = 6;
const ticks = 6;

/** When the seeds left the saddle: the share that had left by each update, a line per batch size or η. */
export class SeedsTimes {
  /** @type {{lines: Line[], by: number}} */
  #shown = { lines: [], by: 0 };

  constructor() {
    this.figure = element("div", { class: "seeds-figure" });
    this.legend = element("ul", { class: "seeds-legend" });
    this.element = element("div", { class: "seeds-times" }, this.legend, this.figure);
    watchSize(this.figure, () => this.draw());
  }

  /**
   * @param {Line[]} lines
   * @param {number} by  the last update
   */
  show(lines, by) {
    const kept = lines.length <= mostLines ? lines : lines.filter((_, k) => k < mostLines - 1 || k === lines.length - 1);
    this.#shown = { lines: kept, by };
    this.legend.replaceChildren(...kept.map(({ name }, k) => element("li", {}, keyOf(k), name)));
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.figure;
    const { lines, by } = this.#shown;
    if (width < 60 || !lines.length) return this.figure.replaceChildren();
    const { font } = paletteOf(this.figure);
    const box = { left: font * 4.2, top: font * 2, width: width - font * 5.6, height: height - font * 5 };
    const steps = lines.map(({ left }, k) =>
      drawing("g", { class: seriesClass(k) }, drawing("path", { class: "seeds-line", d: stairs(left, by, box), "stroke-dasharray": dashes[k] })),
    );
    const name = say("Share of the seeds that had left the saddle by each update; its numbers are in the table below");
    this.figure.replaceChildren(drawing("svg", { role: "img", "aria-label": name, width, height }, ...axes(by, box, font), ...steps));
  }
}

/**
 * Up by one seed wherever one left.
 * @param {Float32Array} left
 * @param {number} by
 * @param {Box} box
 */
export function stairs(left, by, { left: edge, top, width, height }) {
  const x = (/** @type {number} */ update) => (edge + (update / by) * width).toFixed(1);
  const y = (/** @type {number} */ seeds) => (top + (1 - seeds / left.length) * height).toFixed(1);
  const known = left.filter(Number.isFinite).sort();
  let path = `M${x(0)} ${y(0)}`;
  known.forEach((update, k) => {
    if (update !== known[k + 1]) path += `H${x(update)}V${y(k + 1)}`;
  });
  return path + `H${x(by)}`;
}

/**
 * @param {number} by
 * @param {Box} box
 * @param {number} font
 */
function axes(by, { left, top, width, height }, font) {
  const levels = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const y = top + (1 - share) * height;
    return [drawing("line", { class: "seeds-grid", x1: left, x2: left + width, y1: y, y2: y }), text(percent(share), { x: left - font * 0.5, y: y + font * 0.35, "text-anchor": "end" })];
  });
  const updates = ticksOf([0, by], "linear", ticks).map((update) => text(count(update), { x: left + (update / by) * width, y: top + height + font * 1.6, "text-anchor": "middle" }));
  const titles = [
    text(say("share that had left"), { x: left - font * 3.6, y: font, "text-anchor": "start" }),
    text(say("updates"), { x: left + width / 2, y: top + height + font * 2.65, "text-anchor": "middle" }),
  ];
  return [...levels, ...updates, ...titles];
}
