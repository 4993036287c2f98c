import { ring } from "./marks.js";
import { holds } from "./trail.js";

/** @typedef {{theta1: Float32Array, theta2: Float32Array}} Ends */

/** Where every seed ended, as small dots under the paths of the stage from above. */
export class SeedsCloud {
  /** @type {Ends|null} */
  #ends = null;
  #isEarlier = false;

  /** @param {() => void} redraw */
  constructor(redraw) {
    this.redraw = redraw;
  }

  /**
   * @param {Ends|null} ends
   * @param {boolean} isEarlier  of an earlier setting
   */
  show(ends, isEarlier) {
    if (ends === this.#ends && isEarlier === this.#isEarlier) return;
    this.#ends = ends;
    this.#isEarlier = isEarlier;
    this.redraw();
  }

  /** @type {import("./stageart.js").Drawing} */
  under(context, { axes, palette }) {
    if (!this.#ends) return;
    const dots = dotsOf(this.#ends, axes, 1.7 * Math.sqrt(palette.stroke));
    context.save();
    Object.assign(context, { globalAlpha: this.#isEarlier ? 0.3 : 0.8, lineWidth: 1.4, strokeStyle: "rgb(10,14,22)", fillStyle: "#fff" });
    context.stroke(dots);
    context.fill(dots);
    context.restore();
  }

  /** Over the balls there is nothing of it. */
  draw() {}
}

/**
 * @param {Ends} ends
 * @param {import("./plotly.js").Axes} axes
 * @param {number} radius
 */
function dotsOf({ theta1, theta2 }, axes, radius) {
  const dots = new Path2D();
  theta1.forEach((value, seed) => {
    const [x, y] = [axes.x(value), axes.y(theta2[seed])];
    if (holds(axes, x, y)) dots.addPath(ring(x, y, radius));
  });
  return dots;
}
