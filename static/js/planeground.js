import { Ground } from "./ground.js";

/** The real surface as an answer has it: the loss on a grid of the plane, and the shadows of the trainings on it. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {[number, number]} Pair */
/** @typedef {{name: string, k: number, x: number[], y: number[], loss: number[]}} Way  the shadow of a training: loss is the plane's there; k is its sign, dash and colour */
/** @typedef {{at: Pair, loss: number, is: "place"|"start"|"end"}} Lowest */
/** @typedef {{ground: Ground, ways: Way[], lowest: Lowest|null, unknown: number, beyond: number}} Picture
 *   lowest: of the points of the grid and of the ways; unknown: points of the grid without a loss; beyond: points of the ways outside of the grid */

/** Each training keeps its sign, whatever is here already. */
export const trainings = ["small", "large"];

/**
 * @param {Answer} answer
 * @returns {Picture|null} null as long as there is no plane
 */
export function pictureOf({ series, facts }) {
  const surface = series.find(({ chart, z }) => chart === "plane" && z);
  if (!surface?.z || surface.x.length < 2 || surface.y.length < 2) return null;
  const loss = Float32Array.from(surface.z.flat(), numberOf);
  const ground = new Ground({ x: endsOf(surface.x), y: endsOf(surface.y), shape: [surface.y.length, surface.x.length], loss });
  const ways = trainings.flatMap((name, k) => wayOf(series, name, k));
  const beyond = ways.reduce((sum, { x, y }) => sum + x.filter((at, point) => Number.isNaN(ground.at(at, y[point]))).length, 0);
  return { ground, ways, lowest: facts.lowest ? lowestOf(facts.lowest, ways, ground) : null, unknown: loss.filter(Number.isNaN).length, beyond };
}

/** @param {Cell} value */
function numberOf(value) {
  return value === null ? NaN : Number(value);
}

/** @param {Cell[]} values @returns {Pair} */
function endsOf(values) {
  return [Number(values[0]), Number(values[values.length - 1])];
}

/**
 * @param {Answer["series"]} series
 * @param {string} name
 * @param {number} k
 * @returns {Way[]}
 */
function wayOf(series, name, k) {
  const of = (/** @type {string} */ chart, /** @type {string} */ line) => series.find((one) => one.chart === chart && one.name === line);
  const [on, over] = [of("plane", name), of("loss", name + "_shadow")];
  return on?.x.length ? [{ name, k, x: on.x.map(numberOf), y: on.y.map(numberOf), loss: (over?.y ?? []).map(numberOf) }] : [];
}

/**
 * The grid is coarse: a shadow, the start before all, can lie lower than all of its points.
 * @param {{x: number, y: number, loss: number}} ofGrid
 * @param {Way[]} ways
 * @param {Ground} ground
 * @returns {Lowest}
 */
function lowestOf({ x, y, loss }, ways, ground) {
  return ways.flatMap((way) => stepsOf(way, ground)).reduce((low, one) => (one.loss < low.loss ? one : low), /** @type {Lowest} */ ({ at: [x, y], loss, is: "place" }));
}

/**
 * The points of a way that the picture holds.
 * @param {Way} way
 * @param {Ground} ground
 * @returns {Lowest[]}
 */
function stepsOf({ x, y, loss }, ground) {
  const last = loss.length - 1;
  const steps = loss.map((value, k) => ({ at: /** @type {Pair} */ ([x[k], y[k]]), loss: value, is: /** @type {Lowest["is"]} */ (k === 0 ? "start" : k === last ? "end" : "place") }));
  return steps.filter(({ at }) => !Number.isNaN(ground.at(...at)));
}

/**
 * Whether the lowest point of the picture lies at its edge, where the plane goes on.
 * @param {Ground} ground
 * @param {Pair} point
 */
export function isAtEdge({ x, y, shape: [rows, columns] }, point) {
  return [x, y].some(([low, high], side) => {
    const step = (high - low) / ((side ? rows : columns) - 1);
    return point[side] < low + step / 2 || point[side] > high - step / 2;
  });
}

/**
 * The lowest and the highest loss on the four edges of the picture.
 * @param {Ground} ground
 * @returns {Pair}
 */
export function rimOf({ shape: [rows, columns], loss }) {
  const rim = loss.filter((value, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    return Number.isFinite(value) && (row === 0 || row === rows - 1 || column === 0 || column === columns - 1);
  });
  return [Math.min(...rim), Math.max(...rim)];
}
