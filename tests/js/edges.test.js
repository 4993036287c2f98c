import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../static/js/address.js";
import { Edges, placeOf } from "../../static/js/edges.js";
import { edgesTold, whyWords } from "../../static/js/edgewords.js";
import { tables } from "./small_tables.js";

const minima = /** @type {any[]} */ ([
  { name: "M1", kind: "minimum", at: [0, 0], curve: null },
  { name: "M2", kind: "minimum", at: [4, 0], curve: null },
]);
const curve = /** @type {any[]} */ ([{ name: "M1", kind: "minimum", at: [1, 1], curve: [[0.5, 2], [1, 1], [2, 0.5]] }]);

/** @param {Record<string, any>} what */
function ended(what) {
  return /** @type {any} */ ({ outcome: "moving", at: null, end: [0, 0], diverged: null, ...what });
}

test("a run belongs to the minimum it ended at", () => {
  assert.deepEqual(placeOf(ended({ outcome: "minimum", at: [4, 1e-9] }), [0, 0], minima, 10), { name: "M2", at: [4, 0] });
  assert.deepEqual(placeOf(ended({ outcome: "minimum", at: [2, 3] }), [0, 0], minima, 10), { name: "(2, 3)", at: [2, 3] });
});

test("on a curve of minima it belongs where it came to the curve", () => {
  assert.deepEqual(placeOf(ended({ outcome: "minimum", at: [1.95, 0.51] }), [0, 0], curve, 10), { name: "M1", at: [1.95, 0.51], words: "M1 near (1.95, 0.51)" });
  assert.deepEqual(placeOf(ended({ end: [0.4, 2.1] }), [0, 0], curve, 10), { name: "M1", at: [0.5, 2], words: "M1 near (0.5, 2)" });
});

test("another run belongs to the nearest: to its end, or to its start if it diverged", () => {
  assert.equal(placeOf(ended({ end: [3, 1] }), [0, 0], minima, 10)?.name, "M2");
  assert.equal(placeOf(ended({ outcome: "diverged", end: [3e5, 1] }), [1, 0], minima, 10)?.name, "M1");
  assert.equal(placeOf(ended({}), [0, 0], [], 10), null);
});

/** @param {string} name @param {number} limit @param {number|null} noisy */
function held(name, limit, noisy = null) {
  return { name, edge: { minimum: "M1", largest: 4, limit, noisy, batch: 2 } };
}

test("of several runs the first to be thrown out is named, and all have a mark", () => {
  const told = edgesTold([held("one", 0.5), held("other", 0.25, 0.25)], true);
  assert.deepEqual(told.notes.map(({ words }) => words), ["stable below 0.25 (other at M1)"]);
  assert.equal(told.spoken, "stable below 0.25 (other at M1)");
  assert.equal(edgesTold([held("one", 1.2, 0.7)], false).spoken, "η stable below 1.2 at M1, with batches of 2 below 0.7");
  assert.deepEqual(told.marks, [{ value: 0.5, isNoisy: false }, { value: 0.25, isNoisy: false }]);
  assert.deepEqual(edgesTold([], true), { marks: [], notes: [], spoken: "" });
});

test("noise is told only where it takes something away", () => {
  assert.deepEqual(edgesTold([held("", 0.5, 0.1)], false).notes.map(({ words }) => words), ["η stable below 0.5 at M1", "with batches of 2 below 0.1"]);
  assert.equal(edgesTold([held("", 0.5, 0.5)], false).notes.length, 1);
  assert.equal(edgesTold([held("", 0.5, 0)], false).notes[1].words, "with batches of 2 at no η");
});

test("why a run diverged: above its limit, above that of its batches, or thrown out on the way", () => {
  const { edge } = held("", 0.5, 0.1);
  assert.equal(whyWords("gd", 0.6, edge), "η is above 2/λmax = 0.5 at M1");
  assert.equal(whyWords("momentum", 0.2, edge), "η is above 0.1, where batches of 2 stop holding at M1");
  assert.equal(whyWords("nesterov", 0.05, edge), "η is below 2(1 + λ)/((1 + 2λ)λmax) = 0.5 at M1: it was thrown out on the way");
  assert.equal(whyWords("adam", 0.6, null), "");
});

/** Edges with a server that answers when it is told to. @param {string} query */
function asked(query) {
  const { scene } = parse(query, tables);
  const questions = /** @type {any[]} */ ([]);
  const edges = new Edges(/** @type {any} */ ({ store: { tables, scene }, link: { ask: (_want, question) => questions.push(question) } }));
  edges.setPoints(curve);
  return { edges, scene, questions };
}

/** @param {number} id @param {number} largest @returns {any} */
function answered(id, largest) {
  return { id, edges: [{ eigenvalues: [0, largest], limit: 2 / largest, noisy: null }] };
}

/** @param {[number, number]} at @returns {any} */
const endedAt = (at) => ({ runs: [ended({ outcome: "minimum", at })] });

test("a place that gets its letter after its limit is called by it", () => {
  const { edges } = asked("surface=bowl&run=gd");
  edges.setPoints(null);
  edges.setPaths(endedAt([4, 0]));
  edges.take(answered(1, 4));
  assert.equal(edges.of(0)?.minimum, "(4, 0)");
  edges.setPoints(minima);
  assert.equal(edges.of(0)?.minimum, "M2");
});

test("a limit and its place are of one answer; of a path nothing is known until the answer to its place is there", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { edges, scene, questions } = asked("surface=bowl&run=gd");
  edges.setPaths(endedAt([0.5, 2]));
  assert.deepEqual([edges.of(0), edges.ofPath(0, scene)], [null, null]);
  edges.take(answered(1, 4));
  const first = { minimum: "M1 near (0.5, 2)", largest: 4, limit: 0.5, noisy: null, batch: 20 };
  assert.deepEqual([edges.of(0), edges.ofPath(0, scene)], [first, first]);
  edges.setPaths(endedAt([2, 0.5]));
  assert.deepEqual([edges.of(0), edges.ofPath(0, scene)], [first, null]);
  context.mock.timers.tick(100);
  assert.deepEqual(questions.map(({ at }) => at), [[[0.5, 2]], [[2, 0.5]]]);
  edges.take(answered(2, 10));
  const second = { ...first, minimum: "M1 near (2, 0.5)", largest: 10, limit: 0.2 };
  assert.deepEqual([edges.of(0), edges.ofPath(0, scene)], [second, second]);
  assert.equal(edges.ofPath(0, parse("surface=bowl&run=momentum", tables).scene), null);
});
