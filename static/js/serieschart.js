import { acrossOf, even, isStepped, upOf, valuesAlong } from "./chartsides.js";
import { paletteOf } from "./colours.js";
import { drawing, element } from "./element.js";
import { roomInSight } from "./insight.js";
import { watchSize } from "./overlay.js";
import { keyOf } from "./signs.js";
import { along, areBeside, drawLine, inLines, Places, upright } from "./seriesart.js";
import { inUnit } from "./units.js";
import { paragraph, say, withCommas } from "./words.js";

/** @typedef {import("./types.js").Chart} Chart */
/** @typedef {import("./types.js").Series} Series */
/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {{chart: Chart, name: string, label: string, k: number}} Row  one line of a legend: k is its sign, dash and colour */
/**
 * @typedef {{charts: Chart[], series: Series[], expected: number[], nameOf: (value: Cell) => string}} Shown
 *   charts: the one at the left, and perhaps one whose y axis is at the right; expected: values along x that will come
 */

/** Lines over a common x: every single value a dot, medians joined, spread as bars or a band. Fills while an experiment runs. */
export class SeriesChart {
  /** @type {Shown|null} */
  #shown = null;
  /** @type {Map<string, [number, number]>} ranges of the upright sides so far */
  #ranges = new Map();
  #legend = "";

  constructor() {
    this.figure = element("div", { class: "series-figure" });
    this.legend = element("ul", { class: "seeds-legend" });
    watchSize(this.figure, () => this.draw());
    addEventListener("resize", () => this.draw());
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    this.#showLegend(shown.charts);
    this.draw();
  }

  /** Another experiment or other knobs: nothing of the axes is kept. */
  forget() {
    this.#ranges.clear();
  }

  /** @param {Chart[]} charts */
  #showLegend(charts) {
    const key = JSON.stringify(charts.map(({ name }) => name));
    if (key === this.#legend) return;
    this.#legend = key;
    const items = legendOf(charts).map((row) => element("li", {}, keyOf(row.k), row.label));
    this.legend.replaceChildren(...items);
  }

  draw() {
    this.figure.style.setProperty("--room", Math.round(roomInSight(this.figure)) + "px");
    const { clientWidth: width, clientHeight: height } = this.figure;
    if (!this.#shown || width < 60) return this.figure.replaceChildren();
    const { charts, series, expected, nameOf } = this.#shown;
    const { font, stroke } = paletteOf(this.figure);
    const lines = linesOf(charts, series);
    const ups = this.#sides(charts, series);
    const all = lines.map(({ series: one }) => one);
    const stepped = isStepped(all);
    const right = charts.length > 1 ? font * 4.4 : font * 1.1;
    const heads = charts.map(({ y }) => inLines(say(y.label), width, font));
    const lift = areBeside(charts.map(({ y }) => say(y.label)), width, font) ? 0 : font * 1.3 * heads[1].length;
    const top = font * 2.4 + lift + font * 1.3 * (heads[0].length - 1);
    const wide = width - font * 4.4 - right;
    const titles = inLines(say(charts[0].x.label), wide + 2 * Math.min(right, font * 4.4), font);
    const size = 3.6 * Math.sqrt(stroke);
    const beside = Math.max(font * 1.9, Math.min(size * lines.length, wide / 16)); // many lines need room for their signs
    const box = { left: font * 4.4, top, width: wide, height: height - font * (1.7 + 1.3 * titles.length) - top, inset: stepped ? beside : 2, lift };
    const places = new Places(box, acrossOf(charts[0].x, all, expected), { many: lines.length, size, isStepped: stepped, values: valuesAlong(all) });
    const known = charts.map((chart) => lines.some(({ side }) => charts[side] === chart));
    const axes = charts.flatMap((chart, side) => known[side] ? upright(chart.y, ups[side], places, heads[side], font, side > 0) : []);
    const name = paragraph([this.summary(), say("Its numbers are in the table below.")]);
    this.figure.replaceChildren(drawing("svg", { role: "img", "aria-label": name, width, height }, ...axes, ...along(charts[0].x, places, titles, nameOf, font), ...lines.map((line) => drawLine({ ...line, up: ups[line.side] }, places))));
  }

  /**
   * @param {Chart[]} charts
   * @param {Series[]} series
   */
  #sides(charts, series) {
    const sides = charts.map((chart) => {
      const side = upOf(chart.y, series.filter(({ chart: name }) => name === chart.name), this.#ranges.get(chart.name) ?? null);
      this.#ranges.set(chart.name, side.range);
      return side;
    });
    if (sides.length > 1) even(sides[0], sides[1]);
    return sides;
  }

  /** What the chart shows, from its left end to its right end, in words. */
  summary() {
    if (!this.#shown) return "";
    const { charts, series, nameOf } = this.#shown;
    const told = linesOf(charts, series).map(({ label, side, series: { x, y } }) => {
      const ends = [0, x.length - 1].map((k) => ({ x: typeof x[k] === "string" ? nameOf(x[k]) : inUnit(x[k], charts[0].x.unit), y: inUnit(y[k], charts[side].y.unit) }));
      if (x.length === 1) return say("{name}: {first} at {from}.", { name: label, first: ends[0].y, from: ends[0].x });
      return say("{name}: {first} at {from}, {last} at {to}.", { name: label, first: ends[0].y, from: ends[0].x, last: ends[1].y, to: ends[1].x });
    });
    return paragraph([say("{begin}.", { begin: withCommas(charts.map(({ label }) => say(label))) }), ...told]);
  }
}

/**
 * The lines a chart can have, in the order of its table: each keeps its sign, whatever is here already.
 * @param {Chart[]} charts
 * @returns {Row[]}
 */
export function legendOf(charts) {
  return charts.flatMap((chart) => chart.series.map(({ name, label }) => ({ chart, name, label }))).map((row, k) => ({ ...row, k, label: labelOf(charts, row) }));
}

/**
 * @param {Chart[]} charts
 * @param {{chart: Chart, label: string}} row
 */
function labelOf(charts, { chart, label }) {
  if (charts.length === 1) return say(label);
  const values = { chart: say(chart.label), series: say(label) };
  return chart === charts[0] ? say("{chart}, {series} (left axis)", values) : say("{chart}, {series} (right axis)", values);
}

/**
 * What is here of them.
 * @param {Chart[]} charts
 * @param {Series[]} series
 */
export function linesOf(charts, series) {
  return legendOf(charts).flatMap(({ chart, name, label, k }) => {
    const found = series.find((one) => one.chart === chart.name && one.name === name && one.x.length > 0 && !one.z); // a surface is no line
    return found ? [{ series: found, k, label, side: charts.indexOf(chart) }] : [];
  });
}
