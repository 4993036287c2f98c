import { element, iconButton } from "./element.js";
import { figure, shortest } from "./numbers.js";
import { clipped, fromPosition, isLog, nudged, positionStep, toPosition } from "./scale.js";
import { write } from "./texts.js";
import { allowed } from "./values.js";
import { paragraph, say, withCommas } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./scale.js").Window} Window */
/** @typedef {import("./edgewords.js").Told} Told */
/** @typedef {{id: string, knob: Knob, label: string, spoken?: (value: number) => string,
 *   set: (value: number, done: boolean) => void}} Fitting */

const arrows = /** @type {Record<string, number>} */ ({ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 });

/** One number: label, slider, box, − and +. It shows what it is told, asks for what the hand wants, and says so where it took something else. */
export class NumberKnob {
  /** @param {Fitting} fitting */
  constructor({ id, knob, label, set, spoken = figure }) {
    this.knob = knob;
    this.label = label;
    this.set = set;
    this.spoken = spoken;
    this.value = NaN;
    this.shown = "";
    this.fitted = "";
    this.range = element("input", { type: "range", id: id + "-slider", "aria-label": label });
    this.marks = element("div", { class: "knob-marks", "aria-hidden": "true" });
    this.notes = element("p", { class: "knob-notes" });
    /** @type {Told} */
    this.edges = { marks: [], notes: [], spoken: "" };
    this.problem = element("p", { id: id + "-problem", class: "knob-problem", role: "status" });
    this.box = element("input", { type: "number", id, step: "any", inputmode: knob.kind === "integer" ? "numeric" : "decimal", "aria-describedby": id + "-problem" });
    this.element = this.built(id, label);
    this.listen();
  }

  /**
   * @param {string} id
   * @param {string} label
   */
  built(id, label) {
    const less = iconButton("minus", say("{label}: less", { label }), () => this.nudge(-1));
    const more = iconButton("plus", say("{label}: more", { label }), () => this.nudge(1));
    return element(
      "div",
      { class: "knob", "data-knob-name": this.knob.name },
      element("label", { for: id, title: this.knob.help ? say(this.knob.help) : "" }, label),
      element("div", { class: "knob-box" }, less, this.box, more),
      this.problem,
      element("div", { class: "knob-track" }, this.marks, this.range),
      this.notes,
    );
  }

  listen() {
    this.range.addEventListener("input", () => this.ask(fromPosition(this.knob, this.range.valueAsNumber), false));
    this.range.addEventListener("change", () => this.ask(fromPosition(this.knob, this.range.valueAsNumber), true));
    this.range.addEventListener("keydown", (event) => this.arrow(event));
    this.box.addEventListener("change", () => this.typed());
  }

  /**
   * @param {number} value
   * @param {boolean} done
   */
  ask(value, done) {
    write(this.problem, "");
    this.value = value; // the next key may come before the page has shown this one
    this.set(value, done);
  }

  /** @param {number} direction */
  nudge(direction) {
    this.ask(nudged(this.knob, this.value, direction), true);
  }

  /** On a logarithmic slider one key is one readable step. @param {KeyboardEvent} event */
  arrow(event) {
    const direction = arrows[event.key];
    if (!direction || !isLog(this.knob) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.nudge(direction);
  }

  typed() {
    const { value: given, valueAsNumber: value } = this.box;
    if (Number.isFinite(value)) this.ask(clipped(this.knob, value), true);
    this.box.value = shortest(this.value);
    if (this.value !== value) write(this.problem, this.#refusal(given));
  }

  /** What was wrong, what is allowed, and what is set instead; of what is no number at all the browser tells nothing. @param {string} given */
  #refusal(given) {
    const values = { knob: this.label, given, allowed: allowed(this.knob) };
    const wrong = given ? say("{knob} cannot be “{given}”. Allowed: {allowed}.", values) : say("Allowed: {allowed}.", values);
    return paragraph([wrong, say("Set instead: {value}.", { value: shortest(this.value) })]);
  }

  /**
   * @param {number} value
   * @param {{knob?: Knob, reach?: Window}} [about] bounds that follow the scene; what the slider spans
   */
  show(value, { knob = this.knob, reach = knob } = {}) {
    const key = [value, reach.low, reach.high, knob.low, knob.high].join();
    if (value !== this.value) write(this.problem, "");
    this.value = value;
    if (key === this.shown) return;
    this.shown = key;
    this.knob = knob;
    this.fit(reach);
    this.range.value = String(toPosition(knob, value));
    if (document.activeElement !== this.box || this.box.valueAsNumber !== value) this.box.value = shortest(value);
    this.#showEdges();
  }

  /** What theory says of its values: marks on the track, notes under it, and words after the value. @param {Told} told */
  setEdges(told) {
    if (JSON.stringify(told) === JSON.stringify(this.edges)) return;
    this.edges = told;
    if (!Number.isNaN(this.value)) this.#showEdges();
  }

  #showEdges() {
    const { marks, notes, spoken } = this.edges;
    this.range.setAttribute("aria-valuetext", withCommas([this.spoken(this.value), spoken]));
    this.marks.replaceChildren(...marks.flatMap((mark) => this.#markOf(mark)));
    const keys = notes.map(({ isNoisy, words }) => element("span", {}, element("span", { class: isNoisy ? "knob-key is-noisy" : "knob-key", "aria-hidden": "true" }), words));
    this.notes.replaceChildren(...keys);
  }

  /** A mark stands where the middle of the thumb would. @param {import("./edgewords.js").Mark} mark */
  #markOf({ value, isNoisy }) {
    const [low, high] = [Number(this.range.min), Number(this.range.max)];
    const part = (toPosition(this.knob, value) - low) / (high - low);
    if (!(part >= 0 && part <= 1)) return [];
    const made = element("span", { class: isNoisy ? "knob-mark is-noisy" : "knob-mark" });
    made.style.setProperty("--part", String(part));
    return [made];
  }

  /** @param {Window} reach */
  fit({ low, high }) {
    const key = [low, high, this.knob.low, this.knob.high].join();
    if (key === this.fitted) return;
    this.fitted = key;
    this.range.min = String(toPosition(this.knob, low));
    this.range.max = String(toPosition(this.knob, high));
    this.range.step = isLog(this.knob) ? "any" : String(positionStep(this.knob));
    this.box.min = String(this.knob.low);
    this.box.max = String(this.knob.high);
  }
}
