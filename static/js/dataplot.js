import { BeforePaint } from "./pace.js";
import { numbersWords } from "./batchwords.js";
import { Plane, nearestTo, spanOf } from "./dataplane.js";
import { drawPlot } from "./dataplotart.js";
import { ExampleTable } from "./dataplottable.js";
import { hiddenRuns } from "./edits.js";
import { byId } from "./element.js";
import { modelOf, modelWords } from "./models.js";
import { Overlay, watchSize } from "./overlay.js";
import { paletteOf } from "./colours.js";
import { surfaceOf } from "./rows.js";
import { scrollable } from "./scrolled.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./batchanswer.js").BatchAnswer} BatchAnswer */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./dataplotart.js").Curve} Curve */
/** @typedef {{batches: import("./batches.js").Batches, pick: import("./batchpick.js").Pick, parts: import("./batches.js").Parts}} Fitting */

/** A pointer this near to a point means it. */
const near = 18;

/** The N examples as points: with the models of the runs through them, or as the shifts of a formula surface. */
export class DataPlot {
  /** @type {Paths|null} */
  #paths = null;
  /** @type {Plane|null} */
  #plane = null;
  /** @type {Pair[]} */
  #points = [];
  #showing = new BeforePaint(() => this.#show());
  #surface = "";

  /** @param {Fitting} fitting */
  constructor({ batches, pick, parts }) {
    this.batches = batches;
    this.pick = pick;
    this.parts = parts;
    this.details = /** @type {HTMLDetailsElement} */ (byId("dataplot"));
    this.host = byId("dataplot-figure");
    this.words = byId("dataplot-words");
    this.overlay = new Overlay(this.host);
    this.palette = paletteOf(this.host);
    this.table = new ExampleTable(byId("dataplot-table"), scrollable(byId("dataplot-table-place")));
    this.#listen();
  }

  #listen() {
    const { batches, pick, parts, host, details } = this;
    for (const [source, name] of /** @type {[EventTarget, string][]} */ ([[batches, "change"], [pick, "change"], [parts.playhead, "move"], [parts.selection, "change"], [details, "toggle"]])) {
      source.addEventListener(name, () => this.show());
    }
    parts.playhead.addEventListener("rest", () => this.#fillTable());
    batches.addEventListener("change", () => this.#fillTable());
    host.addEventListener("pointermove", (event) => event.pointerType !== "touch" && pick.point(this.#under(event)));
    host.addEventListener("pointerleave", () => pick.point(null));
    host.addEventListener("click", (event) => this.#under(event) !== null && pick.pin(this.#under(event)));
    watchSize(host, () => this.show());
  }

  setTheme() {
    this.palette = paletteOf(this.host);
    this.show();
  }

  /** @param {Paths} paths */
  setPaths(paths) {
    this.#paths = paths;
    this.show();
  }

  /** Once before the next picture. */
  show() {
    this.#showing.call();
  }

  #show() {
    const { answer } = this.batches;
    this.details.hidden = !answer?.differ;
    if (!answer?.differ) return;
    this.#openForData(answer);
    if (this.details.open && this.host.clientWidth > 40) this.#draw(answer);
  }

  /** Where the examples are data, they are worth a look before anybody asks. @param {BatchAnswer} answer */
  #openForData(answer) {
    const { surface } = this.parts.store.scene;
    if (surface === this.#surface) return;
    this.#surface = surface;
    this.details.open = answer.kind === "data";
  }

  /** @param {BatchAnswer} answer */
  #draw(answer) {
    const { moment } = this.batches;
    const { clientWidth: width, clientHeight: height } = this.host;
    this.overlay.fit(width, height);
    this.#points = Array.from({ length: answer.count }, (_, example) => answer.numbersOf(example));
    const plane = this.#planeOf(answer, { width, height });
    this.#plane = plane;
    const lit = new Set(moment?.batch ?? []);
    const middle = answer.kind === "data" || !moment || answer.isFull ? null : meanOf([...moment.batch].map((example) => this.#points[example]));
    const { selection } = this.parts;
    drawPlot(this.overlay.wiped(), { plane, points: this.#points, names: this.names(answer), lit, picked: this.pick.example, run: selection.index, curves: this.#curves(), middle }, this.palette);
    write(this.words, this.#said(answer));
  }

  /**
   * @param {BatchAnswer} answer
   * @param {{width: number, height: number}} size
   */
  #planeOf({ kind }, { width, height }) {
    const { font } = this.palette;
    const [xs, ys] = [0, 1].map((k) => this.#points.map((point) => point[k]));
    const box = { left: font * 3.2, top: font * 1.8, width: width - font * 3.8, height: height - font * 4.9 };
    return new Plane(box, spanOf(xs, 0.08), spanOf(ys, kind === "data" ? 0.25 : 0.12));
  }

  /** What stands along the two axes. @param {BatchAnswer} answer @returns {string[]} */
  names({ kind }) {
    const { columns, parameters } = surfaceOf(this.parts.store.tables, this.parts.store.scene);
    if (kind === "data") return columns ?? ["x", "y"];
    return parameters.map((name) => (kind === "shift" ? say("shift along {name}", { name }) : say("added slope along {name}", { name })));
  }

  /** @returns {Curve[]} the selected run's last, over the others */
  #curves() {
    const { store, selection } = this.parts;
    const model = modelOf(store.scene.surface);
    if (!model || !this.#paths) return [];
    const hidden = hiddenRuns(store.shown);
    const shown = [...this.#paths.runs.keys()].filter((index) => index === selection.index || !hidden.includes(index));
    const curves = shown.map((index) => ({ index, isMine: index === selection.index, at: (/** @type {number} */ x) => model(this.#theta(index), x) }));
    return curves.sort((one, other) => Number(one.isMine) - Number(other.isMine));
  }

  /** Where a run stands at the playhead. @param {number} run @returns {Pair} */
  #theta(run) {
    const paths = /** @type {Paths} */ (this.#paths);
    const row = paths.rowAt(run, this.parts.playhead.at);
    const { theta1, theta2 } = paths.runs[run] ?? {};
    return theta1 ? [theta1[row], theta2[row]] : [NaN, NaN];
  }

  /** @param {BatchAnswer} answer */
  #said(answer) {
    const { store, selection } = this.parts;
    const { example } = this.pick;
    const picked = example === null ? "" : say("Example {example}: {numbers}.", { example, numbers: numbersWords(answer, example, this.names(answer)) });
    if (answer.kind !== "data") return picked || (answer.kind === "shift" ? say("Each example sees the surface moved by its own shift; their mean is zero.") : say("Each example adds a slope of its own; their mean is zero."));
    const model = this.#paths?.runs[selection.index] ? modelWords(store.scene.surface, this.#theta(selection.index)) : "";
    return [model, picked].filter(Boolean).join(" · ");
  }

  #fillTable() {
    const { answer, moment } = this.batches;
    if (answer && moment) this.table.show(answer, moment, this.names(answer));
  }

  /** @param {MouseEvent} event */
  #under(event) {
    if (!this.#plane) return null;
    const { left, top } = this.host.getBoundingClientRect();
    const found = nearestTo(this.#plane, this.#points, [event.clientX - left, event.clientY - top], near);
    return found < 0 ? null : found;
  }
}

/** @param {Pair[]} points @returns {Pair} */
function meanOf(points) {
  const mean = (/** @type {0|1} */ k) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  return [mean(0), mean(1)];
}
