import { criticalSign } from "./criticalsign.js";
import { kindWords, placeWords } from "./criticalpoints.js";
import { element } from "./element.js";
import { figure } from "./numbers.js";
import { same } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./criticalpoints.js").Named} Named */

/** So many rows are a short way for the Tab key; of more only one is on it, and arrow keys go on from there. */
const mostStops = 25;

const ways = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1, PageUp: -8, PageDown: 8 });

/** Every critical point in a row; its button goes there. */
export class CriticalTable {
  /**
   * @param {HTMLElement} place
   * @param {(name: string) => void} choose
   */
  constructor(place, choose) {
    this.place = place;
    this.choose = choose;
    /** @type {Named[]} */
    this.points = [];
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    place.addEventListener("keydown", (event) => this.arrow(event));
  }

  /** @param {Named[]} points */
  setPoints(points) {
    if (same(points, this.points)) return;
    this.points = points;
    const focused = document.activeElement?.id;
    this.buttons = new Map(points.map((point) => [point.name, this.button(point)]));
    this.place.replaceChildren(...(points.length ? [this.table()] : []));
    if (focused?.startsWith("go-")) document.getElementById(focused)?.focus();
  }

  /** @param {string|null} name */
  setChosen(name) {
    for (const [own, button] of this.buttons) {
      button.setAttribute("aria-pressed", String(own === name));
      button.closest("tr")?.classList.toggle("is-here", own === name);
    }
    this.keepStops(name ?? this.points[0]?.name);
    const chosen = this.buttons.get(name ?? "");
    if (chosen) intoSight(chosen, this.place);
  }

  /** @param {string|undefined} name */
  keepStops(name) {
    const isLong = this.points.length > mostStops;
    for (const [own, button] of this.buttons) button.tabIndex = isLong && own !== name ? -1 : 0;
  }

  /** @param {KeyboardEvent} event */
  arrow(event) {
    const buttons = [...this.buttons.values()];
    const from = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const way = ways[event.key];
    if (!way || from < 0) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(from + way, buttons.length - 1));
    buttons[to].focus();
    this.keepStops(this.points[to].name);
  }

  table() {
    const heads = [say("point"), say("place"), say("loss"), say("λ₁"), say("λ₂")];
    return element(
      "table",
      { class: "critical-table" },
      element("caption", { class: "unseen" }, say("Critical points: where the gradient is zero")),
      element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
      element("tbody", {}, ...this.points.map((point) => this.row(point))),
    );
  }

  /** @param {Named} point */
  row(point) {
    const [low, high] = point.eigenvalues ?? [NaN, NaN];
    const cells = [placeWords(point.at), figure(this.loss(point)), figure(low), figure(high)];
    const button = /** @type {HTMLButtonElement} */ (this.buttons.get(point.name));
    const row = element("tr", {}, element("th", { scope: "row" }, button), ...cells.map((text) => element("td", {}, text)));
    row.addEventListener("click", () => this.choose(point.name));
    return row;
  }

  /** What is nothing beside the highest of them is rounding, and is written as zero. @param {Named} point */
  loss({ loss }) {
    const highest = Math.max(...this.points.map((point) => Math.abs(point.loss)));
    return Math.abs(loss) <= 1e-13 * highest ? 0 : loss;
  }

  /** @param {Named} point */
  button(point) {
    const words = say("{name} {kind}", { name: point.name, kind: kindWords(point) });
    return element("button", { type: "button", class: "critical-go", id: "go-" + point.name, "aria-pressed": "false" }, criticalSign(point.kind), words);
  }
}

/**
 * Within its own box only: the page does not move.
 * @param {HTMLElement} one
 * @param {HTMLElement} box
 */
function intoSight(one, box) {
  const [inner, outer] = [one.getBoundingClientRect(), box.getBoundingClientRect()];
  const head = box.querySelector("thead")?.getBoundingClientRect().height ?? 0;
  if (inner.top < outer.top + head) box.scrollTop -= outer.top + head - inner.top;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
}
