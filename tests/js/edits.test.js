import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, write } from "../../static/js/address.js";
import { addRun, copyRun, hiddenRuns, removeRun, setExamples, setOwn, setRule, setSurface, toggleHidden, toggleSolo } from "../../static/js/edits.js";
import { runNames } from "../../static/js/runnames.js";
import { nudged } from "../../static/js/scale.js";
import { Store } from "../../static/js/scene.js";
import { tables } from "./small_tables.js";

const shownBy = (query) => parse(query, tables);
const queryOf = ({ scene, view }) => write(scene, view, tables);
const after = (query, edit) => queryOf(edit(shownBy(query)));

test("another surface brings its own start, learning rate and updates; runs and examples stay", () => {
  const before = "surface=bowl&start=1,1&examples=10&spread=1&updates=50&eta=0.2&run=momentum,lambda:0.5&at=7";
  assert.equal(after(before, setSurface(tables, "valley")), "surface=valley&examples=10&spread=1&run=momentum,lambda:0.5");
});

test("fewer examples than a batch holds make it the full batch", () => {
  assert.equal(after("batch=15&run=gd,batch:12&run=gd,batch:2", setExamples(10)), "surface=bowl&examples=10&run=gd&run=gd,batch:2");
});

test("a new run takes a rule nobody uses yet", () => {
  assert.equal(after("run=gd", addRun(tables)), "surface=bowl&run=gd&run=momentum");
});

test("a copy is equal, and another rule keeps only the shared knobs it knows", () => {
  assert.equal(after("run=momentum,lambda:0.5", copyRun(0)), "surface=bowl&run=momentum,lambda:0.5&run=momentum,lambda:0.5");
  assert.equal(after("run=momentum,eta:0.2,lambda:0.5", setRule(tables, 0, "gd")), "surface=bowl&run=gd,eta:0.2");
});

test("hidden runs keep being hidden when another is removed", () => {
  const shown = removeRun(0)(shownBy("run=gd&run=gd&run=gd&hide=run-0,run-2"));
  assert.deepEqual(hiddenRuns(shown), [1]);
});

test("solo hides the others, and solo again shows all", () => {
  const solo = toggleSolo(1)(shownBy("run=gd&run=gd&run=gd"));
  assert.deepEqual(hiddenRuns(solo), [0, 2]);
  assert.deepEqual(hiddenRuns(toggleSolo(1)(solo)), []);
  assert.deepEqual(hiddenRuns(toggleHidden(0)(solo)), [2]);
});

test("runs of one rule are told apart by the knobs that differ", () => {
  const names = (query) => runNames(shownBy(query).scene, tables);
  assert.deepEqual(names("run=gd&run=momentum&run=gd,batch:1"), ["Gradient descent", "Momentum", "Gradient descent with B = 1"]);
  assert.deepEqual(names("run=momentum,lambda:0.99999&run=momentum"), ["Momentum with λ = 0.99999", "Momentum"]);
  assert.deepEqual(names("run=gd&run=gd"), ["Gradient descent, run 1", "Gradient descent, run 2"]);
});

test("the buttons of a logarithmic knob step in its second digit", () => {
  const eta = tables.knobs.find((row) => row.name === "eta");
  assert.deepEqual([nudged(eta, 0.05, 1), nudged(eta, 0.1, -1), nudged(eta, 0.1, 1)], [0.051, 0.099, 0.11]);
});

function storeOf(query) {
  const written = [];
  const store = new Store(tables, { query: () => query, write: (text) => written.push(text) });
  return { store, written };
}

test("a drag is one change to undo, and every movement of it is in the address", () => {
  const { store, written } = storeOf("run=gd");
  store.change(setOwn(0, "eta", 0.1), { done: false });
  store.change(setOwn(0, "eta", 0.2), { done: false });
  store.change(setOwn(0, "eta", 0.3));
  assert.deepEqual(written.map((text) => text.split("eta:")[1]), ["0.1", "0.2", "0.3"]);
  store.undo();
  assert.equal(store.query(), "surface=bowl&run=gd");
  store.redo();
  assert.equal(store.query(), "surface=bowl&run=gd,eta:0.3");
});

test("reset goes back to what was opened, and can itself be undone", () => {
  const { store } = storeOf("run=momentum");
  store.change(copyRun(0));
  store.reset();
  assert.equal(store.query(), "surface=bowl&run=momentum");
  store.undo();
  assert.equal(store.query(), "surface=bowl&run=momentum&run=momentum");
});

test("where the playhead rests is in the address but is no change to undo", () => {
  const { store } = storeOf("run=gd");
  store.change(copyRun(0));
  store.rest(37);
  store.undo();
  assert.equal(store.query(), "surface=bowl&run=gd&at=37");
});
