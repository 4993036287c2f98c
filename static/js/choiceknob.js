import { element } from "./element.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Choice} Choice */

/** One of a few: a label and a list. */
export class ChoiceKnob {
  /** @param {{id: string, label: string, choices: Choice[], set: (value: string) => void}} fitting */
  constructor({ id, label, choices, set }) {
    const options = choices.map((choice) => element("option", { value: choice.value }, say(choice.label)));
    this.select = element("select", { id }, ...options);
    this.select.addEventListener("change", () => set(this.select.value));
    this.element = element("div", { class: "knob" }, element("label", { for: id }, label), this.select);
  }

  /** @param {string} value */
  show(value) {
    this.select.value = value;
  }
}
