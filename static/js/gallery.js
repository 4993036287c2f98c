import { element } from "./element.js";
import { formulaPieces } from "./formula.js";
import { Ground } from "./ground.js";
import { setShapes } from "./edits.js";
import { figure } from "./numbers.js";
import { paint } from "./picture.js";
import { scrollable } from "./scrolled.js";
import { surfaceOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Surface} Surface */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./scene.js").Store} Store */

const resolution = 40;
const inSight = 9;

/** All surfaces as small pictures; below them, what the chosen one is. */
export class Gallery {
  /**
   * @param {HTMLElement} place
   * @param {HTMLElement} words
   * @param {Store} store
   */
  constructor(place, words, store) {
    this.place = place;
    this.words = words;
    this.store = store;
    this.shown = "";
    this.said = "";
    /** @type {Map<string, Record<string, any>>} what a visitor made of a surface, for when he comes back to it */
    this.kept = new Map();
    this.pictures = new Map(store.tables.surfaces.map((surface) => [surface.name, this.tile(surface)]));
    place.replaceChildren(...this.shelves());
    this.paintOnceSeen();
  }

  /** The lecture's surfaces in sight, the well-known ones behind a word. */
  shelves() {
    const tiles = [...this.pictures.values()].map(({ label }) => label);
    const shelf = (/** @type {Node[]} */ ...some) => element("div", { class: "gallery" }, ...some);
    this.more = element("details", { class: "more" }, element("summary", {}, say("More surfaces")), shelf(...tiles.slice(inSight)));
    return tiles.length > inSight ? [shelf(...tiles.slice(0, inSight)), this.more] : [shelf(...tiles)];
  }

  /** @param {Surface} surface */
  tile(surface) {
    const radio = element("input", { type: "radio", name: "surface", value: surface.name, class: "unseen" });
    const canvas = element("canvas", { width: 112, height: 84, "aria-hidden": "true" });
    radio.addEventListener("change", () => this.store.change(setShapes(this.store.tables, surface.name, this.kept.get(surface.name) ?? {}), { isPlace: true }));
    return { radio, canvas, label: element("label", { class: "tile" }, radio, canvas, element("span", {}, say(surface.label))) };
  }

  /** A shelf below the screen, or a closed one, costs nothing. */
  paintOnceSeen() {
    const watcher = new IntersectionObserver((entries) => {
      for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
        watcher.unobserve(target);
        this.paintShelf(target);
      }
    });
    this.place.querySelectorAll(".gallery").forEach((shelf) => watcher.observe(shelf));
  }

  /** @param {Element} shelf */
  async paintShelf(shelf) {
    const stands = (/** @type {Surface} */ { name }) => shelf.contains(this.pictures.get(name)?.label ?? null);
    for (const surface of this.store.tables.surfaces.filter(stands)) await this.paint(surface);
  }

  /** @param {Surface} surface */
  async paint(surface) {
    const loss = await grid(surface.name);
    const canvas = this.pictures.get(surface.name)?.canvas;
    const [x, y] = surface.domain;
    if (loss && canvas) paint(canvas, new Ground({ x, y, shape: [resolution, resolution], loss }));
  }

  show() {
    const { surface: name, knobs } = this.store.scene;
    this.kept.set(name, Object.fromEntries(Object.entries(knobs).filter(([knob]) => surfaceOf(this.store.tables, this.store.scene).shapes.includes(knob))));
    const surface = surfaceOf(this.store.tables, this.store.scene);
    const key = [surface.name, surface.formula].join();
    if (key === this.shown) return;
    this.shown = key;
    const radio = this.pictures.get(surface.name)?.radio;
    if (radio) radio.checked = true;
    if (this.more && radio && this.more.contains(radio)) this.more.open = true;
    this.showWords(surface.mathml, {});
  }

  /** The server knows the constants of this scene. @param {Header} header */
  showGround(header) {
    const { mathml } = surfaceOf(this.store.tables, this.store.scene);
    this.showWords(header.mathml ?? mathml, header.constants ?? {});
  }

  /**
   * @param {string} mathml
   * @param {Record<string, number>} constants
   */
  showWords(mathml, constants) {
    const surface = surfaceOf(this.store.tables, this.store.scene);
    if (!mathml) return; // the server reads a formula; its answer is on the way
    const key = JSON.stringify([surface.name, mathml, constants]);
    if (key === this.said) return;
    this.said = key;
    const values = Object.entries(constants).map(([name, value]) => name + " = " + figure(value, 4));
    this.words.replaceChildren(
      scrollable(element("div", { class: "surface-formula", role: "group", "aria-label": say("Formula") }, ...formulaPieces(mathml))),
      ...values.map((text) => element("p", { class: "surface-constant" }, text)),
      element("p", {}, say(surface.why)),
    );
  }
}

/**
 * @param {string} name
 * @returns {Promise<Float32Array|null>}
 */
async function grid(name) {
  const answer = await fetch("/api/surfaces/" + encodeURIComponent(name) + "/grid?resolution=" + resolution + "&format=f4").catch(() => null);
  const buffer = answer?.ok ? await answer.arrayBuffer().catch(() => null) : null;
  return buffer && buffer.byteLength >= 4 * resolution ** 2 ? new Float32Array(buffer.slice(buffer.byteLength - 4 * resolution ** 2)) : null;
}
