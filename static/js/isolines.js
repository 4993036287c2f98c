/** Lines of equal height on a grid, as pieces between the edges of its cells (marching squares). Pure. */

/** @typedef {[number, number]} Pair */
/** @typedef {{x: Pair, y: Pair, shape: Pair, loss: ArrayLike<number>}} Grid */

/**
 * Pieces x₁, y₁, x₂, y₂ one after the other, in the grid's own coordinates.
 * @param {Grid} grid  rows follow y
 * @param {number} level
 */
export function isoline({ x, y, shape: [rows, columns], loss }, level) {
  const [wide, high] = [(x[1] - x[0]) / (columns - 1), (y[1] - y[0]) / (rows - 1)];
  /** @type {number[]} */
  const pieces = [];
  for (let j = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++) {
      const at = j * columns + i;
      const corners = [loss[at], loss[at + 1], loss[at + columns + 1], loss[at + columns]];
      for (const place of crossings(corners, level)) pieces.push(x[0] + wide * (i + place[0]), y[0] + high * (j + place[1]));
    }
  }
  return pieces;
}

/** Corners of a cell, against the clock from below left. */
const cornersOfCell = [[0, 0], [1, 0], [1, 1], [0, 1]];

/**
 * Where a line of this height enters and leaves a cell: none, two or four points.
 * @param {number[]} corners
 * @param {number} level
 */
function crossings(corners, level) {
  /** @type {Pair[]} */
  const points = [];
  for (let k = 0; k < 4; k++) {
    const [here, there] = [corners[k], corners[(k + 1) % 4]];
    if (here < level === there < level || !Number.isFinite(here + there)) continue;
    const part = (level - here) / (there - here);
    const [from, to] = [cornersOfCell[k], cornersOfCell[(k + 1) % 4]];
    points.push([from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]);
  }
  return points.length % 2 ? [] : points;
}
