import { byId, element } from "./element.js";
import { say } from "./words.js";

/** @typedef {{keys: string[], label: string, press: () => void}} Binding `keys` as "Shift+ArrowLeft", "Ctrl+z", "v" */

/** @param {KeyboardEvent} event */
function nameOf(event) {
  const letter = event.key.length === 1 && event.key !== " ";
  const modifiers = [event.ctrlKey || event.metaKey ? "Ctrl+" : "", event.shiftKey && event.key !== "?" ? "Shift+" : ""];
  const key = event.key === " " ? "Space" : letter ? event.key.toLowerCase() : event.key;
  return event.altKey ? "" : modifiers.join("") + key;
}

/** @param {string} key */
function isLetter(key) {
  return key.length === 1;
}

/**
 * Keys that the focused control needs for itself.
 * @param {EventTarget|null} target
 * @param {string} key
 */
function isTaken(target, key) {
  if (!(target instanceof Element)) return false;
  if (target.closest("dialog, input[type=text], textarea")) return key !== "?" || isWriting(target);
  if (key.startsWith("Ctrl+")) return false;
  if (isWriting(target)) return key !== "?";
  if (target.matches("input")) return !isLetter(key) && !(key === "Space" && target.matches("[type=range]"));
  return key === "Space" && target.closest("button, summary, a") !== null;
}

/** @param {Element} target */
function isWriting(target) {
  return target.matches("input[type=text], input[type=number], select, textarea");
}

/** One list of keys, for the listener and for the help. */
export class Keyboard {
  /** @param {Binding[]} bindings */
  constructor(bindings) {
    this.bindings = bindings;
    this.letters = /** @type {HTMLInputElement} */ (byId("letters"));
    this.letters.checked = remembered() !== "off";
    this.letters.addEventListener("change", () => remember(this.letters.checked ? "on" : "off"));
    document.addEventListener("keydown", (event) => this.heard(event));
    this.describe();
  }

  /** @param {KeyboardEvent} event */
  heard(event) {
    const key = nameOf(event);
    const binding = this.bindings.find(({ keys }) => keys.includes(key));
    if (!binding || event.defaultPrevented || isTaken(event.target, key)) return;
    if (isLetter(key) && !this.letters.checked) return;
    event.preventDefault();
    binding.press();
  }

  describe() {
    byId("help-keys").replaceChildren(...this.bindings.map(row));
  }
}

/** @param {Binding} binding */
function row({ keys, label }) {
  const names = keys.flatMap((key, at) => [at ? " " : "", element("kbd", {}, shown(key))]);
  return element("tr", {}, element("th", { scope: "row" }, ...names), element("td", {}, label));
}

/** @param {string} key */
function shown(key) {
  const arrows = /** @type {Record<string, string>} */ ({ ArrowLeft: "←", ArrowRight: "→", Space: say("Space") });
  return key.split("+").map((part) => arrows[part] ?? (isLetter(part) ? part.toUpperCase() : part)).join("+");
}

function remembered() {
  try {
    return localStorage.getItem("letters");
  } catch {
    return null;
  }
}

/** @param {string} value */
function remember(value) {
  try {
    localStorage.setItem("letters", value);
  } catch {
    return;
  }
}
