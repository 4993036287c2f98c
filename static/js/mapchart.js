import { paletteOf, runColour } from "./colours.js";
import { element } from "./element.js";
import { Hand, handLayer } from "./hand.js";
import { ticksOf } from "./lossaxes.js";
import { drawCells, drawHatches, drawLetters, drawMarker, drawTheory, extentOf, painted } from "./mapart.js";
import { isWhole, positionOf, valueAt } from "./mapsides.js";
import { figure } from "./numbers.js";
import { inside, Overlay, watchSize } from "./overlay.js";
import { isLog } from "./scale.js";
import { named } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */
/**
 * @typedef {{sides: [Side, Side], names: [string, string], at: [number, number], run: number, minima: string[],
 *   theory: import("./mapart.js").Theory|null, colouring: Colouring}} Shown  at: the scene's own values
 */
/** @typedef {{place: (values: [number, number], done: boolean) => void, zoom: (by: number, at: [number, number]|null) => void,
 *   box: (x: [number, number], y: [number, number]) => void}} Doors  positions, where nothing else is said */

const wheelZoom = 1.25;
const ticks = 6;
const arrows = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

/** The map itself: cells, theory over it, and the scene's own pair as a marker that a hand can move. */
export class MapChart {
  /** @type {Shown|null} */
  #shown = null;
  /** @type {Picture|null} */
  #picture = null;
  /** @type {{key: string, canvas: HTMLCanvasElement}|null} */
  #cells = null;
  /** @type {any} */
  #axes = null;
  /** @type {[number, number]|null} */
  #boxFrom = null;

  /**
   * @param {import("./types.js").Tables} tables
   * @param {Doors} doors
   */
  constructor(tables, doors) {
    this.tables = tables;
    this.doors = doors;
    this.figure = element("div", { class: "map-figure" });
    this.overlay = new Overlay(this.figure);
    this.hand = handLayer(this.figure, "map-hand", say("The scene's own pair on the map; arrow keys move it, plus and minus zoom"));
    this.#listenFirst();
    this.placing = new Hand(this.hand, { axes: () => this.#axes, start: () => this.#position(), place: ({ point, done }) => this.#place(point, done) });
    watchSize(this.figure, () => this.draw());
  }

  /** Zooming and whole numbers come before the hand that moves the marker. */
  #listenFirst() {
    const { hand } = this;
    hand.addEventListener("keydown", (event) => this.#key(event));
    hand.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    hand.addEventListener("pointerdown", (event) => this.#boxBegins(event));
    hand.addEventListener("pointermove", (event) => this.#boxFrom && this.#boxMoves(event));
    hand.addEventListener("pointerup", (event) => this.#boxFrom && this.#boxEnds(event));
    this.#listenToFingers();
  }

  /** Two fingers zoom. */
  #listenToFingers() {
    let apart = 0;
    const distance = (/** @type {TouchEvent} */ { touches }) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
    this.hand.addEventListener("touchstart", (event) => (apart = event.touches.length === 2 ? distance(event) : 0), { passive: true });
    this.hand.addEventListener("touchmove", (event) => {
      if (!apart || event.touches.length !== 2) return;
      event.preventDefault();
      const now = distance(event);
      if (Math.abs(now / apart - 1) < 0.08) return;
      this.doors.zoom(apart / now, null);
      apart = now;
    }, { passive: false });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const zoom = /** @type {Record<string, number>} */ ({ "+": 1 / wheelZoom, "=": 1 / wheelZoom, "-": wheelZoom })[event.key];
    const way = arrows[event.key];
    if (zoom) this.doors.zoom(zoom, null);
    else if (way && this.#step(way, event.shiftKey ? 5 : 1)) event.stopImmediatePropagation();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** A knob of whole numbers moves by one. @param {[number, number]} way @param {number} times */
  #step(way, times) {
    const shown = this.#shown;
    const side = way[0] ? 0 : 1;
    if (!shown || !isWhole(this.tables, shown.sides[side].knob)) return false;
    const { low, high } = shown.sides[side];
    const next = /** @type {[number, number]} */ (shown.at.map((value, k) => (k === side ? Math.max(low, Math.min(value + way[side] * times, high)) : value)));
    this.doors.place(next, true);
    return true;
  }

  /** The page scrolls unless the map has the focus or a key is held. @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && document.activeElement !== this.hand) return;
    event.preventDefault();
    this.doors.zoom(event.deltaY > 0 ? wheelZoom : 1 / wheelZoom, this.#under(event));
  }

  /** @param {MouseEvent} event @returns {[number, number]} positions */
  #under(event) {
    const box = this.hand.getBoundingClientRect();
    const { left, top, valueX, valueY } = this.#axes;
    return [valueX(left + event.clientX - box.left), valueY(top + event.clientY - box.top)];
  }

  /** @param {PointerEvent} event */
  #boxBegins(event) {
    if (!event.shiftKey || event.button !== 0 || !this.#axes) return;
    event.stopImmediatePropagation();
    this.hand.setPointerCapture(event.pointerId);
    this.#boxFrom = this.#under(event);
  }

  /** @param {PointerEvent} event */
  #boxMoves(event) {
    event.stopImmediatePropagation();
    const [from, to] = [/** @type {[number, number]} */ (this.#boxFrom), this.#under(event)];
    this.draw();
    const { context } = this.overlay;
    const { x, y } = this.#axes;
    Object.assign(context, { strokeStyle: "#fff", lineWidth: 2 });
    context.setLineDash([5, 4]);
    context.strokeRect(x(from[0]), y(from[1]), x(to[0]) - x(from[0]), y(to[1]) - y(from[1]));
    context.setLineDash([]);
  }

  /** @param {PointerEvent} event */
  #boxEnds(event) {
    event.stopImmediatePropagation();
    const [from, to] = [/** @type {[number, number]} */ (this.#boxFrom), this.#under(event)];
    this.#boxFrom = null;
    const sorted = [0, 1].map((k) => /** @type {[number, number]} */ ([from[k], to[k]].sort((one, other) => one - other)));
    this.doors.box(sorted[0], sorted[1]);
  }

  /** @returns {[number, number]|null} */
  #position() {
    const shown = this.#shown;
    return shown && /** @type {[number, number]} */ (shown.sides.map(({ knob }, k) => positionOf(this.tables, knob, shown.at[k])));
  }

  /** @param {[number, number]} point @param {boolean} done */
  #place(point, done) {
    const shown = /** @type {Shown} */ (this.#shown);
    const values = shown.sides.map(({ knob, low, high }, k) => Math.max(low, Math.min(valueAt(this.tables, knob, point[k]), high)));
    const at = /** @type {[number, number]} */ (values);
    this.show({ ...shown, at }); // the marker is where the hand is before the page has followed
    this.doors.place(at, done);
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    this.draw();
  }

  /** @param {Picture|null} picture */
  setPicture(picture) {
    this.#picture = picture;
    this.#cells = null;
  }

  get scales() {
    const { sides } = /** @type {Shown} */ (this.#shown);
    return {
      position: (/** @type {0|1} */ side, /** @type {number} */ value) => positionOf(this.tables, sides[side].knob, value),
      value: (/** @type {0|1} */ side, /** @type {number} */ position) => (this.#isLog(side) ? 10 ** position : position),
    };
  }

  /** @param {0|1} side */
  #isLog(side) {
    const row = named(this.tables.knobs, /** @type {Shown} */ (this.#shown).sides[side].knob);
    return Boolean(row && isLog(row));
  }

  draw() {
    const shown = this.#shown;
    const { clientWidth: width, clientHeight: height } = this.figure;
    if (!shown || width < 80) return;
    const palette = paletteOf(this.figure);
    this.overlay.fit(width, height);
    this.#axes = this.#axesOf(shown, width, height, palette.font);
    this.placing && this.#cover();
    const context = this.overlay.wiped();
    this.#drawAxes(context, shown, palette);
    inside(context, this.#axes, () => this.#drawInside(context, shown, palette));
  }

  #cover() {
    this.placing.cover(this.#axes);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Shown} shown
   * @param {import("./colours.js").Palette} palette
   */
  #drawInside(context, shown, palette) {
    const [axes, picture, scales] = [this.#axes, this.#picture, this.scales];
    const isOf = picture && picture.x.knob === shown.sides[0].knob && picture.y.knob === shown.sides[1].knob;
    if (picture && isOf) {
      const extent = extentOf(picture, scales);
      drawCells(context, this.#painted(picture, shown.colouring), extent, axes);
      if (shown.colouring !== "loss") drawHatches(context, picture, extent, axes, palette);
      if (shown.minima.length > 1) drawLetters(context, picture, shown.minima, scales, axes, palette);
    }
    if (shown.theory && shown.sides[0].knob === "eta") drawTheory(context, shown.theory, shown.sides[1].knob, scales, axes, palette);
    const [x, y] = shown.at.map((value, k) => scales.position(/** @type {0|1} */ (k), value));
    drawMarker(context, axes.x(x), axes.y(y), axes, runColour(shown.run), palette);
  }

  /** @param {Picture} picture @param {Colouring} colouring */
  #painted(picture, colouring) {
    if (this.#cells?.key !== colouring) this.#cells = { key: colouring, canvas: painted(picture, colouring) };
    return this.#cells.canvas;
  }

  /**
   * @param {Shown} shown
   * @param {number} width
   * @param {number} height
   * @param {number} font
   */
  #axesOf({ sides }, width, height, font) {
    const box = { left: font * 4.6, top: font * 2, width: width - font * 6, height: height - font * 5 };
    const [x, y] = sides.map((side) => this.#span(side));
    return {
      ...box,
      x: (/** @type {number} */ position) => box.left + ((position - x[0]) / (x[1] - x[0])) * box.width,
      y: (/** @type {number} */ position) => box.top + ((y[1] - position) / (y[1] - y[0])) * box.height,
      valueX: (/** @type {number} */ at) => x[0] + ((at - box.left) / box.width) * (x[1] - x[0]),
      valueY: (/** @type {number} */ at) => y[1] - ((at - box.top) / box.height) * (y[1] - y[0]),
    };
  }

  /** Whole numbers have half a cell around them. @param {Side} side @returns {[number, number]} */
  #span({ knob, low, high }) {
    if (isWhole(this.tables, knob)) return [low - 0.5, high + 0.5];
    return [positionOf(this.tables, knob, low), positionOf(this.tables, knob, high)];
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Shown} shown
   * @param {import("./colours.js").Palette} palette
   */
  #drawAxes(context, { sides, names }, { font, family, ink, muted, line }) {
    const { left, top, width, height, x, y } = this.#axes;
    Object.assign(context, { font: `${font}px ${family}`, fillStyle: muted, strokeStyle: line, lineWidth: 1, textBaseline: "middle" });
    context.strokeRect(left, top, width, height);
    context.textAlign = "center";
    for (const { at, text } of this.#ticks(sides[0], 0)) context.fillText(text, x(at), top + height + font);
    context.textAlign = "right";
    for (const { at, text } of this.#ticks(sides[1], 1)) context.fillText(text, left - font * 0.5, y(at));
    Object.assign(context, { font: `italic ${font + 1}px ${family}`, fillStyle: ink, textAlign: "center" });
    context.fillText(names[0], left + width / 2, top + height + font * 2.3);
    context.textAlign = "left";
    context.fillText(names[1], font * 0.3, top - font);
  }

  /** @param {Side} side @param {0|1} which */
  #ticks(side, which) {
    const [low, high] = this.#span(side);
    if (!this.#isLog(which)) return ticksOf([low, high], "linear", ticks).map((at) => ({ at, text: figure(at, 3) }));
    const powers = ticksOf([low, high], "log", ticks).map((loss) => ({ at: Math.log10(loss), text: figure(loss, 1) }));
    return powers.length > 1 ? powers : [low, (low + high) / 2, high].map((at) => ({ at, text: figure(10 ** at, 2) }));
  }

  /** The map as a picture file. @param {(file: Blob|null) => void} give */
  save(give) {
    this.overlay.canvas.toBlob(give);
  }
}
