import { plotly } from "./plotly.js";
import { pointsOf } from "./trail.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./types.js").PathRun} PathRun */
/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {{x: Float32Array, y: Float32Array, z: Float32Array}} Line3D */

/** So far above the surface that nothing sinks into it, and that the coloured line lies on its halo and the ball on both. */
const lifts = { halo: 0.006, line: 0.022, ball: 0.045 };

/** Where lines can lie on each other, each is so much higher than the one before, and in dashes so long in parts of the window, that both are seen. */
const storey = 0.01;
const dash = 0.025;

/** A path is thinned as if the window were so many pixels wide. */
const fineness = 700;

/** A run's path in three dimensions: at its true loss, broken where it is outside of the window. */
export class Trail3D {
  /**
   * @param {PathRun} run
   * @param {number} index
   * @param {Ground} ground
   * @param {boolean} [isLayered]  whether it lies above the runs before it
   */
  constructor(run, index, ground, isLayered = false) {
    this.run = run;
    this.index = index;
    this.ground = ground;
    this.points = pointsOf(run.theta1, run.theta2, { x: scaled(ground.x), y: scaled(ground.y) });
    const rows = this.points.rows.subarray(0, this.points.count);
    this.whole = this.#low(rows);
    this.isDashed = isLayered && index > 0;
    this.high = { ...this.whole, z: this.whole.z.map((z) => z + lifts.line - lifts.halo) };
    if (this.isDashed) this.high = dashed({ ...this.high, z: this.high.z.map((z) => z + storey * index) }, ground);
  }

  /** @param {Int32Array} rows */
  #low(rows) {
    const line = { x: new Float32Array(rows.length), y: new Float32Array(rows.length), z: new Float32Array(rows.length) };
    rows.forEach((row, k) => ([line.x[k], line.y[k], line.z[k]] = this.at(row, lifts.halo)));
    return line;
  }

  /**
   * @param {number} row
   * @param {number} [lift]
   * @returns {[number, number, number]}
   */
  at(row, lift = lifts.ball) {
    const [x, y] = [this.run.theta1[row], this.run.theta2[row]];
    const { x: [left, right], y: [front, back], toning } = this.ground;
    const inside = x >= left && x <= right && y >= front && y <= back;
    return inside ? [x, y, toning.of(this.run.loss[row]) + lift] : [NaN, NaN, NaN];
  }

  /**
   * The halo and the line on it up to a row.
   * @param {number} row
   * @returns {[Line3D, Line3D]}
   */
  upTo(row) {
    const count = this.points.upTo(row);
    return [first(this.whole, count), this.isDashed ? this.high : first(this.high, count)];
  }
}

/**
 * The line in pieces of even length: what Plotly calls a dash is a hair on a window of this size.
 * @param {Line3D} line
 * @param {Ground} ground
 * @returns {Line3D}
 */
export function dashed({ x, y, z }, ground) {
  const [wide, deep] = [ground.x, ground.y].map(([low, high]) => high - low);
  const points = [[x[0], y[0], z[0]]];
  let [gone, isGap] = [0, false]; // so much of a piece, which is drawn or left out
  for (let k = 1; k < x.length; k++) {
    const [from, to] = [k - 1, k].map((at) => [x[at], y[at], z[at]]);
    const length = Math.hypot((to[0] - from[0]) / wide, (to[1] - from[1]) / deep);
    let part = 0;
    while (gone + (1 - part) * length >= dash) {
      part += (dash - gone) / length;
      const here = from.map((value, side) => value + part * (to[side] - value));
      points.push(here, ...(isGap ? [] : [[NaN, NaN, NaN]]));
      [gone, isGap] = [0, !isGap];
    }
    gone += (1 - part) * length;
    if (!isGap) points.push(to);
  }
  const column = (/** @type {number} */ side) => Float32Array.from(points, (point) => point[side]);
  return { x: column(0), y: column(1), z: column(2) };
}

/**
 * @param {Line3D} line
 * @param {number} count
 */
function first({ x, y, z }, count) {
  return { x: x.subarray(0, count), y: y.subarray(0, count), z: z.subarray(0, count) };
}

/** @param {Pair} range */
function scaled([low, high]) {
  return (/** @type {number} */ value) => (fineness * (value - low)) / (high - low);
}

/**
 * Moves lines and balls of a Plotly scene. A change through Plotly's own functions rebuilds the surface each time; so the trace alone
 * is told, by the way Plotly itself does it, and where that way is missing Plotly is asked after all.
 */
export class SceneTraces {
  /** @type {Map<number, Line3D>} */
  #slow = new Map();
  /** @type {Line3D[]} */
  #last = [];

  /** @param {any} graph */
  constructor(graph) {
    this.graph = graph;
  }

  get scene() {
    return this.graph._fullLayout?.scene?._scene;
  }

  /**
   * @param {number} trace
   * @param {Line3D} line
   */
  move(trace, line) {
    if (this.#last[trace] === line) return;
    this.#last[trace] = line;
    Object.assign(this.graph.data[trace], line);
    const full = this.graph._fullData?.[trace];
    const drawn = this.scene?.traces?.[full?.uid];
    if (typeof drawn?.update !== "function" || typeof this.scene.glplot?.redraw !== "function") this.#slow.set(trace, line);
    else drawn.update(Object.assign(full, line));
  }

  /** After Plotly has drawn all traces anew. */
  forget() {
    this.#last = [];
  }

  show() {
    if (this.#slow.size === 0) return this.scene.glplot.redraw();
    const [traces, lines] = [[...this.#slow.keys()], [...this.#slow.values()]];
    this.#slow.clear();
    const change = { x: lines.map(({ x }) => x), y: lines.map(({ y }) => y), z: lines.map(({ z }) => z) };
    return plotly().then((library) => library.restyle(this.graph, change, traces));
  }
}
