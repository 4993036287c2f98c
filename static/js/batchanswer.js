import { UpdateWindow } from "./updatewindow.js";

/** What the server says about the batches around one moment of one run. Nothing in here is computed by the page. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./updatewindow.js").Found} Found */
/** @typedef {{index: number, epoch: number, place: number, batch: number[], probe: Found, gradient: Found, full: Found}} Moment */
/** @typedef {{epoch: number, batches: number[][]}} Epoch */
/** @typedef {"data"|"shift"|"tilt"} Kind */

/** @extends {UpdateWindow<Moment>} */
export class BatchAnswer extends UpdateWindow {
  /**
   * @param {any} header
   * @param {Float32Array} columns  the two numbers of every example, then for every update their gradients
   * @param {number} asked  the update the question named
   */
  constructor({ of, batch, examples, kind, epochs, updates }, columns, asked) {
    super(/** @type {Moment[]} */ (updates), asked);
    this.of = /** @type {number} */ (of);
    this.batch = /** @type {number} */ (batch);
    this.count = /** @type {number} */ (examples);
    this.kind = /** @type {Kind} */ (kind);
    this.epochs = new Map(/** @type {Epoch[]} */ (epochs).map((epoch) => [epoch.epoch, epoch]));
    this.columns = columns;
  }

  /** Whether a batch is drawn at all: with all examples every epoch is the same one batch. */
  get isFull() {
    return this.batch >= this.count;
  }

  /** Whether the examples differ: without spread they are one and the same. */
  get differ() {
    return this.columns.subarray(0, 2 * this.count).some((value) => value !== 0);
  }

  /** @param {number} epoch @returns {number[][]} */
  batchesOf(epoch) {
    return this.epochs.get(epoch)?.batches ?? [];
  }

  /** What sets an example apart: its columns, its shift or its tilt. @param {number} example @returns {Pair} */
  numbersOf(example) {
    return this.#pair(0, example);
  }

  /**
   * The gradient of one example where this update's gradient is taken.
   * @param {Moment} moment
   * @param {number} example
   */
  gradientOf({ index }, example) {
    return this.#pair(1 + index - this.first, example);
  }

  /**
   * @param {number} block
   * @param {number} example
   * @returns {Pair}
   */
  #pair(block, example) {
    const from = 2 * this.count * block;
    return [this.columns[from + example], this.columns[from + this.count + example]];
  }
}
