/** Every change a hand can make, as a function from what is shown to what is shown next. */

import { sceneKnobs } from "./address.js";
import { sidesAround } from "./mapsides.js";
import { isShared, rowOf, runKnobs } from "./rows.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {import("./types.js").Shown} Shown */
/** @typedef {import("./types.js").Scene} Scene */
/** @typedef {import("./types.js").Run} Run */
/** @typedef {(shown: Shown) => Shown} Edit */

const ownOfSurface = ["start", "eta", "updates"];

/**
 * @param {Record<string, any>} knobs
 * @param {string} name
 */
function without(knobs, name) {
  const { [name]: _gone, ...rest } = knobs;
  return rest;
}

/**
 * @param {Shown} shown
 * @param {Partial<Scene>} change
 * @returns {Shown}
 */
function withScene(shown, change) {
  return { ...shown, scene: { ...shown.scene, ...change } };
}

/**
 * @param {Shown} shown
 * @param {number} index
 * @param {(run: Run) => Run} change
 */
function withRun(shown, index, change) {
  return withScene(shown, { runs: shown.scene.runs.map((run, at) => (at === index ? change(run) : run)) });
}

/**
 * @param {string} name
 * @param {any} value
 * @returns {Edit}
 */
export function setKnob(name, value) {
  return (shown) => withScene(shown, { knobs: { ...shown.scene.knobs, [name]: value } });
}

/**
 * @param {string} name
 * @returns {Edit}
 */
export function dropKnob(name) {
  return (shown) => withScene(shown, { knobs: without(shown.scene.knobs, name) });
}

/**
 * Fewer examples than a batch holds: such a batch becomes all of them.
 * @param {number} value
 * @returns {Edit}
 */
export function setExamples(value) {
  const fit = (/** @type {Record<string, any>} */ knobs) => (knobs.batch > value ? without(knobs, "batch") : knobs);
  return (shown) =>
    withScene(shown, {
      knobs: { ...fit(shown.scene.knobs), examples: value },
      runs: shown.scene.runs.map((run) => ({ ...run, knobs: fit(run.knobs) })),
    });
}

/**
 * Another surface brings its own start, η and updates; the runs stay.
 * @param {Tables} tables
 * @param {string} surface
 * @returns {Edit}
 */
export function setSurface(tables, surface) {
  const gone = [...ownOfSurface, ...rowOf(tables.surfaces, surface).shapes];
  const kept = sceneKnobs(tables, surface).map((row) => row.name).filter((name) => !gone.includes(name));
  return (shown) => {
    const entries = Object.entries(shown.scene.knobs).filter(([name]) => kept.includes(name));
    return withScene({ ...shown, view: without(without(shown.view, "at"), "cut") }, { surface, knobs: Object.fromEntries(entries) });
  };
}

/**
 * A formula, a domain or rows of one's own, and nothing else of the kind. A start that was chosen stays where the surface does; on another
 * surface an open map does not look past the scene.
 * @param {Tables} tables
 * @param {string} surface
 * @param {Record<string, any>} shapes
 * @returns {Edit}
 */
export function setShapes(tables, surface, shapes) {
  return (shown) => {
    const there = shown.scene.surface === surface ? shown : setSurface(tables, surface)(shown);
    const { rows: _rows, formula: _formula, domain: _domain, ...rest } = there.scene.knobs;
    const next = withScene(there, { knobs: fitting({ ...rest, ...shapes }), runs: there.scene.runs.map((run) => ({ ...run, knobs: fitting(run.knobs, shapes.rows) })) });
    const { map } = next.view;
    return map && there !== shown ? setView("map", sidesAround(map, tables, next.scene))(next) : next;
  };
}

/**
 * Rows decide how many examples there are, and no batch holds more.
 * @param {Record<string, any>} knobs
 * @param {number[]|undefined} [rows]
 */
function fitting(knobs, rows = knobs.rows) {
  if (!rows) return knobs;
  const { examples: _examples, batch, ...rest } = knobs;
  return batch === undefined || batch > rows.length / 2 ? rest : { ...rest, batch };
}

/**
 * @param {Tables} tables
 * @returns {Edit}
 */
export function addRun(tables) {
  return (shown) => {
    const used = shown.scene.runs.map((run) => run.rule);
    const fresh = tables.rules.find((rule) => !used.includes(rule.name)) ?? tables.rules[0];
    return withScene(shown, { runs: [...shown.scene.runs, { rule: fresh.name, knobs: {} }] });
  };
}

/**
 * @param {number} index
 * @returns {Edit}
 */
export function copyRun(index) {
  return (shown) => withScene(shown, { runs: [...shown.scene.runs, shown.scene.runs[index]] });
}

/**
 * @param {number} index
 * @returns {Edit}
 */
export function removeRun(index) {
  return (shown) => {
    const hidden = hiddenRuns(shown).filter((at) => at !== index).map((at) => (at > index ? at - 1 : at));
    const runs = shown.scene.runs.filter((_run, at) => at !== index);
    return withHidden(withInspected(withScene(shown, { runs }), index), hidden);
  };
}

/**
 * The run that is inspected stays the same one when another is removed before it.
 * @param {Shown} shown  without the removed run
 * @param {number} removed
 */
function withInspected(shown, removed) {
  const { inspect } = shown.view;
  if (inspect === undefined) return shown;
  const index = inspect > removed ? inspect - 1 : inspect;
  return setView("inspect", Math.min(index, shown.scene.runs.length - 1))(shown);
}

/**
 * @param {Tables} tables
 * @param {number} index
 * @param {string} rule
 * @returns {Edit}
 */
export function setRule(tables, index, rule) {
  const names = runKnobs(tables, rule).map((row) => row.name);
  const fits = (/** @type {[string, any]} */ [name]) => names.includes(name) && isShared(tables, name);
  return (shown) =>
    withRun(shown, index, (run) => ({ rule, knobs: Object.fromEntries(Object.entries(run.knobs).filter(fits)) }));
}

/**
 * @param {number} index
 * @param {string} name
 * @param {any} value
 * @returns {Edit}
 */
export function setOwn(index, name, value) {
  return (shown) => withRun(shown, index, (run) => ({ ...run, knobs: { ...run.knobs, [name]: value } }));
}

/**
 * @param {number} index
 * @param {string} name
 * @returns {Edit}
 */
export function dropOwn(index, name) {
  return (shown) => withRun(shown, index, (run) => ({ ...run, knobs: without(run.knobs, name) }));
}

/**
 * @param {string} name
 * @param {any} value
 * @returns {Edit}
 */
export function setView(name, value) {
  return (shown) => ({ ...shown, view: { ...shown.view, [name]: value } });
}

/**
 * @param {string} name
 * @returns {Edit}
 */
export function dropView(name) {
  return (shown) => ({ ...shown, view: without(shown.view, name) });
}

/**
 * @param {Shown} shown
 * @returns {number[]}
 */
export function hiddenRuns(shown) {
  const names = /** @type {string[]} */ (shown.view.hide ?? []);
  return names.map((name) => Number(name.replace("run-", ""))).filter(Number.isInteger);
}

/**
 * @param {Shown} shown
 * @param {number[]} hidden
 */
function withHidden(shown, hidden) {
  const names = hidden.sort((a, b) => a - b).map((at) => "run-" + at);
  return names.length ? setView("hide", names)(shown) : dropView("hide")(shown);
}

/**
 * @param {number} index
 * @returns {Edit}
 */
export function toggleHidden(index) {
  return (shown) => {
    const hidden = hiddenRuns(shown);
    return withHidden(shown, hidden.includes(index) ? hidden.filter((at) => at !== index) : [...hidden, index]);
  };
}

/**
 * @param {Shown} shown
 * @param {number} index
 */
export function isSolo(shown, index) {
  const hidden = hiddenRuns(shown);
  return shown.scene.runs.length > 1 && shown.scene.runs.every((_run, at) => hidden.includes(at) === (at !== index));
}

/**
 * @param {number} index
 * @returns {Edit}
 */
export function toggleSolo(index) {
  return (shown) => {
    const others = shown.scene.runs.map((_run, at) => at).filter((at) => at !== index);
    return withHidden(shown, isSolo(shown, index) ? [] : others);
  };
}
