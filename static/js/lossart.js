import { runColour, runDash } from "./colours.js";
import { shows } from "./lossaxes.js";
import { pieces, withinBand } from "./losslines.js";
import { ballsOf, drawArrow, drawBall } from "./marks.js";
import { strokeAll } from "./trail.js";

/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./lossaxes.js").Curve} Curve */
/** @typedef {import("./lossaxes.js").Scale} Scale */
/** @typedef {import("./trail.js").Strand} Strand */
/** @typedef {Curve & {index: number}} Line */

/**
 * @param {Line} line
 * @param {Scale} scale
 * @param {Axes} axes
 * @returns {Strand}
 */
export function strandOfLine(line, scale, axes) {
  const path = new Path2D();
  const [above, below] = [axes.top - axes.height, axes.top + 2 * axes.height];
  for (const piece of pieces(line, scale, axes)) withinBand(piece, above, below).forEach(({ x, y }, k) => (k ? path.lineTo(x, y) : path.moveTo(x, y)));
  return { line: path, colour: runColour(line.index), dash: runDash(line.index) };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Strand[]} strands
 * @param {Palette} palette
 */
export function strokeLines(context, strands, { sheet, stroke }) {
  strokeAll(context, strands, () => sheet, 3.6 * stroke);
  strokeAll(context, strands, ({ colour }) => colour, 2 * stroke, stroke);
}

/**
 * @param {number} loss
 * @param {Scale} scale
 */
function heightOf(loss, scale) {
  return scale === "log" ? Math.log10(loss) : loss;
}

/**
 * @param {Line} line
 * @param {Scale} scale
 * @param {Axes} axes
 */
function leavesAt(line, scale, axes) {
  const met = pieces(line, scale, axes).flatMap((piece) => withinBand(piece, axes.top, axes.top + axes.height));
  return met.find(({ y }) => y === axes.top)?.x ?? null;
}

/**
 * A small arrow where a diverged run's line leaves through the top.
 * @param {CanvasRenderingContext2D} context
 * @param {Line} line
 * @param {Scale} scale
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawLeavingLine(context, line, scale, axes, { stroke }) {
  const x = line.diverged ? leavesAt(line, scale, axes) : null;
  if (x !== null) drawArrow(context, { x, y: axes.top + 5 * stroke, angle: -Math.PI / 2 }, 5 * stroke, runColour(line.index));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Iterable<number>} places
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawPlayheads(context, places, { x, left, top, width, height }, { ink, stroke }) {
  Object.assign(context, { strokeStyle: ink, lineWidth: stroke });
  for (const place of places) {
    const across = Math.min(x(place), left + width);
    context.beginPath();
    context.moveTo(across, top);
    context.lineTo(across, top + height);
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{line: Line, row: number}[]} dots
 * @param {Scale} scale
 * @param {Axes} axes
 * @param {Palette} palette
 */
export function drawDots(context, dots, scale, axes, { stroke }) {
  const spots = dots.flatMap(({ line: { index, xs, losses }, row }) => {
    const y = axes.y(heightOf(losses[row], scale));
    return shows(losses[row], scale) && y >= axes.top ? [{ x: axes.x(xs[row]), y, colour: runColour(index) }] : [];
  });
  for (const ball of ballsOf(spots, 3)) drawBall(context, ball, 4 * Math.sqrt(stroke));
}
