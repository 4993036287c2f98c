import { paletteOf } from "./colours.js";
import { timePerUpdate, timeTitle } from "./costs.js";
import { drawDots, drawLeavingLine, drawPlayheads, strandOfLine, strokeLines } from "./lossart.js";
import { extent, leftOut, rangeOf, serves, ticksOf } from "./lossaxes.js";
import { inside, layer, Overlay, watchSize } from "./overlay.js";
import { Figure, plainAxis, plainLayout } from "./plotly.js";
import { marginFor, roundLabel } from "./ticklabel.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./lossaxes.js").Scale} Scale */
/** @typedef {import("./lossart.js").Line} Line */

/** The axes move at most this often while the lines follow the finger. */
const pause = 60;

/** Loss against updates, epochs or time: Plotly draws the axes, canvases over them the lines and the playhead. */
export class LossChart {
  /** @type {Axes|null} */
  #axes = null;
  /** @type {Paths|null} */
  #paths = null;
  /** @type {Line[]} */
  #lines = [];
  /** @type {Set<number>} */
  #hidden = new Set();
  #at = 0;
  /** @type {"updates"|"epochs"|"time"} */
  #along = "updates";
  /** @type {import("./costs.js").Machine} */
  #machine = { cost: "serial", width: 1 };
  /** @type {{of: Paths, sizes: number[]}|null} */
  #batches = null;
  /** @type {Scale} */
  #scale = "linear";
  /** @type {{x: Pair, y: Pair}} */
  #ranges = { x: [0, 1], y: [0, 1] };
  #size = { width: 0, height: 0 };
  #timer = 0;
  #drawnAt = -Infinity;

  /**
   * @param {HTMLElement} element
   * @param {{titles?: Record<string, string>, onPlayhead?: (at: number) => void, batches?: (paths: Paths) => number[]}} [options]
   *   titles: words for "updates", "epochs" and "loss"; batches: the batch size of every run
   */
  constructor(element, options = {}) {
    this.element = element;
    this.options = options;
    this.titles = { updates: "", epochs: "", loss: "", ...options.titles };
    /** How many losses the logarithmic axis has no place for. */
    this.leftOut = 0;
    element.classList.add("drawing", "chart-lines");
    this.figure = new Figure(layer(element, "plot"));
    this.still = new Overlay(element);
    this.moving = new Overlay(element);
    this.palette = paletteOf(element);
    if (options.onPlayhead) this.#listen();
    watchSize(element, () => this.resize());
  }

  /**
   * @param {Paths} paths
   * @param {number} [at] where the playhead stands on them
   */
  setPaths(paths, at = this.#at) {
    this.#paths = paths;
    this.#at = at;
    this.#renew();
  }

  /** @param {number} at */
  setPlayhead(at) {
    this.#at = at;
    this.#drawMoving();
  }

  /** @param {"updates"|"epochs"|"time"} along */
  setAxis(along) {
    this.#along = along;
    this.#renew(true);
  }

  /** What an update costs on the axis of time. @param {import("./costs.js").Machine} machine */
  setMachine(machine) {
    this.#machine = machine;
    if (this.#along === "time") this.#renew(true);
  }

  /** @param {Scale} scale */
  setScale(scale) {
    this.#scale = scale;
    this.#renew(true);
  }

  /** @param {Set<number>} hidden */
  setHidden(hidden) {
    this.#hidden = hidden;
    this.#renew();
  }

  /** @param {string} [_name] */
  setTheme(_name) {
    this.palette = paletteOf(this.element);
    this.resize();
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    this.#size = { width, height };
    this.still.fit(width, height);
    this.moving.fit(width, height);
    this.#renew(true);
  }

  /**
   * The lines at once with the axes there are; new axes when these no longer serve.
   * @param {boolean} [anew]
   */
  #renew(anew = false) {
    this.#lines = this.#paths ? this.#visibleLines(this.#paths) : [];
    this.leftOut = leftOut(this.#lines, this.#scale);
    const wanted = this.#wanted();
    const serving = this.#ranges.x[1] === wanted.x[1] && serves(this.#ranges.y, wanted.y);
    if (anew) this.#axes = null;
    if (anew || !serving || !this.#axes) this.#rangeSoon(anew ? 0 : pause);
    this.#draw();
  }

  /** @param {Paths} paths */
  #visibleLines(paths) {
    const indices = [...paths.runs.keys()].filter((index) => !this.#hidden.has(index) && paths.runs[index].loss.length > 0);
    return indices.map((index) => this.#lineOf(paths, index));
  }

  /**
   * @param {Paths} paths
   * @param {number} index
   * @returns {Line}
   */
  #lineOf(paths, index) {
    const run = paths.runs[index];
    const per = this.#updatesPerUnit(paths, index);
    const updates = run.update ?? counted(run.loss.length);
    const xs = per === 1 ? updates : updates.map((update) => update / per);
    return { index, xs, losses: run.loss, diverged: run.diverged !== null };
  }

  /** @returns {{x: Pair, y: Pair}} */
  #wanted() {
    const last = Math.max(0, ...this.#lines.map(({ xs }) => xs[xs.length - 1])) || 1;
    return { x: [0, last], y: rangeOf(extent(this.#lines, this.#scale), this.#scale) };
  }

  /** @param {number} wait */
  #rangeSoon(wait) {
    clearTimeout(this.#timer);
    const due = Math.max(0, this.#drawnAt + wait - performance.now());
    this.#timer = window.setTimeout(() => this.#range(), due);
  }

  async #range() {
    if (this.#size.width < 60 || this.#size.height < 40) return;
    this.#drawnAt = performance.now();
    this.#ranges = this.#wanted();
    await this.figure.show([{ type: "scatter", x: [], y: [], hoverinfo: "skip" }], this.#layout());
    this.#axes = this.figure.axes();
    this.#draw();
  }

  #layout() {
    const { font } = this.palette;
    const ticks = this.#ticks();
    const grid = { showgrid: true, gridcolor: this.palette.line, gridwidth: 1, type: this.#scale };
    return {
      ...plainLayout(this.palette, this.#size),
      margin: { l: marginFor(ticks.ticktext, font), r: Math.round(font), t: Math.round(font * 0.7), b: Math.round(font * 3.1), pad: 0 },
      xaxis: { ...plainAxis(this.palette, this.#ranges.x, this.#title), showline: true },
      yaxis: { ...plainAxis(this.palette, this.#ranges.y, this.titles.loss), ...grid, ...ticks },
    };
  }

  get #title() {
    return this.#along === "time" ? timeTitle(this.#machine) : this.titles[this.#along];
  }

  /** Plotly would write powers of ten with an inline style, which the content policy forbids. */
  #ticks() {
    const room = Math.max(2, Math.floor(this.#size.height / (this.palette.font * 3.4)));
    const tickvals = ticksOf(this.#ranges.y, this.#scale, room);
    return { tickvals, ticktext: tickvals.map(roundLabel) };
  }

  #draw() {
    const context = this.still.wiped();
    const [axes, scale, palette] = [this.#axes, this.#scale, this.palette];
    if (axes) {
      inside(context, axes, () => strokeLines(context, this.#lines.map((line) => strandOfLine(line, scale, axes)), palette));
      for (const line of this.#lines) drawLeavingLine(context, line, scale, axes, palette);
    }
    this.#drawMoving();
  }

  #drawMoving() {
    const context = this.moving.wiped();
    const [axes, paths] = [this.#axes, this.#paths];
    if (!axes || !paths) return;
    const dots = this.#lines.map((line) => ({ line, row: paths.rowAt(line.index, this.#at) }));
    drawPlayheads(context, this.#playheads(paths), axes, this.palette);
    drawDots(context, dots, this.#scale, axes, this.palette);
  }

  /**
   * On an axis of epochs or time, runs with other batches stand elsewhere.
   * @param {Paths} paths
   */
  #playheads(paths) {
    return new Set(this.#lines.map(({ index }) => this.#at / this.#updatesPerUnit(paths, index)));
  }

  /**
   * @param {Paths} paths
   * @param {number} index
   */
  #updatesPerUnit(paths, index) {
    if (this.#along === "time") return 1 / timePerUpdate(this.#machine, this.#batchesOf(paths)[index] ?? 1);
    return this.#along === "epochs" ? paths.runs[index].updates_per_epoch : 1;
  }

  /** @param {Paths} paths */
  #batchesOf(paths) {
    if (this.#batches?.of !== paths) this.#batches = { of: paths, sizes: this.options.batches?.(paths) ?? [] };
    return this.#batches.sizes;
  }

  /** A click or a drag with a mouse, or a tap, asks for the playhead there; a swipe scrolls the page. */
  #listen() {
    this.element.classList.add("seekable");
    this.element.addEventListener("click", (event) => this.#seek(event));
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      this.element.setPointerCapture(event.pointerId);
      this.#seek(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.element.hasPointerCapture(event.pointerId) && event.pointerType !== "touch") this.#seek(event);
    });
  }

  /** @param {MouseEvent} event */
  #seek(event) {
    const [axes, paths, line] = [this.#axes, this.#paths, this.#lines[0]];
    if (!axes || !paths || !line) return;
    const place = axes.valueX(event.clientX - this.element.getBoundingClientRect().left);
    const at = place * this.#updatesPerUnit(paths, line.index);
    this.options.onPlayhead?.(Math.max(0, Math.min(Math.round(at), paths.longest)));
  }
}

let numbers = new Float32Array(0);

/** The numbers 0 … count − 1; one array serves all lines. @param {number} count */
function counted(count) {
  if (numbers.length < count) numbers = Float32Array.from({ length: 2 * count }, (_, k) => k);
  return numbers.subarray(0, count);
}
