import { costWords } from "./costs.js";
import { dropView, setView } from "./edits.js";
import { byId } from "./element.js";
import { NumberKnob } from "./numberknob.js";
import { rowOf, runValue } from "./rows.js";
import { write } from "./texts.js";
import { viewValue } from "./viewknobs.js";
import { say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */

/** Beside the axis of time: which machine is supposed, how wide it is, and what that means. */
export class CostControls {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.place = byId("cost");
    this.words = byId("cost-words");
    const knob = rowOf(store.tables.knobs, "width");
    const label = say("Width W");
    const edit = (/** @type {number} */ value) => (value === knob.default ? dropView("width") : setView("width", value));
    this.width = new NumberKnob({ id: "cost-width", knob, label, set: (value, done) => store.change(edit(value), { done }) });
    byId("cost-width-place").append(this.width.element);
  }

  /** @returns {import("./costs.js").Machine} */
  get machine() {
    return { cost: viewValue(this.store, "cost"), width: viewValue(this.store, "width") };
  }

  show() {
    const { tables, scene } = this.store;
    this.place.hidden = viewValue(this.store, "axis") !== "time";
    byId("cost-width-place").hidden = this.machine.cost !== "parallel";
    this.width.show(this.machine.width);
    write(this.words, costWords(this.machine, scene.runs.map((run) => runValue(tables, scene, run, "batch"))));
  }
}
