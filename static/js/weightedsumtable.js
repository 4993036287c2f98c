import { element } from "./element.js";
import { count, figure } from "./numbers.js";
import { Pace } from "./pace.js";
import { say } from "./words.js";

/** @typedef {import("./weightedsum.js").Sum} Sum */
/** @typedef {import("./weightedsum.js").Share} Share */

/** The numbers of the bars, for eyes and ears that want no picture; written only while open. */
export class SumTable {
  /** @type {Sum|null} */
  #sum = null;
  #pace = new Pace(150, () => this.refresh());

  constructor() {
    this.place = element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": say("The weights as a table") });
    this.element = element("details", { class: "sum-table" }, element("summary", {}, say("The weights as a table")), this.place);
    this.element.addEventListener("toggle", () => this.refresh());
  }

  /** @param {Sum} sum */
  show(sum) {
    this.#sum = sum;
    this.#pace.call();
  }

  refresh() {
    if (this.element.open && this.#sum) this.place.replaceChildren(table(this.#sum));
  }
}

/** @param {Sum} sum */
function table({ shares, older }) {
  const names = columnsOf(shares[0]);
  const heads = names.map(({ head }) => element("th", { scope: "col" }, head));
  const rows = shares.map((share) => element("tr", {}, ...names.map(({ cell }, k) => element(k ? "td" : "th", k ? {} : { scope: "row" }, cell(share)))));
  const last = older ? [element("tr", {}, element("td", { colspan: names.length }, say("and {n} older", { n: count(older.count) })))] : [];
  return element(
    "table",
    { class: "small-table" },
    element("caption", {}, say("Past gradients and how much each counts")),
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows, ...last),
  );
}

/**
 * @param {Share} share
 * @returns {{head: string, cell: (share: Share) => string}[]}
 */
function columnsOf({ weight, square }) {
  return [
    { head: say("age"), cell: ({ age }) => count(age) },
    { head: say("update"), cell: ({ index }) => count(index + 1) },
    ...(weight === null ? [] : [{ head: say("weight"), cell: (/** @type {Share} */ one) => figure(one.weight ?? 0) }]),
    ...(square === null ? [] : [{ head: say("of the square"), cell: (/** @type {Share} */ one) => figure(one.square ?? 0) }]),
    { head: "g₁", cell: ({ gradient }) => figure(gradient[0]) },
    { head: "g₂", cell: ({ gradient }) => figure(gradient[1]) },
  ];
}
