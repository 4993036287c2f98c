import assert from "node:assert/strict";
import { test } from "node:test";
import { captionSentences } from "../../static/js/caption.js";
import { outcomeWords } from "../../static/js/outcomes.js";

const run = (figures) => ({
  outcome: "minimum", valley: false, updates: 300, diverged: null, settled: null, left: null, leaves: null, ...figures,
});
const said = (...named) => captionSentences(named.map(([name, figures]) => ({ name, run: run(figures) }))).join(" ");

test("the opening scene says who stays at the saddle, who left, and when", () => {
  assert.equal(
    said(
      ["Gradient descent", { outcome: "saddle", leaves: 461 }],
      ["Momentum", { left: 117, settled: 163 }],
      ["Gradient descent with B = 1", { left: 64 }],
    ),
    "Gradient descent is still at the saddle after 300 updates. It would leave at update 461. " +
      "Momentum left the saddle at update 117 and reached a minimum in 163 updates. " +
      "Gradient descent with B = 1 left the saddle at update 64 and is around a minimum.",
  );
});

test("runs that ended alike share a sentence with all their numbers", () => {
  assert.equal(said(["Adam", { settled: 90 }], ["Adagrad", { settled: 120 }]), "Adam (at update 90) and Adagrad (at update 120) reached a minimum.");
});

test("several runs that left the saddle each say when", () => {
  assert.equal(
    said(["Momentum", { left: 116, settled: 161 }], ["Gradient descent with B = 1", { left: 65, settled: 273 }]),
    "Momentum (at update 116) and Gradient descent with B = 1 (at update 65) left the saddle and reached a minimum.",
  );
});

test("equal numbers are said once", () => {
  assert.equal(said(["A", { outcome: "moving" }], ["B", { outcome: "moving" }]), "A and B are still travelling after 300 updates.");
});

test("where the formula is no number nothing has diverged", () => {
  const nowhere = { outcome: "diverged", diverged: 1, updates: 0, loss: Float32Array.of(NaN) };
  const words = "The formula is no number at the start: move the start to where it is one.";
  assert.equal(said(["A", nowhere], ["B", nowhere]), words);
  assert.equal(outcomeWords(run(nowhere), "η is above 1"), "the formula is no number at the start: move the start");
  assert.equal(outcomeWords(run({ ...nowhere, loss: Float32Array.of(3) })), "diverged at update 1");
});

test("a run that diverged comes first and says at which update", () => {
  assert.equal(
    said(["Adam", { settled: 9 }], ["Momentum", { outcome: "diverged", diverged: 14 }]),
    "Momentum diverged at update 14. Adam reached a minimum in 9 updates.",
  );
});

test("a saddle that is never left within the look-ahead promises nothing", () => {
  assert.equal(said(["Momentum", { outcome: "saddle" }]), "Momentum is still at the saddle after 300 updates.");
});

test("a run that left one saddle for another is not still at the first", () => {
  assert.equal(said(["Momentum", { outcome: "saddle", left: 40 }]), "Momentum is at another saddle after 300 updates.");
});

for (const [figures, text] of [
  [{ valley: true, settled: 8 }, "Adam is in a valley of minima."],
  [{ outcome: "flat" }, "Adam is at a critical point the Hessian cannot decide."],
  [{ outcome: "maximum" }, "Adam is at a maximum."],
  [{ outcome: "moving" }, "Adam is still travelling after 300 updates."],
  [{ outcome: "moving", left: 5 }, "Adam left the saddle at update 5 and is still travelling after 300 updates."],
]) {
  test(`the caption can say: ${text}`, () => assert.equal(said(["Adam", figures]), text));
}

test("a card says the same with its own run's numbers", () => {
  assert.equal(outcomeWords(run({ outcome: "saddle", leaves: 461 })), "at a saddle after 300 updates; it would leave at update 461");
  assert.equal(outcomeWords(run({ settled: 1 })), "reached a minimum in 1 update");
  assert.equal(outcomeWords(run({ outcome: "diverged", diverged: 14 })), "diverged at update 14");
});
