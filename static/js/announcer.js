import { Pace } from "./pace.js";
import { paragraph } from "./words.js";

/** Says news to screen readers, at most once a second, of each who has news the newest. */
export class Announcer {
  /** @type {Map<string, string>} */
  #waiting = new Map();

  /** @param {HTMLElement} element a polite live region */
  constructor(element) {
    this.element = element;
    this.pace = new Pace(1000, () => this.#say());
  }

  /** @param {string} text @param {string} [of]  who has news: it does not replace that of others */
  announce(text, of = "") {
    this.#waiting.set(of, text);
    this.pace.call();
  }

  #say() {
    this.element.textContent = paragraph([...this.#waiting.values()]);
    this.#waiting.clear();
  }
}
