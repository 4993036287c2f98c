import { lossColour, pale } from "./colours.js";
import { endingOf, kindOf } from "./mapcells.js";

/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */

/** Losses are spread logarithmically above the lowest, over so many times the step between two neighbours. */
const bend = 999;
const bands = 48;

/** Each minimum has a colour of its own, all of them paler with more updates: the bar shows that in none of them. */
const neutral = "#3C434C";

/** What the colours of a picture mean: from the fewest to the most updates that led to a minimum, or from the lowest to the highest last loss. */
export class MapScale {
  /**
   * @param {Picture} picture
   * @param {Colouring} colouring
   */
  constructor(picture, colouring) {
    this.colouring = colouring;
    const ends = colouring === "loss" ? lossesOf(picture) : updatesOf(picture, colouring);
    const [low, high] = ends ?? [0, 0];
    this.hasNumbers = ends !== null;
    this.low = low;
    this.high = high;
  }

  /** From 0 to 1; what is no number is at the far end. @param {number} value */
  tone(value) {
    const { low, high } = this;
    if (!Number.isFinite(value)) return 1;
    if (!(high > low)) return 0;
    const share = this.colouring === "loss" ? Math.log1p((bend * (value - low)) / (high - low)) / Math.log1p(bend) : Math.log((value + 1) / (low + 1)) / Math.log((high + 1) / (low + 1));
    return Math.max(0, Math.min(share, 1));
  }

  /** The inverse. @param {number} tone */
  value(tone) {
    const { low, high } = this;
    if (this.colouring === "loss") return low + ((high - low) * Math.expm1(tone * Math.log1p(bend))) / bend;
    return (low + 1) * ((high + 1) / (low + 1)) ** tone - 1;
  }

  /** As the bar of the stage asks. */
  levels() {
    return { start: 1 / bands, size: 1 / bands, count: bands - 1 };
  }

  /** @param {number} tone */
  colour(tone) {
    return this.colouring === "outcome" ? `rgb(${pale(neutral, tone).join(",")})` : lossColour(tone);
  }

  /**
   * Both ends and round numbers between them, as many as there is room for.
   * @param {number} room
   */
  ticks(room) {
    const { low, high } = this;
    if (!(high > low)) return [{ loss: low, tone: 0 }];
    const kept = [low, high].map((loss) => ({ loss, tone: this.tone(loss) }));
    for (let k = 1; k < 4 * room; k++) {
      const loss = round(this.value(k / (4 * room)), this.colouring);
      const tone = this.tone(loss);
      if (loss > low && loss < high && kept.every((one) => Math.abs(one.tone - tone) >= 1 / room)) kept.push({ loss, tone });
    }
    return kept.sort((one, other) => one.tone - other.tone);
  }
}

/** @param {number} value @param {Colouring} colouring */
function round(value, colouring) {
  const short = Number(value.toPrecision(1));
  return colouring === "loss" ? short : Math.round(short);
}

/** The losses between which colours are spread: diverged cells would flatten all others. @param {Picture} picture @returns {[number, number]|null} */
export function lossesOf(picture) {
  const known = picture.loss.filter((loss, cell) => Number.isFinite(loss) && kindOf(picture, cell) !== "diverged");
  return known.length ? ends(known) : null;
}

/**
 * The fewest and the most updates after which a cell was at a minimum; where minima are told, at one that has a colour.
 * @param {Picture} picture
 * @param {Colouring} [colouring]
 * @returns {[number, number]|null}
 */
export function updatesOf(picture, colouring = "updates") {
  const known = picture.updates.filter((updates, cell) => Number.isFinite(updates) && endingOf(picture, cell, colouring) === "minimum");
  return known.length ? ends(known) : null;
}

/** @param {Float32Array} values @returns {[number, number]} */
function ends(values) {
  return [values.reduce((low, value) => Math.min(low, value), Infinity), values.reduce((high, value) => Math.max(high, value), -Infinity)];
}
