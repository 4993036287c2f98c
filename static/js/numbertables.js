import { linesOf } from "./serieschart.js";
import { valuesAlong } from "./chartsides.js";
import { element } from "./element.js";
import { unbroken } from "./texts.js";
import { inUnit } from "./units.js";
import { say, withCommas } from "./words.js";

/** What a chart and an experiment tell, in tables. */

/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Chart} Chart */
/** @typedef {import("./types.js").Series} Series */
/** @typedef {import("./types.js").Experiment} Experiment */

/**
 * A table of texts; the first column heads its row.
 * @param {string} caption
 * @param {string[]} heads
 * @param {string[][]} rows
 */
export function tableOf(caption, heads, rows) {
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map(([first, ...rest]) => element("tr", {}, element("th", { scope: "row" }, first), ...rest.map((text) => element("td", {}, unbroken(text)))))),
  );
}

/**
 * Every value of a chart: a row for each place along x, and for each line its middle, its spread and its single values.
 * @param {Chart[]} charts
 * @param {Series[]} series
 * @param {(value: Cell) => string} nameOf
 */
export function chartTable(charts, series, nameOf) {
  const lines = linesOf(charts, series);
  const heads = [say(charts[0].x.label), ...lines.map(({ label }) => label)];
  const rows = placesOf(lines.map(({ series: line }) => line)).map((value) => {
    const cells = lines.map(({ series: line, side }) => cellWords(line, line.x.indexOf(value), charts[side].y.unit));
    return [typeof value === "string" ? nameOf(value) : inUnit(value, charts[0].x.unit), ...cells];
  });
  return tableOf(withCommas(charts.map(({ label }) => say(label))), heads, rows);
}

/**
 * Along x; where a line runs from high to low, as a training does over its loss, in the order of the line.
 * @param {Series[]} lines
 */
function placesOf(lines) {
  const values = valuesAlong(lines);
  const x = lines[0]?.x ?? [];
  return Number(x[0]) > Number(x[x.length - 1]) ? [...new Set([...x, ...values])] : values;
}

/**
 * @param {Series} line
 * @param {number} at
 * @param {string} unit
 */
function cellWords({ y, low, high, dots }, at, unit) {
  if (at < 0) return "–";
  const words = (/** @type {Cell} */ value) => inUnit(value, unit);
  const spread = low && high ? say("{middle} ({low} to {high})", { middle: words(y[at]), low: words(low[at]), high: words(high[at]) }) : words(y[at]);
  return dots ? say("{spread}; each: {values}", { spread, values: withCommas(dots[at].map(words)) }) : spread;
}

/**
 * The result table as the server gives it.
 * @param {Experiment} row
 * @param {Cell[][]} rows
 * @param {(value: Cell) => string} nameOf
 */
export function resultTable(row, rows, nameOf) {
  const heads = row.columns.map(({ label }) => say(label));
  const cells = rows.map((line) => line.map((cell, k) => (typeof cell === "string" ? nameOf(cell) : typeof cell === "boolean" ? (cell ? say("yes") : say("no")) : inUnit(cell, row.columns[k].unit))));
  return tableOf(say("Result"), heads, cells);
}

/**
 * What names in answers are called: those of charts, of their lines, and of a column's own texts.
 * @param {Experiment} row
 * @returns {(value: Cell) => string}
 */
export function namesOf(row) {
  const own = row.columns.flatMap(({ names }) => names.map(({ value, label }) => /** @type {[string, string]} */ ([value, label])));
  const known = new Map([...own, ...row.charts.flatMap(({ name, label, series }) => [[name, label], ...series.map((one) => [one.name, one.label])].map(([key, text]) => /** @type {[string, string]} */ ([key, text])))]);
  return (value) => say(known.get(String(value)) ?? String(value));
}
