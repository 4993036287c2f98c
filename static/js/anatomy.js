/** What the server says about the updates around one moment of one run. Nothing in here is computed by the page. */

/** @typedef {[number, number]} Pair */
/** @typedef {[number|null, number|null]} Found  null stands for a number that is not finite */
/**
 * Update `index` takes θ from `before` to `after`; the gradient is taken at `probe`.
 * @typedef {{index: number, epoch: number, batch: number[], eta: number, probe: Pair, gradient: Found, previous_movement: Found,
 *   reverse_gradient: Found, movement: Found, before: Pair, after: Found|null, values: Record<string, Found|number|null>}} Update
 * @typedef {{pytorch: string|null, averaged: {alpha: number, beta: number}|null, form: string}} Conversions
 * @typedef {{of: number, rule: string, updates: Update[], past: {first: number, rows: number}, conversions?: Conversions|null}} Taken
 */

/** The server sends so many updates before and after the one it was asked for. */
export const around = 8;

export class Anatomy {
  /**
   * @param {Taken} taken
   * @param {Float32Array} columns  eta, g1, g2 of every past row
   * @param {number} asked  the update the question named
   */
  constructor({ of, rule, updates, past, conversions = null }, columns, asked) {
    this.of = of;
    this.rule = rule;
    this.updates = updates;
    this.conversions = conversions;
    this.oldest = past.first;
    this.rows = past.rows;
    const column = (/** @type {number} */ k) => columns.subarray(k * past.rows, (k + 1) * past.rows);
    this.eta = column(0);
    this.g1 = column(1);
    this.g2 = column(2);
    this.asked = asked;
  }

  get first() {
    return this.updates[0]?.index ?? 0;
  }

  get last() {
    return this.updates[this.updates.length - 1]?.index ?? -1;
  }

  /** Whether the run goes on after the last update in here. */
  get goesOn() {
    return this.last >= this.asked + around;
  }

  /** The update that happens from the ball; at the end of the run the last one made. @param {number} at @returns {Update|null} */
  at(at) {
    const index = this.goesOn ? at : Math.min(at, this.last);
    return this.record(index);
  }

  /** @param {number} index @returns {Update|null} */
  record(index) {
    return this.updates[index - this.first] ?? null;
  }

  /** Whether the neighbours of this moment are in here too. @param {number} at @param {number} margin */
  isRoundAbout(at, margin) {
    const early = this.first === 0 || at - this.first >= margin;
    const late = !this.goesOn || this.last - at >= margin;
    return this.at(at) !== null && early && late;
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
