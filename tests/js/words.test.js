import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { exact, figure, steady } from "../../static/js/numbers.js";
import { listed, paragraph, say, sayMany, useWords, withCommas, withSemicolons } from "../../static/js/words.js";

afterEach(() => useWords({ locale: "en", messages: {} }));

test("a text without a translation is said as it is, with its values", () => {
  assert.equal(say("update {k} of {n}", { k: 3, n: 9 }), "update 3 of 9");
});

test("a value that was not given stays visible", () => {
  assert.equal(say("update {k}"), "update {k}");
});

test("a translation is used where there is one", () => {
  useWords({ locale: "zh-TW", messages: { saddle: "鞍點", "{n} run": ["{n} 次"] } });
  assert.equal(say("saddle"), "鞍點");
  assert.equal(sayMany("{n} run", "{n} runs", 3), "3 次");
});

test("one and many are told apart", () => {
  assert.equal(sayMany("{n} update", "{n} updates", 1), "1 update");
  assert.equal(sayMany("{n} update", "{n} updates", 2), "2 updates");
});

test("a list ends with and", () => {
  assert.equal(listed(["a", "b", "c"]), "a, b, and c");
});

test("sentences, names and clauses stand as a language writes them, and what is empty leaves no mark", () => {
  assert.equal(paragraph(["One.", "", null, "Two."]), "One. Two.");
  assert.equal(withCommas(["a", "", 0]), "a, 0");
  assert.equal(withSemicolons(["left", "", "arrived"]), "left; arrived");
  useWords({ locale: "zh-CN", messages: {} });
  assert.equal(paragraph(["一。", "二。"]), "一。二。");
  assert.equal(withCommas(["a", 0]), "a、0");
  assert.equal(withSemicolons(["left", "arrived"]), "left；arrived");
});

test("numbers for people are short and use a real minus sign", () => {
  assert.equal(figure(-0.123456), "−0.123");
  assert.equal(figure(0.0000123), "1.23 × 10⁻⁵");
  assert.equal(figure(12345), "12,345");
  assert.equal(figure(NaN), "–");
});

test("a running number keeps its digits", () => {
  assert.equal(steady(0.25), "0.2500");
  assert.equal(steady(3), "3.000");
});

test("a number that somebody chose keeps all its digits", () => {
  assert.deepEqual([0.99999, 2000, 1e-8, -3.25, 0, 123456.5].map(exact), ["0.99999", "2,000", "1 × 10⁻⁸", "−3.25", "0", "123456.5"]);
});
