import { copyRun, hiddenRuns, isSolo, removeRun, setRule, toggleHidden, toggleSolo } from "./edits.js";
import { element, iconButton, relabel } from "./element.js";
import { formula } from "./formula.js";
import { figure } from "./numbers.js";
import { scrollable } from "./scrolled.js";
import { ownKnob } from "./ownknob.js";
import { rowOf, runKnobs, runValue } from "./rows.js";
import { swatch } from "./swatch.js";
import { write } from "./texts.js";
import { say, withSemicolons } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */

/** One run: its line, its rule, its own knobs, how it ended. */
export class RunCard {
  /**
   * @param {Store} store
   * @param {number} index
   * @param {() => void} select
   */
  constructor(store, index, select) {
    this.store = store;
    this.index = index;
    this.outcome = element("p", { class: "run-outcome" });
    this.zigzag = element("p", { class: "run-zigzag" });
    this.edges = element("p", { class: "run-edges" });
    this.title = element("button", { type: "button", class: "run-select", id: "run-" + index + "-select" }, swatch(index));
    this.title.addEventListener("click", select);
    this.tools = this.toolButtons();
    this.own = runKnobs(store.tables, this.run.rule).map((row) => ownKnob(store, index, row));
    this.element = this.built();
    this.element.addEventListener("click", (event) => {
      if (!(/** @type {Element} */ (event.target).closest("button, select, input, summary, label"))) select();
    });
  }

  get run() {
    return this.store.scene.runs[this.index];
  }

  get rule() {
    return rowOf(this.store.tables.rules, this.run.rule);
  }

  built() {
    return element(
      "li",
      { class: "card run" },
      element("div", { class: "run-head" }, this.title, this.rulePicker()),
      element("div", { class: "run-about" }, this.ruleFormula(), this.batchText()),
      this.outcome,
      this.edges,
      this.zigzag,
      element("div", { class: "run-foot" }, this.ownKnobs(), element("div", { class: "run-tools" }, ...Object.values(this.tools))),
    );
  }

  rulePicker() {
    const { tables } = this.store;
    const options = tables.rules.map((row) => element("option", { value: row.name }, say(row.label)));
    const label = say("Rule of run {n}", { n: this.index + 1 });
    const select = element("select", { id: "run-" + this.index + "-rule", class: "run-rule", "aria-label": label }, ...options);
    select.value = this.run.rule;
    select.addEventListener("change", () => this.store.change(setRule(tables, this.index, select.value)));
    return select;
  }

  ruleFormula() {
    const attributes = { class: "run-formula", role: "group", "aria-label": say("Formula"), title: say(this.rule.why) };
    return scrollable(element("div", attributes, formula(this.rule.mathml)));
  }

  batchText() {
    this.batch = element("span", { class: "run-batch" });
    return this.batch;
  }

  toolButtons() {
    const change = (/** @type {import("./edits.js").Edit} */ edit) => () => this.store.change(edit);
    return {
      hide: iconButton("seen", say("Hide"), change(toggleHidden(this.index))),
      solo: iconButton("solo", say("Only this run"), change(toggleSolo(this.index))),
      copy: iconButton("copy", say("Copy"), change(copyRun(this.index))),
      remove: iconButton("remove", say("Remove"), change(removeRun(this.index))),
    };
  }

  ownKnobs() {
    const id = "run-" + this.index + "-own";
    const summary = element("summary", { id }, say("Own knobs"));
    return element("details", { class: "run-own" }, summary, ...this.own.map((part) => part.element));
  }

  /** @param {boolean} isSelected */
  show(isSelected) {
    const { tables, scene, shown } = this.store;
    this.element.classList.toggle("is-selected", isSelected);
    this.element.classList.toggle("is-hidden", hiddenRuns(shown).includes(this.index));
    this.title.setAttribute("aria-pressed", String(isSelected));
    if (this.batch) this.batch.textContent = "B = " + figure(runValue(tables, scene, this.run, "batch"));
    this.own.forEach((part) => part.show());
    this.showTools();
  }

  /** @param {string} name what this run is called on the page */
  showName(name) {
    this.title.setAttribute("aria-label", say("Show the numbers of {run}", { run: name }));
    this.title.title = this.title.getAttribute("aria-label") ?? "";
    this.element.setAttribute("aria-label", name);
    this.name = name;
    this.showTools();
  }

  showTools() {
    const { shown } = this.store;
    const values = { run: this.name ?? "" };
    const isHidden = hiddenRuns(shown).includes(this.index);
    relabel(this.tools.hide, isHidden ? "hidden" : "seen", isHidden ? say("Show {run}", values) : say("Hide {run}", values));
    const solo = isSolo(shown, this.index);
    relabel(this.tools.solo, "solo", solo ? say("Show all runs", values) : say("Show only {run}", values));
    this.tools.solo.setAttribute("aria-pressed", String(solo));
    relabel(this.tools.copy, "copy", say("Copy {run}", values));
    relabel(this.tools.remove, "remove", say("Remove {run}", values));
    this.tools.remove.disabled = shown.scene.runs.length < 2;
    this.tools.copy.disabled = shown.scene.runs.length >= this.store.tables.limits.runs;
  }

  /** Up to which η it holds, in words here and as marks on its own slider. @param {import("./edgewords.js").Told} told */
  setEdges(told) {
    this.own.find(({ name }) => name === "eta")?.knob?.setEdges({ ...told, notes: [] });
    write(this.edges, withSemicolons(told.notes.map(({ words }) => words)));
  }

  /** How far it went, and how far it came. @param {string} words */
  showZigzag(words) {
    write(this.zigzag, words);
  }

  /** @param {string} words */
  showOutcome(words) {
    if (this.outcome.textContent !== words) this.outcome.textContent = words;
  }
}
