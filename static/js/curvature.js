import { CurvatureChart } from "./curvaturechart.js";
import { aboutCurvature, curvatureTable, curvatureWords } from "./curvaturewords.js";
import { hasNoise } from "./edges.js";
import { dropView, hiddenRuns, setView } from "./edits.js";
import { element } from "./element.js";
import { PathCollector } from "./path.js";
import { Pace } from "./pace.js";
import { runValue } from "./rows.js";
import { runNames } from "./runnames.js";
import { parse } from "./address.js";
import { scrollable } from "./scrolled.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Header} Header */
/**
 * Of one run: λmax at each point and the curvature at which its η is at its limit there with the full batch; `batch`: of batches that are not
 * alike; its rate on a quadratic.
 * @typedef {{index: number, name: string, rule: string, update: Float32Array, largest: Float32Array, line: Float32Array, diverged: number|null,
 *   batch: number|null, rate: {measured: number, predicted: number, first: number, last: number}|null}} Curve
 */
/** @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, playhead: import("./playhead.js").Playhead,
 *   edges: import("./edges.js").Edges}} Parts */

/** While a slider moves, questions wait a little: the paths come first. */
const pause = 60;

/** λmax along the paths against the line of each η, the edge of stability. Open while the address says so; folded in it asks nothing. */
export class Curvature {
  /** @type {Curve[]} */
  #curves = [];
  /** @type {import("./types.js").Scene|null} */
  #scene = null;
  #asked = { id: 0, key: "" };

  /**
   * @param {HTMLDetailsElement} details
   * @param {Parts} parts
   */
  constructor(details, parts) {
    this.details = details;
    this.parts = parts;
    this.collector = new PathCollector();
    this.chart = new CurvatureChart();
    this.refusal = element("p", { class: "curvature-words", role: "status" });
    this.words = element("ul", { class: "curvature-words" });
    this.table = scrollable(element("div", { role: "region", "aria-label": say("Curvature along the paths") }));
    details.append(this.chart.legend, this.chart.figure, this.refusal, this.words, this.table, aboutCurvature());
    this.asking = new Pace(pause, () => this.#ask());
    details.addEventListener("toggle", () => this.#toggled());
    parts.playhead.addEventListener("move", () => details.open && this.chart.setPlayhead(parts.playhead.at));
    parts.edges.addEventListener("change", () => this.#tell());
  }

  get #isNamed() {
    return this.parts.store.view.edge === 1;
  }

  #toggled() {
    if (this.details.open === this.#isNamed) return;
    this.parts.store.change(this.details.open ? setView("edge", 1) : dropView("edge"));
  }

  /** What the address says. */
  show() {
    if (this.details.open !== this.#isNamed) this.details.open = this.#isNamed;
    if (!this.#isNamed) return this.parts.link.forget("edge");
    this.asking.call();
    this.#draw();
  }

  #ask() {
    if (!this.details.open) return;
    const question = { scene: this.parts.store.sceneQuery() };
    if (question.scene === this.#asked.key) return;
    this.#asked = { id: this.parts.link.ask("edge", question), key: question.scene };
    write(this.refusal, "");
  }

  /**
   * @param {Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.id !== this.#asked.id) return;
    const found = this.collector.take(header, values);
    if (!found) return;
    const { tables } = this.parts.store;
    const { scene } = parse(found.scene, tables);
    const names = runNames(scene, tables);
    const batchOf = (/** @type {import("./types.js").Run} */ run) => (hasNoise(tables, scene, run) ? runValue(tables, scene, run, "batch") : null);
    this.#scene = scene;
    this.#curves = found.runs.map((run, index) => /** @type {any} */ ({ ...run, index, name: names[index], rule: scene.runs[index].rule, batch: batchOf(scene.runs[index]) }));
    this.#draw();
  }

  /** @param {Header} header */
  refused({ id, error = "" }) {
    if (id !== this.#asked.id) return;
    this.#curves = [];
    this.chart.figure.replaceChildren();
    for (const place of [this.chart.legend, this.words, this.table]) place.replaceChildren();
    write(this.refusal, say("The server could not answer: {error}.", { error }));
  }

  get #shown() {
    const hidden = hiddenRuns(this.parts.store.shown);
    return this.details.open ? this.#curves.filter(({ index }) => !hidden.includes(index)) : [];
  }

  #draw() {
    if (!this.details.open || !this.#curves.length) return;
    this.chart.show(this.#shown, this.parts.playhead.at);
    this.#tell();
    this.table.replaceChildren(curvatureTable(this.#shown));
  }

  #tell() {
    const scene = this.#scene;
    if (!scene) return;
    const told = this.#shown.map((curve) => curvatureWords(curve, this.parts.edges.ofPath(curve.index, scene)));
    const isSaid = told.length === this.words.children.length && told.every((words, k) => words === this.words.children[k].textContent);
    if (!isSaid) this.words.replaceChildren(...told.map((words) => element("li", {}, words)));
  }
}
