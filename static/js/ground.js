import { multiples, roundUp, toneOf } from "./tone.js";

/** @typedef {[number, number]} Pair */

/** About so many contour lines at round losses, and so many bands of a logarithmic tone. */
const lines = 20;
const bands = 16;

/** The training loss on a grid, and what is needed to draw it. Rows follow y, from low to high. */
export class Ground {
  /** @type {Float32Array[]|null} */
  #heights = null;

  /** @param {{x: Pair, y: Pair, shape: Pair, loss: Float32Array}} grid */
  constructor({ x, y, shape, loss }) {
    this.x = x;
    this.y = y;
    this.shape = shape;
    this.loss = loss;
    this.toning = toneOf(loss);
    this.low = this.toning.low;
    this.high = this.toning.low + this.toning.span;
  }

  /** "linear" or "log": how the tones spread the losses, so that the page can say so. */
  get tone() {
    return this.toning.kind;
  }

  /**
   * The loss between the grid points; NaN outside of the window.
   * @param {number} x
   * @param {number} y
   */
  at(x, y) {
    const [rows, columns] = this.shape;
    const [i, right] = cell(x, this.x, columns);
    const [j, up] = cell(y, this.y, rows);
    const loss = (/** @type {number} */ row, /** @type {number} */ column) => this.loss[row * columns + column];
    const below = loss(j, i) * (1 - right) + loss(j, i + 1) * right;
    const above = loss(j + 1, i) * (1 - right) + loss(j + 1, i + 1) * right;
    return below * (1 - up) + above * up;
  }

  /** The grid as rows of tones. */
  heights() {
    this.#heights ??= this.#rows();
    return this.#heights;
  }

  #rows() {
    const [rows, columns] = this.shape;
    const tones = this.loss.map((loss) => this.toning.of(loss));
    return Array.from({ length: rows }, (_, j) => tones.subarray(j * columns, (j + 1) * columns));
  }

  /** Where the grid's columns and rows lie. */
  columns() {
    return spread(this.x, this.shape[1]);
  }

  rows() {
    return spread(this.y, this.shape[0]);
  }

  /** The tones of the contour lines: at round losses when the tone is linear, evenly spread when it is logarithmic. */
  levels() {
    if (!(this.high > this.low)) return { start: 0.5, end: 0.5, size: 1, count: 1 };
    return this.tone === "log" ? evenLevels() : this.#roundLevels();
  }

  #roundLevels() {
    const span = this.high - this.low;
    const step = roundUp((span / lines) * 0.75);
    const inside = multiples(this.low + step * 1e-3, this.high - step * 1e-3, step).map((loss) => this.toning.of(loss));
    return { start: inside[0], end: inside[inside.length - 1], size: step / span, count: inside.length };
  }

  /**
   * Round losses with room between their labels, for the colour bar and the height axis.
   * One number alone is no scale, so a second one may come nearer, down to half the room.
   * @param {number} count  how many labels there is room for
   */
  ticks(count) {
    if (!(this.high > this.low)) return [{ loss: this.low, tone: 0.5 }];
    const finer = Array.from({ length: count + 1 }, (_, k) => count + k);
    return finer.map((many) => this.#roundTicks(many)).find((ticks) => ticks.length > 1) ?? this.#roundTicks(count);
  }

  /** @param {number} count */
  #roundTicks(count) {
    const losses = this.tone === "linear" ? multiples(this.low, this.high, roundUp((this.high - this.low) / count)) : this.#decades();
    return spaced(losses.map((loss) => ({ loss, tone: this.toning.of(loss) })), 0.9 / count);
  }

  #decades() {
    const largest = Math.ceil(Math.log10(Math.max(Math.abs(this.low), Math.abs(this.high))));
    const exponents = Array.from({ length: 10 }, (_, k) => largest - k);
    const round = exponents.flatMap((exponent) => [1, 5, 2].map((lead) => Number(`${lead}e${exponent}`)));
    return [...round, 0, ...round.map((loss) => -loss)].filter((loss) => loss >= this.low && loss <= this.high);
  }
}

function evenLevels() {
  const size = 1 / bands;
  return { start: size, end: 1 - size, size, count: bands - 1 };
}

/**
 * @param {number} value
 * @param {Pair} range
 * @param {number} count
 */
function cell(value, [low, high], count) {
  const place = ((value - low) / (high - low)) * (count - 1);
  if (!(place >= 0 && place <= count - 1)) return [NaN, NaN];
  const index = Math.min(Math.floor(place), count - 2);
  return [index, place - index];
}

/**
 * @param {Pair} range
 * @param {number} count
 */
function spread([low, high], count) {
  return Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));
}

/**
 * The first ones win; a later one stays only with enough room to all of them.
 * @param {{loss: number, tone: number}[]} ticks
 * @param {number} room
 */
function spaced(ticks, room) {
  /** @type {{loss: number, tone: number}[]} */
  const kept = [];
  for (const tick of ticks) if (kept.every((other) => Math.abs(other.tone - tick.tone) >= room)) kept.push(tick);
  return kept.sort((a, b) => a.tone - b.tone);
}
