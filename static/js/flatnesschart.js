import { paletteOf } from "./colours.js";
import { drawing, element } from "./element.js";
import { roundStep } from "./hand.js";
import { ticksOf } from "./lossaxes.js";
import { exact, figure } from "./numbers.js";
import { watchSize } from "./overlay.js";
import { text } from "./signs.js";
import { roundLabel } from "./ticklabel.js";
import { say } from "./words.js";

/** @typedef {import("./flatnesswords.js").Told} Told */
/**
 * @typedef {{cut: import("./cut.js").Cut, distance: Float32Array, training: Float32Array, test: Float32Array, minima: Told[],
 *   slid: number|null}} Shown  slid: how far the test is moved along the cut; null when it is not moved
 */
/** @typedef {{left: number, top: number, width: number, height: number, low: number, high: number, length: number}} Box */

const air = 0.15;
const near = 0.02;
const ticks = 5;
const arrows = /** @type {Record<string, number>} */ ({ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 });

/** Both losses along the cut; the test's curve can be dragged. Its numbers are in the table below it. */
export class FlatnessChart {
  /** @type {Shown|null} */
  #shown = null;
  /** @type {{x: number, slid: number}|null} */
  #held = null;

  /** @param {(slid: number, done: boolean) => void} slide */
  constructor(slide) {
    this.slide = slide;
    this.figure = element("div", { class: "flatness-figure", tabindex: "0", role: "slider", "aria-label": say("Shift of the test along the cut") });
    const key = (/** @type {string} */ name, /** @type {string} */ words) =>
      element("li", {}, drawing("svg", { class: "seeds-key", viewBox: "0 0 44 16", "aria-hidden": "true" }, drawing("line", { class: name, x1: 1, x2: 43, y1: 8, y2: 8 })), words);
    this.legend = element("ul", { class: "seeds-legend" }, key("flatness-training", say("training loss")), key("flatness-test", say("test loss")));
    watchSize(this.figure, () => this.draw());
    this.listen();
  }

  listen() {
    const { figure: place } = this;
    place.addEventListener("pointerdown", (event) => this.#grab(event));
    place.addEventListener("pointermove", (event) => this.#held && this.slide(this.#slidTo(event), false));
    for (const kind of /** @type {const} */ (["pointerup", "pointercancel"])) place.addEventListener(kind, (event) => this.#release(event));
    place.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {PointerEvent} event */
  #grab(event) {
    if (this.#shown?.slid === null || !this.#shown || event.button !== 0) return;
    this.figure.setPointerCapture(event.pointerId);
    this.#held = { x: event.clientX, slid: this.#shown.slid };
  }

  /** @param {PointerEvent} event */
  #release(event) {
    if (this.#held) this.slide(this.#slidTo(event), true);
    this.#held = null;
  }

  /** @param {PointerEvent} event */
  #slidTo(event) {
    const box = this.#box();
    const held = /** @type {{x: number, slid: number}} */ (this.#held);
    const slid = held.slid + ((event.clientX - held.x) / box.width) * box.length;
    const unit = roundStep(box.length / box.width) / 10;
    return Math.round(slid / unit) * unit;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const slid = this.#shown?.slid ?? null;
    const direction = arrows[event.key] ?? (event.key === "Home" ? 0 : null);
    if (slid === null || direction === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = roundStep(this.#box().length / 250) * (event.shiftKey ? 10 : 1);
    this.slide(direction === 0 ? 0 : Math.round((slid + direction * step) / step) * step, true);
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    const { slid, cut } = shown;
    const half = cut.length / 2;
    Object.entries({ "aria-valuemin": -half, "aria-valuemax": half, "aria-valuenow": slid ?? 0 }).forEach(([name, value]) => this.figure.setAttribute(name, String(value)));
    this.figure.setAttribute("aria-valuetext", slid === null ? say("fresh examples") : say("moved by {distance}", { distance: figure(slid) }));
    this.figure.setAttribute("aria-disabled", String(slid === null));
    this.figure.classList.toggle("is-movable", slid !== null);
    this.draw();
  }

  /** @returns {Box} */
  #box() {
    const { font } = paletteOf(this.figure);
    const { clientWidth, clientHeight } = this.figure;
    const { cut, training, minima } = /** @type {Shown} */ (this.#shown);
    const known = [...training].filter(Number.isFinite).sort((one, other) => one - other);
    const losses = minima.flatMap(({ training: loss, test }) => [loss ?? NaN, test ?? NaN]).filter(Number.isFinite);
    const seen = [...losses, known[Math.floor(known.length / 2)], crest(/** @type {Shown} */ (this.#shown))];
    const [low, high] = [Math.min(known[0], ...losses), Math.max(...seen)];
    const span = high - low || 1;
    return { left: font * 4.2, top: font * 1.8, width: clientWidth - font * 5, height: clientHeight - font * 5, low: low - air * span, high: high + 2 * air * span, length: cut.length };
  }

  draw() {
    const shown = this.#shown;
    if (!shown || this.figure.clientWidth < 60) return this.figure.replaceChildren();
    const { font } = paletteOf(this.figure);
    const box = this.#box();
    const size = { width: this.figure.clientWidth, height: this.figure.clientHeight };
    const { distance, training, test } = shown;
    const curves = [drawing("path", { class: "flatness-training", d: curve(distance, training, box) }), drawing("path", { class: "flatness-test", d: curve(distance, test, box) })];
    const frame = drawing("svg", { x: box.left, y: box.top, width: box.width, height: box.height, viewBox: `${box.left} ${box.top} ${box.width} ${box.height}` }, ...curves);
    this.figure.replaceChildren(drawing("svg", { "aria-hidden": "true", ...size }, ...axes(shown, box, font), frame, ...minimaOf(shown, box, font)));
  }
}

/** The highest training loss between the minima on the cut; the outer walls may leave through the top. @param {Shown} shown */
function crest({ cut, distance, training, minima }) {
  const places = minima.filter(({ at }) => cut.off(at) < near * cut.length).map(({ at }) => cut.along(at));
  const [first, last] = [Math.min(...places), Math.max(...places)];
  return Math.max(-Infinity, ...training.filter((loss, k) => distance[k] >= first && distance[k] <= last && Number.isFinite(loss)));
}

/** @param {number} loss @param {Box} box */
function height(loss, { top, height: tall, low, high }) {
  return top + ((high - loss) / (high - low)) * tall;
}

/** @param {number} s @param {Box} box */
function across(s, { left, width, length }) {
  return left + (s / length) * width;
}

/**
 * @param {Float32Array} distance
 * @param {Float32Array} loss
 * @param {Box} box
 */
function curve(distance, loss, box) {
  let pen = "M";
  let path = "";
  distance.forEach((s, k) => {
    if (!Number.isFinite(loss[k])) return (pen = "M");
    path += `${pen}${across(s, box).toFixed(1)} ${height(loss[k], box).toFixed(1)}`;
    return (pen = "L");
  });
  return path;
}

/**
 * @param {Shown} shown
 * @param {Box} box
 * @param {number} font
 */
function axes({ cut }, box, font) {
  const bottom = box.top + box.height;
  const levels = ticksOf([box.low, box.high], "linear", ticks).flatMap((loss) => [
    drawing("line", { class: "seeds-grid", x1: box.left, x2: box.left + box.width, y1: height(loss, box), y2: height(loss, box) }),
    text(roundLabel(loss), { x: box.left - font * 0.5, y: height(loss, box) + font * 0.35, "text-anchor": "end" }),
  ]);
  const places = ticksOf([cut.origin, cut.origin + cut.length], "linear", ticks).map((place) => text(exact(place), { x: across(place - cut.origin, box), y: bottom + font * 1.4, "text-anchor": "middle" }));
  const titles = [
    text(say("loss"), { x: box.left - font * 3.6, y: font, "text-anchor": "start" }),
    text(cut.axis < 0 ? say("distance along the cut") : say("place along the cut"), { x: box.left + box.width / 2, y: bottom + font * 2.65, "text-anchor": "middle" }),
  ];
  return [...levels, ...places, ...titles];
}

/**
 * From the training loss of each minimum that lies on the cut to its test loss, and its letter.
 * @param {Shown} shown
 * @param {Box} box
 * @param {number} font
 */
function minimaOf({ cut, minima }, box, font) {
  return minima.filter(({ at, training, test }) => cut.off(at) < near * cut.length && training !== null && test !== null).flatMap(({ at, name, training, test }) => {
    const x = across(cut.along(at), box);
    const [from, to] = [height(/** @type {number} */ (training), box), height(/** @type {number} */ (test), box)];
    return [
      drawing("line", { class: "flatness-rise", x1: x, x2: x, y1: from, y2: to }),
      drawing("circle", { class: "flatness-dot", cx: x, cy: from, r: font * 0.35 }),
      drawing("rect", { class: "flatness-dot", x: x - font * 0.33, y: to - font * 0.33, width: font * 0.66, height: font * 0.66 }),
      text(name, { x, y: Math.max(from, to) + font * 1.3, "text-anchor": "middle" }),
    ];
  });
}
