import { element, iconButton } from "./element.js";
import { knobLabel } from "./controls.js";
import { writtenValue } from "./values.js";
import { named, sceneValue } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Problem} Problem */
/** @typedef {import("./scene.js").Store} Store */

/** What was wrong in an address, what is allowed, and what is drawn instead. */
export class Notices {
  /**
   * @param {HTMLElement} place
   * @param {Store} store
   */
  constructor(place, store) {
    this.place = place;
    this.store = store;
  }

  /** @param {Problem[]} problems */
  show(problems) {
    const lines = problems.map((problem) => element("li", {}, ...sentences(problem, this.store)));
    this.place.replaceChildren(...(lines.length ? [this.box(element("ul", {}, ...lines))] : []));
  }

  /** Something the server could not do. @param {string} text */
  tell(text) {
    this.place.replaceChildren(this.box(element("p", {}, text)));
  }

  /** @param {HTMLElement} text */
  box(text) {
    const box = element("div", { class: "notice" }, text);
    box.append(iconButton("remove", say("Close this notice"), () => box.remove()));
    return box;
  }
}

/**
 * @param {Problem} problem
 * @param {Store} store
 */
function sentences(problem, store) {
  const given = problem.given === "" ? say("nothing") : problem.given;
  const values = { knob: nameOf(problem.knob, store), given, allowed: problem.allowed };
  return [say("{knob} cannot be “{given}”. Allowed: {allowed}.", values), instead(problem, store)];
}

/**
 * "eta", or "run gd eta" for a knob of one run.
 * @param {string} knob
 * @param {Store} store
 */
function nameOf(knob, store) {
  const [first, rule, own] = knob.split(" ");
  const label = labelOf(own ?? first, store);
  if (!rule) return label;
  const unknown = say("A knob");
  return say("{knob} of the run {rule}", { knob: own ? label : unknown, rule: labelOf(rule, store) });
}

/**
 * @param {string} name
 * @param {Store} store
 */
function labelOf(name, store) {
  const { knobs, rules } = store.tables;
  const row = named(knobs, name);
  return row ? knobLabel(row) : say(named(rules, name)?.label ?? name);
}

/**
 * @param {Problem} problem
 * @param {Store} store
 */
function instead(problem, store) {
  const row = named(store.tables.knobs, problem.knob);
  if (!row || row.scope === "run") return "";
  const value = row.scope === "view" ? row.default : row.name === "surface" ? store.scene.surface : sceneValue(store.tables, store.scene, row.name);
  return value === null ? "" : " " + say("Drawn instead: {value}.", { value: writtenValue(row, value) });
}
