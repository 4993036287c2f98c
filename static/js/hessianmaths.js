import { formula } from "./formula.js";
import { figure } from "./numbers.js";

/** The Hessian and its eigenvalues as formulas. */

/** @typedef {[number, number]} Pair */

/** What is nothing beside the largest entry is rounding, and is written as zero. */
const nothing = 1e-12;

/** @param {number[][]} rows */
export function matrix(rows) {
  const size = Math.max(...rows.flat().map(Math.abs));
  const cells = rows.map((row) => row.map((value) => number(Math.abs(value) <= nothing * size ? 0 : value)));
  const table = cells.map((row) => `<mtr>${row.map((cell) => `<mtd>${cell}</mtd>`).join("")}</mtr>`).join("");
  return formula(`<math display="block"><mi>H</mi><mo>=</mo><mtable class="matrix">${table}</mtable></math>`);
}

/**
 * λ₁ = −0.8, u₁ = (0.6, −0.8)
 * @param {1|2} k
 * @param {number} value
 * @param {Pair} vector
 */
export function eigen(k, value, vector) {
  const letter = (/** @type {string} */ name) => `<msub><mi>${name}</mi><mn>${k}</mn></msub>`;
  const parts = vector.map((part) => number(Math.abs(part) <= nothing ? 0 : part)).join("<mo>,</mo>");
  const left = `${letter("λ")}<mo>=</mo>${number(value)}<mo>,</mo><mspace width="0.6em"/>`;
  return formula(`<math display="block">${left}${letter("u")}<mo>=</mo>${bracketed(parts)}</math>`);
}

/** How long a half-axis is drawn. @param {number} factor */
export function halfAxis(factor) {
  return formula(`<math>${number(factor)}<mo>/</mo><msqrt><mrow><mo>|</mo><mi>λ</mi><mo>|</mo></mrow></msqrt></math>`);
}

/** @param {string} inner */
function bracketed(inner) {
  return `<mrow><mo>(</mo>${inner}<mo>)</mo></mrow>`;
}

/** @param {number} value */
function number(value) {
  return `<mn>${figure(value)}</mn>`;
}
