import { ChoiceKnob } from "./choiceknob.js";
import { NumberKnob } from "./numberknob.js";
import { fitted, knobLabel } from "./controls.js";
import { dropOwn, setOwn } from "./edits.js";
import { element } from "./element.js";
import { figure } from "./numbers.js";
import { named, runValue, sceneValue } from "./rows.js";
import { spokenBy } from "./spoken.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./scene.js").Store} Store */
/** @typedef {{element: HTMLElement, show: () => void, name?: string, knob?: NumberKnob}} Part */

/**
 * A knob that follows all runs until this run has its own.
 * @param {Store} store
 * @param {number} index
 * @param {Knob} row
 * @returns {Part}
 */
export function ownKnob(store, index, row) {
  const isOwn = () => row.name in (store.scene.runs[index]?.knobs ?? {});
  const id = "run-" + index + "-" + row.name;
  const box = element("input", { type: "checkbox", id: id + "-own" });
  const inner = valueControl(store, index, row, id);
  box.addEventListener("change", () => store.change(box.checked ? setOwn(index, row.name, currentValue(store, index, row)) : dropOwn(index, row.name)));
  const shared = element("span", { class: "own-shared" });
  const label = element("label", { class: "check" }, box, say("{knob}: own", { knob: knobLabel(row) }), shared);
  const show = () => {
    box.checked = isOwn();
    inner.element.hidden = !isOwn();
    shared.textContent = isOwn() ? "" : followed(store, index, row);
    inner.show();
  };
  return { element: element("div", { class: "own" }, label, inner.element), show, name: row.name, knob: inner.knob };
}

/**
 * @param {Store} store
 * @param {number} index
 * @param {Knob} row
 */
function followed(store, index, row) {
  if (row.name === "average") return say("none");
  const value = currentValue(store, index, row);
  const choice = named((row.choices ?? []).map((item) => ({ name: item.value, label: item.label })), String(value));
  return typeof value === "number" ? figure(value) : say(choice?.label ?? String(value));
}

/**
 * @param {Store} store
 * @param {number} index
 * @param {Knob} row
 */
function currentValue(store, index, row) {
  const run = store.scene.runs[index];
  return run ? runValue(store.tables, store.scene, run, row.name) : sceneValue(store.tables, store.scene, row.name);
}

/**
 * @param {Store} store
 * @param {number} index
 * @param {Knob} row
 * @param {string} id
 * @returns {Part}
 */
function valueControl(store, index, row, id) {
  const value = () => currentValue(store, index, row);
  const label = knobLabel(row);
  if (row.kind === "choice") {
    const choice = new ChoiceKnob({ id, label, choices: row.choices, set: (text) => store.change(setOwn(index, row.name, text)) });
    return { element: choice.element, show: () => choice.show(value()) };
  }
  const set = (/** @type {number} */ number, /** @type {boolean} */ done) => store.change(setOwn(index, row.name, number), { done });
  const knob = new NumberKnob({ id, knob: row, label, set, spoken: spokenBy(row.name) });
  return { element: knob.element, knob, show: () => knob.show(value(), fitted(store, row, value())) };
}
