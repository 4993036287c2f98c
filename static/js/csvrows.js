import { halfWidthNumbers } from "./fullwidth.js";
import { paragraph, say } from "./words.js";

/** Rows of two numbers out of pasted text or a file. Nothing is guessed: what is no row is named by its line. */

/** @typedef {[number, number]} Row */
/** @typedef {{rows: Row[], head: string, more: boolean, wrong: string}} Read  head: a first line of names; more: there were further columns */

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const shownOfLine = 40;

/**
 * Columns are parted by semicolons or tabs (then a comma is a decimal comma), by commas, or by spaces.
 * @param {string} text
 */
function separatorOf(text) {
  if (/[;\t]/.test(text)) return /[;\t]/;
  return text.includes(",") ? /,/ : /\s+/;
}

/**
 * @param {string} line
 * @param {RegExp} separator
 */
function cellsOf(line, separator) {
  const cells = line.trim().split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  return separator.test(";") ? cells.map((cell) => cell.replace(",", ".")) : cells;
}

/**
 * @param {string} text
 * @param {number} most  rows
 * @returns {Read}
 */
export function rowsIn(text, most) {
  const separator = separatorOf(halfWidthNumbers(text));
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const found = /** @type {Read} */ ({ rows: [], head: "", more: false, wrong: "" });
  for (const [at, line] of lines.entries()) {
    if (!line.trim()) continue;
    const cells = cellsOf(halfWidthNumbers(line), separator);
    const isRow = cells.length > 1 && cells.slice(0, 2).every((cell) => decimal.test(cell));
    const isHead = !isRow && !found.rows.length && !found.head && cells.slice(0, 2).every((cell) => !decimal.test(cell));
    if (isHead) found.head = line.trim();
    else if (!isRow) return { ...found, wrong: wrongLine(at + 1, line.trim().slice(0, shownOfLine), found.head.slice(0, shownOfLine)) };
    else found.rows.push([Number(cells[0]), Number(cells[1])]);
    found.more ||= isRow && cells.length > 2;
  }
  return { ...found, wrong: wrongWith(found.rows, most) };
}

/**
 * @param {number} n
 * @param {string} line
 * @param {string} head
 */
function wrongLine(n, line, head) {
  const taken = head && say("The first line, “{head}”, was taken as names.", { head });
  const allowed = say("Allowed: two numbers in each line, parted by a comma, a semicolon, a tab or spaces, the same in all lines.");
  return paragraph([say("Line {n} is no row of two numbers: “{line}”. Nothing was used.", { n, line }), taken, allowed]);
}

/**
 * @param {Row[]} rows
 * @param {number} most
 */
function wrongWith(rows, most) {
  if (rows.length < 2) return say("Two rows or more are needed.");
  if (rows.length > most) return say("At most {most} rows; these are {n}. Nothing was used.", { most, n: rows.length });
  return "";
}

/**
 * Mean 0 and mean square 1.
 * @param {number[]} values
 * @returns {{mean: number, size: number}}
 */
export function scaleOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const size = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, size: size > 0 ? size : 1 };
}
