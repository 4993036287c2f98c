import { element } from "./element.js";
import { shortest } from "./numbers.js";
import { rowOf, sceneValue } from "./rows.js";
import { write } from "./texts.js";
import { allowed, bad, readValue } from "./values.js";
import { say } from "./words.js";

/** @typedef {[number, number, number, number]} Box */

/** Four numbers that say which part of the plane is the surface's own. What is no rectangle is named; the last one stays. */
export class DomainBoxes {
  /**
   * @param {string} id
   * @param {import("./scene.js").Store} store
   * @param {(domain: Box) => void} set
   */
  constructor(id, store, set) {
    this.store = store;
    this.set = set;
    this.boxes = [0, 1, 2, 3].map((at) => this.#box(id + "-" + at));
    this.names = this.boxes.map(() => element("span", {}));
    this.said = element("p", { class: "own-said", role: "status" });
    const labels = this.boxes.map((box, at) => element("label", {}, this.names[at], box));
    this.shown = "";
    this.element = element("div", { class: "own-domain", role: "group", "aria-label": say("Domain") }, ...labels, this.said);
  }

  /** @param {string} id */
  #box(id) {
    const box = element("input", { type: "number", step: "any", inputmode: "decimal", id });
    box.addEventListener("change", () => this.#changed());
    return box;
  }

  #changed() {
    const row = rowOf(this.store.tables.knobs, "domain");
    const value = readValue(row, this.boxes.map((box) => box.value).join(","));
    if (value === bad) return this.refuse(allowed(row));
    write(this.said, "");
    this.set(value);
  }

  /** @param {string} allowed */
  refuse(allowed) {
    write(this.said, say("The domain stays as it was. Allowed: {allowed}.", { allowed }));
    this.#fill();
  }

  get #domain() {
    return /** @type {Box} */ (sceneValue(this.store.tables, this.store.scene, "domain"));
  }

  #fill() {
    const domain = this.#domain;
    this.boxes.forEach((box, at) => {
      if (document.activeElement !== box || box.valueAsNumber !== domain[at]) box.value = shortest(domain[at]);
    });
  }

  /** What was said about one domain is not said about another. @param {string} shown */
  #forget(shown) {
    if (shown !== this.shown) write(this.said, "");
    this.shown = shown;
  }

  /** @param {string[]|null} axes  how the two parameters are called; null where the surface has no domain of one's own */
  show(axes) {
    this.element.hidden = !axes;
    this.#forget(axes ? this.#domain.join() : "");
    if (!axes) return;
    this.names.forEach((name, at) => write(name, at % 2 ? say("{name} to", { name: axes[at >> 1] }) : say("{name} from", { name: axes[at >> 1] })));
    this.#fill();
  }
}
