/** The training loss along a cut. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./cut.js").Cut} Cut */
/** @typedef {{s: number, loss: number, turn: "low"|"high"|"shelf"}} Level  a place where the slope along the cut is zero */

/** The frame goes so far above the highest thing that has to be seen in it. */
const air = 0.2;

/** And so far below the lowest loss, where its name is written. */
const below = 0.14;

export class Profile {
  /**
   * @param {Cut} cut
   * @param {Float32Array} distance
   * @param {Float32Array} loss
   * @param {Float32Array} slope
   */
  constructor(cut, distance, loss, slope) {
    this.cut = cut;
    this.distance = distance;
    this.loss = loss;
    this.slope = slope;
  }

  /** The loss at a distance: the curve with the right height and slope at both neighbours. @param {number} s */
  at(s) {
    const [k, part, step] = this.#cell(s);
    const [low, high] = [this.loss[k], this.loss[k + 1]];
    const [rise, fall] = [step * this.slope[k] - (high - low), -step * this.slope[k + 1] + (high - low)];
    return low * (1 - part) + high * part + part * (1 - part) * (rise * (1 - part) + fall * part);
  }

  /** @param {number} s */
  slopeAt(s) {
    const [k, part] = this.#cell(s);
    return this.slope[k] * (1 - part) + this.slope[k + 1] * part;
  }

  /** @param {number} s @returns {[number, number, number]} neighbour, part of the way to the next one, and its distance */
  #cell(s) {
    const last = this.distance.length - 1;
    const place = (s / this.cut.length) * last;
    const k = Math.max(0, Math.min(Math.floor(place), last - 1));
    return [k, Math.max(0, Math.min(place - k, 1)), this.cut.length / last];
  }

  /** Where the slope changes its sign. @returns {Level[]} */
  levels() {
    const found = /** @type {Level[]} */ ([]);
    for (let k = 1; k < this.slope.length; k++) {
      const [before, after] = [this.slope[k - 1], this.slope[k]];
      if (!(before < 0 && after >= 0) && !(before > 0 && after <= 0)) continue;
      const s = this.distance[k - 1] + (before / (before - after)) * (this.distance[k] - this.distance[k - 1]);
      found.push({ s, loss: this.at(s), turn: before < 0 ? "low" : "high" });
    }
    return found;
  }

  /** The lowest place of the cut, ends included. */
  lowest() {
    let best = 0;
    this.loss.forEach((loss, k) => (best = loss < this.loss[best] ? k : best));
    return { s: this.distance[best], loss: this.loss[best] };
  }

  /**
   * The losses to show: all that happens below the start and the crests; the outer walls may leave through the top.
   * @param {number[]} starts  losses at the start
   * @returns {Pair}
   */
  range(starts) {
    const known = this.loss.filter(Number.isFinite).sort();
    if (known.length === 0) return [0, 1];
    const [low, quarter] = [known[0], known[known.length >> 2]];
    const crests = this.levels().filter(({ turn }) => turn === "high").map(({ loss }) => loss);
    const wanted = Math.max(quarter, ...crests, ...starts.filter(Number.isFinite));
    const span = wanted - low || Math.abs(low) || 1;
    return [low - below * span, wanted + air * span];
  }
}
