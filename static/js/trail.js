import { runColour, runDash } from "./colours.js";

/** @typedef {import("./types.js").PathRun} PathRun */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {{line: Path2D, colour: string, dash: number[]}} Strand */

/** Points nearer than this to the last kept one do not change the picture. */
const tooNear = 0.4;

/** Points on the screen that make a difference; `rows` says which row of the path each one is. */
export class Points {
  count = 0;

  /** @param {number} room */
  constructor(room) {
    this.x = new Float32Array(room);
    this.y = new Float32Array(room);
    this.rows = new Int32Array(room);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} row
   */
  add(x, y, row) {
    this.x[this.count] = x;
    this.y[this.count] = y;
    this.rows[this.count++] = row;
  }

  /**
   * How many of the points belong to rows up to this one.
   * @param {number} row
   */
  upTo(row) {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle] <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * The rows of a path as points on the screen, without those that fall on the one before.
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {{x: (value: number) => number, y: (value: number) => number}} axes
 */
export function pointsOf(xs, ys, axes) {
  const points = new Points(xs.length);
  let lastX = Infinity;
  let lastY = Infinity;
  for (let row = 0; row < xs.length; row++) {
    const x = axes.x(xs[row]);
    const y = axes.y(ys[row]);
    if (Math.abs(x - lastX) < tooNear && Math.abs(y - lastY) < tooNear && row < xs.length - 1) continue;
    points.add(x, y, row);
    lastX = x;
    lastY = y;
  }
  return points;
}

/** A run's path on the stage: all of it, and the part up to the playhead, which grows while the playhead moves on. */
export class Trail {
  /** @type {Path2D} */
  #past = new Path2D();
  #reached = 0;

  /**
   * @param {PathRun} run
   * @param {number} index
   * @param {Axes} axes
   */
  constructor(run, index, axes) {
    this.run = run;
    this.index = index;
    this.colour = runColour(index);
    this.points = pointsOf(run.theta1, run.theta2, axes);
    this.whole = this.#extended(new Path2D(), 0, this.points.count);
  }

  /**
   * @param {number} row
   * @returns {Path2D}
   */
  upTo(row) {
    const count = this.points.upTo(row);
    const from = count >= this.#reached ? this.#reached : 0;
    if (from === 0) this.#past = new Path2D();
    this.#extended(this.#past, from, count);
    this.#reached = count;
    return this.#past;
  }

  /**
   * @param {Path2D} line
   * @param {number} from
   * @param {number} to
   */
  #extended(line, from, to) {
    const { x, y } = this.points;
    for (let k = from; k < to; k++) line.lineTo(x[k], y[k]);
    return line;
  }

  /**
   * The row of the last point inside a box before the path left it for good, or -1.
   * @param {Box} box
   */
  lastInside(box) {
    let k = this.points.count - 1;
    while (k >= 0 && !holds(box, this.points.x[k], this.points.y[k])) k--;
    return k < 0 ? -1 : this.points.rows[k];
  }
}

/**
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
export function holds({ left, top, width, height }, x, y) {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/**
 * Dark outlines first, then halos, then colours: a dashed run then shows the run below it through its gaps.
 * @param {CanvasRenderingContext2D} context
 * @param {Strand[]} strands
 * @param {number} scale
 */
export function strokeBold(context, strands, scale) {
  strokeAll(context, strands, () => "rgba(10,14,22,0.9)", 6.6 * scale);
  strokeAll(context, strands, () => "#fff", 5 * scale);
  strokeAll(context, strands, ({ colour }) => colour, 3 * scale, scale);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Strand[]} strands
 * @param {number} scale
 */
export function strokeFaint(context, strands, scale) {
  strokeAll(context, strands, () => "rgba(255,255,255,0.32)", 3.4 * scale);
  strokeAll(context, strands, ({ colour }) => colour, 1.5 * scale, scale);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Strand[]} strands
 * @param {(strand: Strand) => string} colour
 * @param {number} width
 * @param {number} [dashScale]  without it the line is solid
 */
export function strokeAll(context, strands, colour, width, dashScale = 0) {
  context.lineJoin = "round";
  context.lineCap = dashScale ? "butt" : "round";
  context.lineWidth = width;
  for (const strand of strands) {
    context.setLineDash(dashScale ? strand.dash.map((part) => part * dashScale) : []);
    context.strokeStyle = colour(strand);
    context.stroke(strand.line);
  }
  context.setLineDash([]);
}

/**
 * @param {Trail} trail
 * @param {Path2D} line
 * @returns {Strand}
 */
export function strandOf(trail, line) {
  return { line, colour: trail.colour, dash: runDash(trail.index) };
}
