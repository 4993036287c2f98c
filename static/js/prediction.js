import { element } from "./element.js";
import { paragraph, say } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./stories.js").Ask} Ask */

/** Nothing was expected: the question was passed over. */
const skipped = "-";

/** What a reader expects is asked before anything is shown; later it stands beside what was measured. */
export class Prediction {
  /**
   * @param {HTMLElement} place
   * @param {{name: string, ask: Ask|null, isAsked: boolean, changed: () => void}} about
   *   isAsked: whether the address wants the question
   */
  constructor(place, { name, ask, isAsked, changed }) {
    this.place = place;
    this.ask = ask;
    this.key = "expect-" + name;
    this.changed = changed;
    this.isAsked = isAsked;
    this.value = isAsked && ask ? remembered(this.key) : skipped;
    this.told = element("p", { class: "prediction-told", tabindex: "-1" });
    this.draw();
  }

  /** Whether the result may be shown. */
  get isOver() {
    return this.value !== null;
  }

  /** @param {string|null} value */
  choose(value) {
    this.value = value;
    remember(this.key, value);
    this.draw();
    this.changed();
    (this.isOver ? this.told : this.place.querySelector("button"))?.focus();
  }

  draw() {
    this.place.hidden = !this.ask || !this.isAsked; // nobody was asked: nothing is said of it
    if (!this.ask || !this.isAsked) return;
    this.place.replaceChildren(...(this.isOver ? this.#after() : this.#before(this.ask)));
  }

  /** @param {Ask} ask */
  #before({ question, choices }) {
    const buttons = choices.map(({ value, label }) => this.#button(label, value, "prediction-choice"));
    return [
      element("p", { class: "label" }, say("First: what do you expect?")),
      element("p", { class: "prediction-question", id: "prediction-question" }, question),
      element("div", { class: "prediction-choices", role: "group", "aria-labelledby": "prediction-question" }, ...buttons),
      this.#button(say("Show it without a guess"), skipped, "prediction-skip"),
    ];
  }

  #after() {
    return [this.told, this.#button(say("Ask me again"), null, "prediction-skip")];
  }

  /**
   * @param {string} label
   * @param {string|null} value
   * @param {string} look
   */
  #button(label, value, look) {
    const button = element("button", { type: "button", class: look }, label);
    button.addEventListener("click", () => this.choose(value));
    return button;
  }

  /** What was expected beside what was measured. @param {Answer|null} answer */
  show(answer) {
    this.told.textContent = this.words(answer);
  }

  /** @param {Answer|null} answer */
  words(answer) {
    const expected = this.ask?.choices.find(({ value }) => value === this.value);
    if (!this.ask || !expected) return say("You let the measurement speak first.");
    const begin = say("You expected: {expected}.", { expected: expected.label });
    if (answer?.state !== "done") return begin;
    const found = this.ask.measured(answer);
    const measured = this.ask.choices.find(({ value }) => value === found);
    if (!measured) return paragraph([begin, say("These figures do not decide it.")]);
    return paragraph([begin, measured === expected ? say("That is what was measured here.") : say("Measured here: {measured}.", { measured: measured.label })]);
  }
}

/** @param {string} key */
function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * For as long as this tab is open.
 * @param {string} key
 * @param {string|null} value
 */
function remember(key, value) {
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    return;
  }
}
