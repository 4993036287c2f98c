import { dropView, setView } from "./edits.js";
import { element } from "./element.js";
import { isTouched } from "./hand.js";
import { MapChart } from "./mapchart.js";
import { MapControls } from "./mapcontrols.js";
import { MapFiles } from "./mapfiles.js";
import { noiseOf, questionOf } from "./mapquestion.js";
import { focusOf, pairsFor, positionOf, sideName, sideOf, turnable, valueOf, whyNoMap, within, zoomed } from "./mapsides.js";
import { theorySigns } from "./maptheoryart.js";
import { MapTold } from "./maptold.js";
import { turn } from "./mapturn.js";
import { colouringWords, ownWords, pairWords, rangeWords, signsOf } from "./mapwords.js";
import { count } from "./numbers.js";
import { Pace } from "./pace.js";
import { PathCollector } from "./path.js";
import { rowOf, runValue, surfaceOf } from "./rows.js";
import { runParts } from "./runnames.js";
import { minimumNames } from "./seedseries.js";
import { write } from "./texts.js";
import { paragraph, say } from "./words.js";

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, selection: import("./selection.js").Selection,
 *   edges: import("./edges.js").Edges, announcer: import("./announcer.js").Announcer}} Parts  edges: which minimum each run belongs to */

/** While something moves, questions wait a little: the paths come first. */
const pause = 25;

/** The map of the selected run: how it ends for every pair of two knobs. Open while the address names two. */
export class Maps {
  /** @type {import("./criticalpoints.js").Named[]} */
  #points = [];
  /** @type {Picture|null} */
  #picture = null;
  /** @type {any} */
  #head = null;
  #asked = { id: 0, key: "" };
  /** Where theory is drawn, once somebody chose. */
  #minimum = "";
  /** What of the limits is drawn. */
  #drawn = "";
  #frame = 0;
  /** The picture that waits for its frame. */
  #taken = { id: 0, progress: 0 };

  /**
   * @param {HTMLDetailsElement} details
   * @param {Parts} parts
   */
  constructor(details, parts) {
    this.details = details;
    this.parts = parts;
    this.collector = new PathCollector();
    this.chart = new MapChart(parts.store.tables, {
      place: (values, done) => this.#place(values, done),
      zoom: (by, at) => this.#zoom(by, at),
      box: (x, y) => this.#box(x, y),
    });
    this.controls = new MapControls(parts.store, {
      choose: (names) => this.#choose(names),
      minimum: (name) => this.#chooseMinimum(name),
      zoom: (by) => this.#zoom(by, null),
      reset: () => this.#reset(),
    });
    this.refusal = element("p", { class: "map-words", role: "status" });
    this.help = element("p", { class: "map-note" }, isTouched() ? say("Drag the ring with a finger, or tap where it is to be. Two fingers look closer or farther.") : say("Drag the ring, or move it with the arrow keys. To look closer, draw a box with Shift held down, or use + and −, two fingers, or the wheel: with Ctrl, or once the map has the focus."));
    this.told = new MapTold(parts.store.tables.laws ?? []);
    this.files = new MapFiles((give) => this.chart.save(this.#caption, give));
    const { words, theory, laws, legend, table } = this.told;
    details.append(...this.controls.heads, legend, this.chart.figure, this.refusal, this.help, words, theory, laws.element, this.files.element, table);
    this.asking = new Pace(pause, () => this.#ask());
    details.addEventListener("toggle", () => this.#toggled());
    parts.selection.addEventListener("change", () => this.show());
    parts.edges.addEventListener("change", () => this.details.open && this.parts.store.view.map && this.#edgeKey !== this.#drawn && this.#draw());
  }

  /** @returns {[Side, Side]} */
  get #sides() {
    return this.parts.store.view.map;
  }

  /** The selected run, or the first one that has both knobs: a shared link need not say which run was selected. */
  get #of() {
    const { store: { scene, view }, selection } = this.parts;
    if (!view.map) return selection.index;
    return [selection.index, ...scene.runs.keys()].find((run) => this.#hasBoth(run)) ?? selection.index;
  }

  /** @param {number} run */
  #hasBoth(run) {
    const { store: { tables, scene } } = this.parts;
    if (!scene.runs[run]) return false;
    const names = turnable(tables, scene, run);
    return this.#sides.every(({ knob }) => names.includes(knob));
  }

  #toggled() {
    const { store } = this.parts;
    const isNamed = store.view.map !== undefined;
    if (this.details.open === isNamed) return;
    if (this.details.open) this.#choose(pairsFor(turnable(store.tables, store.scene, this.#of))[0]);
    else store.change(dropView("map"));
  }

  /** @param {import("./mapsides.js").Names} names */
  #choose(names) {
    const { store } = this.parts;
    store.change(setView("map", names.map((name) => sideOf(name, store.tables, store.scene, this.#of))));
  }

  /** @param {string} name */
  #chooseMinimum(name) {
    this.#minimum = name;
    this.#draw();
  }

  #reset() {
    this.#choose([this.#sides[0].knob, this.#sides[1].knob]);
    this.#announce(rangeWords(this.#names, this.#sides));
  }

  /** @param {[number, number]} values @param {boolean} done */
  #place(values, done) {
    const { store } = this.parts;
    store.change(turn(this.#sides, values, store.tables, this.#of), { done });
    if (done) this.#announce(paragraph([say("{words}.", { words: pairWords(this.#names, this.#values) }), this.#ownWords]));
  }

  /** What is found at the pair, once a picture of these knobs is there. */
  get #ownWords() {
    const picture = this.#picture;
    const isOfSides = picture && [picture.x, picture.y].every(({ knob }, k) => knob === this.#sides[k].knob);
    return isOfSides ? ownWords(picture, minimumNames(picture.minima, this.#points), this.#positionsOf(picture), this.#at) : "";
  }

  /** @param {string} words */
  #announce(words) {
    this.parts.announcer.announce(words, "map");
  }

  /** What the address says, and for starts which minimum they reach. @returns {Colouring} */
  get #colouring() {
    const { colour } = this.parts.store.view;
    if (colour && colour !== "auto") return colour;
    return this.#sides.every(({ knob }) => knob.startsWith("start")) ? "outcome" : "updates";
  }

  get #tolerance() {
    return this.parts.store.view.tolerance ?? /** @type {number} */ (rowOf(this.parts.store.tables.knobs, "tolerance").default);
  }

  /**
   * @param {number} by
   * @param {[number, number]|null} at  positions
   */
  #zoom(by, at) {
    const { store } = this.parts;
    const around = at ?? focusOf(this.#sides, this.#at, store.tables);
    const sides = this.#sides.map((side, k) => zoomed(side, by, around[k], store.tables, store.scene));
    this.#turnTo(sides);
  }

  /** @param {[number, number]} x @param {[number, number]} y */
  #box(x, y) {
    const sides = this.#sides.map(({ knob }, k) => within(knob, ...(k ? y : x), this.parts.store.tables));
    if (sides.every(Boolean)) this.#turnTo(/** @type {Side[]} */ (sides));
  }

  /** Another part of the same map. @param {Side[]} sides */
  #turnTo(sides) {
    this.parts.store.change(setView("map", sides));
    this.#announce(rangeWords(this.#names, sides));
  }

  /** Positions of the scene's own pair. @returns {[number, number]} */
  get #at() {
    const { tables } = this.parts.store;
    return /** @type {[number, number]} */ (this.#sides.map(({ knob }, k) => positionOf(tables, knob, this.#values[k])));
  }

  /** @returns {[number, number]} */
  get #values() {
    const { store: { tables, scene } } = this.parts;
    return /** @type {[number, number]} */ (this.#sides.map(({ knob }) => valueOf(knob, tables, scene, this.#of)));
  }

  /** What the address says. */
  show() {
    const { store } = this.parts;
    const isNamed = store.view.map !== undefined;
    if (this.details.open !== isNamed) this.details.open = isNamed;
    if (!isNamed || !store.scene.runs[this.#of]) return this.parts.link.forget("map");
    this.#showPairs();
    this.asking.call();
    this.#draw();
  }

  #showPairs() {
    const { store: { tables, scene } } = this.parts;
    const shown = /** @type {[string, string]} */ (this.#sides.map(({ knob }) => knob));
    const pairs = pairsFor(turnable(tables, scene, this.#of));
    const all = pairs.some((pair) => String(pair) === String(shown)) ? pairs : [shown, ...pairs];
    this.controls.show({ pairs: all.map((pair) => ({ pair, name: this.#pairName(pair) })), shown, colouring: this.#colouring, tolerance: this.#tolerance });
  }

  /** @param {[string, string]} pair */
  #pairName(pair) {
    if (String(pair) === "start1,start2") return say("the start");
    const [x, y] = pair.map((name) => this.#name(name));
    return say("{x} and {y}", { x, y });
  }

  /** Of both sides. @returns {[string, string]} */
  get #names() {
    return /** @type {[string, string]} */ (this.#sides.map(({ knob }) => this.#name(knob)));
  }

  /** @param {string} name */
  #name(name) {
    const { tables, scene } = this.parts.store;
    return sideName(tables, name, surfaceOf(tables, scene).parameters);
  }

  /** The letters of the minima. @param {import("./criticalpoints.js").Named[]|null} points */
  setPoints(points) {
    this.#points = (points ?? []).filter(({ kind }) => kind === "minimum");
    if (this.details.open && this.parts.store.view.map) this.#draw();
  }

  /** @returns {import("./mapquestion.js").Question} */
  get #question() {
    const { tables, scene } = this.parts.store;
    return questionOf(tables, scene, this.#of, this.#sides, this.#tolerance);
  }

  #ask() {
    const { store, link } = this.parts;
    if (!this.details.open || !store.view.map || !store.scene.runs[this.#of]) return;
    if (!this.#hasBoth(this.#of)) return this.#dropPicture(whyNoMap([this.#sides[0].knob, this.#sides[1].knob], store.tables, store.scene));
    const question = this.#question;
    const key = JSON.stringify(question);
    if (key === this.#asked.key) return;
    this.#asked = { id: link.ask("map", question), key };
    write(this.refusal, "");
  }

  /**
   * @param {Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.id !== this.#asked.id) return;
    if (header.part === 0) this.#head = header;
    const cells = /** @type {any} */ (this.collector.take(header, values)?.runs[0]);
    if (!cells) return;
    const { x, y, outcomes, minima, progress, quadratic } = this.#head;
    const { outcome, minimum, updates, loss } = cells;
    this.#picture = { x, y, outcomes, minima, progress, quadratic, outcome, minimum, updates, loss };
    this.chart.setPicture(this.#picture);
    this.#taken = { id: header.id, progress };
    this.#frame ||= requestAnimationFrame(() => this.#paint());
  }

  /** Of pictures that come faster than the screen shows them, the finest; none of a question that has been replaced. */
  #paint() {
    this.#frame = 0;
    if (this.#taken.id !== this.#asked.id) return;
    this.#draw();
    document.dispatchEvent(new CustomEvent("downhill:mapped", { detail: this.#taken }));
  }

  /** @param {Header} header */
  refused({ id, error = "" }) {
    if (id === this.#asked.id) this.#dropPicture(say("The server could not answer: {error}.", { error }));
  }

  /** Nothing of an older map stays beside a scene it does not speak of. @param {string} why */
  #dropPicture(why) {
    this.#picture = null;
    this.#asked = { id: 0, key: "" };
    this.chart.setPicture(null);
    write(this.refusal, why);
    write(this.controls.progress, "");
    this.told.forget();
    this.files.forget();
    this.#draw();
  }

  /** Theory is drawn at the chosen minimum, else at that of the run. */
  get #minimumName() {
    const names = this.#points.map(({ name }) => name);
    return [this.#minimum, this.parts.edges.minimumOf(this.#of)].find((name) => names.includes(name)) ?? names[0] ?? "";
  }

  get #noise() {
    const { store: { tables, scene }, edges } = this.parts;
    return noiseOf(tables, scene, this.#of, this.#sides, edges.of(this.#of));
  }

  /** What a map takes from the limits of its run. */
  get #edgeKey() {
    return JSON.stringify([this.#minimumName, this.#noise]);
  }

  /** @returns {import("./maptheoryart.js").Theory|null} */
  get #theory() {
    const { store: { tables, scene } } = this.parts;
    const { rule } = scene.runs[this.#of];
    const point = this.#points.find(({ name }) => name === this.#minimumName);
    if (!point?.eigenvalues || !["gd", "momentum", "nesterov"].includes(rule) || point.eigenvalues[1] <= 0) return null;
    const momentum = rule === "gd" ? 0 : runValue(tables, scene, scene.runs[this.#of], "lambda");
    return { rule, low: point.eigenvalues[0], high: point.eigenvalues[1], momentum };
  }

  /** Surface, run and colours, as they stand above the picture that is taken along, and the signs below it. */
  get #caption() {
    const { tables, scene } = this.parts.store;
    const colouring = this.#colouring;
    const run = runParts(this.#of, scene, tables, this.#sides.map(({ knob }) => knob));
    const colour = say("Colour: {name}", { name: colouringWords()[colouring] });
    const sides = this.#sides;
    const isHere = sides.every(({ low, high }, k) => low <= this.#values[k] && this.#values[k] <= high);
    const ring = isHere ? [say("Ring: this scene")] : [];
    const lines = this.#theory && sides[0].knob === "eta" ? theorySigns(this.#theory, sides, this.#minimumName) : [];
    const title = [[{ words: say(surfaceOf(tables, scene).label), isBold: true }, ...run.map((words) => ({ words }))], [{ words: colour }]];
    return { title, signs: [this.#picture ? signsOf(this.#picture, colouring) : [], [...ring, ...lines].map((words) => ({ words }))] };
  }

  get #fileName() {
    const { surface, runs } = this.parts.store.scene;
    return ["map", surface, "run", this.#of + 1, runs[this.#of].rule].join("-");
  }

  #draw() {
    if (!this.details.open || !this.parts.store.view.map) return;
    const sides = this.#sides;
    const isOfARun = this.#hasBoth(this.#of);
    this.chart.figure.hidden = this.help.hidden = !isOfARun;
    if (!isOfARun) return this.controls.setMinima([], "");
    this.#drawn = this.#edgeKey;
    this.controls.setMinima(this.#theory && sides[0].knob === "eta" ? this.#points.map(({ name }) => name) : [], this.#minimumName);
    const names = this.#names;
    const picture = this.#picture;
    const letters = picture ? minimumNames(picture.minima, this.#points) : [];
    this.chart.show({ sides, names, at: this.#values, run: this.#of, minima: letters, theory: this.#theory, colouring: this.#colouring });
    if (!picture || picture.x.knob !== sides[0].knob || picture.y.knob !== sides[1].knob) return;
    this.#say(picture, { names, minima: letters });
  }

  /** Of the columns and the rows. @param {Picture} picture */
  #positionsOf(picture) {
    const { tables } = this.parts.store;
    return [picture.x, picture.y].map(({ knob, values }) => values.map((value) => positionOf(tables, knob, value)));
  }

  /**
   * @param {Picture} picture
   * @param {import("./mapwords.js").Names} names
   */
  #say(picture, { names, minima }) {
    const { tables, scene } = this.parts.store;
    const positions = this.#positionsOf(picture);
    const about = { names, minima, colouring: this.#colouring, theory: this.#theory, minimum: this.#minimumName, noise: this.#noise, positions };
    const rule = say(rowOf(tables.rules, scene.runs[this.#of].rule).label);
    const whose = scene.runs.length > 1 ? say("This is the map of run {n}: {rule}.", { n: this.#of + 1, rule }) : "";
    this.told.show(picture, about, this.#at, whose);
    const cells = count(picture.x.values.length * picture.y.values.length);
    write(this.controls.progress, picture.progress < 1 ? say("{cells} cells so far", { cells }) : say("{cells} cells", { cells }));
    if (picture.progress === 1) this.files.show(this.#question, this.#fileName, minima);
  }
}
