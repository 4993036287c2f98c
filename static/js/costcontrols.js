import { costWords } from "./costs.js";
import { dropView, setView } from "./edits.js";
import { byId } from "./element.js";
import { NumberKnob } from "./numberknob.js";
import { rowOf, runValue } from "./rows.js";
import { write } from "./texts.js";
import { viewValue } from "./viewknobs.js";
import { say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */

/** Beside the axis of time: which machine is supposed, how wide it is, and what that means; or what this one was measured to take. */
export class CostControls {
  /** @type {import("./costs.js").Times|null|undefined} undefined until somebody asked */
  #times;
  #isAsking = false;

  /**
   * @param {Store} store
   * @param {() => void} measured  the measured times are here, or known to be missing
   */
  constructor(store, measured) {
    this.store = store;
    this.measured = measured;
    this.place = byId("cost");
    this.words = byId("cost-words");
    this.experiment = byId("cost-experiment");
    const knob = rowOf(store.tables.knobs, "width");
    const label = say("Width W");
    const edit = (/** @type {number} */ value) => (value === knob.default ? dropView("width") : setView("width", value));
    this.width = new NumberKnob({ id: "cost-width", knob, label, set: (value, done) => store.change(edit(value), { done }) });
    byId("cost-width-place").append(this.width.element);
    addEventListener("focus", () => this.#ask());
  }

  /** @returns {import("./costs.js").Machine} */
  get machine() {
    return { cost: viewValue(this.store, "cost"), width: viewValue(this.store, "width"), times: this.#times };
  }

  get #isMeasured() {
    return viewValue(this.store, "axis") === "time" && this.machine.cost === "measured";
  }

  /** Once somebody wants them, and again when they come back from the experiment that was missing. */
  async #ask() {
    if (!this.#isMeasured || this.#times || this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#times = await (await fetch("/api/experiments/time-per-update")).json();
    } catch {
      this.#times ??= null;
    }
    this.#isAsking = false;
    this.measured();
  }

  show() {
    const { tables, scene } = this.store;
    this.place.hidden = viewValue(this.store, "axis") !== "time";
    byId("cost-width-place").hidden = this.machine.cost !== "parallel";
    this.experiment.hidden = this.machine.cost !== "measured";
    if (this.#times === undefined) this.#ask();
    this.width.show(this.machine.width);
    write(this.words, costWords(this.machine, scene.runs.map((run) => runValue(tables, scene, run, "batch"))));
  }
}
