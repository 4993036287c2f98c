import * as given from "/tables.js";
import "./plainpage.js";
import { byId, element } from "./element.js";
import { evidenceTable } from "./evidencetable.js";
import { rowOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./evidencewords.js").Line} Line */

/** While something is being measured the table is asked for again after so many milliseconds. */
const soon = 3000;

const tables = /** @type {import("./types.js").Tables} */ (/** @type {unknown} */ (given));
const labelOf = (/** @type {string} */ name) => rowOf(tables.experiments ?? [], name).label;
const place = byId("evidence");
let shown = "";
let timer = 0;

/** Looks, and begins nothing. */
async function look() {
  clearTimeout(timer);
  const answer = await fetch("/api/experiments/table").catch(() => null);
  if (!answer?.ok) {
    show("-", element("p", {}, say("The server does not answer; the table comes when it does.")));
    return lookSoon();
  }
  const text = await answer.text();
  /** @type {Line[]} */
  const lines = JSON.parse(text);
  show(text, evidenceTable(lines, labelOf));
  if (lines.some(({ state }) => state === "queued" || state === "running")) lookSoon();
}

/** One look waits, however many were asked for. */
function lookSoon() {
  clearTimeout(timer);
  timer = setTimeout(look, soon);
}

/**
 * A table that did not change is left as it is, and the focus in it.
 * @param {string} text
 * @param {HTMLElement} table
 */
function show(text, table) {
  if (text === shown) return;
  shown = text;
  place.replaceChildren(table);
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});
look();
