import { ChoiceKnob } from "./choiceknob.js";
import { isSeed, knobLabel } from "./controls.js";
import { setKnob } from "./edits.js";
import { element } from "./element.js";
import { isIdle } from "./experimentaddress.js";
import { ListKnob } from "./listknob.js";
import { NumberKnob } from "./numberknob.js";
import { knobsOf } from "./rows.js";
import { around } from "./scale.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./scene.js").Store} Store */
/** @typedef {{element: HTMLElement, show: () => void}} Control */
/** @typedef {{row: Knob, control: Control}} Line */

/** What every experiment on a network has stands apart from what only this one has. */
const shared = ["images", "split", "hidden", "activation", "rule"];

/** All knobs of an experiment, their bounds from the table. */
export class ExperimentKnobs {
  /**
   * @param {HTMLElement} place
   * @param {Store} store
   */
  constructor(place, store) {
    this.store = store;
    /** @type {Line[]} */
    this.lines = knobsOf(store.tables, "experiment").map((row) => ({ row, control: controlOf(store, row) }));
    const [own, network] = [false, true].map((isShared) => this.lines.filter(({ row }) => shared.includes(row.name) === isShared));
    const more = element("details", { class: "more-knobs" }, element("summary", {}, say("The network and its images")), element("div", { class: "knobs" }, ...network.map(({ control }) => control.element)));
    place.append(element("div", { class: "knobs" }, ...own.map(({ control }) => control.element)), ...(network.length ? [more] : []));
  }

  show() {
    const { tables, scene } = this.store;
    for (const { row, control } of this.lines) {
      control.element.hidden = isIdle(tables, scene, row.name);
      control.show();
    }
  }
}

/**
 * @param {Store} store
 * @param {Knob} row
 * @returns {Control}
 */
function controlOf(store, row) {
  const fitting = { id: "knob-" + row.name, knob: row, label: knobLabel(row) };
  const change = (/** @type {any} */ value, done = true) => store.change(setKnob(row.name, value), { done });
  const value = () => store.value(row.name);
  if (row.kind === "list") return shown(new ListKnob({ ...fitting, set: change }), value);
  if (row.kind === "choice") return shown(new ChoiceKnob({ ...fitting, choices: row.choices, set: change }), value);
  const knob = new NumberKnob({ ...fitting, set: change });
  knob.range.hidden = isSeed(row);
  const reach = () => (row.name === "eta" ? around(row, value(), row.default) : row);
  return { element: knob.element, show: () => knob.show(value(), { reach: reach() }) };
}

/**
 * @param {{element: HTMLElement, show: (value: any) => void}} knob
 * @param {() => any} value
 * @returns {Control}
 */
function shown(knob, value) {
  return { element: knob.element, show: () => knob.show(value()) };
}
