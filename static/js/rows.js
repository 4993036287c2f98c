/** Look-ups in the server's tables, and what a knob is when nobody turned it. */

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").Surface} Surface */
/** @typedef {import("./types.js").Pair} Pair */

const fromSurface = ["start", "eta", "updates"];

/**
 * @template {{name: string}} Row
 * @param {Row[]} rows
 * @param {string} name
 * @returns {Row|undefined}
 */
export function named(rows, name) {
  return rows.find((row) => row.name === name);
}

/**
 * @template {{name: string}} Row
 * @param {Row[]} rows
 * @param {string} name
 * @returns {Row}
 */
export function rowOf(rows, name) {
  const row = named(rows, name);
  if (!row) throw new Error(name + " is in no table");
  return row;
}

/**
 * @param {Tables} tables
 * @param {string} scope
 */
export function knobsOf(tables, scope) {
  return tables.knobs.filter((knob) => knob.scope === scope);
}

/**
 * The surface of a scene, with the formula and the domain a visitor gave it.
 * @param {Tables} tables
 * @param {Scene} scene
 * @returns {Surface}
 */
export function surfaceOf(tables, scene) {
  const row = rowOf(tables.surfaces, scene.surface);
  const { formula, domain } = scene.knobs;
  const named = formula ? { ...row, formula, mathml: "" } : row;
  return domain ? { ...named, ...inDomain(row, domain) } : named;
}

/**
 * In another domain the start keeps its place, as app/typed.py says; the surface's own cut may not lie inside.
 * @param {Surface} row
 * @param {[number, number, number, number]} box
 * @returns {{domain: [Pair, Pair], start: Pair, cut: null}}
 */
function inDomain({ start, domain: before }, [left, right, low, high]) {
  const domain = /** @type {[Pair, Pair]} */ ([[left, right], [low, high]]);
  const moved = (/** @type {0|1} */ axis) => {
    const share = (start[axis] - before[axis][0]) / (before[axis][1] - before[axis][0]);
    return domain[axis][0] + share * (domain[axis][1] - domain[axis][0]);
  };
  return { domain, start: [moved(0), moved(1)], cut: null };
}

/**
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {string} name
 * @returns {any}
 */
export function sceneDefault(tables, scene, name) {
  if (name === "batch") return sceneValue(tables, scene, "examples");
  if (name === "examples" && scene.knobs.rows) return scene.knobs.rows.length / 2;
  if (name === "formula") return rowOf(tables.surfaces, scene.surface).formula;
  if (name === "domain") return rowOf(tables.surfaces, scene.surface).domain.flat();
  const own = fromSurface.includes(name) ? /** @type {any} */ (surfaceOf(tables, scene))[name] : null;
  return own ?? rowOf(tables.knobs, name).default;
}

/**
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {string} name
 * @returns {any}
 */
export function sceneValue(tables, scene, name) {
  return scene.knobs[name] ?? sceneDefault(tables, scene, name);
}

/**
 * What a run falls back to: its rule's number, or the scene's. A mean of the path begins in its middle, once somebody wants one.
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {string} rule
 * @param {string} name
 * @returns {any}
 */
export function runDefault(tables, scene, rule, name) {
  const own = rowOf(tables.rules, rule).knobs[name];
  if (own !== null && own !== undefined) return own;
  if (name === "average") return Math.floor(sceneValue(tables, scene, "updates") / 2);
  return isShared(tables, name) ? sceneValue(tables, scene, name) : rowOf(tables.knobs, name).default;
}

/**
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {Run} run
 * @param {string} name
 * @returns {any}
 */
export function runValue(tables, scene, run, name) {
  return run.knobs[name] ?? runDefault(tables, scene, run.rule, name);
}

/**
 * A shared knob belongs to the scene, and a run may have its own value of it.
 * @param {Tables} tables
 * @param {string} name
 */
export function isShared(tables, name) {
  return rowOf(tables.knobs, name).scope === "scene";
}

/**
 * The knobs a run of this rule can have.
 * @param {Tables} tables
 * @param {string} rule
 */
export function runKnobs(tables, rule) {
  const names = new Set(["eta", ...Object.keys(rowOf(tables.rules, rule).knobs), "batch", "schedule", "average"]);
  return tables.knobs.filter((knob) => names.has(knob.name));
}

/**
 * @param {any} one
 * @param {any} other
 */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether the examples are not all one. @param {Tables} tables @param {Scene} scene */
export function differ(tables, scene) {
  return sceneValue(tables, scene, "spread") > 0 || surfaceOf(tables, scene).kind === "data";
}
