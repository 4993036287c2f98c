import { paletteOf } from "./colours.js";
import { writeScene } from "./address.js";
import { dropView, setView } from "./edits.js";
import { element, iconButton } from "./element.js";
import { hatchOf } from "./mapart.js";
import { MapChart } from "./mapchart.js";
import { pairsFor, positionOf, sideName, sideOf, turn, turnable, valueOf, within, zoomed } from "./mapsides.js";
import { legend, mapTable, mapWords, theoryWords } from "./mapwords.js";
import { count, superscript } from "./numbers.js";
import { Pace } from "./pace.js";
import { PathCollector } from "./path.js";
import { rowOf, runValue, sceneValue } from "./rows.js";
import { scrollable } from "./scrolled.js";
import { minimumNames } from "./seedseries.js";
import { percent } from "./seedswords.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, selection: import("./selection.js").Selection}} Parts */

/** While something moves, questions wait a little: the paths come first. */
const pause = 60;
const sizes = [128, 96, 64, 48, 32, 24, 16];

/** Example gradients of one map: about a tenth of a second of the server. */
const affordable = 40e6;
const tolerances = [0.01, 1e-4, 1e-8];
const zoomStep = 1.6;

/** The map of the selected run: how it ends for every pair of two knobs. Open while the address names two. */
export class Maps {
  /** @type {import("./criticalpoints.js").Named[]} */
  #points = [];
  /** @type {Picture|null} */
  #picture = null;
  /** @type {any} */
  #head = null;
  #asked = { id: 0, key: "" };
  /** @type {Colouring} */
  #colouring = "updates";
  #tolerance = tolerances[0];
  #minimum = "";

  /**
   * @param {HTMLDetailsElement} details
   * @param {Parts} parts
   */
  constructor(details, parts) {
    this.details = details;
    this.parts = parts;
    this.collector = new PathCollector();
    this.chart = new MapChart(parts.store.tables, {
      place: (values, done) => parts.store.change(turn(this.#sides, values, parts.store.tables, parts.selection.index), { done }),
      zoom: (by, at) => this.#zoom(by, at),
      box: (x, y) => this.#box(x, y),
    });
    this.pick = element("select", { id: "map-sides" });
    this.minima = element("select", { id: "map-minimum" });
    this.progress = element("p", { class: "map-progress" });
    this.refusal = element("p", { class: "map-words", role: "status" });
    this.words = element("p", { class: "map-words" });
    this.theory = element("p", { class: "map-note" });
    this.legend = element("ul", { class: "seeds-legend" });
    this.table = scrollable(element("div", { role: "region", "aria-label": say("The map as a table") }));
    /** @type {Record<string, HTMLAnchorElement>} */
    this.links = {};
    details.append(this.#firstHead(), this.#secondHead(), this.legend, this.chart.figure, this.refusal, this.words, this.theory, this.#takeAlong(), this.table);
    this.asking = new Pace(pause, () => this.#ask());
    details.addEventListener("toggle", () => this.#toggled());
    parts.selection.addEventListener("change", () => this.show());
  }

  #firstHead() {
    this.pick.addEventListener("change", () => this.#choosePair());
    const names = /** @type {Record<Colouring, string>} */ ({ updates: say("updates needed"), outcome: say("which minimum"), loss: say("last loss") });
    const labels = Object.entries(names).map(([value, name]) => {
      const input = element("input", { type: "radio", name: "map-colouring", value, checked: value === this.#colouring });
      input.addEventListener("change", () => {
        this.#colouring = /** @type {Colouring} */ (value);
        this.#draw();
      });
      return element("label", {}, input, element("span", {}, name));
    });
    const colouring = element("fieldset", { class: "segments" }, element("legend", { class: "unseen" }, say("Colour of a cell")), ...labels);
    return element("div", { class: "seeds-head" }, element("label", { class: "seeds-count" }, say("Map of"), this.pick), colouring);
  }

  #secondHead() {
    const tolerance = element("select", { id: "map-tolerance" }, ...tolerances.map((value) => element("option", { value }, say("{part} of the diagonal", { part: value === tolerances[0] ? percent(value) : "10" + superscript(Math.log10(value)) }))));
    tolerance.addEventListener("change", () => {
      this.#tolerance = Number(tolerance.value);
      this.asking.call();
    });
    this.minima.addEventListener("change", () => {
      this.#minimum = this.minima.value;
      this.#draw();
    });
    const zooms = element("div", { class: "map-zooms" }, iconButton("plus", say("Closer"), () => this.#zoom(1 / zoomStep, null)), iconButton("minus", say("Farther"), () => this.#zoom(zoomStep, null)), iconButton("reset", say("The whole map"), () => this.#reset()));
    return element("div", { class: "seeds-head" }, element("label", { class: "seeds-count" }, say("Counts as there within"), tolerance), element("label", { class: "seeds-count" }, say("Theory at"), this.minima), zooms, this.progress);
  }

  /** @returns {[Side, Side]} */
  get #sides() {
    return this.parts.store.view.map;
  }

  get #of() {
    return this.parts.selection.index;
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

  #choosePair() {
    const [x, y] = this.pick.value.split(":");
    this.#choose([x, y]);
  }

  #reset() {
    this.#choose([this.#sides[0].knob, this.#sides[1].knob]);
  }

  /**
   * @param {number} by
   * @param {[number, number]|null} at  positions; the scene's own pair if nothing is said
   */
  #zoom(by, at) {
    const { store } = this.parts;
    const middle = at ?? this.#at;
    const sides = this.#sides.map((side, k) => zoomed(side, by, middle[k], store.tables));
    store.change(setView("map", sides));
  }

  /** @param {[number, number]} x @param {[number, number]} y */
  #box(x, y) {
    const { store } = this.parts;
    const sides = this.#sides.map(({ knob }, k) => within(knob, ...(k ? y : x), store.tables));
    if (sides.every(Boolean)) store.change(setView("map", sides));
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
    const values = all.map((pair) => pair.join(":"));
    if (String([...this.pick.options].map(({ value }) => value)) !== String(values)) {
      this.pick.replaceChildren(...all.map((pair) => element("option", { value: pair.join(":") }, this.#pairName(pair))));
    }
    this.pick.value = shown.join(":");
  }

  /** @param {[string, string]} pair */
  #pairName(pair) {
    if (String(pair) === "start1,start2") return say("the start");
    const [x, y] = pair.map((name) => this.#name(name));
    return say("{x} and {y}", { x, y });
  }

  /** @param {string} name */
  #name(name) {
    const { tables, scene } = this.parts.store;
    return sideName(tables, name, rowOf(tables.surfaces, scene.surface).parameters);
  }

  /** The letters of the minima. @param {import("./criticalpoints.js").Named[]|null} points */
  setPoints(points) {
    this.#points = (points ?? []).filter(({ kind }) => kind === "minimum");
    const names = this.#points.map(({ name }) => name);
    this.minima.replaceChildren(...names.map((name) => element("option", { value: name }, name)));
    if (!names.includes(this.#minimum)) this.#minimum = names[0] ?? "";
    this.minima.value = this.#minimum;
    if (this.details.open && this.parts.store.view.map) this.#draw();
  }

  /** The scene without what the map turns itself, and of this run alone: moving the marker asks nothing. */
  #question() {
    const { store: { tables, scene } } = this.parts;
    const names = this.#sides.map(({ knob }) => (knob.startsWith("start") ? "start" : knob));
    const isStart = names.filter((name) => name === "start").length;
    const gone = names.filter((name) => name !== "start" || isStart === 2);
    const without = (/** @type {Record<string, any>} */ knobs) => Object.fromEntries(Object.entries(knobs).filter(([name]) => !gone.includes(name)));
    const run = scene.runs[this.#of];
    const query = writeScene({ ...scene, knobs: without(scene.knobs), runs: [{ ...run, knobs: without(run.knobs) }] }, tables);
    return { scene: query, of: 0, x: this.#sides[0], y: this.#sides[1], resolution: this.#resolution(), tolerance: this.#tolerance };
  }

  #resolution() {
    const { store: { tables, scene } } = this.parts;
    const differ = sceneValue(tables, scene, "spread") > 0 || rowOf(tables.surfaces, scene.surface).kind === "data";
    const each = sceneValue(tables, scene, "updates") * (differ ? runValue(tables, scene, scene.runs[this.#of], "batch") : 1);
    const side = sizes.find((size) => size * size * each <= affordable) ?? sizes[sizes.length - 1];
    return [side, side];
  }

  #ask() {
    const { store, link } = this.parts;
    if (!this.details.open || !store.view.map || !store.scene.runs[this.#of]) return;
    const question = this.#question();
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
    const { x, y, outcomes, minima, progress } = this.#head;
    const { outcome, minimum, updates, loss } = cells;
    this.#picture = { x, y, outcomes, minima, progress, outcome, minimum, updates, loss };
    this.chart.setPicture(this.#picture);
    this.#draw();
  }

  /** @param {Header} header */
  refused({ id, error = "" }) {
    if (id === this.#asked.id) write(this.refusal, say("The server could not answer: {error}. What you see stays.", { error }));
  }

  /** @returns {import("./mapart.js").Theory|null} */
  get #theory() {
    const { store: { tables, scene } } = this.parts;
    const { rule } = scene.runs[this.#of];
    const point = this.#points.find(({ name }) => name === this.#minimum);
    if (!point?.eigenvalues || !["gd", "momentum", "nesterov"].includes(rule) || point.eigenvalues[1] <= 0) return null;
    const momentum = rule === "gd" ? 0 : runValue(tables, scene, scene.runs[this.#of], "lambda");
    return { rule, low: point.eigenvalues[0], high: point.eigenvalues[1], momentum };
  }

  #draw() {
    if (!this.details.open || !this.parts.store.view.map) return;
    const sides = this.#sides;
    const names = /** @type {[string, string]} */ (sides.map(({ knob }) => this.#name(knob)));
    const picture = this.#picture;
    const letters = picture ? minimumNames(picture.minima, this.#points) : [];
    this.chart.show({ sides, names, at: this.#values, run: this.#of, minima: letters, theory: this.#theory, colouring: this.#colouring });
    if (!picture || picture.x.knob !== sides[0].knob || picture.y.knob !== sides[1].knob) return;
    this.#say(picture, { names, minima: letters });
  }

  /**
   * @param {Picture} picture
   * @param {import("./mapwords.js").Names} names
   */
  #say(picture, names) {
    const { tables } = this.parts.store;
    const positions = [picture.x, picture.y].map(({ knob, values }) => values.map((value) => positionOf(tables, knob, value)));
    write(this.words, mapWords(picture, names, { positions, at: this.#at }));
    write(this.theory, theoryWords(picture, this.#theory, this.#minimum));
    const cells = count(picture.x.values.length * picture.y.values.length);
    write(this.progress, picture.progress < 1 ? say("{cells} cells so far", { cells }) : say("{cells} cells", { cells }));
    if (picture.progress < 1) return;
    const palette = paletteOf(this.chart.figure);
    this.legend.replaceChildren(...legend(picture, (hatch) => tileOf(hatch, palette)));
    this.table.replaceChildren(mapTable(picture, names));
    this.#showFiles();
  }

  #showFiles() {
    const { scene, of, x, y, resolution, tolerance } = this.#question();
    const sides = [x, y].map(({ knob, low, high }, k) => `${"xy"[k]}=${knob}:${low}..${high}`);
    const address = `/api/map?${scene}&of=${of}&${sides.join("&")}&resolution=${resolution[0]}&tolerance=${tolerance}&format=`;
    for (const [format, link] of Object.entries(this.links)) link.setAttribute("href", address + format);
  }

  /** The map to take along; what is written in a file comes from the public API. */
  #takeAlong() {
    const save = element("button", { type: "button", class: "tool" }, say("Picture (PNG)"));
    save.addEventListener("click", () => this.chart.save(download));
    const names = { csv: say("CSV"), npz: say("NPZ"), json: say("JSON") };
    this.links = Object.fromEntries(Object.entries(names).map(([format, name]) => [format, element("a", { download: "map." + format }, name)]));
    return element("div", { class: "map-files" }, save, ...Object.values(this.links));
  }
}

/** @param {Blob|null} file */
function download(file) {
  if (!file) return;
  const address = URL.createObjectURL(file);
  element("a", { href: address, download: "map.png" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/**
 * @param {string} hatch
 * @param {import("./colours.js").Palette} palette
 */
function tileOf(hatch, palette) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = hatchOf(context, hatch, palette);
  context.fillRect(0, 0, 32, 32);
  return canvas.toDataURL();
}
