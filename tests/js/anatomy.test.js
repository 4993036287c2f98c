import assert from "node:assert/strict";
import { test } from "node:test";
import { Anatomies } from "../../static/js/anatomies.js";
import { anatomiesIn } from "../../static/js/anatomy.js";
import { tables } from "./small_tables.js";
import { updateOf } from "./updates.js";

/** The answer about one run: updates first … last, and as many past rows. */
function answerOf(of, first, last) {
  const updates = Array.from({ length: last - first + 1 }, (_, k) => updateOf({ index: first + k }));
  return { of, rule: "momentum", updates, past: { first: 0, rows: last + 1 } };
}

/** @param {any[]} runs */
function columnsOf(runs) {
  return Float32Array.from(runs.flatMap(({ past }) => [1, 2, 3].flatMap((name) => Array(past.rows).fill(name))));
}

test("each run finds its own columns", () => {
  const runs = [answerOf(0, 0, 8), answerOf(2, 0, 4)];
  const found = anatomiesIn({ runs }, columnsOf(runs), 0);
  assert.deepEqual([...found.keys()], [0, 2]);
  assert.deepEqual([found.get(2).eta.length, found.get(2).g2[4], found.get(0).g1[8]], [5, 3, 2]);
});

test("at the end of a run the last update is the one to look at, before the window is known there is none", () => {
  const run = answerOf(0, 5, 13);
  const [anatomy] = anatomiesIn({ runs: [run] }, columnsOf([run]), 300).values();
  assert.deepEqual([anatomy.at(300)?.index, anatomy.at(7)?.index, anatomy.at(3)], [13, 7, null]);
});

test("in the middle of a run an update outside of the window is unknown", () => {
  const run = answerOf(0, 12, 28);
  const [anatomy] = anatomiesIn({ runs: [run] }, columnsOf([run]), 20).values();
  assert.equal(anatomy.at(29), null);
  assert.deepEqual([16, 15, 24, 25].map((at) => anatomy.isRoundAbout(at, 4)), [true, false, true, false]);
});

/** A store, a line that only writes down what is asked, and a playhead. */
function fitted({ at = 20, length = 300 } = {}) {
  const asked = [];
  const scene = { surface: "bowl", knobs: {}, runs: [{ rule: "gd", knobs: {} }, { rule: "momentum", knobs: {} }] };
  const store = { tables, scene, view: {}, query: "one", sceneQuery: () => store.query };
  const link = { ask: (_want, fields) => asked.push(fields) };
  const playhead = { at, length, followsEnd: false, playing: false };
  const anatomies = new Anatomies(/** @type {any} */ (store), /** @type {any} */ (link), /** @type {any} */ (playhead));
  const answer = (first, last, of = [0]) => {
    const runs = of.map((run) => answerOf(run, first, last));
    anatomies.take(/** @type {any} */ ({ id: asked.length, runs }), columnsOf(runs));
  };
  return { asked, store, playhead, anatomies, answer };
}

test("nobody looks, nothing is asked", () => {
  const { asked, anatomies } = fitted();
  anatomies.refresh();
  assert.deepEqual(asked, []);
});

test("neighbours are asked for before the playhead reaches them, once", () => {
  const { asked, playhead, anatomies, answer } = fitted();
  anatomies.watch("inspector", [0]);
  answer(12, 28);
  for (playhead.at = 20; playhead.at < 27; playhead.at++) anatomies.refresh();
  assert.deepEqual(asked.map(({ index }) => index), [20, 25]);
  answer(17, 33);
  assert.equal(anatomies.of(0)?.at(27)?.index, 27);
});

test("another scene is asked about at once, and the old answer stays until then", () => {
  const { asked, store, anatomies, answer } = fitted();
  anatomies.watch("inspector", [0]);
  answer(12, 28);
  store.query = "two";
  anatomies.refresh();
  assert.equal(asked.length, 2);
  assert.equal(anatomies.of(0)?.at(20)?.index, 20);
});

test("several viewers share one question", () => {
  const { asked, anatomies } = fitted();
  anatomies.watch("inspector", [1]);
  anatomies.watch("profile", [0, 1]);
  anatomies.refused();
  anatomies.refresh();
  assert.deepEqual(asked.at(-1).of, [0, 1]);
});

test("an answer without what was asked for is not asked for again and again", () => {
  const { asked, anatomies, answer } = fitted();
  anatomies.watch("inspector", [0]);
  answer(12, 28, []);
  anatomies.refresh();
  assert.equal(asked.length, 1);
});
