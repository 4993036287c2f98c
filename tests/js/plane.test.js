import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isAtEdge, pictureOf, rimOf } from "../../static/js/planeground.js";
import { planeStory } from "../../static/js/planestory.js";
import { ofPlane as answer, planeFacts as facts, planeRows as rows, planeSeries as series, wayEnd as end } from "./answers.js";

const { experiments } = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf8"));
const row = experiments.find((/** @type {any} */ one) => one.name === "plane");

const told = (/** @type {any} */ given, chart = "plane") => planeStory.told(given, chart).join(" ");

test("the ground and the shadows are those of the answer, and what leaves the picture is counted", () => {
  const picture = pictureOf(answer());
  assert.ok(picture);
  assert.deepEqual([picture.ground.x, picture.ground.y, picture.ground.shape], [[-1, 1], [0, 2], [2, 3]]);
  assert.equal(picture.ground.at(1, 2), 0.5);
  assert.deepEqual(picture.ways.map(({ name, k, loss }) => [name, k, loss]), [["small", 0, [2, 1]], ["large", 1, [2, 1.8]]]);
  assert.deepEqual([picture.beyond, picture.unknown, picture.lowest], [1, 0, { at: [1, 2], loss: 0.04, is: "place" }]);
  assert.deepEqual([isAtEdge(picture.ground, [1, 1]), isAtEdge(picture.ground, [0, 1])], [true, false]);
  assert.deepEqual(rimOf(picture.ground), [0.5, 5]);
});

test("a loss that is no number has no height, and without a grid there is no picture", () => {
  const [surface, ...lines] = series;
  const holed = pictureOf(answer({ series: [{ ...surface, z: [[null, 2, 1], [5, 3, 0.5]] }, ...lines] }));
  assert.equal(holed?.unknown, 1);
  assert.ok(Number.isNaN(holed?.ground.loss[0]));
  assert.equal(pictureOf(answer({ series: lines })), null);
  assert.deepEqual(planeStory.told(answer({ series: lines }), "plane"), []);
});

test("the names of its lines are those of the table", () => {
  const [chart] = row.charts;
  assert.deepEqual([chart.name, chart.series.map((/** @type {any} */ one) => one.name)], ["plane", ["surface", "small", "large"]]);
  assert.deepEqual(row.columns.map((/** @type {any} */ one) => one.name).slice(0, 4).concat(row.columns[8].name), ["path", "updates", "epochs", "loss", "shadow"]);
  assert.deepEqual(row.view.find((/** @type {any} */ one) => one.name === "view").choices.map((/** @type {any} */ one) => one.value), ["2d", "3d"]);
});

test("without a wall it is said so, with the heights, and that the large batch has gone less far", () => {
  const all = told(answer());
  assert.match(all, /^Both begin at a training loss of 2\.36; after 20 epochs it is 0\.072 with B = 16 and 0\.4 with B = 144\. On the straight line from end to end there is no wall\. The loss is nowhere higher/);
  assert.match(all, /Where B = 144 ends after 200 updates, B = 16 came by after 210 updates, only 5\.5 % of that way off: the same way\. The large batch is not stuck behind a wall/);
  assert.match(all, /5\.5 % lies outside the plane with B = 16 \(the middle of its points; at most 42 %\) and 12\.9 % with B = 144/);
  assert.match(all, /lowest point of the picture, 0\.04, lies at its edge/);
  assert.match(all, /2,410 parameters/);
  assert.equal(planeStory.ask().measured(answer()), "slope");
});

test("a wall, lower ground between and a flat way are told as what they are", () => {
  const wall = answer({ facts: { between: { points: 41, barrier: 0.3, dip: 0 } } });
  assert.equal(planeStory.ask().measured(wall), "wall");
  assert.match(told(wall), /rises over a wall, 0\.3 above the higher end/);
  assert.doesNotMatch(told(wall), /no wall|not stuck/);
  const dip = answer({ facts: { between: { points: 41, barrier: 0, dip: 0.03 } } });
  assert.equal(planeStory.ask().measured(dip), "dip");
  assert.match(told(dip), /falls 0\.03 below the lower end: no wall/);
  const flat = answer({ facts: { large: end(144, 0.0725, 200, 10.8), between: { points: 41, barrier: 0.001, dip: 0 } } });
  assert.equal(planeStory.ask().measured(flat), "flat");
  assert.match(told(flat), /hardly changes: no wall\. The loss rises by no more than 0\.001/);
});

test("trainings that ended above their start are told as that, and nothing is said of minima", () => {
  const between = { points: 41, barrier: 0, dip: 67.7 };
  const nearest = { updates: 210, epochs: 2.3, distance: 0.055 };
  const both = answer({ facts: { small: end(16, 135.2, 1800, 229), large: end(144, 112.9, 200, 171), between, nearest } });
  assert.match(told(both), /^Both begin at a training loss of 2\.36; after 20 epochs it is 135 with B = 16 and 113 with B = 144\. The trainings did not go down: B = 16 ends 133 above the loss they began with, B = 144 ends 111 above it\. So the plane says nothing about minima, or a wall between them\. It would need a smaller η\./);
  assert.doesNotMatch(told(both), /no wall|over a wall|stuck|straight line/);
  assert.equal(planeStory.ask().measured(both), null);
  const one = answer({ facts: { small: end(16, 4.74, 1800, 60), between: { points: 41, barrier: 0, dip: 0 }, nearest } });
  assert.match(told(one), /With B = 16 the training did not go down: it ends 2\.4 above the loss it began with\. So the plane says nothing about minima/);
  assert.doesNotMatch(told(one), /no wall|stuck|straight line/);
  assert.equal(planeStory.ask().measured(one), null);
  const random = answer({ facts: { ...both.facts, directions: "random" } });
  assert.match(told(random), /did not go down/);
  assert.doesNotMatch(told(random), /straight line|undefined|null/);
});

test("a large batch that went elsewhere is not said to be on the same way", () => {
  const all = told(answer({ facts: { nearest: { updates: 30, epochs: 0.3, distance: 0.5 } } }));
  assert.match(all, /Where it was looked at, B = 16 came no nearer to the end of B = 144 than 50 % of the way/);
  assert.doesNotMatch(all, /the same way|not stuck/);
});

test("where the plane's loss is not the training's the reader is warned, with both", () => {
  assert.match(told(answer(), "loss"), /^The surface under the paths is nearly the trainings' own loss: it differs by 1\.07 times at most \(B = 16 after 1,170 updates: 0\.106, on the plane 0\.0987\)/);
  const shadows = (/** @type {number} */ times) => answer({ rows: rows.map((one) => [...one.slice(0, 8), Number(one[3]) * times, one[9]]) });
  assert.match(told(shadows(1.0382), "loss"), /differs by 1\.04 times at most/);
  assert.match(told(shadows(1.0004), "loss"), /^The surface under the paths is the trainings' own loss: nowhere does it differ by as much as 0\.5 %\./);
  const other = rows.map((one, k) => (k === 1 ? [...one.slice(0, 8), 0.002, 0.2] : one));
  assert.match(told(answer({ rows: other })), /Do not read the trainings' losses off the surface: with B = 16 after 1,170 updates the loss was 0\.106, and the plane shows 0\.002 at its shadow, a difference of 53 times/);
});

test("random directions tell how steep the place is, and that the paths are not on them", () => {
  const outside = { small: { median: 0.9986, most: 0.9998 }, large: { median: 0.9986, most: 0.9988 } };
  const all = told(answer({ facts: { directions: "random", outside } }));
  assert.match(all, /^In the middle, where B = 16 ends, the loss is 0\.072; at the edge, .* between 0\.5 and 5\./);
  assert.match(all, /from the end of B = 16, 99\.9 % lies outside .* Nearly nothing of the paths is on this plane/);
  assert.match(all, /That straight line is not on this plane/);
  assert.doesNotMatch(all, /lowest point|Where B = 144 ends/);
});

test("the lowest point of the picture is never above the start or another shadow", () => {
  const facts = { small: end(16, 135.2, 1800, 229), large: end(144, 112.9, 200, 171), lowest: { x: 1, y: 2, loss: 4.41 } };
  const shadows = (/** @type {number[]} */ loss) => series.map((one) => (one.name === "small_shadow" ? { ...one, y: loss } : one.name === "large_shadow" ? { ...one, y: [2.36, 112.9] } : one));
  const risen = answer({ facts, series: shadows([2.36, 135.2]) });
  assert.deepEqual(pictureOf(risen)?.lowest, { at: [0, 0], loss: 2.36, is: "start" });
  assert.match(told(risen), /the lowest point of the picture is the start, with a loss of 2\.36\./);
  const ended = answer({ facts: { lowest: { x: 1, y: 2, loss: 4.41 } }, series: shadows([2.36, 0.0719]) });
  assert.equal(pictureOf(ended)?.lowest?.is, "end");
  assert.doesNotMatch(told(ended), /Neither end/);
});

test("a training that diverged leaves no plane, and while it fills nothing is concluded", () => {
  assert.deepEqual(planeStory.told(answer({ facts: { diverged: ["large"] } }), "plane"), ["There is no plane: with B = 144 the training diverged. It would need a smaller η."]);
  assert.equal(planeStory.told(answer({ state: "running" }), "plane").length, 1);
  assert.equal(planeStory.ask().measured(answer({ facts: { between: undefined } })), null);
});

test("one training of each is told as that, and a way that never comes nearer", () => {
  assert.match(told(answer()), /One training of each; another seed may differ\./);
  for (const distance of [1, 0.9997]) assert.match(told(answer({ facts: { nearest: { updates: 0, epochs: 0, distance } } })), /B = 16 was never nearer to the end of B = 144 than at the start\./);
  assert.match(told(answer({ facts: { nearest: { updates: 9, epochs: 1, distance: 0.81 } } })), /came no nearer to the end of B = 144 than 81 % of the way/);
});

test("a seed that is alone is called so", () => {
  const labelOf = (/** @type {any} */ one) => one.knobs.find((/** @type {any} */ knob) => knob.name === "seed")?.label;
  assert.equal(labelOf(row), "Seed");
  for (const one of experiments) if (one.knobs.some((/** @type {any} */ knob) => knob.name === "seeds")) assert.equal(labelOf(one), "First seed", one.name);
});
