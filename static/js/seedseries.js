import { placeWords } from "./criticalpoints.js";
import { figure, rounded } from "./numbers.js";
import { say } from "./words.js";

/** Shares of many seeds, put in series over the batch size. */

/** @typedef {[number, number]} Pair */
/** @typedef {{share: number, low: number, high: number}} Share  low and high: the ends of its 95 % interval */
/** @typedef {Share & {at: Pair, limit: number|null, catchment: Share}} Minimum */
/**
 * As the server tells them, one row per batch size or per η. `varies` is false where every seed gives the same path;
 * `times`: by which update a share of those that left had left.
 * @typedef {{batch: number, eta: number, seeds: number, varies: boolean, shares: Record<string, Share>, minima: Minimum[], left: Share & {by: number},
 *   times: {share: number, update: number}[]}} Row
 */
/** @typedef {"batch"|"eta"} Against  what the rows differ in */
/** @typedef {"minima"|"left"|"outcomes"} Kind */
/** @typedef {{kind: Kind, name: string, shares: Share[]}} Series  a share for each row */

const round = [1, 2, 5, 10, 20, 50, 100, 200];
const mostSizes = 8;

/** So many lines can be told apart. */
const mostSeries = 6;

/**
 * Batch sizes from 1 to all examples, with the run's own among them. N draws with replacement are not the full batch.
 * @param {{examples: number, batch: number, shuffle: string}} scene
 * @returns {number[]}
 */
export function sizesFor({ examples, batch, shuffle }) {
  const most = shuffle === "replacement" ? examples - 1 : examples;
  const sizes = [...new Set([...round, batch, most])].filter((size) => size >= 1 && size <= most).sort((one, other) => one - other);
  const spare = sizes.filter((size) => size > 1 && size !== batch && size < most);
  const dropped = spare.slice(0, Math.max(0, sizes.length - mostSizes));
  return sizes.filter((size) => !dropped.includes(size));
}

/** From a quarter to four times the run's own η, which is among them. */
const factors = [0.25, 0.5, Math.SQRT1_2, 1, Math.SQRT2, 2, 4];

/**
 * @param {number} eta
 * @param {{low: number, high: number}} knob
 */
export function ratesFor(eta, { low, high }) {
  const rates = factors.map((factor) => (factor === 1 ? eta : rounded(eta * factor, 3)));
  return [...new Set(rates.map((rate) => Math.max(low, Math.min(rate, high))))];
}

/**
 * Where the rows stand on a logarithmic scale: the place of a value between them; null beside them.
 * @param {Row[]} rows
 * @param {number} eta
 */
export function placeOf(rows, eta) {
  const k = rows.findIndex((row) => row.eta > eta);
  if (k < 1) return rows.length && rows[rows.length - 1].eta === eta ? rows.length - 1 : null;
  const [low, high] = [rows[k - 1].eta, rows[k].eta];
  return k - 1 + Math.log(eta / low) / Math.log(high / low);
}

/** What a row is called. @param {Row} row @param {Against} against */
export function rowName(row, against) {
  return against === "batch" ? say("B = {batch}", { batch: row.batch }) : say("η = {eta}", { eta: figure(row.eta) });
}

/**
 * Without the largest sizes where they cost more than one question may; the full batch is one path and stays.
 * @param {number[]} sizes
 * @param {{examples: number, seeds: number, updates: number, most: number}} cost  most: example losses
 */
export function affordable(sizes, { examples, seeds, updates, most }) {
  const each = (/** @type {number} */ size) => size * updates * (size === examples ? 1 : seeds);
  const kept = [...sizes];
  while (kept.length > 1 && kept.reduce((sum, size) => sum + each(size), 0) > most) {
    const last = kept[kept.length - 1] === examples && kept.length > 2 ? kept.length - 2 : kept.length - 1;
    kept.splice(last, 1);
  }
  return kept;
}

/**
 * The letters of the critical points: the lists agree in order where both are whole, and in place where only some minima are spoken of.
 * @param {{at: Pair}[]} minima
 * @param {{name: string, kind: string, at: Pair}[]} points
 */
export function minimumNames(minima, points) {
  const known = points.filter(({ kind }) => kind === "minimum");
  if (known.length === minima.length) return known.map(({ name }) => name);
  return minima.map(({ at }) => known.find((point) => isNear(point.at, at))?.name ?? placeWords(at));
}

/**
 * @param {Pair} one
 * @param {Pair} other
 */
function isNear(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]) < 1e-6;
}

/** @returns {Record<string, string>} */
function outcomeNames() {
  return {
    minimum: say("minimum"), saddle: say("saddle"), maximum: say("maximum"), flat: say("flat"),
    moving: say("still travelling"), diverged: say("diverged"),
  };
}

/**
 * Every series of a kind; outcomes that no seed had are left out.
 * @param {Row[]} rows
 * @param {Kind} kind
 * @param {string[]} names  of the minima
 * @returns {Series[]}
 */
export function seriesOf(rows, kind, names) {
  if (!rows.length) return [];
  if (kind === "left") return [{ kind, name: say("left the saddle"), shares: rows.map(({ left }) => left) }];
  if (kind === "minima") return names.map((name, k) => ({ kind, name, shares: rows.map(({ minima }) => minima[k].catchment) }));
  const all = Object.entries(outcomeNames()).map(([outcome, name]) => ({ kind, name, shares: rows.map(({ shares }) => shares[outcome]) }));
  return all.filter(({ shares }) => highest(shares) > 0);
}

/** @param {Share[]} shares */
function highest(shares) {
  return Math.max(...shares.map(({ share }) => share));
}

/**
 * Those that hold most seeds somewhere, in their own order.
 * @param {Series[]} series
 */
export function drawn(series) {
  const most = [...series].sort((one, other) => highest(other.shares) - highest(one.shares)).slice(0, mostSeries);
  return series.filter((one) => most.includes(one));
}
