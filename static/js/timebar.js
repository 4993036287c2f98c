import { byId, element, relabel } from "./element.js";
import { speeds } from "./playhead.js";
import { readoutText } from "./readout.js";
import { swatch } from "./swatch.js";
import { unbrokenParts } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./playhead.js").Playhead} Playhead */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./path.js").Paths} Paths */

/** Buttons, scrubber, speed and the numbers at the playhead. */
export class TimeBar {
  /**
   * @param {Playhead} playhead
   * @param {Selection} selection
   */
  constructor(playhead, selection) {
    this.playhead = playhead;
    this.selection = selection;
    this.scrub = /** @type {HTMLInputElement} */ (byId("time-scrub"));
    this.playButton = byId("time-play");
    this.text = byId("readout-text");
    this.run = byId("readout-run");
    /** @type {Paths|null} */
    this.paths = null;
    /** @type {Paths|null} */
    this.near = null;
    this.listen();
    this.fillSpeeds();
    this.showRun();
  }

  listen() {
    const { playhead } = this;
    this.press("time-first", () => playhead.home());
    this.press("time-back", () => playhead.skip(-1));
    this.press("time-play", () => playhead.toggle());
    this.press("time-forward", () => playhead.skip(1));
    this.press("time-last", () => playhead.end());
    this.scrub.addEventListener("input", () => playhead.seek(this.scrub.valueAsNumber));
    playhead.addEventListener("move", () => this.show());
    playhead.addEventListener("state", () => this.showState());
    this.selection.addEventListener("change", () => this.showRun());
  }

  /**
   * @param {string} id
   * @param {() => void} action
   */
  press(id, action) {
    byId(id).addEventListener("click", action);
  }

  fillSpeeds() {
    const select = /** @type {HTMLSelectElement} */ (byId("time-speed"));
    select.replaceChildren(...speeds.map((speed) => element("option", { value: speed }, say("{speed}×", { speed }))));
    select.value = "1";
    select.addEventListener("change", () => (this.playhead.speed = Number(select.value)));
  }

  showState() {
    const { playing } = this.playhead;
    relabel(this.playButton, playing ? "pause" : "play", playing ? say("Pause") : say("Play"));
  }

  showRun() {
    this.run.replaceChildren(swatch(this.selection.index));
    this.show();
  }

  /** @param {Paths} paths */
  setPaths(paths) {
    this.paths = paths;
    this.near = null;
    this.scrub.max = String(Math.max(1, paths.longest));
    this.show();
  }

  /** @param {Paths} near exact rows around the playhead */
  setNear(near) {
    this.near = near;
    this.show();
  }

  show() {
    const { at } = this.playhead;
    this.scrub.value = String(at);
    if (!this.paths?.runs[this.selection.index]) return;
    const words = readoutText(this.paths, this.near, this.selection.index, at);
    this.text.textContent = unbrokenParts(words);
    this.scrub.setAttribute("aria-valuetext", words);
  }
}
