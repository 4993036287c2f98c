import { element, iconButton } from "./element.js";
import { figure, shortest } from "./numbers.js";
import { clipped, fromPosition, isLog, nudged, positionStep, toPosition } from "./scale.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */
/** @typedef {import("./scale.js").Window} Window */
/** @typedef {{id: string, knob: Knob, label: string, spoken?: (value: number) => string,
 *   set: (value: number, done: boolean) => void}} Fitting */

const arrows = /** @type {Record<string, number>} */ ({ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 });

/** One number: label, slider, box, − and +. It shows what it is told and asks for what the hand wants. */
export class NumberKnob {
  /** @param {Fitting} fitting */
  constructor({ id, knob, label, set, spoken = figure }) {
    this.knob = knob;
    this.set = set;
    this.spoken = spoken;
    this.value = NaN;
    this.shown = "";
    this.fitted = "";
    this.range = element("input", { type: "range", id: id + "-slider", "aria-label": label });
    this.box = element("input", { type: "number", id, step: "any", inputmode: knob.kind === "integer" ? "numeric" : "decimal" });
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
      this.range,
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
    const value = this.box.valueAsNumber;
    if (Number.isFinite(value)) this.ask(clipped(this.knob, value), true);
    else this.box.value = shortest(this.value);
  }

  /**
   * @param {number} value
   * @param {{knob?: Knob, reach?: Window}} [about] bounds that follow the scene; what the slider spans
   */
  show(value, { knob = this.knob, reach = knob } = {}) {
    const key = [value, reach.low, reach.high, knob.low, knob.high].join();
    this.value = value;
    if (key === this.shown && document.activeElement !== this.box) return;
    this.shown = key;
    this.knob = knob;
    this.fit(reach);
    this.range.value = String(toPosition(knob, value));
    if (document.activeElement !== this.box || this.box.valueAsNumber !== value) this.box.value = shortest(value);
    this.range.setAttribute("aria-valuetext", this.spoken(value));
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
