import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse, write, writeScene } from "../../static/js/address.js";
import { tables } from "./small_tables.js";

const golden = (name) => new URL("../golden/" + name, import.meta.url);
const knobs = (query) => parse(query, tables).problems.map((problem) => problem.knob);
const again = (query) => {
  const { scene, view } = parse(query, tables);
  return write(scene, view, tables);
};

test("an empty address is the opening scene", () => {
  assert.equal(again(""), tables.opening);
  assert.equal(again("view=3d"), tables.opening + "&view=3d");
});

test("defaults are left out, the surface and the runs are always written", () => {
  assert.equal(again("surface=bowl&examples=20&eta=0.05&start=-1,1&lambda=0.9"), "surface=bowl&run=gd");
});

test("knobs are written in the order of the table, a surface's own after the surface", () => {
  assert.equal(again("eta=0.1&spread=1&condition=5&surface=valley"), "surface=valley&condition=5&spread=1&eta=0.1&run=gd");
});

test("numbers are written in their shortest form", () => {
  assert.equal(again("surface=bowl&start=-0.7200,0.960000002&eta=1e-7"), "surface=bowl&start=-0.72,0.960000002&eta=1e-7&run=gd");
});

for (const text of ["NaN", "Infinity", "-Infinity", "1e999", "", "0x10", " 1", "1 ", "1_0", "200", "-1", "0,5", "１"]) {
  test(`eta=${text} is named as a problem and the default is drawn`, () => {
    const { scene, problems } = parse("surface=bowl&eta=" + encodeURIComponent(text), tables);
    assert.deepEqual(problems.map(({ knob, given }) => [knob, given]), [["eta", text]]);
    assert.equal(writeScene(scene, tables), "surface=bowl&run=gd");
  });
}

test("a whole number may be written with a point, half a number may not", () => {
  assert.equal(again("examples=10.0"), "surface=bowl&examples=10&run=gd");
  assert.deepEqual(knobs("examples=10.5"), ["examples"]);
});

test("of a knob that is given twice the first counts, and the second is a problem", () => {
  assert.equal(again("spread=1&spread=2"), "surface=bowl&spread=1&run=gd");
  assert.deepEqual(knobs("spread=1&spread=2"), ["spread"]);
});

test("an unknown name is a problem", () => {
  assert.deepEqual(knobs("surface=bowl&speed=3"), ["speed"]);
  assert.deepEqual(knobs("surface=bowl&condition=3"), ["condition"]);
});

test("an unknown rule is a problem, and the other runs stay", () => {
  assert.deepEqual(knobs("run=newton&run=momentum"), ["run"]);
  assert.equal(again("run=newton&run=momentum"), "surface=bowl&run=momentum");
});

test("a run's problems say which run and which knob", () => {
  assert.deepEqual(knobs("run=gd,lambda:0.5"), ["run gd"]);
  assert.deepEqual(knobs("run=gd,eta:x"), ["run gd eta"]);
  assert.deepEqual(knobs("run=gd,eta:1,eta:2"), ["run gd"]);
});

test("there are at most eight runs", () => {
  const { scene, problems } = parse(Array(9).fill("run=gd").join("&"), tables);
  assert.equal(scene.runs.length, 8);
  assert.deepEqual(problems.map((problem) => problem.knob), ["run"]);
});

test("a batch holds at most all examples", () => {
  assert.deepEqual(knobs("examples=10&batch=11"), ["batch"]);
  assert.deepEqual(knobs("examples=10&run=gd,batch:11"), ["run gd batch"]);
  assert.deepEqual(knobs("examples=10&batch=10"), []);
});

test("a start very far away is a problem", () => {
  assert.deepEqual(knobs("start=501,0"), ["start"]);
  assert.deepEqual(knobs("start=1"), ["start"]);
  assert.deepEqual(knobs("start=499,0"), []);
});

test("more updates than one question may cost are a problem", () => {
  assert.deepEqual(knobs("examples=200&updates=100000&" + Array(8).fill("run=gd").join("&")), ["updates"]);
});

test("an address that is too long opens the opening scene and says so", () => {
  assert.deepEqual(knobs("spread=" + "0".repeat(5000)), ["address"]);
});

test("the address grammar agrees with the golden file", { skip: !existsSync(golden("addresses.json")) || !existsSync(golden("tables.json")) }, () => {
  const real = JSON.parse(readFileSync(golden("tables.json"), "utf8"));
  const rows = JSON.parse(readFileSync(golden("addresses.json"), "utf8"));
  for (const { query, canonical, problems } of rows) {
    const read = parse(query, real);
    assert.deepEqual(read.problems.map((problem) => problem.knob).sort(), [...problems].sort(), query);
    assert.equal(writeScene(read.scene, real), canonical, query);
  }
});
