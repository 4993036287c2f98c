import { ChoiceKnob } from "./choiceknob.js";
import { NumberKnob } from "./numberknob.js";
import { setExamples, setKnob } from "./edits.js";
import { sceneKnobs } from "./address.js";
import { rowOf, sceneValue, surfaceOf } from "./rows.js";
import { around, holding } from "./scale.js";
import { spokenBy } from "./spoken.js";
import { startBounds } from "./together.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./scene.js").Store} Store */
/** @typedef {{element: HTMLElement, show: () => void, name?: string, knob?: NumberKnob}} Control */

/** Of one's own rows there are as many as there are, and none is drawn. */
const ofDrawn = ["examples", "data"];

/** @param {Knob} row */
export function knobLabel(row) {
  return row.symbol ? say(row.label) + " " + row.symbol : say(row.label);
}

/**
 * Bounds that follow the scene: a batch holds at most all examples.
 * @param {Store} store
 * @param {Knob} row
 * @returns {Knob}
 */
function fittedRow(store, row) {
  return row.name === "batch" ? { ...row, high: sceneValue(store.tables, store.scene, "examples") } : row;
}

/**
 * What a slider shows: its bounds, and the part of them it spans.
 * @param {Store} store
 * @param {Knob} row
 * @param {number} value
 */
export function fitted(store, row, value) {
  const knob = fittedRow(store, row);
  const isRate = row.name === "eta";
  return { knob, reach: isRate ? around(knob, value, surfaceOf(store.tables, store.scene).eta) : knob };
}

/**
 * @param {Store} store
 * @param {Knob} row
 * @returns {Control}
 */
function numberControl(store, row) {
  const edit = (/** @type {number} */ value) => (row.name === "examples" ? setExamples(value) : setKnob(row.name, value));
  const set = (/** @type {number} */ value, /** @type {boolean} */ done) => store.change(edit(value), { done });
  const knob = new NumberKnob({ id: "knob-" + row.name, knob: row, label: knobLabel(row), set, spoken: spokenBy(row.name) });
  knob.range.hidden = isSeed(row);
  const value = () => sceneValue(store.tables, store.scene, row.name);
  return { element: knob.element, name: row.name, knob, show: () => knob.show(value(), fitted(store, row, value())) };
}

/** Among thousands of millions of whole numbers a slider has nothing to say; the next one is enough. @param {Knob} row */
export function isSeed(row) {
  return row.kind === "integer" && row.scale === "linear" && row.high - row.low > 10000;
}

/**
 * @param {Store} store
 * @param {Knob} row
 * @returns {Control}
 */
function choiceControl(store, row) {
  const set = (/** @type {string} */ value) => store.change(setKnob(row.name, value));
  const knob = new ChoiceKnob({ id: "knob-" + row.name, label: knobLabel(row), choices: row.choices, set });
  return { element: knob.element, show: () => knob.show(sceneValue(store.tables, store.scene, row.name)) };
}

/**
 * One number of a point; its slider spans the surface's domain.
 * @param {Store} store
 * @param {Knob} row
 * @param {number} axis
 * @returns {Control}
 */
function coordinateControl(store, row, axis) {
  const point = () => sceneValue(store.tables, store.scene, row.name);
  const set = (/** @type {number} */ value, /** @type {boolean} */ done) =>
    store.change(setKnob(row.name, point().with(axis, value)), { done });
  const surface = surfaceOf(store.tables, store.scene);
  const label = say("{knob} {parameter}", { knob: say(row.label), parameter: surface.parameters[axis] });
  const span = surface.domain[axis];
  const number = { kind: /** @type {"number"} */ ("number"), scale: /** @type {"linear"} */ ("linear"), step: fineStep(span) };
  const fine = { ...row, ...number, ...startBounds(surface.domain, axis) };
  const knob = new NumberKnob({ id: "knob-" + row.name + "-" + axis, knob: fine, label, set });
  return { element: knob.element, show: () => knob.show(point()[axis], { reach: holding(span, point()[axis]) }) };
}

/** A round step, about a three-hundredth of the span. @param {import("./types.js").Pair} span */
function fineStep([low, high]) {
  return 10 ** Math.round(Math.log10((high - low) / 300));
}

/**
 * @param {Store} store
 * @param {Knob} row
 * @returns {Control[]}
 */
function controlsOf(store, row) {
  if (row.kind === "point") return [0, 1].map((axis) => coordinateControl(store, row, axis));
  return [row.kind === "choice" ? choiceControl(store, row) : numberControl(store, row)];
}

/** A panel with one control per knob; built anew only when the surface brings other knobs. */
export class Controls {
  /**
   * @param {HTMLElement} place
   * @param {Store} store
   * @param {() => string[]} names
   */
  constructor(place, store, names) {
    this.place = place;
    this.store = store;
    this.names = names;
    /** @type {Control[]} */
    this.controls = [];
    this.built = "";
  }

  show() {
    const { name, domain } = surfaceOf(this.store.tables, this.store.scene);
    const key = [name, domain, Boolean(this.store.scene.knobs.rows)].join();
    if (key !== this.built) this.build();
    this.built = key;
    for (const control of this.controls) control.show();
  }

  /** @param {string} name @param {import("./edgewords.js").Told} told */
  setEdges(name, told) {
    this.controls.find((control) => control.name === name)?.knob?.setEdges(told);
  }

  build() {
    const rows = this.names().map((name) => rowOf(this.store.tables.knobs, name));
    this.controls = rows.flatMap((row) => controlsOf(this.store, row));
    this.place.replaceChildren(...this.controls.map((control) => control.element));
  }
}

/**
 * The knobs of the left panel: all of the scene but the ones that stand on top of the runs, or beside the surface.
 * @param {Store} store
 * @param {string[]} shared
 */
export function otherKnobs(store, shared) {
  const elsewhere = [...shared, ...surfaceOf(store.tables, store.scene).shapes, ...(store.scene.knobs.rows ? ofDrawn : [])];
  const names = sceneKnobs(store.tables, store.scene.surface).map((row) => row.name);
  return names.filter((name) => !elsewhere.includes(name));
}
