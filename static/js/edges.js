import { writeScene } from "./address.js";
import { nearest, placeWords } from "./criticalpoints.js";
import { limitOf } from "./maptheory.js";
import { Pace } from "./pace.js";
import { startsNowhere } from "./outcomes.js";
import { differ, runValue, sceneValue, surfaceOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").Figures} Figures */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./criticalpoints.js").Named} Named */
/** @typedef {{name: string, at: Pair, words?: string}} Place  a minimum, or a place on a curve of minima */
/**
 * Up to which η a run holds at its minimum. `noisy`: where the mean square of the distance stops shrinking with its batches; equal to
 * `limit` where batches bend alike, null where there is no theory of it.
 * @typedef {{minimum: string, largest: number, limit: number, noisy: number|null, batch: number}} Edge
 */
/** @typedef {{eigenvalues: Pair|null, limit: number|null, noisy: number|null}} Told */
/** @typedef {{scene: Scene, places: (Place|null)[], question: {scene: string, at: (Pair|null)[]}, key: string}} Wish  about which places of which scene */

/** While something moves, questions wait a little: the paths come first. */
const pause = 60;

/** As outcomes are judged. */
const near = 0.01;

/** The limits do not depend on these. */
const idle = ["eta", "updates", "seed", "start", "schedule", "average"];

/**
 * The minimum whose limit a run is told: the one it ended at; else the nearest to its last point, or to its start if it diverged.
 * @param {Figures} run
 * @param {Pair} start
 * @param {Named[]} minima
 * @param {number} diagonal
 * @returns {Place|null}
 */
export function placeOf(run, start, minima, diagonal) {
  if (startsNowhere(run)) return null;
  const isEnd = run.outcome === "minimum" && run.at !== null;
  const anchor = isEnd ? /** @type {Pair} */ (run.at) : run.outcome === "diverged" ? start : run.end;
  const found = nearest(minima, anchor, Infinity);
  if (isEnd && (!found || found.distance > near * diagonal)) return { name: placeWords(anchor), at: anchor };
  if (!found) return null;
  const { point } = found;
  if (!point.curve) return { name: point.name, at: point.at };
  const at = isEnd ? anchor : closest(point.curve, anchor);
  return { name: point.name, at, words: say("{name} near {place}", { name: point.name, place: placeWords(at) }) };
}

/** @param {Pair[]} curve @param {Pair} to */
function closest(curve, to) {
  const away = (/** @type {Pair} */ [x, y]) => Math.hypot(x - to[0], y - to[1]);
  return curve.reduce((best, at) => (away(at) < away(best) ? at : best));
}

/** Up to which η each run holds: asked from the server when a run's minimum is another one, moved along with λ at once. Event: `change`. */
export class Edges extends EventTarget {
  /** @type {Named[]} */
  #minima = [];
  /** @type {import("./path.js").Paths|null} */
  #paths = null;
  /** @type {(Place|null)[]} */
  #places = [];
  /** @type {Wish|null} */
  #wish = null;
  /** @type {Wish & {id: number}|null} */
  #asked = null;
  /** @type {Wish & {told: Told[]}|null} */
  #answer = null;

  /** @param {{store: import("./scene.js").Store, link: import("./link.js").Link}} parts */
  constructor({ store, link }) {
    super();
    this.store = store;
    this.link = link;
    this.asking = new Pace(pause, () => this.#ask());
  }

  /** @param {Named[]|null} points */
  setPoints(points) {
    this.#minima = (points ?? []).filter(({ kind }) => kind === "minimum");
    this.refresh();
  }

  /** @param {import("./path.js").Paths} paths */
  setPaths(paths) {
    this.#paths = paths;
    this.refresh();
  }

  /** Where every run belongs now. */
  refresh() {
    const { tables, scene } = this.store;
    const runs = this.#paths?.runs ?? [];
    const start = sceneValue(tables, scene, "start");
    const diagonal = diagonalOf(surfaceOf(tables, scene).domain);
    const isOld = runs.length !== scene.runs.length;
    this.#places = isOld ? [] : runs.map((run) => placeOf(run, start, this.#minima, diagonal));
    this.#wish = this.#wishFor(scene, this.#places);
    if (this.#places.some(Boolean)) this.asking.call();
    this.dispatchEvent(new Event("change"));
  }

  /** @param {Scene} scene @param {(Place|null)[]} places @returns {Wish} */
  #wishFor(scene, places) {
    const question = { scene: this.#question(scene), at: places.map((place) => place?.at ?? null) };
    return { scene, places, question, key: JSON.stringify(question) };
  }

  #ask() {
    const wish = this.#wish;
    if (!wish || wish.places.length !== this.store.scene.runs.length || wish.key === this.#asked?.key) return;
    this.#asked = { ...wish, id: this.link.ask("stability", wish.question) };
  }

  /** Without what the limits do not depend on, so that a slider asks nothing; λ counts only where batches differ. @param {Scene} scene */
  #question(scene) {
    const { tables } = this.store;
    const gone = isNoisy(tables, scene) ? idle : [...idle, "lambda"];
    const without = (/** @type {Record<string, any>} */ knobs) => Object.fromEntries(Object.entries(knobs).filter(([name]) => !gone.includes(name)));
    return writeScene({ ...scene, knobs: without(scene.knobs), runs: scene.runs.map((run) => ({ ...run, knobs: without(run.knobs) })) }, tables);
  }

  /** @param {Header} header */
  take(header) {
    if (!this.#asked || header.id !== this.#asked.id) return;
    this.#answer = { ...this.#asked, told: /** @type {any} */ (header).edges };
    this.dispatchEvent(new Event("change"));
  }

  /** The letter of a run's minimum. @param {number} index */
  minimumOf(index) {
    return this.#places[index]?.name ?? "";
  }

  get #isAnswered() {
    return this.#answer?.key === this.#wish?.key;
  }

  /** Number, place and batch of one answer: until the newest comes, of the last. @param {number} index @returns {Edge|null} */
  of(index) {
    const now = this.store.scene;
    const then = this.#isAnswered ? now : this.#answer?.scene;
    const isAlike = then?.surface === now.surface && then.runs.length === now.runs.length;
    return then && isAlike && this.#places[index] ? this.#edge(index, then) : null;
  }

  /** Of a path of this scene: only from an answer about it. @param {number} index @param {Scene} scene @returns {Edge|null} */
  ofPath(index, scene) {
    return this.#isAnswered && this.#question(scene) === this.#answer?.question.scene ? this.#edge(index, scene) : null;
  }

  /** A place may get its letter after its limit: only then the critical points were there. @param {number} index @param {Scene} scene @returns {Edge|null} */
  #edge(index, scene) {
    const { tables } = this.store;
    const places = this.#isAnswered ? this.#places : this.#answer?.places;
    const [run, place, told] = [scene.runs[index], places?.[index], this.#answer?.told[index]];
    if (!run || !place || !told?.eigenvalues || told.limit === null) return null;
    const value = (/** @type {string} */ name) => runValue(tables, scene, run, name);
    const largest = told.eigenvalues[1];
    const limit = limitOf(run.rule, run.rule === "gd" ? 0 : value("lambda"), largest);
    if (limit === null) return null;
    const alike = told.noisy !== null && told.noisy >= told.limit * (1 - 1e-9);
    return { minimum: place.words ?? place.name, largest, limit, noisy: alike ? limit : told.noisy, batch: value("batch") };
  }
}

/** @param {[Pair, Pair]} domain */
function diagonalOf([[left, right], [bottom, top]]) {
  return Math.hypot(right - left, top - bottom);
}

/** Whether some run sees batches that are not alike. @param {Tables} tables @param {Scene} scene */
function isNoisy(tables, scene) {
  return scene.runs.some((run) => hasNoise(tables, scene, run));
}

/** Whether a run sees batches that are not alike. @param {Tables} tables @param {Scene} scene @param {import("./types.js").Run} run */
export function hasNoise(tables, scene, run) {
  return differ(tables, scene) && runValue(tables, scene, run, "batch") < sceneValue(tables, scene, "examples");
}
