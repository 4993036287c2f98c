import { paletteOf } from "./colours.js";
import { drawing, element } from "./element.js";
import { watchSize } from "./overlay.js";
import { figure } from "./numbers.js";
import { placeOf } from "./seedseries.js";
import { percent } from "./seedswords.js";
import { dashes, keyOf, seriesClass, signAt, text } from "./signs.js";
import { say } from "./words.js";

/** @typedef {import("./seedseries.js").Row} Row */
/** @typedef {import("./seedseries.js").Series} Series */
/** @typedef {import("./seedseries.js").Share} Share */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** @typedef {import("./seedseries.js").Against} Against */
/** @typedef {{name: string, eta: number}} Limit  the η above which a run cannot settle at a minimum */
/** @typedef {{rows: Row[], series: Series[], against: Against, limits: Limit[]}} Shown */

/** Shares against the batch size or η, as dots with bars; the figures are in the table below it. */
export class SeedsChart {
  /** @type {Shown} */
  #shown = { rows: [], series: [], against: "batch", limits: [] };

  constructor() {
    this.figure = element("div", { class: "seeds-figure" });
    this.legend = element("ul", { class: "seeds-legend" });
    watchSize(this.figure, () => this.draw());
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    this.legend.replaceChildren(...shown.series.map(({ name }, k) => element("li", {}, keyOf(k), name)));
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.figure;
    const { rows, series, against, limits } = this.#shown;
    if (width < 60 || !rows.length) return this.figure.replaceChildren();
    const { font, stroke } = paletteOf(this.figure);
    const box = { left: font * 4.2, top: font * 2, width: width - font * 5, height: height - font * 5 };
    const places = new Places(box, rows.length, series.length, 4 * Math.sqrt(stroke));
    const name = against === "batch" ? say("Share of the seeds against the batch size; its numbers are in the table below") : say("Share of the seeds against η; its numbers are in the table below");
    const lines = series.map((one, k) => lineOf(one.shares, k, rows, places));
    this.figure.replaceChildren(drawing("svg", { role: "img", "aria-label": name, width, height }, ...axesOf(this.#shown, box, font, places), ...limitLines(limits, rows, places, font), ...lines));
  }
}

/** Where a share stands: batch sizes side by side, and in each the series beside each other. */
class Places {
  /**
   * @param {Box} box
   * @param {number} rows
   * @param {number} series
   * @param {number} size  of a sign
   */
  constructor(box, rows, series, size) {
    this.box = box;
    this.size = size;
    this.band = box.width / rows;
    this.series = series;
    this.step = Math.min(4 * size, (0.7 * this.band) / Math.max(1, series));
  }

  /** @param {number} row */
  middle(row) {
    return this.box.left + (row + 0.5) * this.band;
  }

  /** @param {number} row @param {number} k */
  x(row, k) {
    return this.middle(row) + (k - (this.series - 1) / 2) * this.step;
  }

  /** @param {number} share */
  y(share) {
    return this.box.top + (1 - share) * this.box.height;
  }
}

/**
 * @param {Limit[]} limits
 * @param {Row[]} rows
 * @param {Places} places
 * @param {number} font
 */
function limitLines(limits, rows, places, font) {
  const known = limits.map(({ name, eta }) => ({ name, place: placeOf(rows, eta) })).filter(({ place }) => place !== null);
  return known.flatMap(({ name, place }, k) => {
    const x = places.middle(/** @type {number} */ (place));
    const line = drawing("line", { class: "seeds-limit", x1: x, x2: x, y1: places.y(1), y2: places.y(0) });
    return [line, text(say("limit {name}", { name }), { x: x + font * 0.3, y: places.y(1) + font * (1 + 1.2 * k), "text-anchor": "start" })];
  });
}

/**
 * @param {Shown} shown
 * @param {Box} box
 * @param {number} font
 * @param {Places} places
 */
function axesOf({ rows, against }, { left, top, width, height }, font, places) {
  const bottom = top + height + font * 0.6;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    drawing("line", { class: "seeds-grid", x1: left, x2: left + width, y1: places.y(share), y2: places.y(share) }),
    text(percent(share), { x: left - font * 0.5, y: places.y(share) + font * 0.35, "text-anchor": "end" }),
  ]);
  const sizes = rows.map(({ batch, eta }, row) => text(against === "batch" ? String(batch) : figure(eta), { x: places.middle(row), y: bottom + font, "text-anchor": "middle" }));
  const titles = [
    text(say("share of the seeds"), { x: left - font * 3.6, y: font, "text-anchor": "start" }),
    text(against === "batch" ? say("batch size B") : say("learning rate η"), { x: left + width / 2, y: bottom + font * 2.05, "text-anchor": "middle" }),
  ];
  return [...ticks, ...sizes, ...titles];
}

/**
 * @param {Share[]} shares
 * @param {number} k
 * @param {Row[]} rows
 * @param {Places} places
 */
function lineOf(shares, k, rows, places) {
  const points = shares.map(({ share }, row) => `${places.x(row, k)},${places.y(share)}`).join(" ");
  const line = drawing("polyline", { class: "seeds-line", points, "stroke-dasharray": dashes[k] });
  const bars = shares.flatMap((share, row) => (rows[row].varies ? [barOf(share, places.x(row, k), places)] : []));
  const dots = shares.map(({ share }, row) => signAt(k, places.x(row, k), places.y(share), places.size, rows[row].varies));
  return drawing("g", { class: seriesClass(k) }, line, ...bars, ...dots);
}

/**
 * @param {Share} share
 * @param {number} x
 * @param {Places} places
 */
function barOf({ low, high }, x, places) {
  const [top, bottom, half] = [places.y(high), places.y(low), 1.5 * places.size];
  return drawing("path", { class: "seeds-bar", d: `M${x - half} ${top}H${x + half}M${x} ${top}V${bottom}M${x - half} ${bottom}H${x + half}` });
}
