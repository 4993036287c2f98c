import { layoutOf } from "./batchcells.js";
import { drawStrip, stripHeight } from "./batchstripart.js";
import { paletteOf, runColour } from "./colours.js";
import { element } from "./element.js";
import { count, steady } from "./numbers.js";
import { Overlay } from "./overlay.js";
import { Paths } from "./path.js";
import { Stage2D } from "./stage2d.js";
import { write } from "./texts.js";
import { updatesDone } from "./watchclock.js";
import { say, sayMany } from "./words.js";

/** @typedef {import("./watchdata.js").Course} Course */
/** @typedef {import("./types.js").PathRun} PathRun */

/** One batch size: its stage, the strip of its epoch, and what it has done so far. */
export class WatchColumn {
  /** @type {Course|null} */
  course = null;
  #count = 0;
  #seen = 0;

  /** @param {number} index  which column: its colour */
  constructor(index) {
    this.index = index;
    this.title = element("h3", { class: "watch-title" });
    this.place = element("div", { class: "watch-stage" });
    this.host = element("div", { class: "watch-strip" });
    this.words = element("p", { class: "watch-words" });
    this.element = element("section", { class: "watch-column" }, this.title, this.place, this.host, this.words);
  }

  /** The stage is made when there is room for it. */
  build() {
    this.stage = new Stage2D(this.place, {});
    this.stage.hand.remove(); // nothing is placed here
    this.overlay = new Overlay(this.host);
  }

  /**
   * @param {Course} course
   * @param {number} examples
   * @param {{domain: [[number, number], [number, number]], parameters: string[]}} sight
   */
  setCourse(course, examples, { domain, parameters }) {
    this.course = course;
    this.#count = examples;
    write(this.title, sayMany("B = {batch}: one update", "B = {batch}: {n} updates", course.updates, { batch: course.batch, n: count(course.updates) }));
    this.stage?.setDomain(domain, parameters);
    this.stage?.setPaths(new Paths(0, "", this.#runs(course)), 0);
    this.stage?.setStart(course.theta[0]);
  }

  /** Only this column's run has points, so that it keeps its own colour. @param {Course} course */
  #runs(course) {
    const points = [0, 1].map((axis) => Float32Array.from(course.theta, (point) => point[axis]));
    const loss = Float32Array.from(course.loss, (value) => value ?? NaN);
    const empty = new Float32Array(0);
    return Array.from({ length: this.index + 1 }, (_, index) => {
      const isMine = index === this.index;
      const [theta1, theta2] = isMine ? points : [empty, empty];
      return /** @type {PathRun} */ (/** @type {unknown} */ ({ update: null, theta1, theta2, loss: isMine ? loss : empty, updates: isMine ? course.updates : 0, diverged: null }));
    });
  }

  /** So many examples have been seen. @param {number} seen */
  show(seen) {
    this.#seen = seen;
    if (!this.course) return;
    const { batch, updates } = this.course;
    this.stage?.setPlayhead(this.done);
    const values = { k: count(this.done), updates: count(updates), loss: steady(this.loss) };
    write(this.words, say("update {k} of {updates} · loss {loss}", values));
    this.#drawStrip(batch);
  }

  get done() {
    const { batch = 1, theta = [] } = this.course ?? {};
    return Math.min(updatesDone(this.#seen, batch, this.#count), theta.length - 1);
  }

  get loss() {
    return this.course?.loss[this.done] ?? NaN;
  }

  /** @param {number} batch */
  #drawStrip(batch) {
    const width = this.host.clientWidth;
    if (!this.overlay || !this.course || width < 20) return;
    const palette = paletteOf(this.host);
    const layout = layoutOf(this.course.batches, width);
    const height = stripHeight(layout, palette);
    this.host.style.blockSize = height + "px";
    this.overlay.fit(width, this.host.clientHeight);
    const strip = { cells: layout.cells, layout, current: Math.floor(this.#seen / batch), lit: runColour(this.index), cursor: null, pinned: null, seen: this.#seen };
    drawStrip(this.overlay.wiped(), strip, palette);
  }

  setTheme() {
    this.stage?.setTheme();
    this.show(this.#seen);
  }
}
