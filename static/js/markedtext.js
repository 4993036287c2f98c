import { element } from "./element.js";
import { write } from "./texts.js";

/** Sentences some words of which have a kind, and with it a colour: the kinds travel inside the text, through every translation. */

const [open, middle, close] = ["\u0001", "\u0002", "\u0003"];
const pieces = new RegExp(`${open}([^${middle}]*)${middle}([^${close}]*)${close}|([^${open}]+)`, "gu");

/**
 * @param {string} kind
 * @param {string} text
 */
export function marked(kind, text) {
  return open + kind + middle + text + close;
}

/** @param {string} text */
export function piecesOf(text) {
  return [...text.matchAll(pieces)].map(([, kind = "", words, rest]) => ({ kind, text: words ?? rest }));
}

/** The sentence alone. @param {string} text */
export function plain(text) {
  return piecesOf(text).map((piece) => piece.text).join("");
}

/**
 * Where the same kinds stand in the same order, only texts change.
 * @param {Element} place
 * @param {string} text
 */
export function writeMarked(place, text) {
  const wanted = piecesOf(text);
  const there = /** @type {Element[]} */ ([...place.children]);
  const same = there.length === wanted.length && there.every((one, k) => one.className === wanted[k].kind);
  if (same) there.forEach((one, k) => write(one, wanted[k].text));
  else place.replaceChildren(...wanted.map(({ kind, text: words }) => element("span", { class: kind }, words)));
}
