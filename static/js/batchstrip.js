import { BeforePaint } from "./pace.js";
import { between, cellAt, layoutOf } from "./batchcells.js";
import { drawStrip, rowAt, stripHeight } from "./batchstripart.js";
import { exampleWords, gradientsWords, stripWords } from "./batchwords.js";
import { paletteOf, runColour } from "./colours.js";
import { byId } from "./element.js";
import { Overlay, watchSize } from "./overlay.js";
import { surfaceOf } from "./rows.js";
import { write, writeAttribute } from "./texts.js";

/** @typedef {import("./batches.js").Batches} Batches */
/** @typedef {import("./batchpick.js").Pick} Pick */
/** @typedef {import("./batchcells.js").Layout} Layout */
/** @typedef {import("./batchcells.js").Cell} Cell */

/** How long the cells take to their new places, in milliseconds. */
const shuffling = 350;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The examples of one epoch in its order, cut into batches; a cell can be pointed at and pinned. */
export class BatchStrip {
  /** @type {Layout} */
  #layout = { cells: [], side: 0, rows: 1, perRow: 1 };
  /** @type {Cell[]} */
  #before = [];
  #changedAt = -Infinity;
  #key = "";
  #cursor = 0;
  #showing = new BeforePaint(() => this.#show());

  /** @param {{batches: Batches, pick: Pick, parts: import("./batches.js").Parts}} fitting */
  constructor({ batches, pick, parts }) {
    this.batches = batches;
    this.pick = pick;
    this.parts = parts;
    this.section = byId("batchstrip");
    this.words = byId("batchstrip-words");
    this.told = byId("batchstrip-told");
    this.host = byId("batchstrip-cells");
    this.overlay = new Overlay(this.host);
    this.palette = paletteOf(this.host);
    this.#listen();
  }

  #listen() {
    const { batches, pick, parts, host } = this;
    for (const [source, name] of /** @type {[EventTarget, string][]} */ ([[batches, "change"], [pick, "change"], [parts.playhead, "move"], [parts.selection, "change"]])) {
      source.addEventListener(name, () => this.show());
    }
    host.addEventListener("pointermove", (event) => this.#hover(event));
    host.addEventListener("pointerleave", () => pick.point(null));
    host.addEventListener("click", (event) => this.#press(event));
    host.addEventListener("keydown", (event) => this.#turn(event));
    host.addEventListener("focus", () => host.matches(":focus-visible") && this.#move(0));
    host.addEventListener("blur", () => pick.point(null));
    watchSize(host, () => this.show());
  }

  setTheme() {
    this.palette = paletteOf(this.host);
    this.#key = "";
    this.show();
  }

  /** Once before the next picture. */
  show() {
    this.#showing.call();
  }

  #show() {
    const { answer, moment } = this.batches;
    if (!answer || !moment) return;
    this.pick.keepWithin(answer.count);
    this.#arrange(answer.batchesOf(moment.epoch), moment.epoch);
    this.#say(answer, moment);
    this.#draw();
  }

  /**
   * @param {number[][]} batches
   * @param {number} epoch
   */
  #arrange(batches, epoch) {
    const key = JSON.stringify([this.host.clientWidth, epoch, batches]);
    if (key === this.#key) return;
    const isShuffle = this.#key !== "" && this.#layout.cells.length === batches.flat().length;
    this.#before = isShuffle && !still() ? this.#cellsNow() : [];
    this.#changedAt = performance.now();
    this.#key = key;
    this.#layout = layoutOf(batches, this.host.clientWidth);
    const height = stripHeight(this.#layout, this.palette);
    if (this.host.style.blockSize !== height + "px") this.host.style.blockSize = height + "px";
    this.overlay.fit(this.host.clientWidth, this.host.clientHeight);
  }

  /** Where the cells are at this moment of a reshuffle. */
  #cellsNow() {
    const part = Math.min(1, (performance.now() - this.#changedAt) / shuffling);
    return this.#before.length && part < 1 ? between(this.#before, this.#layout.cells, part) : this.#layout.cells;
  }

  #draw() {
    const cells = this.#cellsNow();
    const { moment } = this.batches;
    const lit = runColour(this.parts.selection.index);
    const strip = { cells, layout: this.#layout, current: moment?.place ?? -1, lit, cursor: this.pick.pointed, pinned: this.pick.pinned };
    drawStrip(this.overlay.wiped(), strip, this.palette);
    if (cells !== this.#layout.cells) requestAnimationFrame(() => this.#draw());
  }

  /**
   * @param {import("./batchanswer.js").BatchAnswer} answer
   * @param {import("./batchanswer.js").Moment} moment
   */
  #say(answer, moment) {
    const { tables, scene } = this.parts.store;
    const { example } = this.pick;
    const columns = surfaceOf(tables, scene).columns ?? [];
    const words = example === null ? gradientsWords(answer, moment) : exampleWords(answer, moment, example, columns);
    write(this.words, stripWords(answer, moment));
    write(this.told, words);
    const at = this.#layout.cells.findIndex((cell) => cell.example === (this.pick.example ?? -1));
    if (at >= 0) this.#cursor = at;
    const spoken = example === null ? stripWords(answer, moment) : words;
    for (const [name, value] of Object.entries({ "aria-valuemin": 1, "aria-valuemax": this.#layout.cells.length, "aria-valuenow": this.#cursor + 1, "aria-valuetext": spoken })) {
      writeAttribute(this.host, name, String(value));
    }
  }

  /** @param {MouseEvent} event */
  #exampleUnder(event) {
    const { left, top } = this.host.getBoundingClientRect();
    const at = cellAt(this.#layout, event.clientX - left, Math.min(rowAt(event.clientY - top, this.palette), this.#layout.rows - 1));
    return this.#layout.cells[at]?.example ?? null;
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    if (event.pointerType !== "touch") this.pick.point(this.#exampleUnder(event));
  }

  /** @param {MouseEvent} event */
  #press(event) {
    this.pick.pin(this.#exampleUnder(event));
  }

  /** @param {KeyboardEvent} event */
  #turn(event) {
    const last = this.#layout.cells.length - 1;
    const { perRow } = this.#layout;
    const moves = /** @type {Record<string, number>} */ ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow, Home: -last, End: last });
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key in moves) this.#move(moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.pick.pin(this.pick.example);
    else if (event.key === "Escape") this.pick.pin(this.pick.pinned);
    else return;
    event.preventDefault();
  }

  /** The keyboard's cursor goes on by so many cells. @param {number} by */
  #move(by) {
    const { cells } = this.#layout;
    if (!cells.length) return;
    this.#cursor = Math.max(0, Math.min(this.#cursor + by, cells.length - 1));
    this.pick.point(cells[this.#cursor].example);
  }
}
