/** A tone is a loss put between 0 and 1, monotone, so that contours show the valleys: straight when that is enough, else logarithmic above the lowest loss. */

/** With the median loss below this share of the whole range, straight levels leave the valleys empty. */
const crowded = 0.2;

export class Tone {
  /**
   * @param {number} low
   * @param {number} high
   * @param {number} median  share of the range below which half of the ground lies
   */
  constructor(low, high, median) {
    this.low = low;
    this.span = high - low;
    this.kind = /** @type {"linear"|"log"} */ (median < crowded ? "log" : "linear");
    this.bend = bendOf(median);
  }

  /** @param {number} loss */
  of(loss) {
    if (!(this.span > 0)) return 0;
    const share = (loss - this.low) / this.span;
    return this.kind === "linear" ? share : Math.log1p(Math.max(share, 0) / this.bend) / Math.log1p(1 / this.bend);
  }

  /** @param {number} tone */
  loss(tone) {
    const share = this.kind === "linear" ? tone : this.bend * Math.expm1(tone * Math.log1p(1 / this.bend));
    return this.low + share * this.span;
  }
}

/**
 * The bend that puts the median loss in the middle of the tones: (1 + m/b)² = 1 + 1/b.
 * @param {number} median
 */
function bendOf(median) {
  const share = Math.max(median, 1e-7);
  return share ** 2 / Math.max(1 - 2 * share, 1e-7);
}

/**
 * @param {Float32Array} losses
 * @returns {Tone}
 */
export function toneOf(losses) {
  const known = losses.filter(Number.isFinite).sort();
  if (known.length === 0) return new Tone(0, 0, 0.5);
  const low = known[0];
  const high = known[known.length - 1];
  return new Tone(low, high, high > low ? (known[known.length >> 1] - low) / (high - low) : 0.5);
}

/**
 * The nearest of 1, 2, 5 times a power of ten that is not below the number.
 * @param {number} value
 */
export function roundUp(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  return (lead <= 1.0001 ? 1 : lead <= 2.0001 ? 2 : lead <= 5.0001 ? 5 : 10) * power;
}

/**
 * Multiples of a step inside a range.
 * @param {number} low
 * @param {number} high
 * @param {number} step
 */
export function multiples(low, high, step) {
  const values = [];
  for (let k = Math.ceil(low / step - 1e-6); k <= high / step + 1e-6; k++) values.push(Number((k * step).toPrecision(12)));
  return values;
}
