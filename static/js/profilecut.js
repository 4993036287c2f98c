import { across, Cut, ownCut, through } from "./cut.js";
import { dropView, setKnob, setView } from "./edits.js";
import { rounded } from "./numbers.js";
import { sceneValue, surfaceOf } from "./rows.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./cut.js").Ends} Ends */
/** @typedef {import("./edits.js").Edit} Edit */

/** A start farther from the cut than this part of its length lies beside it. */
const beside = 1e-3;

/** Which line the surface is cut along, and every way to choose another. */
export class CutChoice {
  /** @param {import("./scene.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {{kind: string, at: Pair}[]|null} critical points; null while nobody knows them */
    this.points = null;
  }

  get surface() {
    return surfaceOf(this.store.tables, this.store.scene);
  }

  /** @returns {Pair} */
  get start() {
    return sceneValue(this.store.tables, this.store.scene, "start");
  }

  /** @returns {Ends|null} */
  get chosen() {
    return this.store.view.cut ?? null;
  }

  /** Without a cut of its own a surface's minima have to be known first. */
  get isKnown() {
    return Boolean(this.chosen ?? this.surface.cut ?? this.points);
  }

  /** @returns {Ends} */
  get ends() {
    return this.chosen ?? ownCut(this.surface, this.start, this.points ?? []);
  }

  /** How far the start lies beside the cut; 0 on it. */
  get off() {
    const cut = new Cut(this.ends);
    const off = cut.off(this.start);
    return off > beside * cut.length ? off : 0;
  }

  /**
   * A cut that came from the start and a minimum is kept while a hand moves the start along it.
   * @param {Pair} point
   * @param {boolean} done
   */
  place(point, done) {
    /** @type {Edit} */
    const kept = this.chosen || this.surface.cut ? (shown) => shown : setView("cut", this.ends);
    this.store.change((shown) => setKnob("start", point)(kept(shown)), { done });
  }

  startOnIt() {
    const cut = new Cut(this.ends);
    const [x, y] = cut.at(cut.along(this.start)).map((value) => rounded(value, 6) + 0);
    this.place([x, y], true);
  }

  forget() {
    this.store.change(dropView("cut"));
  }

  /**
   * Shows the surface along a direction.
   * @param {Pair} way
   * @param {Pair} point
   */
  along(way, point) {
    this.#open(across(point, way, this.surface.domain));
  }

  /** Shows the surface along the line through the start and a point. @param {Pair} point */
  through(point) {
    this.#open(through(this.start, point, this.surface.domain) ?? across(point, [1, 0], this.surface.domain));
  }

  /** @param {Ends} ends */
  #open(ends) {
    this.store.change((shown) => setView("view", "1d")(setView("cut", ends)(shown)));
  }
}
