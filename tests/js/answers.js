/** Made answers of experiments. */

/** @param {any} more @returns {any} */
export function answer(more) {
  return { state: "done", series: [{}], rows: [], facts: {}, knobs: {}, progress: 1, position: null, error: null, seconds: 3, ...more };
}

export const end = (/** @type {number} */ batch, /** @type {number} */ median) => ({ batch, median, low: median, high: median });

/** From one batch size to another. @param {string} found @param {[number, number]} values @param {any} more @returns {any} */
export function between(found, values, { batches = [16, 144], seeds = 5 } = {}) {
  const [from, to] = values.map((value, k) => end(batches[k], value));
  return { from, to, change: to.median - from.median, apart: found !== "no difference", found, seeds, chance: chanceOf(seeds) };
}

/** How often chance alone puts so many seeds apart from as many. @param {number} seeds */
export function chanceOf(seeds) {
  let ways = 1;
  for (let k = 1; k <= seeds; k++) ways *= (seeds + k) / k;
  return 2 / ways;
}

/** @param {any} story @param {any} given @param {string} chart */
export const all = (story, given, chart) => story.told(given, chart).join(" ");
export const unfinished = ["queued", "running", "failed", "cancelled"];

export const timed = {
  examples: 60000, threads: 2, fixed: 1e-5, each: 2e-7, bend: 50, flat: { from: 1, to: 100, times: 2.8 }, grows: { from: 1000, to: 60000, times: 61 },
  epoch: { from: 1, to: 1000, times: 0.02 }, parallel: { batch: 60000, times: 1.9 },
};
export const timedRows = [[1, 1, 1e-5], [1, 2, 9e-6], [1000, 1, 2e-4], [1000, 2, 1e-5]];

export const compared = (/** @type {string} */ found, first = 1, last = 0.58) => ({ from: end(1, first), to: end(1437, last), change: last - first, apart: found !== "no difference", found, seeds: 5, chance: chanceOf(5) });
export const equal = (/** @type {string} */ training, /** @type {string} */ validation) => ({
  training: { smallest: compared(training), best: compared(training) }, validation: { smallest: compared(validation, 0.97, 0.578), best: compared(validation, 0.97, 0.578) },
});
export const made = [["epochs", 1, 28740, 5, 1, 1, 1, 1, 1, 1, 0, 0], ["epochs", 1437, 20, 5, 1, 1, 1, 1, 1, 1, 0, 2]];
export const ofAccuracy = (/** @type {any} */ epochs, more = {}) => answer({ facts: { epochs }, rows: made, knobs: { epochs: 20, updates: 2000, seconds: 0.25 }, ...more });

export const point = (/** @type {any} */ values, more = {}) => ({ noise: between("falls", values, { batches: [1, 1024] }), theory: { least: 0.97, most: 1.01 }, scale: 31, equal: 30.7, ...more });
export const noisy = { start: point([5.572, 0.0913]), trained: point([19.36, 0.4275], { equal: 431.2 }), later: between("rises", [5.6, 24.8], { batches: [1, 1] }), diverged: 0 };
export const ofGradient = (/** @type {any} */ more = {}, rest = {}) => answer({ facts: { ...noisy, ...more }, knobs: { epochs: 20, small: 16 }, rows: [["start", 1, 5, 0.825, 4.6], ["start", 4, 5, 0.825, 2.3], ["trained", 1, 5, 0.066, 1.32]], ...rest });

export const box = (/** @type {string} */ found, epsilon = 0.001) => ({ epsilon, slope: { small: 0.8, large: 0.63 }, sharpness: between(found, [0.089, 0.061]) });
export const tried = { small: { rates: [0.1, 0.8], reached: [5, 5], epochs: [98, 12.7] }, large: { rates: [0.1, 1.6], reached: [0, 5], epochs: [null, 56.2] } };
export const solved = {
  target: 0.01, seeds: 5, image: 1 / 360, tried, eta: { small: 0.8, large: 1.6 }, pairs: 5, training: between("rises", [0.0095, 0.00999]), validation: between("no difference", [0.975, 0.9722]),
  curvature: between("rises", [0.273, 0.422]), beyond: between("no difference", [0.035, 0.032]), barrier: { median: 0.0359, low: 0.0039, high: 0.0736 }, wide: box("no difference"), narrow: box("no difference", 0.0005),
};
export const paper = [["F1", "small", 256, null, 5, null, null, 0.9966, 0.9803, null, null, null, null, 1.23, 0.61], ["F1", "large", null, null, 5, null, null, 0.9992, 0.9781, null, null, null, null, 205.14, 42.9]];
export const ofSharp = (/** @type {any} */ more = {}, rest = {}) => answer({ facts: { ...solved, ...more }, knobs: { small: 16, large: 144, epochs: 200 }, rows: paper, ...rest });

export const nothing = { plain: null, root: null, linear: null, warm: null, momentum: null, momentum_root: null, momentum_warm: null };
export const wide = { batches: [16, 1437] };
export const reached = {
  epochs: 20, diverged: 0, gap: { training: between("falls", [0.987, 0.58], wide), validation: between("falls", [0.958, 0.578], wide) }, closes: { ...nothing, root: 144, linear: 144, momentum_root: 1437 },
  worse: { ...nothing, linear: 512, warm: 512 }, best: "momentum_root", momentum_too: between("rises", [0.958, 0.972], { batches: [16, 16] }), left: between("falls", [0.972, 0.947], wide),
};
export const cells = (/** @type {string} */ recipe, /** @type {number} */ batch, /** @type {number} */ eta, training = 0.1, validation = 0.1) => [recipe, batch, "gd", eta, "constant", 5, training, training, training, validation, validation, validation, 1];
export const ofBoth = (/** @type {any} */ more = {}, rest = {}) => answer({ facts: { ...reached, ...more }, rows: [cells("linear", 512, 3.2), cells("warm", 512, 3.2), cells("momentum_root", 1437, 0.948, 0.972, 0.947)], ...rest });

export const start = { positive: 0.537, zero: 0.057, negative: 0.407, positive_low: 0.529, positive_high: 0.545, negative_low: 0.4, negative_high: 0.41, signed: 0.569, loss: 2.418, slope: 0.55, largest: 2.79, smallest: -0.69 };
export const last = { positive: 0.795, zero: 0.084, negative: 0.118, positive_low: 0.793, positive_high: 0.809, negative_low: 0.109, negative_high: 0.121, signed: 0.87, loss: 0.0187, slope: 0.0156, largest: 0.83, smallest: -0.00086 };
export const rare = { parameters: 760, blind: 41, zero: 1e-8, seeds: 3, start, end: last, minima: 0, looked: 3, otherwise: [{ threshold: 1e-12, positive: 0.8, zero: 0.05, negative: 0.12 }, { threshold: 0.001, positive: 0.28, zero: 0.717, negative: 0.0026 }], stable: 20 };
export const ofMinima = (/** @type {any} */ more = {}, rest = {}) => answer({ facts: { ...rare, ...more }, rows: [[0, 0, 3], [9000, 100, 3]], ...rest });

const line = (/** @type {string} */ chart, /** @type {string} */ name, /** @type {any[]} */ x, /** @type {any[]} */ y, z = /** @type {any} */ (null)) => ({ chart, name, x, y, low: null, high: null, dots: null, z });
export const planeSeries = [
  line("plane", "surface", [-1, 0, 1], [0, 2], [[4, 2, 1], [5, 3, 0.5]]),
  line("loss", "small", [0, 1], [2, 0.9]), line("loss", "large", [0, 1], [2, 1.8]),
  line("plane", "small", [0, 1], [0, 0]), line("plane", "large", [0, 9], [0, 1]),
  line("loss", "small_shadow", [0, 1], [2, 1]), line("loss", "large_shadow", [0, 1], [2, 1.8]),
];
export const wayEnd = (/** @type {number} */ batch, /** @type {number} */ loss, /** @type {number} */ updates, /** @type {number} */ distance) => ({ batch, loss, updates, distance, eta: 0.1, training: 1, validation: 1 });
export const planeFacts = {
  parameters: 2410, directions: "solutions", diverged: [], small: wayEnd(16, 0.072, 1800, 10.7), large: wayEnd(144, 0.4, 200, 5.4), between: { points: 41, barrier: 0, dip: 0 },
  nearest: { updates: 210, epochs: 2.3, distance: 0.055 }, lowest: { x: 1, y: 2, loss: 0.04 }, outside: { small: { median: 0.055, most: 0.42 }, large: { median: 0.129, most: 0.71 } },
};
export const planeRows = [
  ["small", 0, 0, 2.36, 0.1, 0.1, 0, 0, 2.36, null], ["small", 1170, 13, 0.106, 0.97, 0.95, 9.6, 0.6, 0.0987, 0.04], ["small", 1800, 20, 0.072, 0.98, 0.96, 10.7, 0, 0.072, 0],
  ["large", 0, 0, 2.36, 0.1, 0.1, 0, 0, 2.36, null], ["large", 200, 20, 0.4, 0.9, 0.9, 4.9, 2, 0.4, 0],
];

/** @param {any} more @returns {any} */
export function ofPlane(more = {}) {
  const { facts: other = {}, knobs = {}, ...rest } = more;
  return { state: "done", series: planeSeries, rows: planeRows, facts: { ...planeFacts, ...other }, knobs: { small: 16, large: 144, ...knobs }, ...rest };
}
