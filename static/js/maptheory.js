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
  if (!rules.includes(rule) || !(largest > 0 && largest < Infinity)) return null;
  const keeps = rule === "gd" ? 0 : momentum;
  return (2 * (1 + keeps)) / ((rule === "nesterov" ? 1 + 2 * keeps : 1) * largest);
}

/**
 * The same as text: up to which η a curvature λmax is held, or up to which λmax an η holds.
 * @param {string} rule
 * @param {"λmax"|"η"} known
 */
export function limitFormula(rule, known) {
  const formulas = /** @type {Record<string, string>} */ ({ gd: `2/${known}`, momentum: `2(1 + λ)/${known}`, nesterov: `2(1 + λ)/((1 + 2λ)${known})` });
  return formulas[rule] ?? "";
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
  if (rule === "nesterov") {
    const root = Math.sqrt((3 * high) / low + 1);
    return { eta: 4 / (3 * high + low), momentum: (root - 2) / (root + 2) };
  }
  if (rule !== "momentum") return null;
  const [flat, steep] = [Math.sqrt(low), Math.sqrt(high)];
  return { eta: (2 / (flat + steep)) ** 2, momentum: ((steep - flat) / (steep + flat)) ** 2 };
}

/**
 * The regimes of momentum along η: lazy below the first rate (the flat direction is slow), robust up to the second (both swing and shrink by
 * √λ; nothing where the two are one), then on a knife's edge up to the limit (the steep direction nearly leaves).
 * @param {number} momentum
 * @param {number} low
 * @param {number} high
 */
export function regimesOf(momentum, low, high) {
  const swing = Math.sqrt(momentum);
  const [from, to] = [(1 - swing) ** 2 / low, (1 + swing) ** 2 / high];
  const alike = (2 * (1 + momentum)) / (low + high);
  return { lazy: from <= to ? from : alike, edge: from <= to ? to : alike, limit: (2 * (1 + momentum)) / high };
}
