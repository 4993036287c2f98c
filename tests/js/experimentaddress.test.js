import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isIdle, ofExperiments, tablesOf } from "../../static/js/experimentaddress.js";

const golden = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL("../golden/" + name, import.meta.url), "utf8"));
const all = golden("tables.json");
const tablesFor = (/** @type {string} */ name) => {
  const { knobs, view } = all.experiments.find((/** @type {any} */ row) => row.name === name);
  return tablesOf(all, [...knobs, ...view]);
};
const { parse, write, writeScene, value } = ofExperiments;

for (const { name, query, canonical, problems } of golden("experiments.json")) {
  test(`${name}?${query.slice(0, 60)} is read as the server reads it`, () => {
    const tables = tablesFor(name);
    const read = parse(query, tables);
    assert.deepEqual(read.problems.map(({ knob }) => knob).sort(), [...problems].sort());
    if (canonical !== null) assert.equal(writeScene(read.scene, tables), canonical);
  });
}

test("what is bad falls back to its default, what is good stays", () => {
  const tables = tablesFor("time");
  const { scene } = parse("repeats=2&examples=500&batches=1,2,3,4,5,6,7,8,9", tables);
  assert.equal(value(tables, scene, "repeats"), 15);
  assert.equal(value(tables, scene, "examples"), 500);
  assert.equal(writeScene(scene, tables), "examples=500");
});

test("what belongs to the page stands behind what decides the numbers", () => {
  const tables = tablesFor("accuracy");
  const { scene, view } = parse("ask=0&chart=updates&theme=dark&seeds=7", tables);
  assert.equal(write(scene, view, tables), "seeds=7&theme=dark&ask=0&chart=updates");
  assert.equal(write(parse("", tables).scene, {}, tables), "");
});

test("what the chosen rule has not is not asked for, and waits for a rule that has it", () => {
  const tables = tablesFor("gradient");
  const asked = (/** @type {string} */ query) => writeScene(parse(query, tables).scene, tables);
  assert.deepEqual(["lambda=0.5", "rule=adam&lambda=0.5", "rule=nesterov&lambda=0.5"].map(asked), ["", "rule=adam", "rule=nesterov&lambda=0.5"]);
  const { scene } = parse("lambda=0.5", tables);
  assert.equal(isIdle(tables, scene, "lambda"), true);
  assert.equal(isIdle(tables, scene, "eta"), false);
  const both = tablesFor("both");
  assert.equal(writeScene(parse("lambda=0.5", both).scene, both), "lambda=0.5");
});

test("an address that is too long is refused whole", () => {
  assert.deepEqual(parse("a=" + "b".repeat(24001), tablesFor("time")).problems.map(({ knob }) => knob), ["address"]);
});
