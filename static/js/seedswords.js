import { count, figure } from "./numbers.js";
import { rowName } from "./seedseries.js";
import { paragraph, say, sayMany } from "./words.js";

/** What is said about shares of seeds: never more than their intervals show. */

/** @typedef {import("./seedseries.js").Share} Share */
/** @typedef {import("./seedseries.js").Row} Row */
/** @typedef {import("./seedseries.js").Series} Series */
/** @typedef {{row: Row, share: Share}} Found */

const smallest = 0.001;

/**
 * Whole per cent, tenths near the ends; only what is exactly nothing is 0 %, only what is exactly all is 100 %.
 * @param {number} share
 */
export function percent(share) {
  return say("{value} %", { value: hundredths(share) });
}

/** @param {number} share */
function hundredths(share) {
  if (share === 0 || share === 1) return String(100 * share);
  if (share < smallest) return say("under {value}", { value: 100 * smallest });
  if (share > 1 - smallest) return say("over {value}", { value: 100 * (1 - smallest) });
  const isNearEnd = share < 0.01 || share > 0.99;
  return (100 * share).toFixed(isNearEnd ? 1 : 0);
}

/**
 * A share with its interval; where every seed gives the same path there is none.
 * @param {Found} found
 */
export function shareWords({ row, share }) {
  const values = { share: percent(share.share), low: hundredths(share.low), high: hundredths(share.high) };
  return row.varies ? say("{share} ({low} to {high} %)", values) : values.share;
}

/** @param {number} known @param {number} seeds */
export function progressWords(known, seeds) {
  return known < seeds ? sayMany("{known} of {seeds} seed", "{known} of {seeds} seeds", seeds, { known: count(known), seeds: count(seeds) }) : seedsWords(seeds);
}

/** @param {number} seeds */
function seedsWords(seeds) {
  return sayMany("{seeds} seed", "{seeds} seeds", seeds, { seeds: count(seeds) });
}

/**
 * The smallest batch against the largest, where they differ most.
 * @param {Row[]} rows
 * @param {Series[]} series
 */
export function sentence(rows, series) {
  if (!rows.length || !series.length) return "";
  const last = rows.length - 1;
  const told = widest(series, last);
  const [small, large] = [0, last].map((k) => ({ row: rows[k], share: told.shares[k] }));
  if (!small.row.varies && told.kind === "minima" && small.share.share === 0) return say("Every seed gives the same path, whatever the batch size; it ends at no minimum.");
  if (!small.row.varies) return say("Every seed gives the same path, whatever the batch size: {end}.", { end: endWords(told, small) });
  if (last === 0) return say("Of {seeds} orders of batches, with B = {batch}: {end}.", { ...valuesOf(small), end: endWords(told, small) });
  return large.row.varies ? betweenBatches(told, small, large) : againstFull(told, small, large);
}

/**
 * Against η: what the share is at the smallest and the largest rate, and where it changes most from one rate to the next.
 * @param {Row[]} rows
 * @param {Series[]} series
 * @param {{name: string, eta: number}[]} limits
 */
export function rateSentence(rows, series, limits) {
  if (rows.length < 2 || !series.length) return "";
  const told = steepest(series);
  const k = jump(told);
  const at = (/** @type {number} */ row) => ({ eta: figure(rows[row].eta), share: shareWords({ row: rows[row], share: told.shares[row] }) });
  const values = { ...valuesOf({ row: rows[0], share: told.shares[0] }), ends: doesWords(told, { row: rows[0], share: told.shares[0] }), low: at(k).eta, share: at(k).share, high: at(k + 1).eta, against: at(k + 1).share };
  const found = !apart(told.shares[k], told.shares[k + 1])
    ? say("Of {seeds} orders of batches, B = {batch} {ends} about as often at every η: no two neighbours differ beyond their intervals.", values)
    : say("Of {seeds} orders of batches, B = {batch} {ends} in {share} at η = {low} and in {against} at η = {high}.", values);
  const known = limits.map(({ name, eta }) => say("At {name} even the full batch cannot settle above η = {eta}.", { name, eta: figure(eta) }));
  return paragraph([found, ...known.slice(0, 2)]);
}

/** The biggest change of a share between neighbours: after which row. @param {Series} series */
function jump({ shares }) {
  const changes = shares.slice(1).map(({ share }, k) => Math.abs(share - shares[k].share));
  return changes.indexOf(Math.max(...changes));
}

/** @param {Series[]} series */
function steepest(series) {
  const change = (/** @type {Series} */ one) => Math.abs(one.shares[jump(one) + 1].share - one.shares[jump(one)].share);
  return series.reduce((best, one) => (change(one) > change(best) ? one : best));
}

/**
 * When half and nine tenths of those that left had left, for the first and the last row that have any.
 * @param {Row[]} rows
 * @param {import("./seedseries.js").Against} against
 */
export function timesWords(rows, against) {
  const known = rows.filter(({ times }) => times.length > 0);
  const told = known.length > 1 ? [known[0], known[known.length - 1]] : known;
  const update = (/** @type {Row} */ { times }, /** @type {number} */ part) => count(times.find(({ share }) => share === part)?.update ?? NaN);
  return paragraph(told.map((row) => say("{name}: of the seeds that left, half had left by update {half}, nine of ten by {most}.", { name: rowName(row, against), half: update(row, 0.5), most: update(row, 0.9) })));
}

/**
 * The series whose share changes most; without any change the one with most seeds.
 * @param {Series[]} series
 * @param {number} last
 */
function widest(series, last) {
  const weight = (/** @type {Series} */ { shares }) => Math.abs(shares[0].share - shares[last].share) + 1e-6 * shares[0].share;
  return series.reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

/** @param {Found} found */
function valuesOf({ row }) {
  return { seeds: count(row.seeds), batch: row.batch };
}

/**
 * What the share is a share of, and how much it is.
 * @param {Series} told
 * @param {Found} found
 */
function endWords(told, found) {
  const values = { name: told.name, share: shareWords(found), update: count(found.row.left.by) };
  if (told.kind === "minima") return say("ended at {name}: {share}", values);
  if (told.kind === "left") return say("left the saddle by update {update}: {share}", values);
  return say("outcome {name}: {share}", values);
}

/**
 * @param {Series} told
 * @param {Found} small
 * @param {Found} large
 */
function betweenBatches(told, small, large) {
  const values = { ...valuesOf(small), other: large.row.batch, ...comparedWords(told, small, large) };
  return apart(small.share, large.share)
    ? say("Of {seeds} orders of batches, B = {batch} {ends} in {share}, B = {other} in {against}: the intervals do not overlap.", values)
    : say("Of {seeds} orders of batches, B = {batch} {ends} in {share}, B = {other} in {against}: the intervals overlap, no difference is shown.", values);
}

/**
 * @param {Series} told
 * @param {Found} small
 * @param {Found} full  the one path of all seeds
 */
function againstFull(told, small, full) {
  const values = { ...valuesOf(small), ...comparedWords(told, small, full) };
  return apart(small.share, full.share)
    ? say("Of {seeds} orders of batches, B = {batch} {ends} in {share}; the full batch, one path for every seed, in {against}: outside that interval.", values)
    : say("Of {seeds} orders of batches, B = {batch} {ends} in {share}; the full batch, one path for every seed, in {against}: inside that interval, no difference is shown.", values);
}

/**
 * @param {Series} told
 * @param {Found} one
 * @param {Found} other
 */
function comparedWords(told, one, other) {
  return { ends: doesWords(told, one), share: shareWords(one), against: shareWords(other) };
}

/** @param {Series} told @param {Found} found */
function doesWords({ kind, name }, { row }) {
  if (kind === "minima") return say("ends at {name}", { name });
  if (kind === "left") return say("left the saddle by update {update}", { update: count(row.left.by) });
  return say("has the outcome “{name}”", { name });
}

/**
 * @param {Share} one
 * @param {Share} other
 */
export function apart(one, other) {
  return one.high < other.low || other.high < one.low;
}

/** What has to be known to read the chart. @param {Row[]} rows @param {Series[]} series */
export function noteWords(rows, series) {
  const known = [series[0]?.kind === "minima" ? say("A seed that still moves around a minimum at the end counts for it.") : ""];
  if (rows.some(({ varies }) => varies)) known.push(say("Bars: 95 % intervals."));
  if (rows.some(({ varies }) => !varies)) known.push(say("Hollow: every seed gives the same path, so there is no interval."));
  return paragraph(known);
}
