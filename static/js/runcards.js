import { addRun } from "./edits.js";
import { outcomeWords } from "./outcomes.js";
import { RunCard } from "./runcard.js";
import { isMeasured, zigzagOf, zigzagWords } from "./zigzag.js";

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./selection.js").Selection} Selection */

/** The cards of all runs; built anew only when there are other runs. */
export class RunCards {
  /**
   * @param {HTMLElement} place
   * @param {HTMLButtonElement} add
   * @param {Store} store
   * @param {Selection} selection
   */
  constructor(place, add, store, selection) {
    this.place = place;
    this.add = add;
    this.store = store;
    this.selection = selection;
    /** @type {RunCard[]} */
    this.cards = [];
    this.built = "";
    add.addEventListener("click", () => store.change(addRun(store.tables)));
    selection.addEventListener("change", () => this.show());
  }

  show() {
    const { scene, tables } = this.store;
    const key = scene.runs.map((run) => run.rule).join(" ");
    if (key !== this.built) this.build();
    this.built = key;
    this.add.disabled = scene.runs.length >= tables.limits.runs;
    this.cards.forEach((card, index) => card.show(index === this.selection.index));
  }

  build() {
    const { id } = document.activeElement ?? { id: "" };
    const open = this.cards.map((card) => card.element.querySelector("details")?.open ?? false);
    this.cards = this.store.scene.runs.map((_run, index) => new RunCard(this.store, index, () => this.selection.choose(index)));
    this.cards.forEach((card, index) => card.element.querySelector("details")?.toggleAttribute("open", open[index] ?? false));
    this.place.replaceChildren(...this.cards.map((card) => card.element));
    if (id.startsWith("run-")) document.getElementById(id)?.focus();
  }

  /**
   * @param {Paths} paths
   * @param {string[]} names
   * @param {(index: number) => string} why  a run diverged
   */
  showPaths(paths, names, why) {
    this.cards.forEach((card, index) => {
      card.showName(names[index] ?? "");
      if (paths.runs[index]) card.showOutcome(outcomeWords(paths.runs[index], why(index)));
    });
  }

  /**
   * From the start to the playhead.
   * @param {Paths} paths
   * @param {number} at
   */
  showZigzag(paths, at) {
    this.cards.forEach((card, index) => {
      if (paths.runs[index]) card.showZigzag(wayWords(paths.runs[index], paths.rowAt(index, at)));
    });
  }
}

/** @param {import("./types.js").PathRun} run @param {number} row */
function wayWords({ theta1, theta2, every }, row) {
  const zigzag = zigzagOf(theta1, theta2, row);
  return isMeasured(theta1, theta2, row, zigzag) ? zigzagWords(zigzag, every > 1) : "";
}
