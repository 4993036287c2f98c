import { arrowsOf, lanesOf } from "./arrows.js";
import { drawHalo, drawVector, looks } from "./arrowsart.js";
import { drawLens, lensAt, lensSide, moved } from "./arrowslens.js";
import { lensLabels, nameArrows, nameInLens } from "./arrowsnames.js";
import { drawScale, inPixels, keepScaleFree, scalesOf, unitOf } from "./arrowsscale.js";
import { plus, times } from "./vectors.js";

/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{axes: Axes, palette: Palette, labels: import("./labels.js").Labels}} Place */
/**
 * `near`: this update and those before it, which share one scale for their gradients (those to come may be without bounds); `shown`: so many parts of the story, `lit`: an earlier update.
 * @typedef {{rule: string, update: Update, near: Update[], shown: number, lit: {at: Pair, gradient: Pair, words: string}|null}} Showing
 */

/** @typedef {{zoom: number|null, factor: number, arrows: Arrow[], lanes: Map<string, Pair>, ball: Pair, lens: import("./arrowslens.js").Lens}} Picture */

const lane = 9;

/** The arrows of the inspected update, for every stage. Without `showing` nothing is drawn. */
export class ArrowsView {
  /** @type {Showing|null} */
  showing = null;

  /** What `cover` still has to draw. @type {Picture|null} */
  #picture = null;

  /**
   * Over the balls of the stage from above, under all words.
   * @param {CanvasRenderingContext2D} context
   * @param {Place} place
   */
  draw(context, place) {
    this.#picture = this.showing && this.#pictureOf(this.showing, place);
    if (!this.showing || !this.#picture) return;
    const { zoom, factor, lens, arrows, lanes } = this.#picture;
    drawLit(context, this.showing, factor, place);
    if (!zoom) nameArrows(place.labels, drawOnStage(context, arrows, lanes, place.palette));
    if (zoom) place.labels.keepFree(lens.left + lens.side / 2, lens.top + lens.side / 2, lens.side / 2);
    keepScaleFree(place);
  }

  /**
   * Over all words of the stage: the magnifier and the scale.
   * @param {CanvasRenderingContext2D} context
   * @param {Place} place
   */
  cover(context, place) {
    if (!this.#picture) return;
    const { zoom, factor, lens, arrows, lanes, ball } = this.#picture;
    const { axes, palette } = place;
    const sight = { arrows, lanes, ball, zoom: zoom ?? 1, unit: unitOf(axes), frame: axes, palette };
    if (zoom) nameInLens(lensLabels(context, lens, palette), drawLens(context, lens, sight));
    drawScale(context, factor, place);
  }

  /**
   * @param {Showing} showing
   * @param {Place} place
   * @returns {Picture}
   */
  #pictureOf(showing, place) {
    const { axes, palette } = place;
    const { zoom, factor } = scalesOf(showing, place);
    const all = inPixels(arrowsOf(showing.rule, showing.update, factor), axes);
    const lanes = lanesOf(zoom ? all.map((arrow) => moved(arrow, (at) => times(at, zoom), [0, 0])) : all, lane * Math.sqrt(palette.stroke));
    const [x, y] = showing.update.before;
    const ball = /** @type {Pair} */ ([axes.x(x), axes.y(y)]);
    const arrows = inPixels(arrowsOf(showing.rule, showing.update, factor, showing.shown), axes);
    return { zoom, factor, arrows, lanes, ball, lens: lensAt(axes, ball, lensSide(axes, palette)) };
  }
}

/**
 * An earlier update on the path, and the gradient it had.
 * @param {CanvasRenderingContext2D} context
 * @param {Showing} showing
 * @param {number} factor
 * @param {Place} place
 */
function drawLit(context, { lit }, factor, { axes, palette, labels }) {
  if (!lit) return;
  const pixel = (/** @type {Pair} */ [x, y]) => /** @type {Pair} */ ([axes.x(x), axes.y(y)]);
  const from = pixel(lit.at);
  drawVector(context, from, pixel(plus(lit.at, times(lit.gradient, factor))), looks.gradient, palette.stroke * 0.75);
  drawHalo(context, from, 9 * Math.sqrt(palette.stroke), palette.stroke);
  labels.write(lit.words, ...from, 14);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Arrow[]} arrows
 * @param {Map<string, Pair>} lanes
 * @param {Palette} palette
 * @returns {Arrow[]} where they were drawn
 */
function drawOnStage(context, arrows, lanes, { stroke }) {
  const placed = arrows.map((arrow) => moved(arrow, (at) => at, lanes.get(arrow.part) ?? [0, 0]));
  for (const { part, from, to } of placed) drawVector(context, from, to, looks[part], stroke);
  return placed;
}
