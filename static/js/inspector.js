import { ArrowsView } from "./arrowsview.js";
import { Conversions } from "./conversions.js";
import { dropView, setView } from "./edits.js";
import { byId } from "./element.js";
import { WorkedFormula } from "./inspectorformula.js";
import { InspectorHead } from "./inspectorhead.js";
import { Parts } from "./inspectorparts.js";
import { rowOf, sceneValue, surfaceOf } from "./rows.js";
import { ScaledTable } from "./scaledtable.js";
import { size } from "./vectors.js";
import { paintOf } from "./weightedsumart.js";
import { sumBehind } from "./weightedsumbehind.js";
import { SumPanel } from "./weightedsumpanel.js";
import { say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./playhead.js").Playhead} Playhead */
/** @typedef {import("./anatomies.js").Anatomies} Anatomies */
/** @typedef {import("./anatomy.js").Anatomy} Anatomy */
/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {{store: Store, selection: Selection, playhead: Playhead, anatomies: Anatomies, redraw: () => void}} Fitting */

/** The gradients of so many updates before and after are drawn with one factor. */
const neighbours = 3;

/** The update that happens from the ball of one run, taken apart: in words, in numbers, as arrows, and as a sum over the past. */
export class Inspector {
  /** @type {Paths|null} */
  #paths = null;
  /** @type {string[]} */
  #names = [];
  /** @type {Update|null} */
  #shown = null;

  /** @param {Fitting} fitting */
  constructor({ store, selection, playhead, anatomies, redraw }) {
    this.store = store;
    this.selection = selection;
    this.playhead = playhead;
    this.anatomies = anatomies;
    this.redraw = redraw;
    this.section = byId("inspector");
    this.button = byId("time-inspect");
    this.arrows = new ArrowsView();
    this.paint = paintOf(this.section);
    this.head = new InspectorHead(byId("inspector-head"), () => this.toggle());
    this.formula = new WorkedFormula(byId("inspector-formula"));
    this.parts = new Parts(byId("inspector-parts"), { change: () => this.turned(), onward: () => this.onward() });
    this.scaled = new ScaledTable(byId("inspector-scaled"));
    this.sum = new SumPanel(byId("inspector-sum"), { paint: () => this.paint, lit: () => this.turned() });
    this.conversions = new Conversions(byId("inspector-conversions"));
    this.#listen();
  }

  #listen() {
    this.button.addEventListener("click", () => this.toggle());
    this.anatomies.addEventListener("change", () => this.arrived());
    this.selection.addEventListener("change", () => this.selected());
  }

  get isOpen() {
    return this.store.view.inspect !== undefined;
  }

  toggle() {
    const holdsFocus = this.section.contains(document.activeElement);
    this.store.change(this.isOpen ? dropView("inspect") : setView("inspect", this.selection.index));
    if (this.isOpen) this.reveal();
    else if (holdsFocus) this.button.focus();
  }

  /** Its beginning comes into sight, and the stage stays there as far as it can. */
  reveal() {
    const below = this.section.getBoundingClientRect().top + 280 - innerHeight;
    if (below > 0) scrollBy({ top: below });
  }

  /** The next part of the story; the first key opens it. */
  step() {
    if (this.isOpen) this.parts.step();
    else this.toggle();
  }

  /** Another card: another run is inspected. */
  selected() {
    const { index } = this.selection;
    if (this.isOpen && this.wanted !== index) this.store.change(setView("inspect", index));
  }

  /** The run the address names, or the last one where it names too many. */
  get wanted() {
    return Math.min(this.store.view.inspect, this.store.scene.runs.length - 1);
  }

  /** What the view decides. */
  show() {
    const { isOpen } = this;
    this.section.hidden = !isOpen;
    this.section.closest(".lab")?.toggleAttribute("data-inspect", isOpen);
    this.button.setAttribute("aria-pressed", String(isOpen));
    if (isOpen) this.selection.choose(this.wanted);
    this.anatomies.watch("inspector", isOpen ? [this.selection.index] : []);
    this.showName();
    this.arrived();
  }

  /** The page has already put the theme's colours into the custom properties. */
  setTheme() {
    this.paint = paintOf(this.section);
    this.sum.draw();
  }

  /** @param {Paths} paths */
  setPaths(paths) {
    this.#paths = paths;
    this.follow();
  }

  /** @param {string[]} names */
  setNames(names) {
    this.#names = names;
    this.showName();
  }

  showName() {
    this.head.name(this.selection.index, this.#names[this.selection.index] ?? "");
  }

  /** What a reader should hear when the playhead rests. */
  get said() {
    return this.isOpen ? this.head.sentence : "";
  }

  arrived() {
    const before = this.arrows.showing;
    this.follow();
    if (before || this.arrows.showing) this.redraw();
  }

  turned() {
    if (this.#shown) this.point(this.#shown);
    this.redraw();
  }

  /** The story goes on with the next update. */
  onward() {
    const { playhead } = this;
    const last = this.#anatomy?.goesOn ? Infinity : this.#anatomy?.last ?? 0;
    if (playhead.at >= Math.min(last, playhead.length - 1)) return false;
    playhead.skip(1);
    return true;
  }

  /** @returns {Anatomy|null} */
  get #anatomy() {
    return this.anatomies.of(this.selection.index);
  }

  /** The playhead is elsewhere, or there is something new to say. What is not known yet leaves the old words. */
  follow() {
    this.anatomies.refresh();
    const anatomy = this.isOpen ? this.#anatomy : null;
    if (!this.isOpen) this.arrows.showing = null;
    const update = anatomy?.at(this.playhead.at);
    if (anatomy && update) this.showUpdate(anatomy, update);
  }

  /**
   * @param {Anatomy} anatomy
   * @param {Update} update
   */
  showUpdate(anatomy, update) {
    const { rule } = anatomy;
    const { parameters } = surfaceOf(this.store.tables, this.store.scene);
    this.#shown = update;
    const examples = sceneValue(this.store.tables, this.store.scene, "examples");
    this.head.show(this.caseOf(anatomy, update), { parameters, examples, isLast: update.index < this.playhead.at });
    this.formula.setRule(rowOf(this.store.tables.rules, rule), parameters);
    this.formula.show(update);
    this.parts.setRule(rule);
    this.parts.show(update);
    this.scaled.show(rule, update, parameters);
    this.sum.show(rule, sumBehind(anatomy, update));
    this.conversions.show(anatomy.conversions);
    this.point(update);
  }

  /**
   * @param {Anatomy} anatomy
   * @param {Update} update
   * @returns {import("./inspectorstory.js").Case}
   */
  caseOf(anatomy, update) {
    return { rule: anatomy.rule, update, next: anatomy.record(update.index + 1), diverges: this.diverges(anatomy.of), unit: this.unit };
  }

  /** @param {number} run */
  diverges(run) {
    return (this.#paths?.runs[run]?.diverged ?? null) !== null;
  }

  get unit() {
    const [x, y] = surfaceOf(this.store.tables, this.store.scene).domain;
    return size([x[1] - x[0], y[1] - y[0]]);
  }

  /** What the stages draw. @param {Update} update */
  point(update) {
    const anatomy = this.#anatomy;
    if (!anatomy) return;
    const near = anatomy.updates.filter(({ index }) => index <= update.index && index >= update.index - neighbours);
    this.arrows.showing = { rule: anatomy.rule, update, near, shown: this.parts.shown, lit: this.litPlace() };
  }

  litPlace() {
    const share = this.sum.lit;
    const at = share && this.#placeOf(share.index);
    return share && at ? { at, gradient: share.gradient, words: say("update {n}", { n: share.index + 1 }) } : null;
  }

  /**
   * Where the run stood before an update, as the path knows it.
   * @param {number} index
   * @returns {Pair|null}
   */
  #placeOf(index) {
    const known = this.#anatomy?.record(index);
    const run = this.#paths?.runs[this.selection.index];
    if (known || !run || !this.#paths) return known?.before ?? null;
    const row = this.#paths.rowAt(this.selection.index, index);
    return [run.theta1[row], run.theta2[row]];
  }
}
