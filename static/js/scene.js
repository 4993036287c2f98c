import { parse, write, writeScene } from "./address.js";
import { same, sceneValue } from "./rows.js";
import { dropView, setView } from "./edits.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./edits.js").Edit} Edit */

/**
 * How an address is read and written, and what a knob is when nobody turned it. The lab's, unless somebody brings another.
 * @typedef {{parse: typeof parse, write: typeof write, writeScene: typeof writeScene,
 *   value: (tables: Tables, scene: import("./types.js").Scene, name: string) => any}} Grammar
 */

/** @type {Grammar} */
const ofScenes = { parse, write, writeScene, value: (tables, scene, name) => (name === "surface" ? scene.surface : sceneValue(tables, scene, name)) };

const mostUndone = 500;

/**
 * The one store: what is shown now, what was shown before. Everything else reads it and asks it to change.
 * Events: `change` (detail.scene: the numbers change, detail.done: the hand let go) and `problems`.
 */
export class Store extends EventTarget {
  /**
   * @param {Tables} tables
   * @param {{query: () => string, write: (query: string, isPlace: boolean) => void, forget: () => void}} bar
   * @param {Grammar} [grammar]
   */
  constructor(tables, bar, grammar = ofScenes) {
    super();
    this.tables = tables;
    this.bar = bar;
    this.grammar = grammar;
    const { scene, view, problems } = grammar.parse(bar.query(), tables);
    this.problems = problems;
    /** @type {Shown} */
    this.shown = { scene, view };
    this.opened = this.shown;
    this.finished = this.shown;
    /** @type {Shown[]} */
    this.past = [];
    /** @type {Shown[]} */
    this.future = [];
  }

  get scene() {
    return this.shown.scene;
  }

  get view() {
    return this.shown.view;
  }

  sceneQuery() {
    return this.grammar.writeScene(this.scene, this.tables);
  }

  query() {
    return this.grammar.write(this.scene, this.view, this.tables);
  }

  /** What a knob of the scene is, turned or not. @param {string} name */
  value(name) {
    return this.grammar.value(this.tables, this.scene, name);
  }

  /**
   * @param {Edit} edit
   * @param {{done?: boolean, isPlace?: boolean}} [how] `done` is false while the hand still moves
   */
  change(edit, { done = true, isPlace = false } = {}) {
    const next = edit(this.shown);
    if (done) this.remember(next);
    this.show(next, done);
    this.bar.write(this.query(), isPlace);
  }

  /** @param {Shown} next */
  remember(next) {
    if (same(next, this.finished)) return;
    this.past = [...this.past.slice(1 - mostUndone), this.finished];
    this.future = [];
    this.finished = next;
  }

  /**
   * @param {Shown} next
   * @param {boolean} done
   */
  show(next, done) {
    const scene = !same(next.scene, this.shown.scene);
    this.shown = next;
    this.dispatchEvent(new CustomEvent("change", { detail: { scene, done } }));
  }

  /** Where the playhead rests belongs to the address, but is nothing to undo. @param {number|null} at */
  rest(at) {
    const edit = at === null ? dropView("at") : setView("at", at);
    this.shown = edit(this.shown);
    this.finished = edit(this.finished);
    this.bar.write(this.query(), false);
  }

  undo() {
    this.travel(this.past, this.future);
  }

  redo() {
    this.travel(this.future, this.past);
  }

  /**
   * @param {Shown[]} from
   * @param {Shown[]} to
   */
  travel(from, to) {
    const next = from.pop();
    if (!next) return;
    to.push(this.finished);
    this.finished = this.atRest(next);
    this.show(this.finished, true);
    this.bar.write(this.query(), false);
  }

  /** The playhead stays where it is when a change is undone. @param {Shown} next */
  atRest(next) {
    return this.view.at === undefined ? dropView("at")(next) : setView("at", this.view.at)(next);
  }

  reset() {
    this.change(() => this.atRest(this.opened));
  }

  get isAsOpened() {
    return same(this.atRest(this.opened), this.shown);
  }

  /** The reader went back or forward in the browser. */
  revisit() {
    const { scene, view, problems } = this.grammar.parse(this.bar.query(), this.tables);
    const next = this.atRest({ scene, view });
    this.remember(next);
    this.show(next, true);
    this.bar.write(this.query(), false);
    this.dispatchEvent(new CustomEvent("problems", { detail: problems }));
  }
}
