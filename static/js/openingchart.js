import { linesOf } from "./serieschart.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Experiment} Row */

/**
 * The chart that is seen while nobody has chosen one: the one that answers, once the experiment is done and there is something in it; before, the first, which fills.
 * @param {Pick<Row, "charts">} row
 * @param {Pick<Answer, "state"|"series">|null} answer
 */
export function openingChart({ charts }, answer) {
  const last = charts.find(({ answers }) => answers);
  const isThere = last !== undefined && answer?.state === "done" && linesOf([last], answer.series).length > 0;
  return isThere ? last.name : charts[0].name;
}
