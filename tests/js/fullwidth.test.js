import assert from "node:assert/strict";
import { test } from "node:test";
import { halfWidth, listText } from "../../static/js/fullwidth.js";

test("full-width signs are what they stand for, each in its place", () => {
  assert.equal(halfWidth("ｓｉｎ（ｘ）＋２．５＊ｙ＾２－ｍａｘ（ｘ，ｙ）／３"), "sin(x)+2.5*y^2-max(x,y)/3");
  assert.equal(halfWidth("x\u3000+ y"), "x + y");
});

test("letters that look alike, and signs no formula has, stay what they are", () => {
  for (const text of ["х + y", "𝑥 + y", "ⅹ", "ₓ", "＿", "＃", "［", "Ｘ", "⑴", "x²"]) assert.equal(halfWidth(text), text);
});

test("a list is read with any of its separators", () => {
  for (const text of ["4,16,64", "4，16，64", "４、１６、６４", "4；16; 64", " 4, 16 ,64 ", "4 16\u300064"]) assert.equal(listText(text), "4,16,64", text);
  assert.equal(listText("4,,16"), "4,,16");
  assert.equal(listText("4，x"), "4,x");
});
