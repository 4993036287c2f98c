import { shortest } from "./arrows.js";
import { Labels } from "./labels.js";
import { minus, plus, size, times } from "./vectors.js";
import { say } from "./words.js";

/** The names beside the arrows, on the stage and in the magnifier. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./arrowslens.js").Lens} Lens */
/** @typedef {import("./colours.js").Palette} Palette */

/**
 * Beside the middle of each arrow, out of the way of all of them.
 * @param {Labels} labels
 * @param {Arrow[]} arrows
 */
export function nameArrows(labels, arrows) {
  for (const { from, to } of arrows) for (const part of [0.1, 0.5, 0.9]) labels.keepFree(...along(from, to, part), 5);
  for (const { from, to, label } of arrows) {
    const isDot = size(minus(to, from)) < shortest;
    labels.write(isDot ? say("{arrow} ≈ 0", { arrow: label }) : label, ...along(from, to, 0.55), 8);
  }
}

/**
 * @param {Pair} from
 * @param {Pair} to
 * @param {number} part
 */
function along(from, to, part) {
  return plus(from, times(minus(to, from), part));
}

/**
 * Words inside the magnifier, out of the way of its scale and its factor.
 * @param {CanvasRenderingContext2D} context
 * @param {Lens} lens
 * @param {Palette} palette
 */
export function lensLabels(context, { left, top, side }, palette) {
  const labels = new Labels(context, palette, { left: left + 3, top: top + 3, width: side - 6, height: side - 6 });
  for (const across of [14, 34, 54]) labels.keepFree(left + across, top + side - 16, 13);
  for (const across of [14, 34]) labels.keepFree(left + side - across, top + 14, 12);
  return labels;
}

/**
 * @param {Labels} labels
 * @param {{placed: Arrow[], stage: Pair|null}} drawn
 */
export function nameInLens(labels, { placed, stage }) {
  nameArrows(labels, placed);
  if (stage) labels.write(say("this stage"), ...stage, 4);
}
