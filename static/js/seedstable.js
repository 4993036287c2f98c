import { element } from "./element.js";
import { count } from "./numbers.js";
import { shareWords } from "./seedswords.js";
import { say } from "./words.js";

/** @typedef {import("./seedseries.js").Row} Row */
/** @typedef {import("./seedseries.js").Series} Series */

/**
 * A row per batch size, a column per series.
 * @param {Row[]} rows
 * @param {Series[]} series
 */
export function seedsTable(rows, series) {
  const heads = [say("batch"), say("seeds"), ...series.map(({ name }) => name)];
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, say("Shares of the seeds, with their 95 % intervals")),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows.map((row, k) => tableRow(row, k, series))),
  );
}

/**
 * @param {Row} row
 * @param {number} k
 * @param {Series[]} series
 */
function tableRow(row, k, series) {
  const shares = series.map(({ shares }) => shareWords({ row, share: shares[k] }));
  const cells = [count(row.seeds), ...shares].map((words) => element("td", {}, words));
  return element("tr", {}, element("th", { scope: "row" }, String(row.batch)), ...cells);
}
