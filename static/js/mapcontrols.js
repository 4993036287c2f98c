import { dropView, setView } from "./edits.js";
import { element, iconButton } from "./element.js";
import { figure, superscript } from "./numbers.js";
import { colouringWords } from "./mapwords.js";
import { percent } from "./seedswords.js";
import { say } from "./words.js";

/** @typedef {import("./mapcells.js").Colouring} Colouring */
/** @typedef {import("./mapsides.js").Names} Names */
/** @typedef {{choose: (names: Names) => void, minimum: (name: string) => void, zoom: (by: number) => void, reset: () => void}} Doors */
/** @typedef {{pairs: {pair: Names, name: string}[], shown: Names, colouring: Colouring, tolerance: number}} Shown */

const tolerances = [0.01, 1e-4, 1e-8];
const zoomStep = 1.6;

/** What a map is of, how its cells are coloured, how near counts, at which minimum theory is drawn. Colour and tolerance stand in the address. */
export class MapControls {
  /** @type {HTMLInputElement[]} */
  #radios = [];

  /**
   * @param {import("./scene.js").Store} store
   * @param {Doors} doors
   */
  constructor(store, doors) {
    this.store = store;
    this.doors = doors;
    this.pick = element("select", { id: "map-sides" });
    this.tolerance = element("select", { id: "map-tolerance" });
    this.minima = element("select", { id: "map-minimum" });
    this.theory = element("label", { class: "seeds-count" }, say("Theory at"), this.minima);
    this.progress = element("p", { class: "map-progress" });
    this.heads = [this.#firstHead(), this.#secondHead()];
  }

  #firstHead() {
    this.pick.addEventListener("change", () => this.doors.choose(/** @type {Names} */ (this.pick.value.split(":"))));
    const labels = Object.entries(colouringWords()).map(([value, name]) => {
      const input = element("input", { type: "radio", name: "map-colouring", value });
      this.#radios.push(input);
      input.addEventListener("change", () => this.store.change(setView("colour", value)));
      return element("label", {}, input, element("span", {}, name));
    });
    const colouring = element("fieldset", { class: "segments" }, element("legend", { class: "unseen" }, say("Colour of a cell")), ...labels);
    return element("div", { class: "seeds-head" }, element("label", { class: "seeds-count" }, say("Map of"), this.pick), colouring);
  }

  #secondHead() {
    this.tolerance.addEventListener("change", () => this.#chooseTolerance(Number(this.tolerance.value)));
    this.minima.addEventListener("change", () => this.doors.minimum(this.minima.value));
    const { zoom, reset } = this.doors;
    const zooms = element("div", { class: "map-zooms" }, iconButton("plus", say("Closer"), () => zoom(1 / zoomStep)), iconButton("minus", say("Farther"), () => zoom(zoomStep)), iconButton("reset", say("The whole map"), reset));
    return element("div", { class: "seeds-head" }, element("label", { class: "seeds-count" }, say("Counts as there within"), this.tolerance), this.theory, zooms, this.progress);
  }

  /** @param {number} value */
  #chooseTolerance(value) {
    this.store.change(value === tolerances[0] ? dropView("tolerance") : setView("tolerance", value));
  }

  /** @param {Shown} shown */
  show({ pairs, shown, colouring, tolerance }) {
    fill(this.pick, pairs.map(({ pair, name }) => [pair.join(":"), name]), shown.join(":"));
    const wanted = [...new Set([...tolerances, tolerance])].sort((one, other) => other - one);
    fill(this.tolerance, wanted.map((value) => [String(value), say("{part} of the diagonal", { part: partWords(value) })]), String(tolerance));
    for (const radio of this.#radios) radio.checked = radio.value === colouring;
  }

  /** Where theory can be drawn. @param {string[]} names @param {string} chosen */
  setMinima(names, chosen) {
    this.theory.hidden = !names.length;
    fill(this.minima, names.map((name) => [name, name]), chosen);
  }
}

/**
 * The choices of a list, made anew only when they are others.
 * @param {HTMLSelectElement} list
 * @param {[string, string][]} choices
 * @param {string} chosen
 */
function fill(list, choices, chosen) {
  const key = String(choices);
  if (list.dataset.choices !== key) list.replaceChildren(...choices.map(([value, name]) => element("option", { value }, name)));
  list.dataset.choices = key;
  list.value = chosen;
}

/** @param {number} value */
function partWords(value) {
  if (value === tolerances[0]) return percent(value);
  const power = Math.log10(value);
  return Number.isInteger(power) ? "10" + superscript(power) : figure(value);
}
