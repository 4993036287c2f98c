import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsIn, scaleOf } from "../../static/js/csvrows.js";

const rows = (text, most = 500) => rowsIn(text, most);

test("commas, semicolons, tabs and spaces part two numbers", () => {
  for (const text of ["1,2\n3,4.5", "1;2\n3;4,5", "1\t2\n3\t4,5", "1 2\n 3   4.5 ", "1, 2\r\n3, 4.5\r\n", '"1","2"\n"3","4.5"']) {
    assert.deepEqual(rows(text).rows, [[1, 2], [3, 4.5]], text);
    assert.equal(rows(text).wrong, "");
  }
});

test("a Chinese keyboard writes rows too, and a refusal shows the line as it was written", () => {
  for (const text of ["１，２\n３，４．５", "1、2\n3、4.5", "1；2\n3；4,5", "1；2\n3；4，5", "1\u30002\n3\u30004.5"]) assert.deepEqual(rows(text).rows, [[1, 2], [3, 4.5]], text);
  assert.deepEqual(rows("－１，−2\n＋3，4").rows, [[-1, -2], [3, 4]]);
  assert.equal(rows("小時，分數\n1，2\n3，4").head, "小時，分數");
  assert.match(rows("1，2\n3，四").wrong, /Line 2 .*“3，四”/);
});

test("a first line of names is told and further columns are told", () => {
  const read = rows("hours,points,name\n1,2,a\n3,4,b");
  assert.equal(read.head, "hours,points,name");
  assert.equal(read.more, true);
  assert.deepEqual(read.rows, [[1, 2], [3, 4]]);
});

test("what is no row is named by its line, and nothing is used", () => {
  assert.match(rows("1,2\n3,four\n5,6").wrong, /Line 2 .*“3,four”/);
  assert.match(rows("x,y\nz,w\n1,2").wrong, /Line 2/);
  assert.match(rows("1,2\n3").wrong, /Line 2/);
  assert.match(rows("1,2\nNaN,1").wrong, /Line 2/);
  assert.match(rows("1,2\n0x10,1").wrong, /Line 2/);
});

test("a refusal says what is allowed, and that a first line was taken as names", () => {
  const allowed = "Allowed: two numbers in each line, parted by a comma, a semicolon, a tab or spaces, the same in all lines.";
  assert.equal(rows("1 2\n2 3\n3\t5").wrong, `Line 2 is no row of two numbers: “2 3”. Nothing was used. The first line, “1 2”, was taken as names. ${allowed}`);
  assert.equal(rows("1,2\n3").wrong, `Line 2 is no row of two numbers: “3”. Nothing was used. ${allowed}`);
});

test("too few and too many rows are refused", () => {
  assert.match(rows("1,2").wrong, /Two rows or more/);
  assert.match(rows("").wrong, /Two rows or more/);
  assert.match(rows("1,2\n".repeat(4), 3).wrong, /At most 3 rows; these are 4/);
});

test("a standardised column has mean 0 and mean square 1, and a constant one stays as it is", () => {
  const values = [3, 5, 10, 2];
  const { mean, size } = scaleOf(values);
  const scaled = values.map((value) => (value - mean) / size);
  assert.ok(Math.abs(scaled.reduce((sum, value) => sum + value, 0)) < 1e-12);
  assert.ok(Math.abs(scaled.reduce((sum, value) => sum + value ** 2, 0) / 4 - 1) < 1e-12);
  assert.deepEqual(scaleOf([2, 2, 2]), { mean: 2, size: 1 });
});
