/** Look-ups in the server's tables, and what a knob is when nobody turned it. */

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Run} Run */

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
 * @param {Tables} tables
 * @param {Scene} scene
 */
export function surfaceOf(tables, scene) {
  return rowOf(tables.surfaces, scene.surface);
}

/**
 * @param {Tables} tables
 * @param {Scene} scene
 * @param {string} name
 * @returns {any}
 */
export function sceneDefault(tables, scene, name) {
  if (name === "batch") return sceneValue(tables, scene, "examples");
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
