import { dropView, setView } from "./edits.js";
import { byId, element, relabel } from "./element.js";
import { count, figure, steady } from "./numbers.js";
import { Playhead } from "./playhead.js";
import { rowOf, surfaceOf } from "./rows.js";
import { Pace } from "./pace.js";
import { domainAround } from "./watchclock.js";
import { WatchColumn } from "./watchcolumn.js";
import { groundIn, watchedEpoch } from "./watchdata.js";
import { write } from "./texts.js";
import { say } from "./words.js";
import { zigzagOf } from "./zigzag.js";

/** @typedef {import("./watchdata.js").Watched} Watched */
/** @typedef {{store: import("./scene.js").Store, selection: import("./selection.js").Selection}} Parts */

const columns = 3;
const leastShare = 0.02;
const keys = /** @type {Record<string, (clock: Playhead) => void>} */ ({
  " ": (clock) => clock.toggle(), ArrowLeft: (clock) => clock.skip(-1), ArrowRight: (clock) => clock.skip(1), Home: (clock) => clock.home(), End: (clock) => clock.end(),
});

/** Exactly one epoch at three batch sizes, under one clock that counts examples. Open while the address names an epoch. */
export class Watch {
  /** @type {Watched|null} */
  #watched = null;
  #asked = "";

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("watch-dialog"));
    this.clock = new Playhead();
    this.columns = Array.from({ length: columns }, (_, index) => new WatchColumn(index));
    this.scrub = /** @type {HTMLInputElement} */ (byId("watch-scrub"));
    this.box = /** @type {HTMLInputElement} */ (byId("watch-epoch"));
    this.said = byId("watch-said");
    this.asking = new Pace(120, () => this.#load());
    byId("watch-columns").append(...this.columns.map((column) => column.element));
    this.#listen();
  }

  #listen() {
    const { clock, dialog } = this;
    const presses = /** @type {[string, () => void][]} */ ([["watch-first", () => clock.home()], ["watch-back", () => clock.skip(-1)], ["watch-play", () => clock.toggle()], ["watch-forward", () => clock.skip(1)], ["watch-last", () => clock.end()]]);
    for (const [id, press] of presses) byId(id).addEventListener("click", press);
    byId("watch-open").addEventListener("click", () => this.open());
    this.scrub.addEventListener("input", () => clock.seek(this.scrub.valueAsNumber));
    this.box.addEventListener("change", () => this.#chooseEpoch());
    dialog.addEventListener("close", () => this.#closed());
    dialog.addEventListener("keydown", (event) => this.#key(event));
    clock.addEventListener("move", () => this.#showClock());
    clock.addEventListener("state", () => relabel(byId("watch-play"), clock.playing ? "pause" : "play", clock.playing ? say("Pause") : say("Play")));
    new ResizeObserver(() => this.#showClock()).observe(byId("watch-columns"));
  }

  open() {
    this.parts.store.change(setView("epoch", this.parts.store.view.epoch ?? 0));
    this.show();
  }

  #closed() {
    this.clock.pause();
    if (this.parts.store.view.epoch !== undefined) this.parts.store.change(dropView("epoch"));
  }

  #chooseEpoch() {
    const { low, high } = rowOf(this.parts.store.tables.knobs, "epoch");
    const chosen = Math.round(this.box.valueAsNumber - 1);
    const epoch = Number.isFinite(chosen) ? Math.max(low, Math.min(chosen, high)) : 0;
    this.box.value = String(epoch + 1);
    this.parts.store.change(setView("epoch", epoch));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const press = keys[event.key];
    if (!press || event.ctrlKey || event.altKey || event.metaKey || isOwn(event)) return;
    event.preventDefault();
    press(this.clock);
  }

  /** What the address says. */
  show() {
    const { epoch } = this.parts.store.view;
    if (epoch === undefined) {
      if (this.dialog.open) this.dialog.close();
      return;
    }
    if (!this.dialog.open) this.#unfold();
    this.box.value = String(epoch + 1);
    this.asking.call();
  }

  #unfold() {
    this.dialog.showModal();
    for (const column of this.columns) if (!column.stage) column.build();
  }

  async #load() {
    const { store, selection } = this.parts;
    const { epoch } = store.view;
    const key = JSON.stringify([store.sceneQuery(), selection.index, epoch]);
    if (epoch === undefined || key === this.#asked) return;
    this.#asked = key;
    try {
      const watched = await watchedEpoch(store, selection.index, epoch);
      if (key === this.#asked) await this.#arrived(watched);
    } catch (error) {
      this.#asked = "";
      write(this.said, say("The server could not answer: {error}. What you see stays.", { error: String(/** @type {Error} */ (error).message) }));
    }
  }

  /** @param {Watched} watched */
  async #arrived(watched) {
    this.#watched = watched;
    const { store } = this.parts;
    const { domain, parameters } = surfaceOf(store.tables, store.scene);
    const least = leastShare * Math.hypot(...domain.map(([low, high]) => high - low));
    const sight = { domain: domainAround(watched.courses.flatMap(({ theta }) => theta), least), parameters };
    this.columns.forEach((column, index) => this.#fill(column, watched.courses[index], sight));
    this.scrub.max = String(watched.count);
    this.clock.length = watched.count;
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.clock.seek(isStill ? watched.count : 0);
    this.#showClock();
    await this.#drawGround();
    if (!isStill) this.clock.play();
  }

  /**
   * @param {WatchColumn} column
   * @param {import("./watchdata.js").Course|undefined} course
   * @param {{domain: [[number, number], [number, number]], parameters: string[]}} sight
   */
  #fill(column, course, sight) {
    column.element.hidden = !course;
    if (course) column.setCourse(course, /** @type {Watched} */ (this.#watched).count, sight);
  }

  /** All columns look through the same window. */
  async #drawGround() {
    const [first] = this.columns;
    if (!first.stage) return;
    const ground = await groundIn(this.parts.store, first.stage.window());
    await Promise.all(this.columns.map(({ stage }) => stage?.setGround(ground)));
    this.#showClock();
  }

  #showClock() {
    const seen = this.clock.at;
    if (!this.#watched) return;
    for (const column of this.columns) column.show(seen);
    this.scrub.value = String(seen);
    const words = say("{seen} of {examples} examples seen", { seen: count(seen), examples: count(this.#watched.count) });
    this.scrub.setAttribute("aria-valuetext", words);
    write(byId("watch-clock"), words);
    write(this.said, this.#words());
    this.#writeTable();
  }

  get #shown() {
    return this.columns.filter((column) => column.course && !column.element.hidden);
  }

  #words() {
    const [one, all] = [this.#shown[0], this.#shown[this.#shown.length - 1]];
    if (!one || one === all || !this.clock.isAtEnd) return say("Every column goes over the same examples, each in its own order. After each batch it makes one update.");
    const values = { one: one.course?.batch ?? 1, all: all.course?.batch ?? 1, updates: count(one.done), few: count(all.done), loss: steady(one.loss), other: steady(all.loss) };
    return say("At the end of this epoch B = {one} has made {updates} updates and stands at loss {loss}; B = {all} has made {few} and stands at {other}.", values);
  }

  #writeTable() {
    const rows = this.#shown.map((column) => {
      const points = column.course?.theta ?? [];
      const { length, displacement, ratio } = zigzagOf(points.map(([x]) => x), points.map(([, y]) => y), column.done);
      const cells = [count(column.done), steady(column.loss), figure(length), figure(displacement), ratio === null ? "–" : figure(ratio)];
      return element("tr", {}, element("th", { scope: "row" }, "B = " + column.course?.batch), ...cells.map((text) => element("td", {}, text)));
    });
    byId("watch-rows").replaceChildren(...rows);
  }

  setTheme() {
    for (const column of this.columns) column.setTheme();
  }
}

/** Whether the focused control needs this key for itself. @param {KeyboardEvent} event */
function isOwn({ target, key }) {
  if (!(target instanceof Element)) return false;
  if (target.matches("input[type=range]")) return key !== " ";
  return target.matches("input") || (target.matches("button") && key === " ");
}
