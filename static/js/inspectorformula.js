import { element } from "./element.js";
import { formula } from "./formula.js";
import { valueWords } from "./inspectorwords.js";
import { scrollable } from "./scrolled.js";
import { write } from "./texts.js";

/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./types.js").Rule} Rule */

/** The rule's lines, and under them the same lines with this update's numbers, once per coordinate. */
export class WorkedFormula {
  /** @type {{slot: string, axis: number, place: Element}[]} */
  #slots = [];
  #built = "";

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
  }

  /**
   * @param {Rule} rule
   * @param {string[]} parameters
   */
  setRule({ name, mathml, worked }, parameters) {
    const key = [name, ...parameters].join(" ");
    if (key === this.#built) return;
    this.#built = key;
    this.#slots = [];
    const lines = parameters.map((parameter, axis) => this.#filled(worked ?? "", parameter, axis));
    this.place.replaceChildren(scrollable(element("div", { class: "inspector-rule" }, formula(mathml))), ...lines);
  }

  /**
   * @param {string} worked
   * @param {string} parameter
   * @param {number} axis
   */
  #filled(worked, parameter, axis) {
    const maths = formula(worked);
    const places = maths instanceof Element ? [...maths.querySelectorAll("[data-slot]")] : [];
    this.#slots.push(...places.map((place) => ({ slot: place.getAttribute("data-slot") ?? "", axis, place })));
    const box = scrollable(element("div", { class: "inspector-worked" }, maths));
    return element("div", { class: "inspector-line" }, element("span", { class: "inspector-parameter" }, parameter), box);
  }

  /** @param {Update} update */
  show({ values }) {
    for (const { slot, axis, place } of this.#slots) write(place, valueWords(valueAt(values[slot], axis)));
  }
}

/**
 * @param {Update["values"][string]|undefined} value
 * @param {number} axis
 */
function valueAt(value, axis) {
  return Array.isArray(value) ? value[axis] : value;
}
