/**
 * Theory of stability on a quadratic with curvatures μ ≤ L (app/analysis/stability.py says where it comes from; a golden table holds both
 * together). λ is the momentum.
 */

/** @typedef {{eta: number, momentum: number}} Optimum */

const rules = ["gd", "momentum", "nesterov"];

/**
 * η above which the rule leaves a minimum of largest curvature L; null without theory.
 * @param {string} rule
 * @param {number} momentum
 * @param {number} largest
 */
export function limitOf(rule, momentum, largest) {
  if (!rules.includes(rule) || !(largest > 0)) return null;
  const keeps = rule === "gd" ? 0 : momentum;
  return (2 * (1 + keeps)) / ((rule === "nesterov" ? 1 + 2 * keeps : 1) * largest);
}

/**
 * By how much the distance along one eigenvector shrinks in one update, at last.
 * @param {string} rule
 * @param {number} eta
 * @param {number} momentum
 * @param {number} curvature
 */
export function radius(rule, eta, momentum, curvature) {
  const pull = eta * curvature;
  const keeps = (rule === "gd" ? 0 : momentum) * (rule === "nesterov" ? 1 - pull : 1);
  const trace = 1 + keeps - pull;
  const root = trace * trace - 4 * keeps;
  return root < 0 ? Math.sqrt(keeps) : (Math.abs(trace) + Math.sqrt(root)) / 2;
}

/**
 * @param {string} rule
 * @param {number} low
 * @param {number} high
 * @returns {Optimum|null}
 */
export function optimumOf(rule, low, high) {
  if (!(low > 0) || high < low) return null;
  if (rule === "gd") return { eta: 2 / (low + high), momentum: 0 };
  if (rule !== "momentum") return null;
  const [flat, steep] = [Math.sqrt(low), Math.sqrt(high)];
  return { eta: (2 / (flat + steep)) ** 2, momentum: ((steep - flat) / (steep + flat)) ** 2 };
}

/**
 * Between these two rates both directions swing and shrink by √λ (momentum): slower below, on a knife's edge above.
 * @param {number} momentum
 * @param {number} low
 * @param {number} high
 * @returns {[number, number]|null}
 */
export function robustOf(momentum, low, high) {
  const swing = Math.sqrt(momentum);
  const [from, to] = [(1 - swing) ** 2 / low, (1 + swing) ** 2 / high];
  return low > 0 && from <= to ? [from, to] : null;
}
