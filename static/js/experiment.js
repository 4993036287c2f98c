import { placeless } from "./chartsides.js";
import { setKnob } from "./edits.js";
import { byId, element } from "./element.js";
import { ExperimentKnobs } from "./experimentknobs.js";
import { ExperimentStatus } from "./experimentstatus.js";
import { ListCollector } from "./listanswer.js";
import { finishedWords, machineWords } from "./machinewords.js";
import { chartTable, namesOf, resultTable } from "./numbertables.js";
import { openingChart } from "./openingchart.js";
import { PlaneChart } from "./planechart.js";
import { groundTable } from "./planetable.js";
import { Prediction } from "./prediction.js";
import { named } from "./rows.js";
import { scrollable } from "./scrolled.js";
import { linesOf, SeriesChart } from "./serieschart.js";
import { stories } from "./stories.js";
import { unbroken, write } from "./texts.js";
import { viewValue } from "./viewknobs.js";
import { paragraph, say, sayMany, withCommas } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {{row: import("./types.js").Experiment, store: import("./scene.js").Store, link: import("./link.js").Link,
 *   notices: import("./notices.js").Notices, announcer: import("./announcer.js").Announcer}} Parts */

const want = "experiment";

/** One experiment: asked for as its address says, followed until it is over, shown once the reader has said what to expect. */
export class Experiment {
  /** @type {Answer|null} how far what was asked is */
  #answer = null;
  /** @type {Answer|null} whose figures are seen: those of an earlier setting until there are new ones */
  #seen = null;
  #seenFor = "";
  #asked = { id: 0, query: "-" };
  #isFollowed = true;
  #refusal = "";

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    const { row, store } = parts;
    this.story = stories[row.name] ?? null;
    this.nameOf = namesOf(row);
    this.collector = new ListCollector("series");
    this.prediction = new Prediction(byId("prediction"), { name: row.name, ask: this.story?.ask() ?? null, isAsked: viewValue(store, "ask") !== 0, changed: () => this.#foretold() });
    this.status = new ExperimentStatus({ cancel: () => this.#cancel(), again: () => this.#begin() });
    this.knobs = new ExperimentKnobs(byId("knobs"), store);
    this.chart = new SeriesChart();
    this.plane = row.charts.some(({ z }) => z) ? new PlaneChart() : null;
    this.result = byId("result");
    this.told = [byId("caption"), byId("told")];
    this.tables = { chart: scrollable(byId("chart-table")), result: scrollable(byId("result-table")) };
    byId("status").append(this.status.element);
    this.nothing = element("p", { class: "series-nothing", hidden: true }, say("There is nothing to draw."));
    this.placeless = element("p", { class: "series-placeless" });
    this.lines = element("div", {}, this.chart.legend, this.chart.figure, this.nothing, this.placeless);
    byId("chart").append(this.lines, ...(this.plane ? [this.plane.element] : []));
    byId("chart").classList.toggle("of-runs", this.plane !== null);
    const anew = byId("anew");
    anew.hidden = !named(row.knobs, "take");
    anew.addEventListener("click", () => store.change(setKnob("take", store.value("take") + 1)));
  }

  /** The reader said what to expect, or wants to be asked again. */
  #foretold() {
    this.show();
    if (this.prediction.isOver) this.#announce();
  }

  #announce() {
    const said = [this.status.said, this.told[0].textContent].filter(Boolean);
    this.parts.announcer.announce(paragraph(this.#isOver ? said : said.slice(0, 1)));
  }

  get #isOver() {
    return this.#answer !== null && isOver(this.#answer);
  }

  /** Asks for what the address says, unless that was asked already. */
  ask() {
    const query = this.parts.store.sceneQuery();
    if (query !== this.#asked.query) this.#begin();
  }

  #begin() {
    const { store, link, row } = this.parts;
    const query = store.sceneQuery();
    this.#asked = { id: link.ask(want, { experiment: row.name, knobs: query }), query };
    this.#isFollowed = true;
    if (this.#refusal) this.parts.notices.show([]);
    this.#refusal = "";
    this.show();
  }

  #cancel() {
    this.#asked.id = this.parts.link.ask(want, { experiment: null });
    this.#isFollowed = false;
  }

  /** @param {Header} header */
  heard(header) {
    if (header.want !== want || header.id !== this.#asked.id) return;
    if (!("state" in header)) return this.#refused(header);
    const whole = this.collector.take(header);
    if (whole) this.#take(/** @type {any} */ (whole));
  }

  /** @param {Header} header */
  #refused({ error = "", problems = [] }) {
    this.parts.link.forget(want);
    this.#refusal = problems.length ? say("what is not allowed stands at the top of the page") : error;
    if (problems.length) this.parts.notices.show(problems, { isDrawn: false });
    this.show();
  }

  /** @param {Answer} answer */
  #take(answer) {
    const news = answer.state !== this.#answer?.state || answer.query !== this.#answer.query;
    this.#answer = answer;
    if (this.#isOver || !this.#isFollowed) this.parts.link.forget(want); // a line that comes back need not ask again
    if (answer.series.length || answer.state === "done" || !this.#seen?.series.length) this.#see(answer);
    this.show();
    if (news && this.prediction.isOver) this.#announce();
  }

  /** @param {Answer} answer */
  #see(answer) {
    if (answer.query !== this.#seen?.query) this.chart.forget();
    this.#seen = answer;
    this.#seenFor = this.#asked.query;
  }

  get #isEarlier() {
    return this.#seenFor !== this.#asked.query;
  }

  /** Which chart is seen: whoever looks has chosen it, or else the page. */
  get chartName() {
    const { row, store } = this.parts;
    return viewValue(store, "chart") ?? openingChart(row, this.#seen);
  }

  /** The charts that are seen together. */
  get #charts() {
    const name = this.chartName;
    return this.parts.row.charts.filter((chart) => chart.name === name || chart.beside === name);
  }

  show() {
    const isSeen = this.prediction.isOver;
    this.knobs.show();
    this.prediction.show(this.#answer);
    this.result.hidden = !isSeen || (this.#refusal !== "" && this.#seen === null);
    this.result.classList.toggle("is-earlier", this.#isEarlier);
    byId("lecture").hidden = !isSeen;
    const isDrawn = isSeen && this.#seen !== null && this.#seen.series.length > 0;
    this.status.show({ answer: this.#answer, isFollowed: this.#isFollowed, isDrawn, refusal: this.#refusal });
    if (isSeen && this.#seen) this.#showAnswer(this.#seen);
  }

  /** @param {Answer} answer */
  #showAnswer(answer) {
    const { row } = this.parts;
    const charts = this.#charts;
    this.#showTold(answer, charts[0].name);
    this.#showChart(answer, charts);
    this.tables.result.replaceChildren(resultTable(row, answer.rows, this.nameOf));
    write(byId("chart-title"), withCommas(charts.map(({ label }) => say(label))));
    byId("clock").hidden = !charts.some(({ measured }) => measured);
    this.#showSource(answer);
  }

  /**
   * A surface over two directions, or lines.
   * @param {Answer} answer
   * @param {import("./types.js").Chart[]} charts
   */
  #showChart(answer, charts) {
    const { plane } = this;
    const isSurface = plane !== null && charts[0].z !== null;
    this.lines.hidden = isSurface;
    if (plane) byId("surface-view").hidden = plane.element.hidden = !isSurface;
    if (!isSurface) return this.#showLines(answer, charts);
    plane.show(answer, charts[0], viewValue(this.parts.store, "view"));
    this.tables.chart.replaceChildren(groundTable(answer));
  }

  /**
   * @param {Answer} answer
   * @param {import("./types.js").Chart[]} ofTable
   */
  #showLines(answer, ofTable) {
    const { nameOf } = this;
    const across = this.story?.across?.(answer);
    const charts = across ? ofTable.map((chart) => ({ ...chart, x: { ...chart.x, label: across } })) : ofTable;
    const { knob } = charts[0].x;
    const isEmpty = isOver(answer) && !linesOf(charts, answer.series).length;
    this.nothing.hidden = !isEmpty;
    this.chart.figure.hidden = this.chart.legend.hidden = isEmpty;
    const lost = charts.reduce((sum, { name, y }) => sum + placeless(y, answer.series.filter(({ chart }) => chart === name)), 0);
    write(this.placeless, lost ? sayMany("{n} value is 0 and has no place on a logarithmic axis; it stands in the table below.", "{n} values are 0 and have no place on a logarithmic axis; they stand in the table below.", lost) : "");
    this.chart.show({ charts, series: answer.series, expected: knob ? answer.knobs[knob] : [], nameOf });
    this.tables.chart.replaceChildren(chartTable(charts, answer.series, nameOf));
  }

  /** In other colours, or another size. */
  draw() {
    this.chart.draw();
    this.plane?.draw();
  }

  /**
   * What the figures say: the first sentences above the chart, what follows from them below it.
   * @param {Answer} answer
   * @param {string} chart
   */
  #showTold(answer, chart) {
    const [first = "", ...rest] = (this.story?.told(answer, chart) ?? []).filter(Boolean);
    const whose = this.#isEarlier ? say("Figures of the earlier setting:") : answer.state === "done" ? "" : say("So far:");
    showParagraphs(this.told[0], first ? [paragraph([whose, first])] : []);
    showParagraphs(this.told[1], rest);
  }

  /** What repeats it, takes it along, and made it. @param {Answer} answer */
  #showSource({ name, address, query, machine, finished }) {
    const page = "/experiments/" + name + (query ? "?" + query : "");
    const links = { "file-csv": address + (query ? "&" : "?") + "format=csv", "file-json": address, repeats: page };
    for (const [id, href] of Object.entries(links)) byId(id).setAttribute("href", href);
    write(byId("repeats"), page);
    write(byId("machine"), paragraph([machine ? machineWords(machine) : "", finished ? finishedWords(finished, document.documentElement.lang) : ""]));
  }
}

/** @param {Answer} answer */
function isOver({ state }) {
  return state !== "queued" && state !== "running";
}

/**
 * @param {HTMLElement} place
 * @param {string[]} texts
 */
function showParagraphs(place, texts) {
  const key = texts.filter(Boolean).join("\n");
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  place.replaceChildren(...texts.filter(Boolean).map((text) => element("p", {}, unbroken(text))));
}
