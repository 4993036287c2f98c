import { writtenValue } from "./values.js";
import { rowOf } from "./rows.js";

const kept = ["theme", "lang"];

/**
 * Links to other pages of ours take the theme and the language along, at the moment somebody is about to follow them.
 * @param {import("./scene.js").Store} store
 */
export function keepView(store) {
  const keep = (/** @type {Event} */ { target }) => {
    const link = target instanceof Element ? target.closest("a[href^='/']") : null;
    if (link instanceof HTMLAnchorElement && !link.pathname.startsWith("/api/")) link.href = addressWith(link.href, store);
  };
  for (const kind of ["pointerdown", "focusin", "click"]) document.addEventListener(kind, keep, true);
}

/**
 * @param {string} href
 * @param {import("./scene.js").Store} store
 */
function addressWith(href, { view, tables }) {
  const url = new URL(href);
  for (const name of kept) {
    if (view[name] === undefined || view[name] === rowOf(tables.knobs, name).default) url.searchParams.delete(name);
    else url.searchParams.set(name, writtenValue(rowOf(tables.knobs, name), view[name]));
  }
  return url.href;
}
