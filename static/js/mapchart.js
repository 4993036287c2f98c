import { fitting } from "./chartsides.js";
import { drawColourBar } from "./colourbar.js";
import { paletteOf, runColour } from "./colours.js";
import { element } from "./element.js";
import { gripClass, Hand, handLayer } from "./hand.js";
import { ticksOf } from "./lossaxes.js";
import { drawCells, drawHairs, drawHatches, drawLetters, drawMarker, extentOf, painted } from "./mapart.js";
import { pictureOf } from "./mappicture.js";
import { MapScale } from "./mapscale.js";
import { isWhole, positionOf, valueAt } from "./mapsides.js";
import { drawTheory } from "./maptheoryart.js";
import { pairWords } from "./mapwords.js";
import { MapZoom } from "./mapzoom.js";
import { exact, figure } from "./numbers.js";
import { inside, layer, Overlay, watchSize } from "./overlay.js";
import { isLog } from "./scale.js";
import { named } from "./rows.js";
import { holds } from "./trail.js";
import { say } from "./words.js";

/** @typedef {import("./mapsides.js").Side} Side */
/** @typedef {import("./mapcells.js").Picture} Picture */
/** @typedef {import("./mapcells.js").Colouring} Colouring */
/**
 * @typedef {{sides: [Side, Side], names: [string, string], at: [number, number], run: number, minima: string[],
 *   theory: import("./maptheoryart.js").Theory|null, colouring: Colouring}} Shown  at: the scene's own values
 */
/** @typedef {{place: (values: [number, number], done: boolean) => void, zoom: (by: number, at: [number, number]|null) => void,
 *   box: (x: [number, number], y: [number, number]) => void}} Doors  positions, where nothing else is said */

const ticks = 6;
const arrows = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

/** The map itself: cells, theory over it, and the scene's own pair as a marker that a hand can move. */
export class MapChart {
  /** @type {Shown|null} */
  #shown = null;
  /** @type {Picture|null} */
  #picture = null;
  /** @type {{scale: MapScale, canvas: HTMLCanvasElement}|null} */
  #cells = null;
  /** @type {any} */
  #axes = null;
  /** Asking the figure itself would lay out the page in the middle of a change. @type {[number, number]} */
  #size = [0, 0];
  /** Where the letters of the minima stand. @type {{x: number, y: number}[]} */
  #letters = [];
  /** What the ground shows. @type {{picture: Picture|null, key: string}} */
  #drawn = { picture: null, key: "" };
  /**
   * @param {import("./types.js").Tables} tables
   * @param {Doors} doors
   */
  constructor(tables, doors) {
    this.tables = tables;
    this.doors = doors;
    this.figure = element("div", { class: "map-figure" });
    this.ground = new Overlay(this.figure); // what only another picture changes
    this.overlay = new Overlay(this.figure); // theory and the marker, which moves
    this.hand = handLayer(this.figure, "map-hand");
    this.grip = layer(this.hand, gripClass);
    // These two come before the hand that moves the marker.
    this.hand.addEventListener("keydown", (event) => this.#key(event));
    this.zooming = new MapZoom(this.hand, { zoom: doors.zoom, box: doors.box, axes: () => this.#axes, draw: (from, to) => this.#drawBox(from, to) });
    this.placing = new Hand(this.hand, { axes: () => this.#axes, start: () => this.#position(), place: ({ point, done }) => this.#place(point, done) });
    watchSize(this.figure, () => {
      this.#size = [this.figure.clientWidth, this.figure.clientHeight];
      this.draw();
    });
  }

  /** A knob of whole numbers moves by one; the hand would move it by a part of the map. A ring beside the map moves no farther away. @param {KeyboardEvent} event */
  #key(event) {
    const way = arrows[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || !way || !(this.#isBeyond(way) || this.#step(way, event.shiftKey ? 5 : 1))) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  }

  /** Whether the ring has left the map this way. @param {[number, number]} way */
  #isBeyond(way) {
    const shown = this.#shown;
    return Boolean(shown?.sides.some(({ low, high }, k) => (way[k] < 0 && shown.at[k] < low) || (way[k] > 0 && shown.at[k] > high)));
  }

  /** @param {[number, number]} way @param {number} times */
  #step(way, times) {
    const shown = this.#shown;
    const side = way[0] ? 0 : 1;
    if (!shown || !isWhole(this.tables, shown.sides[side].knob)) return false;
    const { low, high } = shown.sides[side];
    const next = /** @type {[number, number]} */ (shown.at.map((value, k) => (k === side ? Math.max(low, Math.min(value + way[side] * times, high)) : value)));
    this.doors.place(next, true);
    return true;
  }

  /** The box that is being drawn. @param {[number, number]} from @param {[number, number]} to */
  #drawBox(from, to) {
    this.draw();
    const { context } = this.overlay;
    const { x, y } = this.#axes;
    Object.assign(context, { strokeStyle: "#fff", lineWidth: 2 });
    context.setLineDash([5, 4]);
    context.strokeRect(x(from[0]), y(from[1]), x(to[0]) - x(from[0]), y(to[1]) - y(from[1]));
    context.setLineDash([]);
  }

  /** @returns {[number, number]|null} */
  #position() {
    const shown = this.#shown;
    return shown && /** @type {[number, number]} */ (shown.sides.map(({ knob }, k) => positionOf(this.tables, knob, shown.at[k])));
  }

  /** A side that was not moved keeps its value, on the map or beside it. @param {[number, number]} point @param {boolean} done */
  #place(point, done) {
    const shown = /** @type {Shown} */ (this.#shown);
    const before = this.#position();
    const moved = (/** @type {Side} */ { knob, low, high }, /** @type {0|1} */ k) => Math.max(low, Math.min(valueAt(this.tables, knob, point[k]), high));
    const values = shown.sides.map((side, k) => (point[k] === before?.[k] ? shown.at[k] : moved(side, /** @type {0|1} */ (k))));
    const at = /** @type {[number, number]} */ (values);
    this.show({ ...shown, at }); // the marker is where the hand is before the page has followed
    this.doors.place(at, done);
  }

  /** @param {Shown} shown */
  show(shown) {
    this.#shown = shown;
    this.hand.setAttribute("aria-label", say("The scene's own pair on the map, {pair}; arrow keys move it, plus and minus zoom", { pair: pairWords(shown.names, shown.at) }));
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
    const [width, height] = this.#size;
    if (!shown || width < 80) return;
    const palette = paletteOf(this.figure);
    this.#axes = this.#axesOf(shown, width, height, palette.font);
    this.placing.cover(this.#axes);
    this.#drawGround(shown, width, height, palette);
    this.overlay.fit(width, height);
    this.#drawMoving(this.overlay.wiped(), shown, palette);
  }

  /**
   * Axes, bar, cells, hatches and letters, drawn again when one of them is another.
   * @param {Shown} shown
   * @param {number} width
   * @param {number} height
   * @param {import("./colours.js").Palette} palette
   */
  #drawGround(shown, width, height, palette) {
    const { sides, names, minima, colouring } = shown;
    const picture = this.#fits(shown);
    const key = JSON.stringify([width, height, window.devicePixelRatio, sides, names, minima, colouring, palette]);
    if (picture === this.#drawn.picture && key === this.#drawn.key) return;
    this.#drawn = { picture, key };
    this.ground.fit(width, height);
    const context = this.ground.wiped();
    this.#letters = [];
    this.#drawAxes(context, shown, palette);
    if (!picture) return;
    this.#drawBar(context, shown, palette);
    inside(context, this.#axes, () => this.#drawPicture(context, picture, shown, palette));
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Picture} picture
   * @param {Shown} shown
   * @param {import("./colours.js").Palette} palette
   */
  #drawPicture(context, picture, { colouring, minima }, palette) {
    const [axes, scales] = [this.#axes, this.scales];
    const extent = extentOf(picture, scales);
    drawCells(context, this.#painted(picture, colouring).canvas, extent, axes);
    drawHatches(context, picture, colouring, extent, axes, palette);
    if (minima.length > 1) this.#letters = drawLetters(context, picture, minima, scales, axes, palette);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Shown} shown
   * @param {import("./colours.js").Palette} palette
   */
  #drawMoving(context, shown, palette) {
    const [axes, scales] = [this.#axes, this.scales];
    const [x, y] = shown.at.map((value, k) => scales.position(/** @type {0|1} */ (k), value));
    const marker = { x: axes.x(x), y: axes.y(y) };
    this.#moveGrip(marker.x - axes.left, marker.y - axes.top);
    inside(context, axes, () => {
      if (shown.theory && shown.sides[0].knob === "eta") drawTheory(context, shown.theory, shown.sides[1].knob, scales, axes, { marker, letters: this.#letters }, palette);
      drawHairs(context, marker.x, marker.y, axes, palette);
    });
    if (holds(axes, marker.x, marker.y)) drawMarker(context, marker.x, marker.y, runColour(shown.run), palette);
  }

  /** Where a finger drags the ring; a ring beside the map has none. @param {number} left @param {number} top */
  #moveGrip(left, top) {
    const { width, height } = this.#axes;
    this.grip.hidden = left < 0 || left > width || top < 0 || top > height;
    Object.assign(this.grip.style, { left: left + "px", top: top + "px" });
  }

  /** The picture, if it is one of the two knobs that are shown. @param {Shown} shown */
  #fits({ sides }) {
    const picture = this.#picture;
    return picture && picture.x.knob === sides[0].knob && picture.y.knob === sides[1].knob ? picture : null;
  }

  /** @param {Picture} picture @param {Colouring} colouring */
  #painted(picture, colouring) {
    if (this.#cells?.scale.colouring === colouring) return this.#cells;
    const scale = new MapScale(picture, colouring);
    return (this.#cells = { scale, canvas: painted(picture, scale) });
  }

  /**
   * What the colours mean, in true numbers: upright beside the map, or lying under a narrow one.
   * @param {CanvasRenderingContext2D} context
   * @param {Shown} shown
   * @param {import("./colours.js").Palette} palette
   */
  #drawBar(context, { colouring }, palette) {
    const { left, top, width, height, isNarrow } = this.#axes;
    const { font, family, ink } = palette;
    const { scale } = this.#painted(/** @type {Picture} */ (this.#picture), colouring);
    if (!scale.hasNumbers) return;
    const box = isNarrow ? { left, top: top + height + font * 4.6, width, height: font } : { left: left + width + font * 1.2, top, width: font, height };
    drawColourBar(context, box, scale, palette);
    Object.assign(context, { font: `${font}px ${family}`, fillStyle: ink, textAlign: "left", textBaseline: "middle" });
    const words = colouring === "loss" ? say("last loss") : say("updates");
    context.fillText(words, isNarrow ? left : box.left, box.top - font * (isNarrow ? 0.8 : 1));
  }

  /**
   * @param {Shown} shown
   * @param {number} width
   * @param {number} height
   * @param {number} font
   */
  #axesOf({ sides }, width, height, font) {
    const isNarrow = width < 36 * font;
    const longest = Math.max(...this.#ticks(sides[1], 1).map(({ text }) => text.length));
    const left = font * Math.max(4.6, 0.7 + 0.64 * longest);
    const box = { left, top: font * 2, width: width - left - font * (isNarrow ? 1.4 : 7), height: height - font * (isNarrow ? 9.6 : 5) };
    const [x, y] = sides.map((side) => this.#span(side));
    return {
      ...box,
      isNarrow,
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
    const across = this.#ticks(sides[0], 0).map(({ at, text }) => {
      const wide = context.measureText(text).width;
      return { at: Math.min(x(at), this.#size[0] - wide / 2), text, wide };
    });
    const fits = fitting(across, font * 0.6);
    across.forEach(({ at, text }, k) => fits[k] && context.fillText(text, at, top + height + font));
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
    if (!this.#isLog(which)) return ticksOf([low, high], "linear", ticks).map((at) => ({ at, text: exact(at) }));
    const powers = ticksOf([low, high], "log", ticks).map((loss) => ({ at: Math.log10(loss), text: exact(loss) }));
    return powers.length > 1 ? powers : [low, (low + high) / 2, high].map((at) => ({ at, text: figure(10 ** at, 2) }));
  }

  /**
   * The map as a picture file.
   * @param {Parameters<typeof pictureOf>[2]} told
   * @param {(file: Blob|null) => void} give
   */
  save(told, give) {
    pictureOf([this.ground.canvas, this.overlay.canvas], this.#size, told, paletteOf(this.figure)).toBlob(give);
  }
}
