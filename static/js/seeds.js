import { element } from "./element.js";
import { count } from "./numbers.js";
import { PathCollector } from "./path.js";
import { Pace } from "./pace.js";
import { rowOf, runValue, sceneValue } from "./rows.js";
import { scrollable } from "./scrolled.js";
import { SeedsChart } from "./seedschart.js";
import { affordable, drawn, minimumNames, seriesOf, sizesFor } from "./seedseries.js";
import { seedsTable } from "./seedstable.js";
import { noteWords, progressWords, sentence } from "./seedswords.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./seedseries.js").Kind} Kind */
/** @typedef {import("./seedseries.js").Row} Row */
/** @typedef {import("./types.js").Header} Header */
/**
 * @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, selection: import("./selection.js").Selection,
 *   announcer: import("./announcer.js").Announcer, cloud: import("./seedscloud.js").SeedsCloud}} Parts
 */

/** @type {Kind[]} */
const kinds = ["minima", "left", "outcomes"];
const choices = [200, 500, 1000, 2000];
const usual = 1000;

/** While a slider moves, questions wait a little: the paths come first. */
const pause = 60;

/** The selected run with many orders of its batches, and with several batch sizes. Nothing is asked while it is folded in. */
export class Seeds {
  /** @type {Row[]} */
  #rows = [];
  /** @type {import("./criticalpoints.js").Named[]} */
  #points = [];
  /** @type {Kind} */
  #kind = "minima";
  #seeds = usual;
  /** Where the seeds with the run's own batch size ended. @type {import("./seedscloud.js").Ends|null} */
  #ends = null;
  #asked = { id: 0, key: "", seeds: usual, place: -1 };
  #shown = 0;
  #refusal = "";

  /**
   * @param {HTMLDetailsElement} details
   * @param {Parts} parts
   */
  constructor(details, parts) {
    this.details = details;
    this.parts = parts;
    this.chart = new SeedsChart();
    this.collector = new PathCollector();
    this.run = element("p", { class: "seeds-run" });
    this.progress = element("p", { class: "seeds-progress" });
    this.words = element("p", { class: "seeds-words" });
    this.note = element("p", { class: "seeds-note" });
    this.table = scrollable(element("div", { role: "region", "aria-label": say("Shares of the seeds") }));
    const head = element("div", { class: "seeds-head" }, this.switch(), this.picker(), this.progress);
    this.answer = element("div", { class: "seeds-answer" }, this.chart.legend, this.chart.figure, this.words, this.note, this.table);
    details.append(this.run, head, this.answer);
    this.asking = new Pace(pause, () => this.#ask());
    details.addEventListener("toggle", () => (details.open ? this.#draw() : this.#close()));
    details.addEventListener("toggle", () => this.show());
    parts.selection.addEventListener("change", () => this.show());
  }

  switch() {
    const names = { minima: say("at each minimum"), left: say("left the saddle"), outcomes: say("per outcome") };
    const labels = kinds.map((kind) => {
      const input = element("input", { type: "radio", name: "seeds-kind", value: kind, checked: kind === this.#kind });
      input.addEventListener("change", () => this.#choose(kind));
      return element("label", {}, input, element("span", {}, names[kind]));
    });
    return element("fieldset", { class: "segments" }, element("legend", { class: "unseen" }, say("Share of the seeds")), ...labels);
  }

  picker() {
    const options = choices.map((seeds) => element("option", { value: seeds, selected: seeds === usual }, count(seeds)));
    const select = element("select", { id: "seeds-count" }, ...options);
    select.addEventListener("change", () => {
      this.#seeds = Number(select.value);
      this.show();
    });
    return element("label", { class: "seeds-count" }, say("Seeds"), select);
  }

  /** @param {Kind} kind */
  #choose(kind) {
    this.#kind = kind;
    this.#draw();
  }

  /** The scene, the selected run or the number of seeds may be another one. */
  show() {
    if (!this.details.open) return;
    const { store, selection } = this.parts;
    const run = store.scene.runs[selection.index];
    if (!run) return;
    const values = { n: selection.index + 1, rule: say(rowOf(store.tables.rules, run.rule).label) };
    write(this.run, say("Run {n}, {rule}, again and again: each seed is another order of the batches.", values));
    this.asking.call();
  }

  /** A line that comes back asks nothing for a panel that is folded in; what was not finished is asked again when it opens. */
  #close() {
    this.parts.link.forget("shares");
    this.parts.cloud.show(null, false);
    if (this.#shown !== this.#asked.id || this.#known < this.#asked.seeds) this.#asked.key = "";
  }

  /** The letters of the minima. @param {import("./criticalpoints.js").Named[]|null} points */
  setPoints(points) {
    this.#points = points ?? [];
    if (this.details.open) this.#draw();
  }

  #ask() {
    const { store, selection, link } = this.parts;
    if (!store.scene.runs[selection.index]) return;
    const [scene, of, seeds, batches] = [store.sceneQuery(), selection.index, this.#seeds, this.#sizes()];
    const key = JSON.stringify([scene, of, seeds, batches]);
    if (!this.details.open || key === this.#asked.key) return;
    this.#refusal = "";
    this.#asked = { id: link.ask("shares", { scene, of, seeds, batches }), key, seeds, place: batches.indexOf(this.#batch) };
    this.#showProgress();
  }

  /** The run's own batch size. @returns {number} */
  get #batch() {
    const { store: { scene, tables }, selection } = this.parts;
    return runValue(tables, scene, scene.runs[selection.index], "batch");
  }

  #sizes() {
    const { scene, tables } = this.parts.store;
    const value = (/** @type {string} */ name) => sceneValue(tables, scene, name);
    const examples = value("examples");
    const cost = { examples, seeds: this.#seeds, updates: value("updates"), most: tables.limits.evaluations };
    return affordable(sizesFor({ examples, batch: this.#batch, shuffle: value("shuffle") }), cost);
  }

  /**
   * Each answer is whole in itself: the shares are in its first frame, single seeds in all of them.
   * @param {Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.id !== this.#asked.id) return;
    const seeds = this.collector.take(header, values);
    if (seeds) this.#ends = seeds.runs[this.#asked.place] ?? null;
    if (header.part === 0) this.#takeShares(header);
    else this.#showProgress();
  }

  /** @param {Header} header */
  #takeShares(header) {
    this.#shown = header.id;
    this.#rows = /** @type {any} */ (header).shares;
    this.#draw();
    if (this.#known === this.#asked.seeds) this.parts.announcer.announce(this.words.textContent ?? "");
  }

  get #known() {
    return this.#rows[0]?.seeds ?? 0;
  }

  /** @param {Header} header */
  refused({ id, error = "" }) {
    if (id !== this.#asked.id) return;
    this.#refusal = say("The server could not answer: {error}. What you see stays.", { error });
    this.#showProgress();
  }

  #draw() {
    const rows = this.#rows;
    if (!this.details.open || !rows.length) return this.#showProgress();
    const names = minimumNames(rows[0].minima, this.#points);
    const series = seriesOf(rows, this.#kind, names);
    this.chart.show(rows, drawn(series));
    write(this.words, sentence(rows, series));
    write(this.note, [noteWords(rows, series), this.#cloudWords()].filter(Boolean).join(" "));
    this.table.replaceChildren(seedsTable(rows, this.#kind === "left" ? series : [...series, ...seriesOf(rows, "left", names)]));
    this.#showProgress();
  }

  #cloudWords() {
    const row = this.#rows[this.#asked.place];
    return row?.varies ? say("Small dots on the surface, under the paths: where the seeds with B = {batch} ended.", { batch: row.batch }) : "";
  }

  #showProgress() {
    const isEarlier = this.#shown !== this.#asked.id && this.#rows.length > 0;
    const known = isEarlier ? say("{seeds}, of the earlier setting", { seeds: progressWords(this.#known, this.#known) }) : progressWords(this.#known, this.#asked.seeds);
    this.answer.classList.toggle("is-earlier", isEarlier);
    write(this.progress, this.#refusal || known);
    this.parts.cloud.show(this.details.open ? this.#ends : null, isEarlier);
  }
}
