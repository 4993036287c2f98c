import { element } from "./element.js";
import { listText } from "./fullwidth.js";
import { allowed, bad, readValue, writtenValue } from "./values.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Knob} Knob */

/** A few whole numbers, joined by commas: a label and a box to type in. */
export class ListKnob {
  /** @param {{id: string, knob: Knob, label: string, set: (value: string) => void}} fitting */
  constructor({ id, knob, label, set }) {
    this.knob = knob;
    this.value = "";
    this.box = element("input", { type: "text", id, inputmode: "text", autocomplete: "off", spellcheck: "false", "aria-describedby": id + "-problem" });
    this.problem = element("p", { id: id + "-problem", class: "knob-problem", role: "status" });
    this.box.addEventListener("change", () => this.#typed(set));
    this.element = element("div", { class: "knob list-knob", "data-knob-name": knob.name }, element("label", { for: id, title: say(knob.help) }, label), this.box, this.problem);
  }

  /** @param {(value: string) => void} set */
  #typed(set) {
    const value = readValue(this.knob, listText(this.box.value));
    this.problem.textContent = value === bad ? say("Allowed: {allowed}.", { allowed: allowed(this.knob) }) : "";
    this.box.setAttribute("aria-invalid", String(value === bad));
    if (value !== bad) set(value);
  }

  /** @param {string} value */
  show(value) {
    if (value === this.value) return;
    this.value = value;
    this.box.value = writtenValue(this.knob, value);
    this.box.removeAttribute("aria-invalid");
    this.problem.textContent = "";
  }
}
