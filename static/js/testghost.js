import { addPieces, levelsOf, stroke } from "./ghost.js";
import { isoline } from "./isolines.js";

/** @typedef {import("./types.js").Pair} Pair */

/** The test's surface over the training's, where it is the training moved: the same lines, faint and moved with it. */
export class TestGhost {
  /** @type {number[][]} */
  #lines = [];
  /** @type {import("./ground.js").Ground|null} */
  #ground = null;
  #shown = "";

  /**
   * @param {import("./scene.js").Store} store
   * @param {() => void} redraw
   */
  constructor(store, redraw) {
    this.store = store;
    this.redraw = redraw;
  }

  /** @returns {Pair|null} */
  get #shift() {
    return this.store.view.shift ?? null;
  }

  /** What the address says. */
  show() {
    const shift = this.#shift;
    if (String(shift) === this.#shown) return;
    this.#shown = String(shift);
    if (shift && !this.#lines.length) this.#trace();
    this.redraw();
  }

  /** @param {import("./ground.js").Ground} ground */
  setGround(ground) {
    this.#ground = ground;
    this.#lines = [];
    if (this.#shift) this.#trace();
  }

  #trace() {
    const ground = this.#ground;
    this.#lines = ground ? levelsOf(ground).map((level) => isoline(ground, level)) : [];
  }

  /** @type {import("./stageart.js").Drawing} */
  under(context, { axes, palette }) {
    const shift = this.#shift;
    if (!shift || !this.#lines.length) return;
    const faint = new Path2D();
    for (const pieces of this.#lines) addPieces(faint, pieces, axes, shift);
    stroke(context, faint, palette.stroke);
  }

  /** @type {import("./stageart.js").Drawing} */
  draw() {}
}
