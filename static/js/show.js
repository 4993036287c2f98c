import { parse } from "./address.js";
import { hiddenRuns } from "./edits.js";
import { Pace, Rest } from "./pace.js";
import { runNames } from "./runnames.js";
import { surfaceOf } from "./rows.js";
import { viewValue } from "./viewknobs.js";

/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./lab.js").Lab} Lab */

/** Everything that happens on the page when paths arrive or the playhead moves. */
export class Show {
  /** @param {Lab} lab */
  constructor(lab) {
    this.lab = lab;
    /** @type {Paths|null} */
    this.paths = null;
    /** @type {Paths|null} */
    this.next = null;
    this.isDrawing = false;
    /** @type {Map<string, any>} */
    this.told = new Map();
    /** @type {{paths: Paths, scene: import("./types.js").Scene, names: string[]}|null} */
    this.worded = null;
    this.words = new Pace(100, () => this.showWords());
    this.ways = new Pace(200, () => this.showZigzag());
    this.rested = new Rest(150, () => this.askNear());
    lab.playhead.addEventListener("move", () => this.showPlayhead());
    lab.playhead.addEventListener("rest", () => this.showRest());
  }

  /** The newest paths wait for the next frame of the screen. @param {Paths} paths */
  arrive(paths) {
    if (!this.next) requestAnimationFrame(() => this.draw());
    this.next = paths;
  }

  draw() {
    const { stages, chart, timebar, playhead, inspector, critical, profile, batchPanel, averages } = this.lab;
    const paths = /** @type {Paths} */ (this.next);
    this.next = null;
    this.paths = paths;
    this.isDrawing = true;
    playhead.setLength(paths.longest);
    this.isDrawing = false;
    for (const part of [inspector, averages]) part.setPaths(paths);
    stages.tell("setPaths", paths, playhead.at);
    chart.setPaths(paths, playhead.at);
    timebar.setPaths(paths);
    for (const part of [profile, critical, batchPanel]) part.setPaths(paths);
    if (!playhead.playing) this.rested.call();
    document.dispatchEvent(new CustomEvent("downhill:drawn", { detail: { id: paths.id, scene: paths.scene } }));
    setTimeout(() => this.words.call(), 0); // words follow the picture and the cards they stand on
  }

  showPlayhead() {
    const { stages, chart, timebar, playhead, inspector } = this.lab;
    if (this.isDrawing) return;
    inspector.follow();
    stages.tell("setPlayhead", playhead.at);
    chart.setPlayhead(playhead.at);
    timebar.show();
    this.ways.call();
  }

  showWords() {
    const { caption, announcer, store, inspector, edges } = this.lab;
    const paths = /** @type {Paths} */ (this.paths);
    const { scene } = parse(paths.scene, store.tables);
    const names = runNames(scene, store.tables);
    this.worded = { paths, scene, names };
    inspector.setNames(names);
    caption.show(paths.runs.map((run, index) => ({ run, name: names[index] ?? run.rule })));
    edges.setPaths(paths);
    this.showZigzag();
    announcer.announce(caption.said);
    this.showTable();
  }

  /** The limits of η, on the sliders and in the words of runs that diverged. */
  showEdges() {
    const { cards, edgeMarks } = this.lab;
    edgeMarks.show();
    if (!this.worded) return;
    const { paths, scene, names } = this.worded;
    cards.showPaths(paths, names, (index) => edgeMarks.why(index, scene));
  }

  showZigzag() {
    if (this.paths) this.lab.cards.showZigzag(this.paths, this.lab.playhead.at);
  }

  showTable() {
    const { table, playhead, store } = this.lab;
    if (!this.worded) return;
    table.show(this.worded.paths, this.worded.names, surfaceOf(store.tables, store.scene).parameters, playhead.at);
  }

  /** The playhead stands still somewhere. */
  showRest() {
    const { playhead, store, timebar, announcer, inspector } = this.lab;
    store.rest(playhead.isAtEnd ? null : playhead.at);
    announcer.announce([timebar.text.textContent ?? "", inspector.said].filter(Boolean).join(". "));
    this.showTable();
    this.showZigzag();
    this.rested.call();
  }

  askNear() {
    const { questions, playhead } = this.lab;
    if (this.paths?.runs.some((run) => run.every > 1)) questions.near(playhead.at);
  }

  /** What the view decides: which runs, which axes. Each is told only when it changed. */
  showView() {
    const { stages, chart, costs, store } = this.lab;
    const hidden = new Set(hiddenRuns(store.shown));
    stages.setView(viewValue(store, "view"));
    this.tellOnce("hidden", [...hidden].join(), () => [stages.tell("setHidden", hidden), chart.setHidden(hidden)]);
    this.tellOnce("axis", viewValue(store, "axis"), (axis) => chart.setAxis(axis));
    costs.show();
    this.tellOnce("machine", JSON.stringify(costs.machine), () => chart.setMachine(costs.machine));
    this.tellOnce("loss", viewValue(store, "loss"), (scale) => chart.setScale(scale));
  }

  /**
   * @param {string} name
   * @param {any} value
   * @param {(value: any) => void} tell
   */
  tellOnce(name, value, tell) {
    if (this.told.get(name) === value) return;
    this.told.set(name, value);
    tell(value);
  }
}
