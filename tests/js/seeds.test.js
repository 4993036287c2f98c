import assert from "node:assert/strict";
import { test } from "node:test";
import { affordable, drawn, minimumNames, seriesOf, sizesFor } from "../../static/js/seedseries.js";
import { apart, noteWords, percent, progressWords, sentence, shareWords } from "../../static/js/seedswords.js";

/** @param {number} share @param {number} low @param {number} high */
function share(share, low = share, high = share) {
  return { share, low, high };
}

const none = share(0, 0, 0.004);

/**
 * @param {number} batch
 * @param {{share: number, low: number, high: number}[]} minima
 * @param {object} [more]
 */
function row(batch, minima, more = {}) {
  const places = minima.map((one, k) => ({ ...none, at: /** @type {[number, number]} */ ([k, 0]), catchment: one }));
  const shares = { minimum: share(0.9, 0.88, 0.92), saddle: none, maximum: share(0), flat: share(0), moving: share(0.1, 0.08, 0.12), diverged: share(0) };
  return { batch, seeds: 1000, varies: true, shares, minima: places, left: { ...share(0.5, 0.47, 0.53), by: 600 }, ...more };
}

const small = row(1, [share(0.03, 0.02, 0.043), share(0.97, 0.957, 0.98)]);
const middle = row(10, [share(0.99, 0.98, 0.995), share(0.01, 0.005, 0.02)]);
const full = row(20, [share(1), share(0)], { varies: false });
const names = ["M1", "M2"];

/** With spaces that may break. @param {string} words */
function plain(words) {
  return words.replaceAll("\u00a0", " ");
}

test("batch sizes go from 1 to all examples, at most 8, with the run's own", () => {
  const scene = { examples: 20, batch: 20, shuffle: "each-epoch" };
  assert.deepEqual(sizesFor(scene), [1, 2, 5, 10, 20]);
  assert.deepEqual(sizesFor({ ...scene, batch: 7 }), [1, 2, 5, 7, 10, 20]);
  assert.deepEqual(sizesFor({ ...scene, examples: 200, batch: 3 }), [1, 3, 5, 10, 20, 50, 100, 200]);
  assert.deepEqual(sizesFor({ ...scene, shuffle: "replacement" }), [1, 2, 5, 10, 19]);
  assert.deepEqual(sizesFor({ examples: 1, batch: 1, shuffle: "each-epoch" }), [1]);
  assert.deepEqual(sizesFor({ examples: 1, batch: 1, shuffle: "replacement" }), []);
});

test("sizes that cost too much are left out, the full batch last", () => {
  const cost = { examples: 20, seeds: 100, updates: 10, most: 8300 };
  assert.deepEqual(affordable([1, 2, 5, 10, 20], cost), [1, 2, 5, 20]);
  assert.deepEqual(affordable([1, 2, 5, 10, 20], { ...cost, most: 1e9 }), [1, 2, 5, 10, 20]);
  assert.deepEqual(affordable([1, 20], { ...cost, most: 1 }), [1]);
});

test("minima have the letters of the critical points; an unknown one has its place", () => {
  const points = [{ name: "S1", kind: "saddle", at: /** @type {[number, number]} */ ([9, 9]) }, ...[0, 1, 2].map((k) => ({ name: "M" + (k + 1), kind: "minimum", at: /** @type {[number, number]} */ ([k, 0]) }))];
  assert.deepEqual(minimumNames(small.minima, points), ["M1", "M2"]);
  assert.deepEqual(minimumNames([small.minima[1]], points), ["M2"]);
  assert.deepEqual(minimumNames([{ at: [7, 1] }], points), ["(7, 1)"]);
  assert.deepEqual(minimumNames([{ at: [0.1, 0] }, { at: [1.1, 0] }, { at: [2.1, 0] }], points), ["M1", "M2", "M3"]);
});

test("a seed that still moves around a minimum counts for it; outcomes nobody had are left out", () => {
  assert.deepEqual(seriesOf([small, full], "minima", names).map(({ name, shares }) => [name, shares[0].share, shares[1].share]), [["M1", 0.03, 1], ["M2", 0.97, 0]]);
  assert.deepEqual(seriesOf([small], "outcomes", names).map(({ name }) => name), ["minimum", "still travelling"]);
  assert.deepEqual(seriesOf([], "left", names), []);
});

test("of many series those are drawn that hold most seeds, in their own order", () => {
  const many = [0.1, 0.02, 0.3, 0.01, 0.2, 0.05, 0.04, 0.5].map((value, k) => ({ kind: /** @type {const} */ ("minima"), name: "M" + (k + 1), shares: [share(value)] }));
  assert.deepEqual(drawn(many).map(({ name }) => name), ["M1", "M3", "M5", "M6", "M7", "M8"]);
});

test("only nothing is 0 % and only all is 100 %", () => {
  const words = [0, 0.0004, 0.004, 0.0264, 0.5, 0.996, 0.9996, 1].map((value) => plain(percent(value)));
  assert.deepEqual(words, ["0 %", "under 0.1 %", "0.4 %", "3 %", "50 %", "99.6 %", "over 99.9 %", "100 %"]);
});

test("a share has its interval, the one path of the full batch has none", () => {
  assert.equal(plain(shareWords({ row: small, share: small.minima[1].catchment })), "97 % (96 to 98 %)");
  assert.equal(plain(shareWords({ row: full, share: share(1) })), "100 %");
});

test("progress is told in seeds", () => {
  assert.equal(progressWords(128, 1000), "128 of 1,000 seeds");
  assert.equal(progressWords(1000, 1000), "1,000 seeds");
});

test("the sentence says how many seeds, and whether the one path lies outside the interval", () => {
  const words = plain(sentence([small, full], seriesOf([small, full], "minima", names)));
  assert.equal(words, "Of 1,000 orders of batches, B = 1 ends at M2 in 97 % (96 to 98 %); the full batch, one path for every seed, in 0 %: outside that interval.");
  const rows = [row(1, [share(0, 0, 0.004)]), row(20, [share(0)], { varies: false })];
  assert.match(plain(sentence(rows, seriesOf(rows, "minima", ["M1"]))), /inside that interval, no difference is shown\.$/);
});

test("two batch sizes differ only where their intervals do not overlap", () => {
  assert.match(plain(sentence([small, middle], seriesOf([small, middle], "minima", names))), /ends at M2 in 97 % .*, B = 10 in 1 % .*: the intervals do not overlap\.$/);
  const near = row(10, [share(0.04, 0.03, 0.054), share(0.96, 0.946, 0.97)]);
  assert.match(plain(sentence([small, near], seriesOf([small, near], "minima", names))), /: the intervals overlap, no difference is shown\.$/);
  assert.equal(apart(share(0.5, 0.4, 0.6), share(0.7, 0.6, 0.8)), false);
  assert.equal(apart(share(0.5, 0.4, 0.6), share(0.7, 0.61, 0.8)), true);
});

test("the sentence is about the share that changes most", () => {
  const large = row(10, [share(0.02, 0.012, 0.03), share(0.4, 0.37, 0.43), share(0.58, 0.55, 0.61)]);
  const rows = [row(1, [share(0.02, 0.012, 0.03), share(0.97, 0.957, 0.98), share(0.01, 0.005, 0.02)]), large];
  assert.match(plain(sentence(rows, seriesOf(rows, "minima", ["M1", "M2", "M3"]))), /ends at M2 in 97 % .*, B = 10 in 40 % /);
});

test("where no seed matters, nothing is counted; with one batch size nothing is compared", () => {
  const same = row(1, [share(1)], { varies: false });
  assert.equal(plain(sentence([same], seriesOf([same], "minima", ["M1"]))), "Every seed gives the same path, whatever the batch size: ended at M1: 100 %.");
  const nowhere = row(1, [share(0)], { varies: false });
  assert.equal(sentence([nowhere], seriesOf([nowhere], "minima", ["M1"])), "Every seed gives the same path, whatever the batch size; it ends at no minimum.");
  assert.equal(plain(sentence([small], seriesOf([small], "left", names))), "Of 1,000 orders of batches, with B = 1: left the saddle by update 600: 50 % (47 to 53 %).");
  assert.equal(plain(sentence([], [])), "");
});

test("the note explains bars and hollow signs only where there are some", () => {
  assert.match(plain(noteWords([small, full], seriesOf([small, full], "minima", names))), /counts for it\. Bars: 95 % intervals\. Hollow/);
  assert.equal(plain(noteWords([full], seriesOf([full], "left", names))), "Hollow: every seed gives the same path, so there is no interval.");
});
