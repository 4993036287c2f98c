import { element } from "./element.js";
import { missingWords, stopName, stops, stopWords } from "./profilewords.js";
import { count } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./profilewords.js").Stop} Stop */
/** @typedef {Record<Stop, number|null>} Found  the update that starts there */
/** @typedef {{found: Found|null, run: string, carries: boolean, at: number, isPlaying: boolean}} Shown */

/** The four positions of the ball, and a shelf: press one and the playhead goes there. */
export class ProfileStops {
  /**
   * @param {HTMLElement} place
   * @param {HTMLElement} told
   * @param {(at: number) => void} seek
   */
  constructor(place, told, seek) {
    this.told = told;
    this.seek = seek;
    /** @type {Shown} */
    this.shown = { found: null, run: "", carries: false, at: -1, isPlaying: false };
    /** @type {Stop|null} */
    this.asked = null;
    this.buttons = stops.map((stop) => this.button(stop));
    place.append(...this.buttons.map(({ button }) => button));
  }

  /** @param {Stop} stop */
  button(stop) {
    const button = element("button", { type: "button", class: "stop" }, stopName(stop));
    button.addEventListener("click", () => this.press(stop));
    return { stop, button };
  }

  /** @param {Stop} stop */
  press(stop) {
    const at = this.shown.found?.[stop] ?? null;
    this.asked = stop;
    if (at !== null && at !== this.shown.at) this.seek(at);
    else this.write();
  }

  /** @param {Shown} shown */
  show(shown) {
    const { found, run, at } = shown;
    if (run !== this.shown.run) this.asked = null;
    this.shown = shown;
    for (const { stop, button } of this.buttons) {
      const update = found?.[stop] ?? null;
      button.classList.toggle("is-missing", update === null);
      button.setAttribute("aria-current", String(update !== null && update === at));
      const values = { stop: stopName(stop), k: count(update ?? 0) };
      button.setAttribute("aria-label", update === null ? say("{stop}: not on this path", values) : say("{stop}: update {k}", values));
    }
    this.write();
  }

  /** The stop under the playhead; else what was asked for and is not there. */
  write() {
    const { found, run, carries, at, isPlaying } = this.shown;
    if (isPlaying) return; // a sentence for one picture nobody can read
    const here = stops.filter((stop) => (found?.[stop] ?? null) === at && at >= 0);
    const stop = here.find((one) => one === this.asked) ?? here[here.length - 1] ?? null;
    const missing = this.asked && found && (found[this.asked] ?? null) === null ? this.asked : null;
    const words = missing ? missingWords(missing, run) : stop ? stopWords(stop, carries) : say("Where the lecture stops the ball: choose a position.");
    if (this.told.textContent !== words) this.told.textContent = words;
  }
}
