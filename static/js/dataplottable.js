import { element } from "./element.js";
import { figure } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./batchanswer.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./batchanswer.js").Moment} Moment */

/** Every example in numbers: what it is, which batch it is in, its gradient at the ball. Written only while open. */
export class ExampleTable {
  /**
   * @param {HTMLElement} details
   * @param {HTMLElement} place
   */
  constructor(details, place) {
    this.details = /** @type {HTMLDetailsElement} */ (details);
    this.place = place;
    this.stale = false;
    this.write = () => {};
    details.addEventListener("toggle", () => this.refresh());
  }

  /**
   * @param {BatchAnswer} answer
   * @param {Moment} moment
   * @param {string[]} names
   */
  show(answer, moment, names) {
    this.stale = true;
    this.write = () => this.place.replaceChildren(table(answer, moment, names));
    this.refresh();
  }

  refresh() {
    if (!this.details.open || !this.stale) return;
    this.stale = false;
    this.write();
  }
}

/**
 * @param {BatchAnswer} answer
 * @param {Moment} moment
 * @param {string[]} names
 */
function table(answer, moment, names) {
  const heads = [say("example"), ...names, say("batch"), "g₁", "g₂"];
  const batches = answer.batchesOf(moment.epoch);
  const rows = Array.from({ length: answer.count }, (_, example) => {
    const batch = batches.findIndex((examples) => examples.includes(example));
    const numbers = [...answer.numbersOf(example), NaN, ...answer.gradientOf(moment, example)].map((value) => figure(value));
    numbers[2] = batch < 0 ? "–" : String(batch + 1);
    const isHere = batch === moment.place;
    return element("tr", isHere ? { class: "is-here" } : {}, element("th", { scope: "row" }, String(example)), ...numbers.map((text) => element("td", {}, text)));
  });
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, say("The examples, their batch in this epoch, and their gradients at the ball")),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...rows),
  );
}
