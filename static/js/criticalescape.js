import { plainRun, startPlainAt } from "./criticaledits.js";
import { signOf } from "./criticalpoints.js";
import { element } from "./element.js";
import { NumberKnob } from "./numberknob.js";
import { figure, rounded } from "./numbers.js";
import { outcomeWords } from "./outcomes.js";
import { same, sceneValue } from "./rows.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./criticalpoints.js").Named} Named */
/** @typedef {{from: Pair, to: Pair, eigenvalue: number, predicted: number, actual: number, length: number}} Escape */

/** Of the domain's diagonal. */
const usual = 0.01;

/** Leaving a critical point along the direction in which the loss curves down (C4). */
export class EscapePart {
  /**
   * @param {HTMLElement} place
   * @param {Store} store
   * @param {{ask: (point: Pair, length: number) => void, started: () => void}} events
   */
  constructor(place, store, events) {
    this.place = place;
    this.store = store;
    this.events = events;
    this.length = NaN;
    this.diagonal = NaN;
    /** @type {Named|null} */
    this.point = null;
    /** @type {Escape|null} */
    this.escape = null;
    this.words = element("p", { class: "escape-words" });
    this.told = element("p", { class: "escape-told", role: "status" });
    this.leave = this.button(() => this.escape?.to);
    this.stay = this.button(() => this.escape?.from);
    this.knob = new NumberKnob({ id: "escape-length", knob: lengthKnob(1), label: say("Step length s"), set: (value) => this.setLength(value) });
    const tools = element("div", { class: "critical-tools" }, this.leave, this.stay);
    place.append(element("h3", {}, say("Leave along u₁")), this.knob.element, this.words, tools, this.told);
  }

  /** @param {() => Pair|undefined} place */
  button(place) {
    const made = element("button", { type: "button", class: "tool" });
    made.addEventListener("click", () => {
      const point = place();
      if (point) this.start(point);
    });
    return made;
  }

  /** @param {Pair} point */
  start(point) {
    this.events.started();
    this.store.change(startPlainAt(this.store.tables, point));
  }

  /**
   * @param {Named|null} point  nothing is offered at one that cannot be left this way
   * @param {number} diagonal  of the domain
   */
  show(point, diagonal) {
    const leaves = point?.eigenvalues ? point.kind !== "flat" && signOf(point.eigenvalues[0], point.eigenvalues) < 0 : false;
    this.place.hidden = !leaves;
    if (diagonal !== this.diagonal) this.length = rounded(usual * diagonal, 2);
    this.diagonal = diagonal;
    this.knob.show(this.length, { knob: lengthKnob(diagonal) });
    if (!leaves || !point || same(point, this.point)) return;
    this.point = point;
    this.escape = null;
    this.leave.textContent = say("Start here, one step along u₁");
    this.stay.textContent = say("Start exactly on {name}", { name: point.name });
    this.ask();
  }

  /** @param {number} value */
  setLength(value) {
    this.length = value;
    this.knob.show(value);
    this.ask();
  }

  ask() {
    this.leave.disabled = this.stay.disabled = true;
    if (this.point) this.events.ask(this.point.at, this.length);
  }

  /** @param {Escape} escape */
  answered(escape) {
    this.escape = escape;
    this.leave.disabled = this.stay.disabled = false;
    const { predicted, actual, eigenvalue } = escape;
    const numbers = { predicted: figure(predicted), actual: figure(actual), value: figure(eigenvalue) };
    this.words.textContent = say("Predicted: ½ · λ₁ · s² = {predicted}, with λ₁ = {value}. In fact the loss changes by {actual}.", numbers);
  }

  /** @param {string} words */
  refused(words) {
    this.escape = null;
    this.leave.disabled = this.stay.disabled = true;
    this.words.textContent = words;
  }

  /** What became of gradient descent once it started here. @param {Paths|null} paths */
  showPaths(paths) {
    const index = plainRun(this.store.scene, this.store.tables);
    const run = paths?.runs[index];
    const start = sceneValue(this.store.tables, this.store.scene, "start");
    const [left, stayed] = [same(start, this.escape?.to), same(start, this.escape?.from)];
    this.told.textContent = run && (left || stayed) ? (left ? leftWords(run) : stayedWords(run)) : "";
  }
}

/** @param {import("./types.js").PathRun} run */
function leftWords(run) {
  const change = run.end_loss === null ? NaN : run.end_loss - run.loss[0];
  return say("Gradient descent started one step down: {outcome}, its loss changed by {change}.", { outcome: outcomeWords(run), change: figure(change) });
}

/** @param {import("./types.js").PathRun} run */
function stayedWords(run) {
  const moved = Math.hypot(run.end[0] - run.theta1[0], run.end[1] - run.theta2[0]);
  if (moved === 0) return say("Gradient descent started exactly on it and has not moved: the gradient is zero.");
  return say("Gradient descent started on it, as exactly as numbers can: {outcome}, {moved} away.", { outcome: outcomeWords(run), moved: figure(moved) });
}

/** @param {number} diagonal @returns {import("./types.js").Knob} */
function lengthKnob(diagonal) {
  const [low, high] = [rounded(diagonal * 1e-4, 1), rounded(diagonal * 0.1, 1)];
  return { name: "length", kind: "number", scope: "view", default: null, low, high, scale: "log", step: 0, choices: [], label: "", symbol: "s", help: "" };
}
