import { UpdateWindow } from "./updatewindow.js";

/** What the server says about the updates around one moment of one run. Nothing in here is computed by the page. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./updatewindow.js").Found} Found */
/**
 * Update `index` takes θ from `before` to `after`; the gradient is taken at `probe`.
 * @typedef {{index: number, epoch: number, batch: number[], eta: number, probe: Pair, gradient: Found, previous_movement: Found,
 *   reverse_gradient: Found, movement: Found, before: Pair, after: Found|null, values: Record<string, Found|number|null>}} Update
 * @typedef {{pytorch: string|null, averaged: {alpha: number, beta: number}|null, form: string}} Conversions
 * @typedef {{of: number, rule: string, updates: Update[], past: {first: number, rows: number}, conversions?: Conversions|null}} Taken
 */

/** @extends {UpdateWindow<Update>} */
export class Anatomy extends UpdateWindow {
  /**
   * @param {Taken} taken
   * @param {Float32Array} columns  eta, g1, g2 of every past row
   * @param {number} asked  the update the question named
   */
  constructor({ of, rule, updates, past, conversions = null }, columns, asked) {
    super(updates, asked);
    this.of = of;
    this.rule = rule;
    this.conversions = conversions;
    this.oldest = past.first;
    this.rows = past.rows;
    const column = (/** @type {number} */ k) => columns.subarray(k * past.rows, (k + 1) * past.rows);
    this.eta = column(0);
    this.g1 = column(1);
    this.g2 = column(2);
  }
}

/**
 * The runs of one answer.
 * @param {{runs?: any[]}} header
 * @param {Float32Array} values
 * @param {number} asked
 * @returns {Map<number, Anatomy>}
 */
export function anatomiesIn({ runs = [] }, values, asked) {
  /** @type {Map<number, Anatomy>} */
  const found = new Map();
  let from = 0;
  for (const run of /** @type {Taken[]} */ (runs)) {
    const to = from + 3 * run.past.rows;
    found.set(run.of, new Anatomy(run, values.subarray(from, to), asked));
    from = to;
  }
  return found;
}
