import { runColour } from "./colours.js";
import { hiddenRuns } from "./edits.js";
import { ring } from "./marks.js";
import { holds } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./types.js").PathRun} PathRun */
/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {{x: Float64Array, y: Float64Array, from: number}} Means  one point per update from `from` on */

const dark = "rgba(10,14,22,0.92)";

/**
 * The mean of a run's points from update `from` up to each later one. A path thinned for the eye lacks most of them: then only the last
 * one is known, as the server tells it.
 * @param {PathRun} run
 * @returns {Means|null}
 */
export function meansOf({ average, update, theta1, theta2, updates }) {
  if (!average) return null;
  if (update) return { x: Float64Array.of(average.at[0]), y: Float64Array.of(average.at[1]), from: updates };
  const { from } = average;
  const [x, y] = [theta1, theta2].map((values) => {
    let sum = 0;
    return Float64Array.from(values.subarray(from), (value, k) => (sum += value) / (k + 1));
  });
  return { x, y, from };
}

/** The second ball of runs that average their points: a ring where the mean up to the playhead is, and the way it came. */
export class AverageMarks {
  /** @type {(Means|null)[]} */
  #means = [];

  /** @param {{store: import("./scene.js").Store, playhead: import("./playhead.js").Playhead}} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {Paths} paths */
  setPaths(paths) {
    this.#means = paths.runs.map(meansOf);
  }

  /** @type {import("./stageart.js").Drawing} */
  draw(context, { axes, palette, labels }) {
    const hidden = hiddenRuns(this.parts.store.shown);
    this.#means.forEach((means, run) => {
      const last = means ? Math.min(this.parts.playhead.at - means.from, means.x.length - 1) : -1;
      if (!means || last < 0 || hidden.includes(run)) return;
      const colour = runColour(run);
      strokeWay(context, wayOf(means, last, axes), colour, palette.stroke);
      const [x, y] = [axes.x(means.x[last]), axes.y(means.y[last])];
      if (!holds(axes, x, y)) return;
      const size = 7 * Math.sqrt(palette.stroke);
      drawRing(context, x, y, size, colour);
      labels.write(say("mean"), x, y, size + 5);
    });
  }
}

/**
 * @param {Means} means
 * @param {number} last
 * @param {import("./plotly.js").Axes} axes
 */
function wayOf({ x, y }, last, axes) {
  const way = new Path2D();
  for (let k = 0; k <= last; k++) way.lineTo(axes.x(x[k]), axes.y(y[k]));
  return way;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} way
 * @param {string} colour
 * @param {number} scale
 */
function strokeWay(context, way, colour, scale) {
  context.setLineDash([]);
  for (const [strokeStyle, width] of /** @type {[string, number][]} */ ([[dark, 3.4], ["#fff", 2.4], [colour, 1]])) {
    Object.assign(context, { strokeStyle, lineWidth: width * scale });
    context.stroke(way);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} colour
 */
function drawRing(context, x, y, size, colour) {
  const circle = ring(x, y, size);
  for (const [strokeStyle, width] of /** @type {[string, number][]} */ ([[dark, 0.8], ["#fff", 0.6], [colour, 0.4]])) {
    Object.assign(context, { strokeStyle, lineWidth: width * size });
    context.stroke(circle);
  }
}
