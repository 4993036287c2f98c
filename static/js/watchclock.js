/** One epoch at three batch sizes under one clock that counts examples. Pure. */

/** @typedef {import("./types.js").Scene} Scene */

/**
 * One at a time, a quarter of all, all at once; with fewer examples fewer columns. Drawn with replacement, all at once is no batch.
 * @param {number} count
 * @param {string} shuffle
 */
export function watchedBatches(count, shuffle) {
  const sizes = [1, Math.max(1, Math.round(count / 4)), count];
  return [...new Set(sizes)].filter((size) => shuffle !== "replacement" || size < count);
}

/** @param {number} count @param {number} batch */
export function updatesIn(count, batch) {
  return Math.ceil(count / batch);
}

/**
 * How many updates are made when so many examples have been seen; the short last batch is full when all have.
 * @param {number} seen
 * @param {number} batch
 * @param {number} count
 */
export function updatesDone(seen, batch, count) {
  return seen >= count ? updatesIn(count, batch) : Math.floor(seen / batch);
}

/**
 * The same scene with one run per batch size, as long as the epoch at B = 1 needs.
 * @param {Scene} scene
 * @param {{run: number, batches: number[], count: number, epoch: number}} watched
 * @returns {Scene}
 */
export function watchedScene(scene, { run, batches, count, epoch }) {
  const chosen = scene.runs[run];
  const runs = batches.map((batch) => ({ rule: chosen.rule, knobs: { ...chosen.knobs, batch } }));
  return { ...scene, knobs: { ...scene.knobs, updates: (epoch + 1) * count }, runs };
}

/**
 * The smallest domain around some points, with air, and at least a little wide.
 * @param {number[][]} points
 * @param {number} least
 * @returns {[[number, number], [number, number]]}
 */
export function domainAround(points, least) {
  const side = (/** @type {number} */ axis) => {
    const values = points.map((point) => point[axis]).filter(Number.isFinite);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const half = Math.max(0.65 * (high - low), least / 2);
    return /** @type {[number, number]} */ ([(low + high) / 2 - half, (low + high) / 2 + half]);
  };
  return [side(0), side(1)];
}
