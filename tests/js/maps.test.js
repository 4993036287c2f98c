import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bandsOf } from "../../static/js/colourbar.js";
import { pale, runColours } from "../../static/js/colours.js";
import { setShapes } from "../../static/js/edits.js";
import { apart } from "../../static/js/mapart.js";
import { cellAt, fastest, hatches, kindOf, letsThrough, letterCells, pixels, stretches } from "../../static/js/mapcells.js";
import { noiseOf } from "../../static/js/mapquestion.js";
import { lossesOf, MapScale, updatesOf } from "../../static/js/mapscale.js";
import { focusOf, pairsFor, sideOf, turnable, whyNoMap, within, zoomed } from "../../static/js/mapsides.js";
import { turn } from "../../static/js/mapturn.js";
import { cellWords, mapWords, ownWords, pairWords, rangeWords, signsOf, theoryWords } from "../../static/js/mapwords.js";

const tables = JSON.parse(readFileSync(new URL("../golden/tables.json", import.meta.url), "utf-8"));
const outcomes = ["minimum", "saddle", "maximum", "flat", "moving", "diverged"];

/** Three columns, two rows: the lower row settles, the upper one moves, diverges and sits on a saddle. */
const picture = /** @type {any} */ ({
  x: { knob: "eta", values: [0.01, 0.1, 1] }, y: { knob: "lambda", values: [0, 0.5] }, outcomes, minima: [{ at: [0, 0], loss: 0 }, { at: [1, 0], loss: 1 }], progress: 1,
  outcome: Float32Array.of(0, 0, 0, 4, 5, 1), minimum: Float32Array.of(0, 0, 1, -1, -1, -1),
  updates: Float32Array.of(90, 9, 20, NaN, 3, 50), loss: Float32Array.of(1, 0, 2, 3, 1e9, 1),
});

/** @param {string} rule @param {object} [knobs] */
function sceneOf(rule, knobs = {}) {
  return /** @type {any} */ ({ surface: "two-valleys", knobs, runs: [{ rule, knobs: {} }] });
}

test("what can be turned follows the rule and the examples", () => {
  assert.deepEqual(turnable(tables, sceneOf("gd"), 0), ["eta", "start1", "start2"]);
  assert.deepEqual(turnable(tables, sceneOf("momentum", { spread: 0.2 }), 0), ["eta", "lambda", "batch", "seed", "start1", "start2"]);
  assert.deepEqual(pairsFor(["eta", "start1", "start2"]), [["start1", "start2"]]);
  assert.deepEqual(pairsFor(["eta", "lambda", "batch", "start1", "start2"])[0], ["eta", "lambda"]);
});

test("a map that no run has is refused with its own reason", () => {
  const two = /** @type {any} */ ({ ...sceneOf("gd"), runs: [{ rule: "gd", knobs: {} }, { rule: "momentum", knobs: {} }] });
  assert.match(whyNoMap(["eta", "batch"], tables, two), /^With spread 0 all examples are equal, so turning B changes nothing\. Turn the spread up/);
  assert.match(whyNoMap(["batch", "seed"], tables, two), /so turning B and Seed changes nothing/);
  assert.match(whyNoMap(["lambda", "batch"], tables, sceneOf("gd")), /^No run of this scene has both λ and B to turn/);
  assert.match(whyNoMap(["eta", "batch"], tables, sceneOf("gd", { spread: 0.2, examples: 1 })), /^There is only one example, so turning B changes nothing/);
  assert.match(whyNoMap(["eta", "lambda"], tables, sceneOf("gd")), /has both η and λ to turn/);
});

test("a side spans the domain, or a way around the value", () => {
  const domain = tables.surfaces.find((/** @type {any} */ row) => row.name === "two-valleys").domain;
  assert.deepEqual(sideOf("start2", tables, sceneOf("gd"), 0), { knob: "start2", low: domain[1][0], high: domain[1][1] });
  const eta = sideOf("eta", tables, sceneOf("gd", { eta: 0.05 }), 0);
  assert.ok(eta.low < 0.05 && eta.high > 0.05 && eta.high <= 100);
  assert.deepEqual(sideOf("batch", tables, sceneOf("gd", { shuffle: "replacement" }), 0), { knob: "batch", low: 1, high: 19 });
});

test("turning sets the run's own value where it has one, else the shared one", () => {
  const sides = [{ knob: "eta", low: 0.01, high: 1 }, { knob: "start2", low: -1, high: 1 }];
  const shared = turn(sides, [0.2, 0.5], tables, 0)({ scene: sceneOf("gd", { start: [3, 4] }), view: {} }).scene;
  assert.deepEqual([shared.knobs.eta, shared.knobs.start], [0.2, [3, 0.5]]);
  const own = turn(sides, [0.2, 0.5], tables, 0)({ scene: { ...sceneOf("gd"), runs: [{ rule: "gd", knobs: { eta: 0.1 } }] }, view: {} }).scene;
  assert.deepEqual([own.knobs.eta, own.runs[0].knobs.eta], [undefined, 0.2]);
});

test("on another surface a map keeps its window where the scene's own pair lies in it, else it is the whole map", () => {
  const map = [{ knob: "eta", low: 0.0017, high: 1.5 }, { knob: "lambda", low: 0, high: 0.99 }];
  const shown = /** @type {any} */ ({ scene: sceneOf("momentum"), view: { map } });
  const view = (/** @type {string} */ surface, /** @type {any} */ from = shown) => setShapes(tables, surface, {})(from).view;
  assert.deepEqual(view("booth").map, map);
  const { eta } = tables.surfaces.find((/** @type {any} */ row) => row.name === "rosenbrock");
  const [{ low, high }, lambda] = view("rosenbrock").map;
  assert.ok(low < eta && eta < high && high < 0.02, `${low} to ${high}`);
  assert.deepEqual(lambda, map[1]);
  assert.deepEqual(view("rosenbrock", { ...shown, scene: sceneOf("gd") }).map, map);
  assert.equal("map" in view("rosenbrock", { ...shown, view: {} }), false);
  const away = { ...shown, view: { map: [{ knob: "eta", low: 1, high: 2 }, map[1]] } };
  assert.deepEqual(setShapes(tables, "two-valleys", {})(away).view.map, away.view.map);
});

test("zooming keeps the middle and the bounds", () => {
  const side = { knob: "eta", low: 0.01, high: 1 };
  assert.deepEqual(zoomed(side, 0.5, -1, tables, sceneOf("gd")), { knob: "eta", low: 0.0316228, high: 0.316228 });
  assert.equal(zoomed(side, 100, -1, tables, sceneOf("gd")).high, 100);
  assert.equal(within("batch", 3.2, 3.4, tables), null);
  assert.deepEqual(within("lambda", 0.1 + 0.2 - 0.3, 0.6600000000000001, tables), { knob: "lambda", low: 0, high: 0.66 });
  assert.deepEqual(within("batch", 0.2, 7.6, tables), { knob: "batch", low: 1, high: 8 });
});

test("closer stays inside what is shown, and farther goes on at the other end where one is at its bound", () => {
  const scene = sceneOf("momentum", { spread: 0.2 });
  const sides = [{ knob: "eta", low: 0.05, high: 0.1 }, { knob: "lambda", low: 0.3, high: 0.6 }];
  const [eta, lambda] = focusOf(sides, [Math.log10(0.04), 0.9], tables);
  assert.ok(Math.abs(10 ** eta - Math.sqrt(0.005)) < 1e-9 && Math.abs(lambda - 0.45) < 1e-9);
  assert.deepEqual(focusOf(sides, [Math.log10(0.06), 0.5], tables), [Math.log10(0.06), 0.5]);
  const closer = zoomed(sides[1], 0.5, 0.9, tables, scene);
  assert.ok(closer.low >= 0.3 && closer.high <= 0.6);
  assert.deepEqual(zoomed(sides[1], 2, 0.45, tables, scene), { knob: "lambda", low: 0.15, high: 0.75 });
  assert.deepEqual(zoomed({ knob: "lambda", low: 0.7, high: 0.95 }, 2, 0.7, tables, scene), { knob: "lambda", low: 0.5, high: 1 });
  assert.deepEqual(zoomed(sides[1], 9, 0.45, tables, scene), { knob: "lambda", low: 0, high: 1 });
  assert.deepEqual(zoomed({ knob: "batch", low: 1, high: 2 }, 1.25, 1.5, tables, scene), { knob: "batch", low: 1, high: 3 });
  assert.deepEqual(zoomed({ knob: "batch", low: 1, high: 20 }, 2, 4, tables, scene), { knob: "batch", low: 1, high: 20 });
  assert.deepEqual(zoomed({ knob: "start1", low: -2, high: 2 }, 1e6, 0, tables, scene), { knob: "start1", low: -353, high: 353 });
});

test("cells tell their kind, the fastest of them and where letters stand", () => {
  assert.equal(kindOf(picture, 4), "diverged");
  assert.equal(fastest(picture), 1);
  assert.deepEqual(updatesOf(picture), [9, 90]);
  assert.deepEqual(lossesOf(picture), [0, 3]);
  assert.deepEqual(letterCells(picture).map(({ place }) => place), [0, 1]);
  assert.equal(cellAt([[-2, -1, 0], [0, 0.5]], [-0.9, 0.4]), 4);
  assert.deepEqual(stretches(picture, "lines", "updates"), [[1, 1, 1]]);
  const late = { ...picture, updates: Float32Array.of(90, NaN, 20, NaN, 3, 50) };
  assert.deepEqual(stretches(late, "bars", "updates"), [[0, 1, 1]]);
  assert.deepEqual(stretches(late, "bars", "outcome"), []);
  const colours = pixels(picture, new MapScale(picture, "updates"));
  assert.equal(colours.length, 24);
  assert.equal(colours[3], 0);
  assert.equal(colours[15], 255);
});

test("every way to end has a hatch of its own, and letters that would cover others are left out", () => {
  assert.equal(new Set(Object.values(hatches)).size, Object.keys(hatches).length);
  const text = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, width: 20, height: 10 });
  assert.deepEqual(apart([text(0, 0), text(15, 5), text(25, 0), text(0, 12), text(24, 9)]), [text(0, 0), text(25, 0), text(0, 12)]);
  const crowded = { ...picture, minimum: Float32Array.of(0, 1, 1, -1, -1, -1) };
  assert.deepEqual(letterCells(crowded).map(({ place }) => place), [1, 0]);
});

test("coloured by last loss, what diverged has no colour, and what did not settle has its sign over its colour", () => {
  const alphas = [...pixels(picture, new MapScale(picture, "loss"))].filter((_, k) => k % 4 === 3);
  assert.deepEqual(alphas, [255, 0, 255, 255, 255, 255]);
  assert.deepEqual(stretches(picture, "lines", "loss"), [[1, 1, 1]]);
  assert.deepEqual(["lines", "cross", "dots"].map((hatch) => letsThrough(hatch, "loss")), [false, true, true]);
  assert.equal(letsThrough("cross", "updates"), false);
});

test("a minimum without a letter has neither the colour nor the name of one that has", () => {
  const away = { ...picture, minimum: Float32Array.of(0, 0, -1, -1, -1, -1), updates: Float32Array.of(90, 9, 2000, NaN, 3, 50) };
  const scale = new MapScale(away, "outcome");
  const alphas = [...pixels(away, scale)].filter((_, k) => k % 4 === 3);
  assert.deepEqual(alphas, [0, 0, 0, 255, 255, 0]);
  assert.deepEqual(stretches(away, "rings", "outcome"), [[0, 2, 1]]);
  assert.deepEqual(stretches(away, "rings", "updates"), []);
  assert.equal(scale.high, 90);
  assert.equal(cellWords(away, 2, ["M1", "M2"]).replaceAll("\u00a0", " "), "at another minimum, 2,000");
  assert.match(mapWords(away, ["η", "λ"]).replaceAll("\u00a0", " "), /minimum 33 %, at another minimum 17 %, saddle/);
  assert.deepEqual(signsOf(away, "outcome").map(({ words }) => words), ["at another minimum", "still travelling", "diverged", "saddle"]);
  const bare = { ...away, minima: [], minimum: away.minimum.map(() => -1) };
  assert.deepEqual(stretches(bare, "rings", "outcome"), []);
});

test("the words name the scene's cell, the fastest and the shares", () => {
  assert.equal(cellWords(picture, 3, ["M1", "M2"]), "still travelling");
  const words = [ownWords(picture, ["M1", "M2"], [[-2, -1, 0], [0, 0.5]], [0, 0]), mapWords(picture, ["η", "λ"])].join(" ");
  assert.match(words, /own cell: M2, 20\./);
  assert.match(words, /Fastest cell: η = 0\.1, λ = 0: 9 updates/);
  assert.match(words.replaceAll("\u00a0", " "), /minimum 50 %, saddle 17 %, still travelling 17 %, diverged 17 %/);
});

test("a pair and what a map shows are told with all the digits that were chosen", () => {
  assert.equal(pairWords(["η", "β₂"], [0.05, 0.99951]), "η = 0.05, β₂ = 0.99951");
  assert.equal(rangeWords(["η", "B"], [{ low: 0.001, high: 0.3 }, { low: 1, high: 20 }]), "The map shows η from 0.001 to 0.3, B from 1 to 20.");
});

test("a value is told as it was chosen at an end, and apart from its neighbours between them", () => {
  const near = { ...picture, x: { knob: "eta", values: [0.01, 0.1, 1] }, y: { knob: "beta1", values: [0, 0.9999] }, updates: Float32Array.of(90, 20, 20, 9, 9, 5), outcome: Float32Array.of(0, 0, 0, 0, 0, 0) };
  assert.match(mapWords(near, ["η", "β₁"]), /Fastest cell: η = 1, β₁ = 0\.9999: 5 updates/);
  const zoomed = { ...near, y: { knob: "beta1", values: [0.999] }, x: { knob: "beta2", values: [0.99951, 0.99952, 0.99953] }, updates: Float32Array.of(90, 9, 20), outcome: Float32Array.of(0, 0, 0) };
  assert.match(mapWords(zoomed, ["β₂", "β₁"]), /β₂ = 0\.99952, β₁ = 0\.999:/);
});

test("no cell is called the fastest where all are alike, and no bar tells numbers that no cell has", () => {
  const alike = { ...picture, updates: Float32Array.of(191, 191, 191, NaN, 3, 50) };
  assert.match(mapWords(alike, ["η", "λ"]), /^Every cell that came near enough needs 191 updates\./);
  assert.match(mapWords({ ...alike, updates: Float32Array.of(NaN, 191, NaN, NaN, 3, 50) }, ["η", "λ"]), /^Fastest cell: η = 0\.1, λ = 0: 191 updates\./);
  const gone = { ...picture, outcome: picture.outcome.map(() => 5) };
  for (const colouring of /** @type {const} */ (["updates", "outcome", "loss"])) {
    assert.equal(new MapScale(gone, colouring).hasNumbers, false);
    assert.equal(new MapScale(picture, colouring).hasNumbers, true);
  }
});

test("a map without η across has no word of theory, for none can be drawn there", () => {
  const starts = { ...picture, x: { knob: "start1", values: [0.01, 0.1, 1] } };
  assert.equal(theoryWords(starts, null, "", { positions: [[-2, -1, 0], [0, 0.5]], noise: null }), "");
});

test("theory and measurement are told apart", () => {
  const positions = [[-2, -1, 0], [0, 0.5]];
  const words = theoryWords(picture, { rule: "momentum", low: 1, high: 10, momentum: 0.9 }, "M1", { positions, noise: null }).replaceAll("\u00a0", " ");
  assert.match(words, /of the cells below it 25 % diverged\. Of those above it 50 % reached a minimum/);
  assert.match(words, /Star: .* η = 0\.231, λ = 0\.27/);
  assert.match(words, /no quadratic: the lines are theory, true close to M1; the colours are measured/);
  assert.doesNotMatch(words, /cell under it/);
  assert.match(theoryWords({ ...picture, quadratic: true }, { rule: "gd", low: 1, high: 10, momentum: 0 }, "M1", { positions, noise: null }), /is a quadratic: theory speaks of all of it/);
  assert.match(theoryWords({ ...picture, quadratic: true }, { rule: "gd", low: 1, high: 10, momentum: 0 }, "M1", { positions, noise: { isLower: true, batch: 3 } }), /line is that of the full batch: with batches of 3/);
  const quadratic = (/** @type {any} */ noise) => theoryWords({ ...picture, quadratic: true }, { rule: "gd", low: 1, high: 10, momentum: 0 }, "M1", { positions, noise });
  assert.match(quadratic({ isLower: true, batch: null }), /with smaller batches a run stops holding at smaller η\./);
  assert.match(quadratic({ isLower: false, batch: 3 }), /is a quadratic; the line is that of the full batch\./);
  assert.match(theoryWords(picture, { rule: "gd", low: 1e-9, high: 1e-6, momentum: 0 }, "M1", { positions, noise: null }), /No cell lies above it/);
  assert.match(ownWords(picture, ["M1", "M2"], positions, [2.5, 0.1]), /pair lies outside this map/);
  assert.match(theoryWords(picture, null, "", { positions, noise: null }), /Theory has no line here/);
});

test("batches lower the limit only where the run's own limit is lower with them", () => {
  const scene = { ...sceneOf("momentum", { spread: 0.2 }), runs: [{ rule: "momentum", knobs: { batch: 5 } }] };
  const [ofLambda, ofBatch] = ["lambda", "batch"].map((knob) => /** @type {any} */ ([{ knob: "eta", low: 0.01, high: 1 }, { knob, low: 1, high: 2 }]));
  const edge = /** @type {any} */ ({ limit: 0.2, noisy: 0.2 });
  assert.deepEqual(noiseOf(tables, scene, 0, ofLambda, edge), { isLower: false, batch: 5 });
  assert.deepEqual(noiseOf(tables, scene, 0, ofLambda, { ...edge, noisy: 0.1 }), { isLower: true, batch: 5 });
  assert.deepEqual(noiseOf(tables, scene, 0, ofBatch, { ...edge, noisy: 0.1 }), { isLower: true, batch: null });
  assert.deepEqual(noiseOf(tables, scene, 0, ofLambda, null), { isLower: false, batch: 5 });
  assert.equal(noiseOf(tables, sceneOf("momentum", { spread: 0.2 }), 0, ofLambda, edge), null);
});

test("the cell under the star is told beside the fastest", () => {
  const settled = { ...picture, outcome: Float32Array.of(0, 0, 0, 0, 0, 0), updates: Float32Array.of(90, 9, 20, 30, 18, 50) };
  const words = theoryWords(settled, { rule: "momentum", low: 10, high: 50, momentum: 0.9 }, "M1", { positions: [[-2, -1, 0], [0, 0.5]], noise: null });
  assert.match(words, /the cell under it needs 9 updates, 1 times those of the fastest cell/);
});

test("the bar tells true numbers: tones and values are inverse, both ends are there", () => {
  for (const colouring of /** @type {const} */ (["updates", "loss"])) {
    const scale = new MapScale(picture, colouring);
    const ticks = scale.ticks(5);
    assert.deepEqual([ticks[0], ticks.at(-1)], [{ loss: scale.low, tone: 0 }, { loss: scale.high, tone: 1 }]);
    for (const { loss, tone } of ticks) {
      assert.ok(Math.abs(scale.tone(loss) - tone) < 1e-9);
      assert.ok(Math.abs(scale.value(tone) - loss) < 1e-6 * (1 + loss));
    }
    for (let k = 1; k < ticks.length; k++) assert.ok(ticks[k].tone - ticks[k - 1].tone >= 0.2 - 1e-9);
    assert.equal(scale.tone(NaN), 1);
  }
  assert.deepEqual(new MapScale({ ...picture, outcome: picture.outcome.map(() => 4) }, "updates").ticks(5), [{ loss: 0, tone: 0 }]);
});

test("a cell has the colour that the bar has at its number", () => {
  const scale = new MapScale(picture, "updates");
  const cells = pixels(picture, scale);
  assert.deepEqual([...cells.slice(12, 15)], scale.colour(1).match(/\d+/g)?.map(Number));
  assert.equal(bandsOf(scale)[0].colour, scale.colour(0));
});

test("of basins the bar is grey and as pale as the cells: each minimum has a colour of its own", () => {
  const scale = new MapScale(picture, "outcome");
  const paleness = (/** @type {number[]} */ strong, /** @type {number[]} */ seen) => (seen[0] - strong[0]) / (255 - strong[0]);
  const bar = [0, 1].map((tone) => /** @type {number[]} */ (scale.colour(tone).match(/\d+/g)?.map(Number)));
  const cells = [0, 1].map((share) => pale(runColours[0], share));
  assert.ok(Math.abs(paleness(bar[0], bar[1]) - paleness(cells[0], cells[1])) < 0.01);
  assert.ok(Math.max(...bar[0]) - Math.min(...bar[0]) < 24);
});
