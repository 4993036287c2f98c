import { multiples, roundUp } from "./tone.js";

/** A small plane with axes: from numbers to pixels and back, and round ticks. Pure. */

/** @typedef {[number, number]} Pair */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/**
 * The range of some numbers with air on both sides.
 * @param {number[]} values
 * @param {number} air  as a share of their span
 * @returns {Pair}
 */
export function spanOf(values, air) {
  const known = values.filter(Number.isFinite);
  if (!known.length) return [-1, 1];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const span = high - low || Math.abs(high) || 1;
  return [low - air * span, high + air * span];
}

export class Plane {
  /**
   * @param {Box} box
   * @param {Pair} rangeX
   * @param {Pair} rangeY
   */
  constructor(box, rangeX, rangeY) {
    this.box = box;
    this.rangeX = rangeX;
    this.rangeY = rangeY;
  }

  /** @param {number} value */
  x(value) {
    const { left, width } = this.box;
    return left + (width * (value - this.rangeX[0])) / (this.rangeX[1] - this.rangeX[0]);
  }

  /** @param {number} value */
  y(value) {
    const { top, height } = this.box;
    return top + height - (height * (value - this.rangeY[0])) / (this.rangeY[1] - this.rangeY[0]);
  }

  /** @param {number} share  from left to right */
  valueX(share) {
    return this.rangeX[0] + share * (this.rangeX[1] - this.rangeX[0]);
  }

  /**
   * Round numbers along one side.
   * @param {"x"|"y"} side
   * @param {number} room  in pixels for each
   */
  ticks(side, room) {
    const [low, high] = side === "x" ? this.rangeX : this.rangeY;
    const length = side === "x" ? this.box.width : this.box.height;
    const count = Math.max(1, Math.floor(length / room));
    return multiples(low, high, roundUp((high - low) / count));
  }
}

/**
 * The nearest of some points to a pointer; -1 when none is near.
 * @param {Plane} plane
 * @param {Pair[]} points
 * @param {Pair} pointer
 * @param {number} within
 */
export function nearestTo(plane, points, [x, y], within) {
  const away = (/** @type {Pair} */ [px, py]) => Math.hypot(plane.x(px) - x, plane.y(py) - y);
  const best = points.reduce((one, point, k) => (one < 0 || away(point) < away(points[one]) ? k : one), -1);
  return best >= 0 && away(points[best]) <= within ? best : -1;
}
