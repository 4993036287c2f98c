import assert from "node:assert/strict";
import { test } from "node:test";
import { marked, piecesOf, plain } from "../../static/js/markedtext.js";

const text = "The slope pulls with " + marked("reverse", "−ηg = 0.1") + ", λm is " + marked("carried", "0.3") + ".";

test("a sentence falls into pieces of one kind each", () => {
  assert.deepEqual(piecesOf(text).map(({ kind }) => kind), ["", "reverse", "", "carried", ""]);
});

test("read aloud it is one sentence", () => {
  assert.equal(plain(text), "The slope pulls with −ηg = 0.1, λm is 0.3.");
  assert.equal(plain(""), "");
});
