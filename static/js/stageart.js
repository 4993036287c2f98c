import { drawBent, drawRing, writeEnds } from "./criticalmarks.js";
import { Labels } from "./labels.js";
import { ballsOf, drawArrow, drawBall, drawCritical, drawCross, drawStart, exitOf, shrunk } from "./marks.js";
import { figure } from "./numbers.js";
import { holds, strandOf, strokeBold } from "./trail.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./trail.js").Trail} Trail */
/** @typedef {import("./criticalmarks.js").Mark} Mark */
/** @typedef {import("./criticalmarks.js").Bent} Bent */
/** @typedef {{trail: Trail, row: number, x: number, y: number}} Spot */
/** @typedef {{axes: Axes, palette: Palette, spots: Spot[], marks: Mark[], bent: Bent|null, start: Pair|null, startLabel: string, over: Over|null}} Sight */
/** @typedef {(context: CanvasRenderingContext2D, place: {axes: Axes, palette: Palette, labels: Labels}) => void} Drawing */
/** @typedef {{draw: Drawing, cover: Drawing, under?: Drawing}} Over  what is laid over the balls, over the words, and under the paths */
/** @typedef {{label: string, x: number, y: number, size: number}} Sign */

/**
 * Where a run stands at a row.
 * @param {Trail} trail
 * @param {number} row
 * @param {Axes} axes
 * @returns {Spot}
 */
export function spotOf(trail, row, axes) {
  return { trail, row, x: axes.x(trail.run.theta1[row]), y: axes.y(trail.run.theta2[row]) };
}

/**
 * Everything that moves, the signs over the paths, the balls over the signs, and the words over all.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} sight
 */
export function drawSight(context, sight) {
  const { axes, palette, spots } = sight;
  const labels = new Labels(context, palette, axes);
  sight.over?.under?.(context, { axes, palette, labels });
  strokeBold(context, spots.map(({ trail, row }) => strandOf(trail, trail.upTo(row))), palette.stroke);
  if (sight.bent) drawBent(context, sight.bent, axes, palette);
  const signs = [...drawMarks(context, sight), ...drawStartSign(context, sight)];
  for (const { x, y, size } of signs) labels.keepFree(x, y, size);
  const arrows = spots.flatMap((spot) => drawLeaving(context, spot, axes, grown(7, palette)));
  for (const { x, y, size } of arrows) labels.keepFree(x, y, size);
  drawBalls(context, spots.filter(({ x, y }) => holds(axes, x, y)), grown(6, palette));
  sight.over?.draw(context, { axes, palette, labels });
  if (sight.bent) writeEnds(labels, sight.bent, axes);
  for (const { label, x, y, size } of [...arrows, ...signs]) if (label) labels.write(label, x, y, size + 7);
  sight.over?.cover(context, { axes, palette, labels });
}

/**
 * The start and the balls reach over the frame's edge; under what is drawn inside of it.
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} sight
 */
export function drawBeyond(context, sight) {
  const { axes, palette, start, spots } = sight;
  const inner = shrunk(axes, grown(10, palette));
  const reaches = (/** @type {number} */ x, /** @type {number} */ y) => holds(axes, x, y) && !holds(inner, x, y);
  if (start && reaches(axes.x(start[0]), axes.y(start[1]))) drawStartSign(context, sight);
  drawBalls(context, spots.filter(({ x, y }) => reaches(x, y)), grown(6, palette));
}

/**
 * Signs grow less than lines do.
 * @param {number} size
 * @param {Palette} palette
 */
function grown(size, palette) {
  return size * Math.sqrt(palette.stroke);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} sight
 * @returns {Sign[]}
 */
function drawMarks(context, { axes, marks, palette }) {
  const size = grown(5.5, palette);
  const signs = marks.filter(({ isStill, isChosen }) => isChosen || !isStill).map((mark) => ({ ...mark, x: axes.x(mark.at[0]), y: axes.y(mark.at[1]), size }));
  const shown = signs.filter(({ x, y }) => holds(axes, x, y));
  for (const { kind, x, y, curve, isChosen } of shown) {
    if (!curve) drawCritical(context, kind, x, y, size);
    if (isChosen) drawRing(context, x, y, size);
  }
  return shown;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} sight
 * @returns {Sign[]}
 */
function drawStartSign(context, { start, startLabel, axes, palette }) {
  if (!start) return [];
  const sign = { label: startLabel, x: axes.x(start[0]), y: axes.y(start[1]), size: grown(6.5, palette) };
  if (!holds(axes, sign.x, sign.y)) return [];
  drawStart(context, sign.x, sign.y, sign.size);
  return [sign];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Spot[]} spots
 * @param {number} radius
 */
function drawBalls(context, spots, radius) {
  const balls = ballsOf(spots.map(({ x, y, trail }) => ({ x, y, colour: trail.colour })), radius * 0.7);
  for (const ball of balls) drawBall(context, ball, radius);
}

/**
 * A run outside of the window: an arrow on its way out, with the coordinates of where it is; a cross where a diverged one was last seen.
 * @param {CanvasRenderingContext2D} context
 * @param {Spot} spot
 * @param {Axes} axes
 * @param {number} size
 * @returns {Sign[]}
 */
function drawLeaving(context, { trail, row, x, y }, axes, size) {
  const last = trail.lastInside(axes);
  const from = last < 0 ? { x: axes.left + axes.width / 2, y: axes.top + axes.height / 2 } : spotOf(trail, last, axes);
  if (trail.run.diverged !== null && last >= 0 && row >= last) drawCross(context, from.x, from.y, size, trail.colour);
  if (holds(axes, x, y)) return [];
  const edge = exitOf(shrunk(axes, size * 1.5), from, { x, y });
  drawArrow(context, edge, size, trail.colour);
  return [{ label: `(${figure(trail.run.theta1[row])}, ${figure(trail.run.theta2[row])})`, x: edge.x, y: edge.y, size }];
}

/**
 * The names of the axes, both upright.
 * @param {CanvasRenderingContext2D} context
 * @param {Axes} axes
 * @param {string[]} names
 * @param {Palette} palette
 */
export function drawNames(context, { left, top, width, height, gapY }, names, { font, family, ink }) {
  Object.assign(context, { font: `italic ${font + 1}px ${family}`, fillStyle: ink, textBaseline: "middle", textAlign: "center" });
  context.fillText(names[0], left + width / 2, top + height + font * 2.45);
  context.textAlign = "left";
  context.fillText(names[1], font * 0.25, gapY);
}
