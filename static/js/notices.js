import { element, iconButton } from "./element.js";
import { knobLabel } from "./controls.js";
import { writtenValue } from "./values.js";
import { named } from "./rows.js";
import { paragraph, say } from "./words.js";

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

  /**
   * @param {Problem[]} problems
   * @param {{isDrawn?: boolean}} [options]  isDrawn: whether something else is drawn instead
   */
  show(problems, { isDrawn = true } = {}) {
    const lines = problems.map((problem) => element("li", {}, paragraph([refusalOf(problem, this.store), isDrawn ? instead(problem, this.store) : ""])));
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

/** The server's texts in the reader's language, where they are in its catalogue. @param {Problem} problem @returns {Problem} */
export function inOurWords(problem) {
  const { words } = problem;
  return words ? { ...problem, wrong: say(words.wrong, words.values), allowed: say(words.allowed, words.values) } : problem;
}

/**
 * @param {Problem} problem
 * @param {Store} store
 */
function refusalOf(problem, store) {
  const given = problem.given === "" ? say("nothing") : problem.given;
  const { wrong, at, allowed } = inOurWords(problem);
  const values = { knob: nameOf(problem.knob, store), given, allowed };
  if (wrong === undefined || at === undefined) return say("{knob} cannot be “{given}”. Allowed: {allowed}.", values);
  return say("{knob} cannot be “{given}”: {wrong} at character {n}. Allowed: {allowed}.", { ...values, wrong, n: at + 1 });
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
  if (row.kind === "sides") return say("No map is drawn.");
  const value = row.scope === "view" ? row.default : store.value(row.name);
  return value === null ? "" : say("Drawn instead: {value}.", { value: writtenValue(row, value) });
}
