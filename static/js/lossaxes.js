import { multiples, roundUp } from "./tone.js";

/** Which part of the losses the chart's axes show, and when they have to change. */

/** @typedef {[number, number]} Pair */
/** @typedef {"linear"|"log"} Scale */
/** @typedef {{xs: Float32Array, losses: Float32Array, diverged: boolean}} Curve */

/** A range is kept while the data fill at least this share of it: a chart that jumps at every touch cannot be read. */
const filled = 0.55;

/** A diverged run may stretch a linear axis to this many times the loss it started from. */
const stretch = 1.5;

/**
 * The losses that have to fit, lowest and highest; null when there is none. On a linear axis a diverged run would flatten all others,
 * so it counts only a little beyond its start. Where no run stays, all count as far as the one that grows least in the first half of its way.
 * @param {Curve[]} curves
 * @param {Scale} scale
 * @returns {Pair|null}
 */
export function extent(curves, scale) {
  let [low, high] = [Infinity, -Infinity];
  const growth = curves.every(({ diverged }) => diverged) ? Math.min(...curves.map(({ losses }) => growthOf(losses))) : 0;
  for (const { losses, diverged } of curves) {
    const cap = diverged && scale === "linear" ? Math.max(capOf(losses), growth) : Infinity;
    for (const loss of losses) {
      if (!shows(loss, scale) || loss > cap) continue;
      if (loss < low) low = loss;
      if (loss > high) high = loss;
    }
  }
  return low <= high ? [low, high] : null;
}

/** @param {Float32Array} losses */
function capOf(losses) {
  return losses[0] + Math.abs(losses[0]) * (stretch - 1);
}

/** The highest loss in the first half of a way; at least its first update counts. @param {Float32Array} losses */
function growthOf(losses) {
  return losses.subarray(0, Math.max(2, losses.length >> 1)).reduce((most, loss) => (Number.isFinite(loss) ? Math.max(most, loss) : most), -Infinity);
}

/**
 * @param {number} loss
 * @param {Scale} scale
 */
export function shows(loss, scale) {
  return Number.isFinite(loss) && (scale === "linear" || loss > 0);
}

/**
 * How many losses a logarithmic axis has no place for.
 * @param {Curve[]} curves
 * @param {Scale} scale
 */
export function leftOut(curves, scale) {
  if (scale === "linear") return 0;
  return curves.reduce((sum, { losses }) => sum + losses.reduce((count, loss) => count + (loss <= 0 ? 1 : 0), 0), 0);
}

/** Numbers come in single precision: what changes by fewer of its steps would be drawn as stairs that are not there. */
const leastSteps = 100;
const step = 2 ** -23;

/** @param {Pair} extent */
function isLevel([low, high]) {
  return high - low < leastSteps * step * Math.max(Math.abs(low), Math.abs(high));
}

/**
 * The range around an extent, in the axis' own numbers (powers of ten when logarithmic), with a little air. What changes by less than
 * single precision can tell lies level in it.
 * @param {Pair|null} extent
 * @param {Scale} scale
 * @returns {Pair}
 */
export function rangeOf(extent, scale) {
  if (!extent) return scale === "log" ? [-2, 0] : [0, 1];
  const [low, high] = scale === "log" ? extent.map(Math.log10) : extent;
  const span = (!isLevel(extent) && high - low) || Math.abs(high) || 1;
  const floor = scale === "linear" && low >= 0 && low < 0.3 * span ? -0.02 * span : low - 0.05 * span;
  return [floor, high + 0.06 * span];
}

/** So many ticks has a power of ten: at 1, 2 and 5. */
const perDecade = 3;

/**
 * Round losses for the ticks of a range: powers of ten when logarithmic, every second or fifth one if they are many.
 * @param {Pair} range
 * @param {Scale} scale
 * @param {number} room  how many ticks there is room for
 */
export function ticksOf([low, high], scale, room) {
  const step = roundUp((high - low) / room);
  if (scale === "linear") return multiples(low, high, step);
  const fine = high - low < 1.5 || perDecade * (high - low) < room ? finePowers(low, high) : [];
  if (fine.length > 1) return fine;
  if (high - low < 0.5) return multiples(10 ** low, 10 ** high, roundUp((10 ** high - 10 ** low) / room));
  return multiples(low, high, Math.max(1, step)).map((power) => Number(`1e${power}`));
}

/**
 * @param {number} low
 * @param {number} high
 */
function finePowers(low, high) {
  const powers = multiples(Math.floor(low), Math.ceil(high), 1);
  const losses = powers.flatMap((power) => [1, 2, 5].map((lead) => Number(`${lead}e${power}`)));
  return losses.filter((loss) => Math.log10(loss) >= low && Math.log10(loss) <= high);
}

/**
 * Whether a range still serves: the data fit into it and fill enough of it.
 * @param {Pair} range
 * @param {Pair} wanted
 */
export function serves(range, wanted) {
  const fits = wanted[0] >= range[0] - 1e-9 && wanted[1] <= range[1] + 1e-9;
  return fits && wanted[1] - wanted[0] >= filled * (range[1] - range[0]);
}
