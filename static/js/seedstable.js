import { element } from "./element.js";
import { count, figure } from "./numbers.js";
import { percent, shareWords } from "./seedswords.js";
import { say } from "./words.js";

/** @typedef {import("./seedseries.js").Row} Row */
/** @typedef {import("./seedseries.js").Series} Series */

/** @typedef {import("./seedseries.js").Against} Against */

/**
 * A row per batch size or η, a column per series.
 * @param {Row[]} rows
 * @param {Series[]} series
 * @param {Against} against
 */
export function seedsTable(rows, series, against) {
  const heads = [against === "batch" ? say("batch") : say("η"), say("seeds"), ...series.map(({ name }) => name)];
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, say("Shares of the seeds, with their 95 % intervals")),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((row, k) => tableRow(row, k, series, against))),
  );
}

/**
 * @param {Row} row
 * @param {number} k
 * @param {Series[]} series
 * @param {Against} against
 */
function tableRow(row, k, series, against) {
  const shares = series.map(({ shares }) => shareWords({ row, share: shares[k] }));
  const cells = [count(row.seeds), ...shares].map((words) => element("td", {}, words));
  return element("tr", {}, element("th", { scope: "row" }, against === "batch" ? String(row.batch) : figure(row.eta)), ...cells);
}

/**
 * When the seeds that left had left: a row per batch size or η, a column per share of them.
 * @param {Row[]} rows
 * @param {Against} against
 */
export function timesTable(rows, against) {
  const shares = rows.find(({ times }) => times.length)?.times.map(({ share }) => share) ?? [];
  const heads = [against === "batch" ? say("batch") : say("η"), ...shares.map((share) => percent(share))];
  const cells = (/** @type {Row} */ { times }) => shares.map((_, k) => element("td", {}, times.length ? count(times[k].update) : "–"));
  const lines = rows.map((row) => element("tr", {}, element("th", { scope: "row" }, against === "batch" ? String(row.batch) : figure(row.eta)), ...cells(row)));
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, say("Of the seeds that left the saddle: the update by which so many had left")),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...lines),
  );
}
