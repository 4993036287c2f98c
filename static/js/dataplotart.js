import { runColour, runDash } from "./colours.js";
import { Labels } from "./labels.js";
import { figure } from "./numbers.js";
import { inside } from "./overlay.js";
import { say } from "./words.js";

/** The examples as points, the batch's among them lit, and the models of the runs through them. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./dataplane.js").Plane} Plane */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{index: number, isMine: boolean, at: (x: number) => number}} Curve */
/** @typedef {{plane: Plane, points: Pair[], names: string[], lit: Set<number>, picked: number|null, run: number, curves: Curve[],
 *   middle: Pair|null}} Plot  `middle`: the mean of the batch, where the points are shifts */

const samples = 90;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {Palette} palette
 */
export function drawPlot(context, plot, palette) {
  drawAxes(context, plot, palette);
  inside(context, plot.plane.box, () => {
    for (const curve of plot.curves) drawCurve(context, curve, plot.plane, palette);
    if (plot.picked !== null) drawError(context, plot, plot.picked, palette);
  });
  drawPoints(context, plot, palette);
  const labels = new Labels(context, palette, plot.plane.box, { ink: palette.ink, edge: palette.sheet });
  for (const [x, y] of plot.points) labels.keepFree(plot.plane.x(x), plot.plane.y(y), 4);
  if (plot.middle) drawMiddle(context, plot.middle, plot, labels, palette);
  if (plot.picked !== null) writePicked(labels, plot, plot.picked);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {Palette} palette
 */
function drawAxes(context, { plane, names }, { line, muted, ink, font, family }) {
  const { left, top, width, height } = plane.box;
  Object.assign(context, { strokeStyle: line, fillStyle: muted, lineWidth: 1, font: `${font}px ${family}` });
  for (const x of plane.ticks("x", font * 4)) {
    stroke(context, [plane.x(x), top], [plane.x(x), top + height + 4]);
    Object.assign(context, { textAlign: "center", textBaseline: "top" });
    context.fillText(figure(x), plane.x(x), top + height + 6);
  }
  for (const y of plane.ticks("y", font * 2.4)) {
    stroke(context, [left - 4, plane.y(y)], [left + width, plane.y(y)]);
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    context.fillText(figure(y), left - 7, plane.y(y));
  }
  context.fillStyle = ink;
  Object.assign(context, { textAlign: "right", textBaseline: "top", font: `600 ${font}px ${family}` });
  context.fillText(names[0], left + width, top + height + 7 + 1.25 * font);
  Object.assign(context, { textAlign: "left", textBaseline: "bottom" });
  context.fillText(names[1], left - font * 2, top - 3);
}

/** @param {CanvasRenderingContext2D} context @param {Pair} from @param {Pair} to */
function stroke(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Curve} curve
 * @param {Plane} plane
 * @param {Palette} palette
 */
function drawCurve(context, { index, isMine, at }, plane, { sheet, stroke: scale }) {
  const path = new Path2D();
  for (let k = 0; k <= samples; k++) {
    const x = plane.valueX(k / samples);
    path.lineTo(plane.x(x), plane.y(at(x)));
  }
  Object.assign(context, { strokeStyle: sheet, lineWidth: (isMine ? 6 : 3) * scale, lineJoin: "round", lineCap: "butt" });
  context.setLineDash([]);
  context.stroke(path);
  Object.assign(context, { strokeStyle: runColour(index), lineWidth: (isMine ? 3.2 : 1.4) * scale });
  context.setLineDash(runDash(index).map((part) => part * scale));
  context.stroke(path);
  context.setLineDash([]);
}

/**
 * From the picked point straight to the model: what its loss measures.
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {number} picked
 * @param {Palette} palette
 */
function drawError(context, { plane, points, curves }, picked, { ink, stroke: scale }) {
  const mine = curves.find(({ isMine }) => isMine);
  const [x, y] = points[picked] ?? [NaN, NaN];
  if (!mine) return;
  Object.assign(context, { strokeStyle: ink, lineWidth: 1.5 * scale });
  context.setLineDash([2, 2]);
  stroke(context, [plane.x(x), plane.y(y)], [plane.x(x), plane.y(mine.at(x))]);
  context.setLineDash([]);
}

/**
 * Hollow, or filled and larger in the batch; the picked one has a ring of its own.
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {Palette} palette
 */
function drawPoints(context, { plane, points, lit, picked, run }, { ink, sheet, muted, accent, stroke: scale }) {
  const many = points.length > 60 ? 0.75 : 1;
  points.forEach(([x, y], example) => {
    const isLit = lit.has(example);
    const radius = (isLit ? 5 : 3.2) * Math.sqrt(scale) * many;
    const place = /** @type {Pair} */ ([plane.x(x), plane.y(y)]);
    if (example === picked) disc(context, place, radius + 4, { fill: sheet, edge: accent, width: 2.5 });
    disc(context, place, radius, { fill: isLit ? runColour(run) : sheet, edge: isLit ? ink : muted, width: 1.3 });
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pair} place
 * @param {number} radius
 * @param {{fill: string, edge: string, width: number}} look
 */
function disc(context, [x, y], radius, { fill, edge, width }) {
  const circle = new Path2D();
  circle.arc(x, y, radius, 0, 2 * Math.PI);
  Object.assign(context, { fillStyle: fill, strokeStyle: edge, lineWidth: width });
  context.fill(circle);
  context.stroke(circle);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pair} middle
 * @param {Plot} plot
 * @param {Labels} labels
 * @param {Palette} palette
 */
function drawMiddle(context, [x, y], { plane }, labels, { ink, sheet, stroke: scale }) {
  const [across, down] = [plane.x(x), plane.y(y)];
  for (const [colour, width] of /** @type {[string, number][]} */ ([[sheet, 6], [ink, 2.5]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width * scale });
    for (const side of [1, -1]) stroke(context, [across - 6, down - 6 * side], [across + 6, down + 6 * side]);
  }
  labels.write(say("mean of the batch"), across, down, 8);
}

/**
 * @param {Labels} labels
 * @param {Plot} plot
 * @param {number} picked
 */
function writePicked(labels, { plane, points }, picked) {
  const [x, y] = points[picked] ?? [NaN, NaN];
  if (Number.isFinite(x + y)) labels.write(String(picked), plane.x(x), plane.y(y), 10);
}
