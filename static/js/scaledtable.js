import { dividedGradient, divisorsOf } from "./divisors.js";
import { element } from "./element.js";
import { forcesOf } from "./inspectorstory.js";
import { valueWords } from "./inspectorwords.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./anatomy.js").Update} Update */

/** What an adaptive rule does to each coordinate: its own divisor, and with it its own learning rate. */
export class ScaledTable {
  #built = "";
  /** @type {HTMLElement[][]} */
  #cells = [];

  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
  }

  /**
   * @param {string} rule
   * @param {Update} update
   * @param {string[]} parameters
   */
  show(rule, update, parameters) {
    const divisors = divisorsOf(rule, update.values);
    this.place.hidden = !divisors.length;
    if (!divisors.length) return;
    this.build(rule, parameters);
    const [divided, { movement }] = [dividedGradient(rule, update.values), forcesOf(rule, update)];
    this.#cells.forEach((cells, axis) => {
      const numbers = [divided[axis], divisors[axis], update.eta / divisors[axis], movement[axis]];
      cells.forEach((cell, k) => write(cell, valueWords(numbers[k])));
    });
  }

  /**
   * @param {string} rule
   * @param {string[]} parameters
   */
  build(rule, parameters) {
    const key = [rule, ...parameters].join(" ");
    if (key === this.#built) return;
    this.#built = key;
    const [divided, root] = rule.startsWith("adam") ? ["m̂", "√v̂ + ε"] : ["g", "√v + ε"];
    const heads = ["", divided, root, "η / (" + root + ")", "Δθ"].map((text) => element(text ? "th" : "td", text ? { scope: "col" } : {}, text));
    this.#cells = parameters.map(() => heads.slice(1).map(() => element("td")));
    const rows = parameters.map((name, axis) => element("tr", {}, element("th", { scope: "row" }, name), ...this.#cells[axis]));
    const caption = element("caption", {}, say("Each coordinate has its own divisor, and so its own learning rate"));
    this.place.replaceChildren(element("table", { class: "small-table" }, caption, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
  }
}
