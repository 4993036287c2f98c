import { drawColourBar } from "./colourbar.js";
import { paletteOf, runColour, runDash } from "./colours.js";
import { Plane } from "./dataplane.js";
import { element } from "./element.js";
import { roomInSight } from "./insight.js";
import { Labels } from "./labels.js";
import { doubled, drawCross, drawStart } from "./marks.js";
import { figure } from "./numbers.js";
import { inside, Overlay, watchSize } from "./overlay.js";
import { paint } from "./picture.js";
import { signShape } from "./signs.js";
import { barBox, isNarrow, marginOf } from "./stagewindow.js";
import { holds, strokeBold } from "./trail.js";

/** @typedef {import("./planeground.js").Picture} Picture */
/** @typedef {import("./planeground.js").Way} Way */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{start: string, lowest: string, ends: Record<string, string>}} Names  of what is marked */
/** @typedef {{picture: Picture, axes: [string, string], names: Names, summary: string}} Shown */

/** No higher than this part of the window, so that map and words are seen together. */
const highest = 0.52;

/** Nor higher than what the window has left below the words, unless its names would then have no room: so wide and so high in letters at least. */
const least = { wide: 18, high: 10 };

/** A real surface from above: bands of loss as the lab's stage has them, and over them the shadows of the trainings. One unit is as long on both axes. */
export class PlaneMap {
  /** @type {Shown|null} */
  #shown = null;

  constructor() {
    this.element = element("div", { class: "plane-map", role: "img" });
    this.overlay = new Overlay(this.element);
    watchSize(this.element, () => this.draw());
    addEventListener("resize", () => this.draw());
  }

  /** @param {Shown|null} shown */
  show(shown) {
    this.#shown = shown;
    this.element.setAttribute("aria-label", shown?.summary ?? "");
    this.draw();
  }

  draw() {
    const { clientWidth: width } = this.element;
    if (!this.#shown || width < 60) return;
    const { picture, axes, names } = this.#shown;
    const palette = paletteOf(this.element);
    const { plane, height, margin, barEnd } = fieldOf(picture, width, palette.font, roomInSight(this.element));
    this.element.style.blockSize = height + "px";
    this.overlay.fit(width, height);
    const context = this.overlay.wiped();
    drawGround(context, picture, plane);
    drawAxes(context, plane, axes, palette);
    drawColourBar(context, barBox({ width: barEnd, height }, margin, palette.font), picture.ground, palette);
    inside(context, plane.box, () => strokeBold(context, picture.ways.map((way) => strandOf(way, plane)), palette.stroke));
    drawSigns(context, picture, plane, names, palette);
  }
}

/**
 * Where the map lies in so much width: as high as equal units make it, and in sight where that leaves room for its names.
 * @param {Picture} picture
 * @param {number} width
 * @param {number} font
 * @param {number} inSight
 */
function fieldOf({ ground: { x, y } }, width, font, inSight) {
  const margin = marginOf(width, font);
  const top = margin.t + Math.round(font * 1.4);
  const [wide, high] = [x[1] - x[0], y[1] - y[0]];
  const room = width - margin.l - margin.r;
  const whole = Math.max(12 * font, highest * window.innerHeight);
  const unitOf = (/** @type {number} */ height) => Math.min(room / wide, height / high);
  const seen = unitOf(Math.min(whole, inSight - top - margin.b));
  const unit = seen * wide < least.wide * font || seen * high < least.high * font ? unitOf(whole) : seen;
  const box = { left: margin.l, top, width: Math.round(unit * wide), height: Math.round(unit * high) };
  box.left += Math.floor((room - box.width) / 2);
  const height = top + box.height + margin.b;
  const barEnd = isNarrow(width) ? width : box.left + box.width + margin.r;
  return { plane: new Plane(box, x, y), height, margin: { ...margin, t: top }, barEnd };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Picture} picture
 * @param {Plane} plane
 */
function drawGround(context, { ground, unknown }, plane) {
  const { left, top, width, height } = plane.box;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  paint(canvas, ground);
  context.drawImage(canvas, left, top, width, height);
  if (unknown) uncover(context, ground, plane);
}

/**
 * Where a loss is not known there is no colour.
 * @param {CanvasRenderingContext2D} context
 * @param {import("./ground.js").Ground} ground
 * @param {Plane} plane
 */
function uncover(context, { x, y, shape: [rows, columns], loss }, plane) {
  const [wide, high] = [(x[1] - x[0]) / (columns - 1), (y[1] - y[0]) / (rows - 1)];
  loss.forEach((value, place) => {
    if (Number.isFinite(value)) return;
    const [at, up] = [x[0] + (place % columns) * wide, y[0] + Math.floor(place / columns) * high];
    const [left, top, right, bottom] = [plane.x(Math.max(x[0], at - wide)), plane.y(Math.min(y[1], up + high)), plane.x(Math.min(x[1], at + wide)), plane.y(Math.max(y[0], up - high))];
    context.clearRect(left, top, right - left, bottom - top);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {[string, string]} names
 * @param {Palette} palette
 */
function drawAxes(context, plane, names, { font, family, muted, ink }) {
  const { left, top, width, height } = plane.box;
  Object.assign(context, { font: `${font}px ${family}`, fillStyle: muted, strokeStyle: muted, lineWidth: 1, textAlign: "center", textBaseline: "top" });
  context.beginPath();
  for (const value of plane.ticks("x", font * 5)) {
    context.moveTo(plane.x(value), top + height);
    context.lineTo(plane.x(value), top + height + 4);
    context.fillText(figure(value), plane.x(value), top + height + 6);
  }
  Object.assign(context, { textAlign: "right", textBaseline: "middle" });
  for (const value of plane.ticks("y", font * 3)) {
    context.moveTo(left, plane.y(value));
    context.lineTo(left - 4, plane.y(value));
    context.fillText(figure(value), left - 7, plane.y(value));
  }
  context.stroke();
  Object.assign(context, { fillStyle: ink, textAlign: "center", textBaseline: "middle" });
  context.fillText(names[0], left + width / 2, top + height + font * 2.45);
  context.textAlign = "left";
  context.fillText(names[1], Math.max(1, left - font * 3.7), top - font);
}

/**
 * The common start of the shadows and their ends, each with its sign and its name; one at the edge of the map is seen whole.
 * @param {CanvasRenderingContext2D} context
 * @param {Picture} picture
 * @param {Plane} plane
 * @param {Names} names
 * @param {Palette} palette
 */
function drawSigns(context, { ways, lowest }, plane, names, palette) {
  const size = 7 * Math.sqrt(palette.stroke);
  const labels = new Labels(context, palette, plane.box);
  /** @type {{label: string, x: number, y: number}[]} */
  const signs = [];
  const put = (/** @type {string} */ label, /** @type {[number, number]} */ at, /** @type {(x: number, y: number) => void} */ draw) => {
    const [x, y] = [plane.x(at[0]), plane.y(at[1])];
    if (!holds(plane.box, x, y)) return;
    draw(x, y);
    signs.push({ label, x, y });
  };
  if (lowest) put(names.lowest, lowest.at, (x, y) => drawCross(context, x, y, size * 0.7, "#fff"));
  if (ways.length) put(names.start, [ways[0].x[0], ways[0].y[0]], (x, y) => drawStart(context, x, y, size * 0.9));
  for (const way of ways) put(names.ends[way.name], endOf(way), (x, y) => drawEnd(context, way.k, x, y, size));
  for (const { x, y } of ways) x.forEach((at, point) => labels.keepFree(plane.x(at), plane.y(y[point]), 3));
  for (const { x, y } of signs) labels.keepFree(x, y, size * 1.2);
  for (const { label, x, y } of signs.reverse()) {
    const box = labels.write(label, x, y, size + 6, [palette.font * 1.4, palette.font * 2.8]);
    labels.keepBoxFree({ ...box, left: box.left - palette.font, width: box.width + 2 * palette.font }); // two names in one line are not one
  }
}

/** @param {Way} way @returns {[number, number]} */
function endOf({ x, y }) {
  return [x[x.length - 1], y[y.length - 1]];
}

/** @param {Way} way @param {Plane} plane */
function strandOf({ k, x, y }, plane) {
  const line = new Path2D();
  x.forEach((at, point) => line.lineTo(plane.x(at), plane.y(y[point])));
  return { line, colour: runColour(k), dash: runDash(k) };
}

/**
 * The same sign as in the legend.
 * @param {CanvasRenderingContext2D} context
 * @param {number} k
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function drawEnd(context, k, x, y, size) {
  const sign = new Path2D();
  sign.addPath(new Path2D(signShape(k)), new DOMMatrix([size, 0, 0, size, x, y]));
  doubled(context, sign, "#fff", size * 0.5);
  context.fillStyle = runColour(k);
  context.fill(sign);
}
