import { drawRing } from "./criticalmarks.js";
import { Labels } from "./labels.js";
import { ballsOf, drawArrow, drawBall, drawCritical, drawStart, ring } from "./marks.js";
import { figure } from "./numbers.js";
import { ballOn, isOff, pixel } from "./stage1dplaces.js";
import { drawPush } from "./stage1dpush.js";
import { holds, strandOf, strokeAll } from "./trail.js";
import { say } from "./words.js";

/** What moves over a profile: faint paths, balls that lie on it, and the arrows of one update. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./trail.js").Trail} Trail */
/** @typedef {import("./stage1dplaces.js").Place} Place */
/** @typedef {import("./stage1dpush.js").Push} Push */
/** @typedef {Place & {trail: Trail, row: number}} Spot */
/** @typedef {{s: number, loss: number, kind: string, label: string, isChosen: boolean}} Mark */
/** @typedef {{axes: Axes, palette: Palette, profile: Profile, spots: Spot[], marks: Mark[], start: Place|null, startLabel: string, push: Push|null}} Sight */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Sight} sight
 */
export function drawSight(context, sight) {
  const { axes, palette, spots, marks, start } = sight;
  const labels = new Labels(context, palette, axes, { ink: palette.ink, edge: palette.sheet });
  const radius = 9 * Math.sqrt(palette.stroke);
  drawPaths(context, spots, palette);
  const signs = [...drawMarks(context, marks, sight), ...drawStartSign(context, start, sight)];
  for (const { x, y, size } of signs) labels.keepFree(x, y, size);
  const balls = spots.map((spot) => ({ ...ballOn(spot, sight, radius), spot }));
  for (const { x, y } of balls) labels.keepFree(...edgePoint(axes, x, y, radius), radius * 1.3);
  drawBalls(context, balls, sight, radius);
  if (sight.push) labels.keepBoxFree(drawPush(context, sight.push, sight, radius));
  for (const { text, x, y, size } of [...offWords(balls, sight, radius), ...signs]) if (text) labels.write(text, x, y, size + 7, [2.5 * palette.font, 5 * palette.font]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Spot[]} spots
 * @param {Palette} palette
 */
function drawPaths(context, spots, { stroke }) {
  context.globalAlpha = 0.5;
  strokeAll(context, spots.map(({ trail, row }) => strandOf(trail, trail.upTo(row))), ({ colour }) => colour, 4 * stroke, stroke);
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark[]} marks
 * @param {Sight} sight
 */
function drawMarks(context, marks, { axes, palette, profile }) {
  const size = 5.5 * Math.sqrt(palette.stroke);
  const signs = marks.map(({ s, loss, ...mark }) => ({ ...mark, text: mark.label, ...pixel({ s, loss }, axes, profile), size }));
  const shown = signs.filter(({ x, y }) => holds(axes, x, y));
  for (const { kind, x, y, isChosen } of shown) {
    if (kind) drawCritical(context, kind, x, y, size);
    if (isChosen) drawRing(context, x, y, size);
  }
  return shown;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Place|null} start
 * @param {Sight} sight
 */
function drawStartSign(context, start, { axes, palette, profile, startLabel }) {
  if (!start) return [];
  const sign = { ...pixel(start, axes, profile), text: startLabel, size: 6.5 * Math.sqrt(palette.stroke) };
  if (!holds(axes, sign.x, sign.y)) return [];
  drawStart(context, sign.x, sign.y, sign.size);
  return [sign];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, touch: {x: number, y: number}, spot: Spot}[]} balls
 * @param {Sight} sight
 * @param {number} radius
 */
function drawBalls(context, balls, { axes, profile, palette }, radius) {
  for (const { touch, spot } of balls) if (isOff(spot, profile)) drawStem(context, touch, axes.y(profile.at(spot.s)), palette);
  const [inside, outside] = [true, false].map((within) => balls.filter(({ touch }) => holds(axes, touch.x, touch.y) === within));
  const discs = inside.map(({ x, y, spot }) => ({ x, y, colour: spot.trail.colour }));
  for (const ball of ballsOf(discs, radius * 0.7)) drawBall(context, ball, radius);
  for (const { touch, spot } of outside) drawArrow(context, edgeOf(touch, axes, radius), radius * 0.8, spot.trail.colour);
}

/**
 * From a ball that lies beside the cut down (or up) to the place of the cut nearest to it.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} touch
 * @param {number} ground
 * @param {Palette} palette
 */
function drawStem(context, { x, y }, ground, { muted, stroke }) {
  Object.assign(context, { strokeStyle: muted, lineWidth: 1.5 * stroke, lineCap: "butt" });
  context.setLineDash([2 * stroke, 3 * stroke]);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, ground);
  context.stroke();
  context.setLineDash([]);
}

/**
 * Where the frame is nearest to a place outside of it, and which way it lies.
 * @param {{x: number, y: number}} place
 * @param {Axes} axes
 * @param {number} inset
 */
function edgeOf({ x, y }, { left, top, width, height }, inset) {
  const across = Math.max(left + inset, Math.min(x, left + width - inset));
  const down = Math.max(top + inset, Math.min(Number.isFinite(y) ? y : top, top + height - inset));
  return { x: across, y: down, angle: Math.atan2((Number.isFinite(y) ? y : -1e6) - down, x - across) };
}

/**
 * Balls on the same spot say it once.
 * @param {{x: number, y: number, spot: Spot}[]} balls
 * @param {Sight} sight
 * @param {number} radius
 */
function offWords(balls, { axes, profile }, radius) {
  const words = balls.filter(({ spot }) => isOff(spot, profile)).map(({ x, y, spot }) => {
    const text = say("{distance} off this cut", { distance: figure(spot.off, 2) });
    const [across, down] = edgePoint(axes, x, y, radius);
    return { text, x: across, y: down, size: radius };
  });
  const isSaid = (/** @type {typeof words[0]} */ one, /** @type {typeof words[0]} */ other) => one.text === other.text && Math.hypot(one.x - other.x, one.y - other.y) < radius;
  return words.filter((one, k) => !words.slice(0, k).some((other) => isSaid(one, other)));
}

/**
 * Where a place is seen: itself, or the edge of the frame nearest to it.
 * @param {Axes} axes
 * @param {number} x
 * @param {number} y
 * @param {number} inset
 * @returns {Pair}
 */
function edgePoint(axes, x, y, inset) {
  const edge = edgeOf({ x, y }, axes, inset);
  return [edge.x, edge.y];
}

/**
 * A small ring where the curve is level, though it is no critical point of the surface.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} place
 * @param {Palette} palette
 */
export function drawLevel(context, { x, y }, { ink, sheet, stroke }) {
  const circle = ring(x, y, 3 * Math.sqrt(stroke));
  Object.assign(context, { fillStyle: sheet, strokeStyle: ink, lineWidth: 1.5 * stroke });
  context.fill(circle);
  context.stroke(circle);
}
