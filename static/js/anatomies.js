import { anatomiesIn } from "./anatomy.js";
import { sceneValue } from "./rows.js";

/** @typedef {import("./anatomy.js").Anatomy} Anatomy */
/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./playhead.js").Playhead} Playhead */

/** Nearer than this to the end of what is known, the neighbours are asked for. */
const margin = 4;

/**
 * Keeps the updates around the playhead at hand, for every part of the page that takes updates apart. Event `change`: there are newer ones;
 * until then the old ones stay.
 */
export class Anatomies extends EventTarget {
  /** @type {Map<number, Anatomy>} */
  #known = new Map();
  /** @type {Map<string, number[]>} */
  #watched = new Map();
  #asked = { id: 0, index: -1, scene: "", key: "" };
  #scene = "";
  #waits = false;

  /**
   * @param {Store} store
   * @param {Link} link
   * @param {Playhead} playhead
   */
  constructor(store, link, playhead) {
    super();
    this.store = store;
    this.link = link;
    this.playhead = playhead;
  }

  /**
   * Which runs somebody wants to see; none when it has closed.
   * @param {string} who
   * @param {number[]} runs
   */
  watch(who, runs) {
    if (String(this.#watched.get(who) ?? []) === String(runs)) return;
    this.#watched.set(who, runs);
    this.refresh();
  }

  /** @param {number} run @returns {Anatomy|null} */
  of(run) {
    return this.#known.get(run) ?? null;
  }

  get runs() {
    const { length } = this.store.scene.runs;
    return [...new Set([...this.#watched.values()].flat())].filter((run) => run < length).sort((one, other) => one - other);
  }

  /** Asks when something is missing: another scene, another run, or the playhead comes near the end of what is known. */
  refresh() {
    const { runs } = this;
    const scene = this.store.sceneQuery();
    if (!runs.length || (this.#waits && scene === this.#asked.scene)) return;
    if (scene !== this.#scene || !runs.every((run) => this.of(run)?.isRoundAbout(this.index, margin))) this.#ask(runs, scene);
  }

  /**
   * @param {number[]} runs
   * @param {string} scene
   */
  #ask(runs, scene) {
    const { index } = this;
    const key = [scene, runs, index].join(" ");
    if (key === this.#asked.key) return; // an answer that does not hold what was asked for would be asked for without end
    this.#waits = true;
    this.#asked = { id: this.link.ask("update", { scene, of: runs, index }), index, scene, key };
  }

  /** Where the playhead will stand: paths that are still on their way are shown to their end. */
  get index() {
    const { playhead, store } = this;
    const end = sceneValue(store.tables, store.scene, "updates");
    if (playhead.length === 0) return store.view.at ?? end;
    return playhead.followsEnd && !playhead.playing ? end : playhead.at;
  }

  /**
   * @param {import("./types.js").Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.id !== this.#asked.id) return;
    this.#known = anatomiesIn(header, values, this.#asked.index);
    this.#scene = this.#asked.scene;
    this.#waits = false;
    this.dispatchEvent(new Event("change"));
    this.refresh();
  }

  /** The server could not answer; the next move asks again. */
  refused() {
    this.#waits = false;
  }
}
