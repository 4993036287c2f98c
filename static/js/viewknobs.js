import { dropView, setView } from "./edits.js";
import { rowOf } from "./rows.js";

/** @typedef {import("./scene.js").Store} Store */

/**
 * Binds every `data-knob` of the page to the view.
 * @param {Store} store
 * @param {(name: string) => any} [valueOf]  what is shown as chosen
 * @returns {() => void} shows the view's values
 */
export function bindViewKnobs(store, valueOf = (name) => viewValue(store, name)) {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-knob]")]);
  for (const place of places) {
    place.addEventListener("change", (event) => choose(store, place.dataset.knob ?? "", /** @type {any} */ (event.target).value));
  }
  return () => places.forEach((place) => showValue(place, valueOf(place.dataset.knob ?? "")));
}

/**
 * @param {Store} store
 * @param {string} name
 */
export function viewValue(store, name) {
  return store.view[name] ?? rowOf(store.tables.knobs, name).default;
}

/**
 * @param {Store} store
 * @param {string} name
 * @param {string} value
 */
export function choose(store, name, value) {
  const isDefault = value === rowOf(store.tables.knobs, name).default;
  store.change(isDefault ? dropView(name) : setView(name, value));
}

/**
 * The next choice of a knob, for keys.
 * @param {Store} store
 * @param {string} name
 */
export function chooseNext(store, name) {
  const values = rowOf(store.tables.knobs, name).choices.map((choice) => choice.value);
  choose(store, name, values[(values.indexOf(viewValue(store, name)) + 1) % values.length]);
}

/**
 * @param {HTMLElement} place
 * @param {string} value
 */
function showValue(place, value) {
  if (place instanceof HTMLSelectElement) place.value = value;
  else place.querySelectorAll("input").forEach((radio) => (radio.checked = radio.value === value));
}
