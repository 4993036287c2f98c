import { ellipse, signText } from "./hessianshape.js";
import { doubled, drawCritical, ring } from "./marks.js";
import { holds } from "./trail.js";

/** Critical points, the way the ground bends, and the cut, as they stand on the stage. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./hessianshape.js").Shape} Shape */
/** @typedef {{kind: string, at: Pair, label: string, name?: string, curve?: Pair[]|null, isChosen?: boolean, isStill?: boolean, sign?: {text: string, colour: string}}} Mark  `isStill`: one of a crowd, below the paths; `sign`: what stands for it in space */
/** @typedef {{at: Pair, shape: Shape}} Bent */

const dark = "rgba(10,14,22,0.92)";
const crowdSize = 3.6;

/**
 * What never covers a path: valleys as lines, the cut, and the signs of a crowd.
 * @param {CanvasRenderingContext2D} context
 * @param {{marks: Mark[], cut: [Pair, Pair]|null}} still
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawStill(context, { marks, cut }, axes, palette) {
  for (const { curve } of marks) if (curve) drawValley(context, lineOf(curve, axes), palette.stroke);
  if (cut) drawCutLine(context, lineOf(cut, axes), palette.stroke);
  const size = crowdSize * Math.sqrt(palette.stroke);
  for (const { kind, at } of marks.filter(({ isStill }) => isStill)) drawCritical(context, kind, axes.x(at[0]), axes.y(at[1]), size);
}

/**
 * @param {Pair[]} points
 * @param {Axes} axes
 */
function lineOf(points, axes) {
  const line = new Path2D();
  for (const [x, y] of points) line.lineTo(axes.x(x), axes.y(y));
  return line;
}

/**
 * Dots side by side: a line of minima, not a path.
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} line
 * @param {number} stroke
 */
function drawValley(context, line, stroke) {
  Object.assign(context, { lineCap: "round", lineJoin: "round" });
  for (const [colour, width] of /** @type {[string, number][]} */ ([[dark, 5.5], ["#fff", 3.2]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width * stroke });
    context.setLineDash([0, 7 * stroke]);
    context.stroke(line);
  }
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} line
 * @param {number} stroke
 */
function drawCutLine(context, line, stroke) {
  Object.assign(context, { lineCap: "butt", strokeStyle: "rgba(10,14,22,0.55)", lineWidth: 3 * stroke });
  context.stroke(line);
  Object.assign(context, { strokeStyle: "rgba(255,255,255,0.85)", lineWidth: 1.2 * stroke });
  context.setLineDash([7 * stroke, 5 * stroke]);
  context.stroke(line);
  context.setLineDash([]);
}

/**
 * Around the point whose Hessian is told.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function drawRing(context, x, y, size) {
  doubled(context, ring(x, y, size * 2.1), "#fff", size * 0.36);
}

/**
 * An ellipse or a cross.
 * @param {CanvasRenderingContext2D} context
 * @param {Bent} bent
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawBent(context, { at, shape }, axes, palette) {
  doubled(context, outline(shape, spotted(at, axes)), "#fff", 1.5 * palette.stroke);
}

/**
 * From an offset on the surface to pixels.
 * @param {Pair} at
 * @param {Axes} axes
 */
function spotted([x, y], axes) {
  return (/** @type {Pair} */ [right, up]) => ({ x: axes.x(x + right), y: axes.y(y + up) });
}

/**
 * @param {Shape} shape
 * @param {(offset: Pair) => {x: number, y: number}} spot
 */
function outline({ isRound, arms }, spot) {
  const line = new Path2D();
  for (const { way, half } of arms) {
    for (const side of [-1, 1]) {
      const end = spot([side * half * way[0], side * half * way[1]]);
      if (side < 0) line.moveTo(end.x, end.y);
      else line.lineTo(end.x, end.y);
    }
  }
  if (isRound) line.addPath(closed(ellipse(arms).map(spot)));
  return line;
}

/** @param {{x: number, y: number}[]} corners */
function closed(corners) {
  const line = new Path2D();
  for (const { x, y } of corners) line.lineTo(x, y);
  line.closePath();
  return line;
}

/**
 * The sign of the curvature at both ends of an arm, its name at one: beyond the end, or beside it where something stands already.
 * @param {import("./labels.js").Labels} labels
 * @param {Bent} bent
 * @param {Axes} axes
 */
export function writeEnds(labels, { at, shape: { isRound, arms } }, axes) {
  const spot = spotted(at, axes);
  const middle = spot([0, 0]);
  if (!holds(axes, middle.x, middle.y)) return;
  for (const { way, half, sign, name } of arms) {
    for (const side of isRound ? [1] : [1, -1]) {
      const end = spot([side * half * way[0], side * half * way[1]]);
      const text = isRound ? name : side > 0 ? `${name} ${signText(sign)}` : signText(sign);
      labels.writeAt(text, beyond(middle, end, labels.size * (side > 0 ? 1.2 : 0.8)));
    }
  }
}

/**
 * @param {{x: number, y: number}} middle
 * @param {{x: number, y: number}} end
 * @param {number} gap
 */
function beyond(middle, end, gap) {
  const long = Math.hypot(end.x - middle.x, end.y - middle.y) || 1;
  const [x, y] = [(gap * (end.x - middle.x)) / long, (gap * (end.y - middle.y)) / long];
  return [[end.x + x, end.y + y], [end.x - y * 1.3, end.y + x * 1.3], [end.x + y * 1.3, end.y - x * 1.3]];
}
