import { element } from "./element.js";
import { shortest } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {"playhead"|"critical"|"pointer"} Subject */

/** Whose Hessian is told: three buttons of which one is down, and two boxes for a point of one's own. */
export class SubjectSwitch {
  /**
   * @param {{choose: (subject: Subject) => void, place: (point: Pair) => void}} events
   */
  constructor(events) {
    this.events = events;
    this.radios = [
      this.radio("playhead", say("Playhead")),
      this.radio("critical", say("Critical point")),
      this.radio("pointer", say("Pointer")),
    ];
    this.boxes = [0, 1].map((axis) => this.box(axis));
    this.labels = this.boxes.map((box) => element("label", {}, element("span", {}), box));
    this.own = element("div", { class: "hessian-own" }, ...this.labels, element("p", {}, say("Move the pointer over the stage, or write two numbers.")));
    const legend = element("legend", { class: "unseen" }, say("Where the Hessian is taken"));
    const segments = element("fieldset", { class: "segments" }, legend, ...this.radios.map(({ label }) => label));
    this.element = element("div", { class: "hessian-subject" }, segments, this.own);
  }

  /**
   * @param {Subject} value
   * @param {string} words
   */
  radio(value, words) {
    const input = element("input", { type: "radio", name: "hessian-at", value });
    input.addEventListener("change", () => this.events.choose(value));
    return { value, input, label: element("label", {}, input, element("span", {}, words)) };
  }

  /** @param {number} axis */
  box(axis) {
    const box = element("input", { type: "number", step: "any", inputmode: "decimal", id: "hessian-own-" + axis });
    box.addEventListener("change", () => {
      const point = /** @type {Pair} */ (this.boxes.map((one) => one.valueAsNumber));
      if (point.every(Number.isFinite)) this.events.place(point);
    });
    return box;
  }

  /**
   * @param {{subject: Subject, own: Pair, parameters: string[], anyCritical: boolean}} shown
   */
  show({ subject, own, parameters, anyCritical }) {
    for (const { value, input } of this.radios) {
      input.checked = value === subject;
      input.disabled = value === "critical" && !anyCritical;
    }
    this.own.hidden = subject !== "pointer";
    this.boxes.forEach((box, axis) => {
      if (document.activeElement !== box) box.value = shortest(own[axis]);
      const name = this.labels[axis].querySelector("span");
      if (name) name.textContent = parameters[axis];
    });
  }
}
