import { edgesTold, whyWords } from "./edgewords.js";
import { runNames } from "./runnames.js";
import { runValue } from "./rows.js";

/** @typedef {{store: import("./scene.js").Store, edges: import("./edges.js").Edges, sharedKnobs: import("./controls.js").Controls, cards: import("./runcards.js").RunCards}} Parts */

/** Puts the limits of η where η is turned: on the slider that runs share, and on that of a run with its own. */
export class EdgeMarks {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  show() {
    const { store: { scene, tables }, sharedKnobs, cards } = this.parts;
    const names = runNames(scene, tables);
    const held = scene.runs.map((_run, index) => this.#held(index, names[index]));
    const shared = held.filter((one, index) => one && !("eta" in scene.runs[index].knobs));
    sharedKnobs.setEdges("eta", edgesTold(/** @type {import("./edgewords.js").Held[]} */ (shared), scene.runs.length > 1));
    cards.cards.forEach((card, index) => card.setEdges(edgesTold(held[index] ? [/** @type {any} */ (held[index])] : [], false)));
  }

  /**
   * @param {number} index
   * @param {string} name
   * @returns {import("./edgewords.js").Held|null}
   */
  #held(index, name) {
    const edge = this.parts.edges.of(index);
    return edge && { name, edge };
  }

  /**
   * Why a run diverged, as far as theory knows.
   * @param {number} index
   * @param {import("./types.js").Scene} scene  of its path
   */
  why(index, scene) {
    const { store: { tables }, edges } = this.parts;
    const run = scene.runs[index];
    return whyWords(run.rule, runValue(tables, scene, run, "eta"), edges.ofPath(index, scene));
  }
}
