import { barLength } from "./arrows.js";
import { dark, drawVector, looks } from "./arrowsart.js";
import { figure } from "./numbers.js";
import { plus } from "./vectors.js";

/** The magnifier: a square in a corner of the stage, in which the parts of the movement are drawn to another scale, and it says which. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {{left: number, top: number, side: number}} Lens */

/**
 * Bottom right or top left, whichever is farther from what is looked at; the other two corners are taken.
 * @param {Axes} axes
 * @param {Pair} ball  in pixels
 * @param {number} side
 * @returns {Lens}
 */
export function lensAt({ left, top, width, height }, [x, y], side) {
  const gap = 8;
  const corners = [{ left: left + width - side - gap, top: top + height - side - gap }, { left: left + gap, top: top + gap }];
  const far = corners.map((corner) => Math.hypot(corner.left + side / 2 - x, corner.top + side / 2 - y));
  return { ...corners[far[1] > far[0] + side / 4 ? 1 : 0], side };
}

/** @param {Axes} axes @param {Palette} palette */
export function lensSide({ width, height }, palette) {
  return Math.min(0.48 * Math.min(width, height), 13 * palette.font + 40);
}

/** ×40, or 1/40 when the picture is smaller than the truth. @param {number} zoom */
export function zoomText(zoom) {
  return zoom >= 1 ? "×" + figure(zoom, 1) : "1/" + figure(1 / zoom, 1).replace(/^1 × /, "");
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Lens} lens
 * @param {{arrows: Arrow[], lanes: Map<string, Pair>, ball: Pair, zoom: number, unit: number, frame: Axes, palette: Palette}} sight
 *   arrows in pixels of the stage; `unit`: the length of one such pixel
 * @returns {{placed: Arrow[], stage: Pair|null}} where they were drawn, and where the stage lies among them
 */
export function drawLens(context, lens, sight) {
  const { ball, zoom, unit, palette, frame } = sight;
  drawLeaders(context, lens, ball);
  const box = boxOf(lens);
  context.fillStyle = palette.sheet;
  context.fill(box);
  context.save();
  context.clip(box);
  const place = placing(lens, sight);
  const stage = zoom < 1 ? drawFrame(context, frame, place, palette) : null;
  const placed = sight.arrows.map((arrow) => moved(arrow, place, sight.lanes.get(arrow.part) ?? [0, 0]));
  for (const { part, from, to } of placed) drawVector(context, from, to, looks[part], palette.stroke);
  drawNumbers(context, lens, zoom, unit, palette);
  context.restore();
  Object.assign(context, { strokeStyle: dark, lineWidth: 2 });
  context.stroke(box);
  return { placed, stage };
}

/**
 * An arrow elsewhere, and aside of that.
 * @param {Arrow} arrow
 * @param {(at: Pair) => Pair} place
 * @param {Pair} aside
 * @returns {Arrow}
 */
export function moved(arrow, place, aside) {
  const end = (/** @type {Pair} */ at) => plus(place(at), aside);
  return { ...arrow, from: end(arrow.from), to: end(arrow.to) };
}

/** @param {Lens} lens */
function boxOf({ left, top, side }) {
  const box = new Path2D();
  box.roundRect(left, top, side, side, 6);
  return box;
}

/**
 * From pixels of the stage to pixels in the magnifier; what is looked at lies in its middle.
 * @param {Lens} lens
 * @param {{arrows: Arrow[], zoom: number}} sight
 * @returns {(at: Pair) => Pair}
 */
function placing({ left, top, side }, { arrows, zoom }) {
  const middle = [0, 1].map((k) => {
    const ends = arrows.flatMap(({ from, to }) => [from[k], to[k]]);
    return (Math.min(...ends) + Math.max(...ends)) / 2;
  });
  return ([x, y]) => [left + side / 2 + zoom * (x - middle[0]), top + side / 2 + zoom * (y - middle[1])];
}

/**
 * The stage itself, as small as the movement makes it.
 * @param {CanvasRenderingContext2D} context
 * @param {Axes} frame
 * @param {(at: Pair) => Pair} place
 * @param {Palette} palette
 * @returns {Pair} its upper right corner
 */
function drawFrame(context, { left, top, width, height }, place, { muted }) {
  const [[x, y], [right, down]] = [place([left, top]), place([left + width, top + height])];
  Object.assign(context, { strokeStyle: muted, lineWidth: 1.5 });
  context.strokeRect(x, y, Math.max(right - x, 1.5), Math.max(down - y, 1.5));
  return [right, y];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Lens} lens
 * @param {Pair} ball
 */
function drawLeaders(context, { left, top, side }, ball) {
  const rays = new Path2D();
  for (const corner of nearest(left, top, side, ball)) {
    rays.moveTo(...ball);
    rays.lineTo(...corner);
  }
  for (const [colour, width] of /** @type {[string, number][]} */ ([["rgba(10,14,22,0.6)", 2.4], ["rgba(255,255,255,0.8)", 1]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width });
    context.stroke(rays);
  }
}

/**
 * The two corners between which the magnifier is seen from the ball.
 * @param {number} left
 * @param {number} top
 * @param {number} side
 * @param {Pair} ball
 * @returns {Pair[]}
 */
function nearest(left, top, side, [x, y]) {
  const corners = /** @type {Pair[]} */ ([[left, top], [left + side, top], [left + side, top + side], [left, top + side]]);
  const angle = (/** @type {Pair} */ corner) => {
    const turn = Math.atan2(corner[1] - y, corner[0] - x) - Math.atan2(top + side / 2 - y, left + side / 2 - x);
    return Math.atan2(Math.sin(turn), Math.cos(turn));
  };
  const sorted = corners.sort((one, other) => angle(one) - angle(other));
  return [sorted[0], sorted[3]];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Lens} lens
 * @param {number} zoom
 * @param {number} unit
 * @param {Palette} palette
 */
function drawNumbers(context, { left, top, side }, zoom, unit, { font, family, ink }) {
  const length = barLength(unit / zoom, side / 3);
  const [x, y, pixels] = [left + 9, top + side - 9, (length * zoom) / unit];
  Object.assign(context, { font: `600 ${font}px ${family}`, fillStyle: ink, strokeStyle: ink, lineWidth: 2, textBaseline: "alphabetic" });
  context.strokeRect(x, y, pixels, 0);
  context.textAlign = "left";
  context.fillText(figure(length, 1), x, y - 6);
  context.textAlign = "right";
  context.fillText(zoomText(zoom), left + side - 9, top + font + 6);
}
