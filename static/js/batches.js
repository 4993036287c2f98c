import { BatchAnswer } from "./batchanswer.js";
import { Pace } from "./pace.js";

/** @typedef {import("./batchanswer.js").Moment} Moment */
/** @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, playhead: import("./playhead.js").Playhead,
 *   selection: import("./selection.js").Selection, anatomies: import("./anatomies.js").Anatomies}} Parts */

/** Nearer than this to the end of what is known, the neighbours are asked for. */
const margin = 4;

/** While a slider moves the order stays as it was; gradients may wait a little. */
const pause = 60;

/** Keeps the batches around the playhead of the selected run at hand. Event `change`: there are newer ones; until then the old ones stay. */
export class Batches extends EventTarget {
  /** @type {BatchAnswer|null} */
  answer = null;
  #asked = { id: 0, index: -1, of: -1, scene: "", key: "" };
  #known = "";

  /** @param {Parts} parts */
  constructor(parts) {
    super();
    this.parts = parts;
    this.asking = new Pace(pause, () => this.#askIfMissing());
    parts.selection.addEventListener("change", () => this.refresh());
    parts.playhead.addEventListener("move", () => this.refresh());
  }

  /** What happens from the ball of the selected run, as far as it is known. @returns {Moment|null} */
  get moment() {
    const { selection, playhead } = this.parts;
    return this.answer?.of === selection.index ? this.answer.at(playhead.at) : null;
  }

  /** Asks when something is missing: another scene, another run, or the playhead comes near the end of what is known. */
  refresh() {
    if (this.#isMissing()) this.asking.call();
  }

  #isMissing() {
    const { store, selection, anatomies } = this.parts;
    const isOther = store.sceneQuery() !== this.#known || this.answer?.of !== selection.index;
    return isOther || !this.answer?.isRoundAbout(anatomies.index, margin);
  }

  #askIfMissing() {
    const { store, selection, anatomies, link } = this.parts;
    const [scene, of, index] = [store.sceneQuery(), selection.index, anatomies.index];
    const key = [scene, of, index].join(" ");
    if (key === this.#asked.key || !this.#isMissing()) return;
    this.#asked = { id: link.ask("batch", { scene, of, index }), index, of, scene, key };
  }

  /**
   * @param {import("./types.js").Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.id !== this.#asked.id) return;
    this.answer = new BatchAnswer(header, values, this.#asked.index);
    this.#known = this.#asked.scene;
    this.dispatchEvent(new Event("change"));
    this.refresh();
  }
}
