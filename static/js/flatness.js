import { Cut } from "./cut.js";
import { dropView, setView } from "./edits.js";
import { element } from "./element.js";
import { FlatnessChart } from "./flatnesschart.js";
import { caveat, flatnessTable, flatnessWords } from "./flatnesswords.js";
import { rounded } from "./numbers.js";
import { Pace } from "./pace.js";
import { rowOf, sceneValue } from "./rows.js";
import { scrollable } from "./scrolled.js";
import { minimumNames } from "./seedseries.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./cut.js").Ends} Ends */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./flatnesswords.js").Minimum} Minimum */
/** @typedef {{shift?: Pair, fresh?: number}} Test */
/** @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, choice: import("./profilecut.js").CutChoice}} Parts */

const samples = 300;

/** While a hand drags the shift, questions wait a little: the drawing comes first. */
const pause = 25;

/** The test begins this part of the cut's length beside the training: enough to be seen. */
const firstShift = 0.03;
const digits = 4;

/** Training and test loss at every minimum, for a test that is the training moved or has fresh examples. Open while the address names one. */
export class Flatness {
  /** @type {import("./criticalpoints.js").Named[]} */
  #points = [];
  /** @type {{header: any, columns: Float32Array[]}|null} */
  #answer = null;
  #asked = { id: 0, key: "" };

  /**
   * @param {HTMLDetailsElement} details
   * @param {Parts} parts
   */
  constructor(details, parts) {
    this.details = details;
    this.parts = parts;
    this.chart = new FlatnessChart((s, done) => this.#slide(s, done));
    this.words = element("p", { class: "flatness-words" });
    this.refusal = element("p", { class: "flatness-words", role: "status" });
    this.table = scrollable(element("div", { role: "region", "aria-label": say("Sharpness and losses of the minima") }));
    this.boxes = [0, 1].map((k) => this.#box(k));
    this.moved = element("div", { class: "flatness-boxes" }, ...this.boxes.map(({ label }) => label));
    this.draw = element("button", { type: "button", class: "tool" }, say("New examples"));
    this.draw.addEventListener("click", () => this.#freshen());
    details.append(this.#switch(), this.moved, this.draw, this.chart.legend, this.chart.figure, this.words, this.refusal, this.table, caveat());
    this.asking = new Pace(pause, () => this.#ask());
    details.addEventListener("toggle", () => this.#toggled());
  }

  #switch() {
    const names = { shift: say("the training, moved"), fresh: say("fresh examples") };
    this.radios = Object.entries(names).map(([value, name]) => {
      const input = element("input", { type: "radio", name: "flatness-test", value });
      input.addEventListener("change", () => (value === "shift" ? this.#move(this.#first, true) : this.#freshen()));
      return { input, label: element("label", {}, input, element("span", {}, name)) };
    });
    return element("fieldset", { class: "segments" }, element("legend", { class: "unseen" }, say("The test is")), ...this.radios.map(({ label }) => label));
  }

  /** @param {number} k */
  #box(k) {
    const input = element("input", { type: "number", step: "any", id: "flatness-shift-" + (k + 1) });
    const name = element("span", {});
    input.addEventListener("change", () => {
      const value = input.valueAsNumber;
      const next = /** @type {Pair} */ (this.#shift.map((old, place) => (place === k && Number.isFinite(value) ? value : old)));
      this.#move(next, true);
    });
    return { input, name, label: element("label", { class: "flatness-box" }, name, input) };
  }

  /** @returns {Test} */
  get #test() {
    const { shift, fresh } = this.parts.store.view;
    return shift ? { shift } : fresh === undefined ? {} : { fresh };
  }

  /** @returns {Pair} */
  get #shift() {
    return this.#test.shift ?? [0, 0];
  }

  get #cut() {
    return new Cut(this.parts.choice.ends);
  }

  /** @returns {Pair} */
  get #first() {
    const { way, length } = this.#cut;
    const far = rounded(firstShift * length, 1);
    return [rounded(far * way[0], digits) + 0, rounded(far * way[1], digits) + 0];
  }

  /** The address says whether the panel is open, so that a shared link shows the same. */
  #toggled() {
    const isNamed = Object.keys(this.#test).length > 0;
    if (this.details.open && !isNamed) this.#move(this.#first, true);
    if (!this.details.open && isNamed) this.parts.store.change((shown) => dropView("fresh")(dropView("shift")(shown)));
  }

  /**
   * @param {Pair} shift
   * @param {boolean} done
   */
  #move(shift, done) {
    this.parts.store.change((shown) => dropView("fresh")(setView("shift", shift)(shown)), { done });
  }

  #freshen() {
    const { tables, scene } = this.parts.store;
    const last = this.#test.fresh ?? sceneValue(tables, scene, "data");
    const next = last >= /** @type {number} */ (rowOf(tables.knobs, "fresh").high) ? 0 : last + 1;
    this.parts.store.change((shown) => dropView("shift")(setView("fresh", next)(shown)));
  }

  /**
   * Moves the test along the cut; what it lies beside the cut stays.
   * @param {number} s
   * @param {boolean} done
   */
  #slide(s, done) {
    const { way } = this.#cut;
    const [x, y] = this.#shift;
    const change = s - (x * way[0] + y * way[1]);
    this.#move([rounded(x + change * way[0], digits) + 0, rounded(y + change * way[1], digits) + 0], done);
  }

  /** What the address says. */
  show() {
    const isNamed = Object.keys(this.#test).length > 0;
    if (this.details.open !== isNamed) this.details.open = isNamed;
    if (!isNamed) return this.parts.link.forget("flatness");
    const isMoved = Boolean(this.#test.shift);
    for (const { input } of this.radios ?? []) input.checked = (input.value === "shift") === isMoved;
    this.moved.hidden = !isMoved;
    this.draw.hidden = isMoved;
    const { parameters } = this.parts.choice.surface;
    this.boxes.forEach(({ input, name }, k) => {
      write(name, say("Shift of {name}", { name: parameters[k] }));
      if (document.activeElement !== input || input.valueAsNumber !== this.#shift[k]) input.value = String(this.#shift[k]);
    });
    this.asking.call();
  }

  /** The letters of the minima; a surface without a cut of its own waits for them. @param {import("./criticalpoints.js").Named[]|null} points */
  setPoints(points) {
    this.#points = points ?? [];
    if (!this.details.open) return;
    this.show();
    this.#draw();
  }

  #ask() {
    const { store, link, choice } = this.parts;
    if (!this.details.open || !choice.isKnown) return;
    const { ends } = choice;
    const question = { scene: store.sceneQuery(), from: ends.slice(0, 2), to: ends.slice(2), resolution: samples, ...this.#test };
    const key = JSON.stringify(question);
    if (key === this.#asked.key) return;
    this.#asked = { id: link.ask("flatness", question), key };
    write(this.refusal, "");
  }

  /**
   * @param {Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.id !== this.#asked.id) return;
    const rows = /** @type {number} */ (header.rows);
    this.#answer = { header, columns: [0, 1, 2].map((k) => values.slice(k * rows, (k + 1) * rows)) };
    this.#draw();
  }

  /** @param {Header} header */
  refused({ id, error = "" }) {
    if (id === this.#asked.id) write(this.refusal, say("The server could not answer: {error}. What you see stays.", { error }));
  }

  #draw() {
    if (!this.#answer || !this.details.open) return;
    const { header, columns: [distance, training, test] } = this.#answer;
    const minima = /** @type {Minimum[]} */ (header.minima);
    const names = minimumNames(minima, this.#points);
    const told = minima.map((minimum, k) => ({ ...minimum, name: names[k] }));
    const cut = new Cut(/** @type {Ends} */ ([...header.from, ...header.to]));
    const slid = header.fresh === null ? header.shift[0] * cut.way[0] + header.shift[1] * cut.way[1] : null;
    this.chart.show({ cut, distance, training, test, minima: told, slid });
    const { tables, scene } = this.parts.store;
    const isAlike = this.parts.choice.surface.kind === "formula" && sceneValue(tables, scene, "spread") === 0;
    write(this.words, flatnessWords(told, { isFresh: header.fresh !== null, isAlike, isOwn: scene.knobs.rows !== undefined }));
    this.table.replaceChildren(flatnessTable(told));
  }
}
