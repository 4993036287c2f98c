import { element } from "./element.js";
import { lostWords } from "./lostwords.js";
import { figure, count } from "./numbers.js";
import { pictureOf, trainings } from "./planeground.js";
import { PlaneMap } from "./planemap.js";
import { keyOf } from "./signs.js";
import { write } from "./texts.js";
import { paragraph, say, sayMany } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Chart} Chart */
/** @typedef {import("./planemap.js").Shown} Shown */
/** @typedef {import("./planeground.js").Picture} Picture */

/** A surface over two directions, from above or in space; what draws in space is loaded when it is first chosen. */
export class PlaneChart {
  /** @type {Shown|null} */
  #shown = null;
  /** @type {Answer|null} */
  #answer = null;
  #view = "2d";

  constructor() {
    this.map = new PlaneMap();
    /** @type {import("./planespace.js").PlaneSpace|null} */
    this.space = null;
    this.legend = element("ul", { class: "seeds-legend" });
    this.figure = element("div", { class: "plane-figure" }, this.map.element);
    this.note = element("p", { class: "plane-note" });
    this.lost = lostWords();
    this.lost.hidden = true;
    this.element = element("div", { class: "plane", hidden: true }, this.legend, this.lost, this.figure, this.note);
  }

  /**
   * @param {Answer} answer
   * @param {Chart} chart
   * @param {string} view
   */
  show(answer, chart, view) {
    if (answer === this.#answer && view === this.#view) return;
    this.#answer = answer;
    this.#view = view;
    this.lost.hidden = true;
    const picture = pictureOf(answer);
    this.#shown = picture && shownOf(answer, chart, picture);
    this.figure.hidden = !picture;
    this.legend.replaceChildren(...trainings.map((name, k) => element("li", {}, keyOf(k), nameOf(answer, chart, name))));
    write(this.note, picture ? noteOf(picture) : say("The plane is drawn when both trainings are over."));
    this.#showView();
  }

  /** From above until space is there, and for good where it does not come. */
  async #showView() {
    this.#showEither();
    if (this.#view !== "3d" || this.space) return;
    await this.#openSpace();
    this.#showEither();
  }

  #showEither() {
    const { space } = this;
    const inSpace = this.#view === "3d" && space !== null;
    this.map.element.hidden = inSpace;
    if (space) space.element.hidden = !inSpace;
    if (inSpace) space.show(this.#shown);
    else this.map.show(this.#shown);
  }

  async #openSpace() {
    const module = await import("./planespace.js").catch(() => null);
    this.lost.hidden = module !== null || this.#view !== "3d";
    if (module && !this.space) this.space = new module.PlaneSpace(this.figure);
  }

  draw() {
    this.map.draw();
    this.space?.draw();
  }
}

/**
 * @param {Answer} answer
 * @param {Chart} chart
 * @param {Picture} picture
 * @returns {Shown}
 */
function shownOf(answer, chart, picture) {
  const end = (/** @type {string} */ name) => say("end, B = {batch}", { batch: count(answer.knobs[name]) });
  const names = { start: say("start"), lowest: say("lowest"), ends: Object.fromEntries(trainings.map((name) => [name, end(name)])) };
  return { picture, axes: axesOf(answer), names, summary: summaryOf(answer, chart, picture) };
}

/** @param {Answer} answer @returns {[string, string]} */
function axesOf(answer) {
  if (answer.facts.directions === "random") return [say("Direction 1"), say("Direction 2")];
  return [say("Towards the end of B = {batch}", { batch: count(answer.knobs.small) }), say("Across")];
}

/**
 * @param {Answer} answer
 * @param {Chart} chart
 * @param {string} name
 */
function nameOf(answer, chart, name) {
  const label = chart.series.find((one) => one.name === name)?.label ?? name;
  return say("{name}, B = {batch}: its shadow", { name: say(label), batch: count(answer.knobs[name]) });
}

/**
 * What the picture shows, for those who do not see it.
 * @param {Answer} answer
 * @param {Chart} chart
 * @param {Picture} picture
 */
function summaryOf(answer, chart, { ground, ways, lowest }) {
  const heights = say("{chart}: the training loss on it lies between {low} and {high}.", { chart: say(chart.label), low: figure(Math.min(ground.low, lowest?.loss ?? ground.low)), high: figure(ground.high) });
  const told = ways.map(({ name, x, y, loss }) => {
    const [from, to] = [0, x.length - 1].map((k) => `(${placeOn(ground.x, x[k])}, ${placeOn(ground.y, y[k])})`);
    return say("{name}: from {from} to {to}; there the plane's loss is {loss}.", { name: nameOf(answer, chart, name), from, to, loss: figure(loss[loss.length - 1]) });
  });
  return paragraph([heights, ...told, say("Its numbers are in the table below.")]);
}

/**
 * A place as finely as a thousandth of its axis.
 * @param {[number, number]} axis
 * @param {number} value
 */
function placeOn([low, high], value) {
  const step = 10 ** Math.floor(Math.log10((high - low) / 1000));
  return figure(Math.round(value / step) * step);
}

/**
 * How the picture is to be read, and what it does not hold.
 * @param {Picture} picture
 */
function noteOf({ ground, ways, unknown, beyond }) {
  const points = ways[0]?.x.length ?? 0;
  const scale = ground.tone === "log" ? say("Colours and heights are spread for the eye: near the lowest loss they are finer. The numbers are true losses.") : "";
  const shadow = say("A shadow is the point of the plane that is nearest to the training; the training itself was beside the plane, at another loss. Its line joins the {points} points at which it was looked at.", { points: count(points) });
  return paragraph([shadow, scale, unknown ? sayMany("At {n} point of the grid the loss is too large for a number; it has no colour.", "At {n} points of the grid the loss is too large for a number; they have no colour.", unknown) : "", beyond ? sayMany("{n} point of the paths lies outside of this picture.", "{n} points of the paths lie outside of this picture.", beyond) : ""]);
}
