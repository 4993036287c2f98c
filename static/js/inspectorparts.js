import { partSign, partsOf } from "./arrows.js";
import { drawing, element } from "./element.js";
import { forcesOf } from "./inspectorstory.js";
import { valueWords } from "./inspectorwords.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./arrows.js").Part} Part */

/** The arrows one after the other: each with its sign, its name and its numbers; choosing one shows the story up to it. */
export class Parts {
  #rule = "";
  /** @type {Map<Part, HTMLElement>} */
  #numbers = new Map();
  /** @type {HTMLInputElement[]} */
  #inputs = [];

  /**
   * @param {HTMLElement} place
   * @param {{change: () => void, onward: () => boolean}} events  `onward`: the story goes on with the next update, if there is one
   */
  constructor(place, events) {
    this.place = place;
    this.events = events;
    this.next = element("button", { type: "button", class: "tool inspector-next", id: "inspector-next" });
    this.next.append(say("Next part"), " ", element("kbd", { "aria-hidden": "true" }, "N"));
    this.next.addEventListener("click", () => this.step());
  }

  /** @param {string} rule */
  setRule(rule) {
    if (rule === this.#rule) return;
    this.#rule = rule;
    const legend = element("legend", { class: "unseen" }, say("Parts of the update"));
    const rows = partsOf(rule).map((part, index) => this.#row(part, index + 1));
    const fieldset = element("fieldset", { class: "parts" }, legend, this.#choice(0, element("span", {}, say("All arrows"))), ...rows);
    fieldset.addEventListener("change", () => this.events.change());
    this.#inputs = [...fieldset.querySelectorAll("input")];
    this.#inputs[0].checked = true;
    this.place.replaceChildren(fieldset, this.next);
  }

  /**
   * @param {number} value
   * @param {Element[]} words
   */
  #choice(value, ...words) {
    const input = element("input", { type: "radio", name: "inspector-part", value, id: "inspector-part-" + value });
    return element("label", { class: "part" }, input, ...words);
  }

  /**
   * @param {Part} part
   * @param {number} value
   */
  #row(part, value) {
    const numbers = element("span", { class: "part-numbers" });
    this.#numbers.set(part, numbers);
    const sign = element("span", { class: "part-sign " + part }, partSign(part, this.#rule));
    const count = element("span", { class: "part-count" }, String(value));
    return this.#choice(value, count, arrowSwatch(part), sign, partName(part, this.#rule), numbers);
  }

  /** So many parts are shown. */
  get shown() {
    const chosen = this.#inputs.findIndex((input) => input.checked);
    return chosen > 0 ? chosen : Infinity;
  }

  /** The next part; after the last one the next update, from its first part. */
  step() {
    const chosen = Math.max(0, this.#inputs.findIndex((input) => input.checked));
    const isLast = chosen === this.#inputs.length - 1;
    const goesOn = !isLast || this.events.onward();
    this.#inputs[isLast ? (goesOn ? 1 : 0) : chosen + 1].checked = true;
    this.events.change();
  }

  /** @param {Update} update */
  show(update) {
    const forces = forcesOf(this.#rule, update);
    for (const [part, place] of this.#numbers) write(place, valueWords(forces[part]));
  }
}

/**
 * One word beside the arrow, the whole name for ears and in the tip.
 * @param {Part} part
 * @param {string} rule
 */
function partName(part, rule) {
  const places = /** @type {Record<string, string>} */ ({ nesterov: say("gradient, taken ahead at θ + λm"), sam: say("gradient, taken uphill at θ + ρg/‖g‖") });
  const ahead = places[rule] ?? say("gradient");
  const names = {
    gradient: [say("gradient"), ahead],
    reverse: [say("reverse"), say("reverse gradient")],
    carried: [say("previous"), say("what is left of the previous movement")],
    movement: [say("movement"), say("movement")],
  };
  const [seen, whole] = names[part];
  return element("span", { class: "part-name", title: whole }, element("span", { "aria-hidden": "true" }, seen), element("span", { class: "unseen" }, whole));
}

/** An arrow as the stage draws it. @param {Part} part */
function arrowSwatch(part) {
  const shaft = drawing("line", { class: "arrow-shaft", x1: 1, y1: 6, x2: 26, y2: 6 });
  const head = drawing("path", { class: "arrow-head", d: "M25 1l11 5-11 5z" });
  return drawing("svg", { class: "arrow-swatch " + part, viewBox: "0 0 37 12", "aria-hidden": "true" }, shaft, head);
}
