import { Pace } from "./pace.js";

/** Says news to screen readers, at most once a second, the newest last. */
export class Announcer {
  /** @param {HTMLElement} element a polite live region */
  constructor(element) {
    this.element = element;
    this.waiting = "";
    this.pace = new Pace(1000, () => (this.element.textContent = this.waiting));
  }

  /** @param {string} text */
  announce(text) {
    this.waiting = text;
    this.pace.call();
  }
}
