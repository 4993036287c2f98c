import { dropView, setView } from "./edits.js";
import { element } from "./element.js";
import { count } from "./numbers.js";
import { PathCollector } from "./path.js";
import { Pace } from "./pace.js";
import { rowOf, runValue, sceneValue } from "./rows.js";
import { scrollable } from "./scrolled.js";
import { SeedsChart } from "./seedschart.js";
import { affordable, drawn, minimumNames, ratesFor, rowName, seriesOf, sizesFor } from "./seedseries.js";
import { seedsTable, timesTable } from "./seedstable.js";
import { SeedsTimes } from "./seedstimes.js";
import { noteWords, progressWords, rateSentence, sentence, timesWords } from "./seedswords.js";
import { write } from "./texts.js";
import { paragraph, say, sayMany } from "./words.js";

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

/** The selected run with many orders of its batches, and with several batch sizes or rates. Open while the address says how many; folded in it asks nothing. */
export class Seeds {
  /** @type {Row[]} */
  #rows = [];
  /** @type {import("./criticalpoints.js").Named[]} */
  #points = [];
  /** @type {Kind} */
  #kind = "minima";
  /** @type {import("./seedseries.js").Against} */
  #against = "batch";
  /** Of every row its seeds: where each ended and when it left. @type {any[]} */
  #ends = [];
  /** @type {{id: number, key: string, seeds: number, place: number, against: import("./seedseries.js").Against}} */
  #asked = { id: 0, key: "", seeds: usual, place: -1, against: "batch" };
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
    this.times = new SeedsTimes();
    this.when = element("p", { class: "seeds-when" });
    this.collector = new PathCollector();
    this.run = element("p", { class: "seeds-run" });
    this.progress = element("p", { class: "seeds-progress" });
    this.words = element("p", { class: "seeds-words" });
    this.note = element("p", { class: "seeds-note" });
    this.table = scrollable(element("div", { role: "region", "aria-label": say("Shares of the seeds") }));
    const head = element("div", { class: "seeds-head" }, this.switch(), this.sides(), this.picker(), this.progress);
    this.answer = element("div", { class: "seeds-answer" }, this.chart.legend, this.chart.figure, this.words, this.note, this.times.element, this.when, this.table);
    details.append(this.run, head, this.answer);
    this.asking = new Pace(pause, () => this.#ask());
    details.addEventListener("toggle", () => this.#toggled());
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

  /** What the rows differ in. */
  sides() {
    const names = { batch: say("against B"), eta: say("against η") };
    const labels = Object.entries(names).map(([value, name]) => {
      const input = element("input", { type: "radio", name: "seeds-against", value, checked: value === this.#against });
      input.addEventListener("change", () => {
        this.#against = /** @type {import("./seedseries.js").Against} */ (value);
        this.show();
      });
      return element("label", {}, input, element("span", {}, name));
    });
    return element("fieldset", { class: "segments" }, element("legend", { class: "unseen" }, say("What the rows differ in")), ...labels);
  }

  picker() {
    this.select = element("select", { id: "seeds-count" });
    this.select.addEventListener("change", () => this.parts.store.change(setView("seeds", Number(this.select?.value))));
    return element("label", { class: "seeds-count" }, say("Seeds"), this.select);
  }

  get #seeds() {
    return this.parts.store.view.seeds ?? usual;
  }

  /** An address may name any number of seeds. */
  #showPicker() {
    const wanted = [...new Set([...choices, this.#seeds])].sort((one, other) => one - other);
    const options = wanted.map((seeds) => element("option", { value: seeds, selected: seeds === this.#seeds }, count(seeds)));
    if (this.select && String([...this.select.options].map(({ value }) => value)) !== String(wanted)) this.select.replaceChildren(...options);
    if (this.select) this.select.value = String(this.#seeds);
  }

  #toggled() {
    const { store } = this.parts;
    const isNamed = store.view.seeds !== undefined;
    if (this.details.open !== isNamed) store.change(this.details.open ? setView("seeds", usual) : dropView("seeds"));
    if (this.details.open) this.#draw();
    else this.#close();
    this.show();
  }

  /** @param {Kind} kind */
  #choose(kind) {
    this.#kind = kind;
    this.#draw();
  }

  /** The scene, the selected run or the number of seeds may be another one. */
  show() {
    const { store, selection } = this.parts;
    const isNamed = store.view.seeds !== undefined;
    if (this.details.open !== isNamed) this.details.open = isNamed;
    if (!isNamed) return;
    this.#showPicker();
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
    const against = this.#against;
    const seeds = this.#seeds;
    const sides = against === "batch" ? { batches: this.#sizes() } : { etas: this.#rates() };
    const question = { scene: store.sceneQuery(), of: selection.index, seeds, ...sides };
    const key = JSON.stringify(question);
    if (!this.details.open || key === this.#asked.key) return;
    this.#refusal = "";
    const place = sides.batches ? sides.batches.indexOf(this.#batch) : /** @type {number[]} */ (sides.etas).indexOf(this.#eta);
    this.#asked = { id: link.ask("shares", question), key, seeds, place, against };
    this.#showProgress();
  }

  /** The run's own batch size. @returns {number} */
  get #batch() {
    const { store: { scene, tables }, selection } = this.parts;
    return runValue(tables, scene, scene.runs[selection.index], "batch");
  }

  /** The run's own η. @returns {number} */
  get #eta() {
    const { store: { scene, tables }, selection } = this.parts;
    return runValue(tables, scene, scene.runs[selection.index], "eta");
  }

  #rates() {
    return ratesFor(this.#eta, /** @type {{low: number, high: number}} */ (rowOf(this.parts.store.tables.knobs, "eta")));
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
    if (seeds) this.#ends = seeds.runs;
    if (seeds && this.#kind === "left") this.#drawTimes();
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
    const { against } = this.#asked;
    const limits = rows[0].minima.flatMap(({ limit }, k) => (limit === null || against === "batch" ? [] : [{ name: names[k], eta: limit }]));
    const kept = drawn(series);
    this.chart.show({ rows, series: kept, against, limits });
    write(this.words, against === "batch" ? sentence(rows, series) : rateSentence(rows, series, limits));
    write(this.note, paragraph([noteWords(rows, series), leftOutWords(series.length - kept.length), this.#cloudWords()]));
    const tables = [seedsTable(rows, this.#kind === "left" ? series : [...series, ...seriesOf(rows, "left", names)], against)];
    if (this.#kind === "left") tables.push(timesTable(rows, against));
    this.table.replaceChildren(...tables);
    this.#drawTimes();
    this.#showProgress();
  }

  /** When seeds left is shown beside the share that left. */
  #drawTimes() {
    const [rows, { against }] = [this.#rows, this.#asked];
    const isShown = this.#kind === "left" && rows.some(({ times }) => times.length > 0);
    this.times.element.hidden = !isShown;
    write(this.when, isShown ? timesWords(rows, against) : "");
    const lines = rows.map((row, k) => ({ name: rowName(row, against), left: this.#ends[k]?.left ?? new Float32Array() }));
    if (isShown) this.times.show(lines.filter(({ left }) => left.length > 0), rows[0].left.by);
  }

  #cloudWords() {
    const row = this.#rows[this.#asked.place];
    return row?.varies ? say("Small dots on the surface, under the paths: where the seeds with {name} ended.", { name: rowName(row, this.#asked.against) }) : "";
  }

  #showProgress() {
    const isEarlier = this.#shown !== this.#asked.id && this.#rows.length > 0;
    const known = isEarlier ? say("{seeds}, of the earlier setting", { seeds: progressWords(this.#known, this.#known) }) : progressWords(this.#known, this.#asked.seeds);
    this.answer.classList.toggle("is-earlier", isEarlier);
    write(this.progress, this.#refusal || known);
    this.parts.cloud.show((this.details.open && this.#ends[this.#asked.place]) || null, isEarlier);
  }
}

/** The chart has room for some lines, the table for all. @param {number} many */
function leftOutWords(many) {
  return many > 0 ? sayMany("{many} more is in the table.", "{many} more are in the table.", many, { many }) : "";
}
