import { addRun } from "./edits.js";
import { outcomeWords } from "./outcomes.js";
import { RunCard } from "./runcard.js";
import { zigzagOf, zigzagWords } from "./zigzag.js";

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
   */
  showPaths(paths, names) {
    this.cards.forEach((card, index) => {
      card.showName(names[index] ?? "");
      if (paths.runs[index]) card.showOutcome(outcomeWords(paths.runs[index]));
    });
  }

  /**
   * From the start to the playhead.
   * @param {Paths} paths
   * @param {number} at
   */
  showZigzag(paths, at) {
    this.cards.forEach((card, index) => {
      const run = paths.runs[index];
      if (run) card.showZigzag(zigzagWords(zigzagOf(run.theta1, run.theta2, paths.rowAt(index, at)), run.every > 1));
    });
  }
}
