import { shortest } from "./arrows.js";
import { haloed } from "./labels.js";

/** How arrows look on every ground: the lecture's colours, dashed where it dashes, with a white halo and a dark outline. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./arrows.js").Part} Part */
/** @typedef {{colour: string, dash: number[]}} Look */
/** @typedef {{outline: string, halo: string}} Edges */

const red = "#c4161c";
const blue = "#1a3fd6";

/** @type {Record<Part, Look>} */
export const looks = {
  gradient: { colour: red, dash: [] },
  reverse: { colour: red, dash: [6, 3.5] },
  carried: { colour: blue, dash: [6, 3.5] },
  movement: { colour: blue, dash: [] },
};

export const dark = "rgba(10,14,22,0.92)";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pair} from  in pixels
 * @param {Pair} to
 * @param {Look} look
 * @param {number} stroke  how much thicker than usual
 */
export function drawVector(context, from, to, look, stroke) {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (!(length >= shortest)) return drawDot(context, from, look.colour, 2.5 * stroke);
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const head = Math.min(11 * Math.sqrt(stroke), 0.7 * length);
  const neck = /** @type {Pair} */ ([to[0] - 0.8 * head * Math.cos(angle), to[1] - 0.8 * head * Math.sin(angle)]);
  const parts = { shaft: line(from, neck), tip: triangle(to, angle, head) };
  edge(context, parts, dark, 6.4 * stroke);
  edge(context, parts, "#fff", 4.6 * stroke);
  fillIn(context, parts, look, 2.6 * stroke);
}

/**
 * @param {Pair} from
 * @param {Pair} to
 */
function line(from, to) {
  const path = new Path2D();
  path.moveTo(...from);
  path.lineTo(...to);
  return path;
}

/**
 * @param {Pair} tip
 * @param {number} angle
 * @param {number} length
 */
function triangle([x, y], angle, length) {
  const path = new Path2D();
  for (const turn of [0, Math.PI - 0.42, Math.PI + 0.42]) {
    const reach = turn ? length / Math.cos(0.42) : 0;
    path.lineTo(x + reach * Math.cos(angle + turn), y + reach * Math.sin(angle + turn));
  }
  path.closePath();
  return path;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{shaft: Path2D, tip: Path2D}} parts
 * @param {string} colour
 * @param {number} width
 */
function edge(context, { shaft, tip }, colour, width) {
  Object.assign(context, { strokeStyle: colour, lineWidth: width, lineCap: "round", lineJoin: "round" });
  context.setLineDash([]);
  context.stroke(shaft);
  context.lineWidth = width * 0.62;
  context.stroke(tip);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{shaft: Path2D, tip: Path2D}} parts
 * @param {Look} look
 * @param {number} width
 */
function fillIn(context, { shaft, tip }, { colour, dash }, width) {
  Object.assign(context, { strokeStyle: colour, fillStyle: colour, lineWidth: width, lineCap: "butt" });
  context.setLineDash(dash.map((part) => (part * width) / 2.6));
  context.stroke(shaft);
  context.setLineDash([]);
  context.fill(tip);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pair} at
 * @param {string} colour
 * @param {number} radius
 */
function drawDot(context, [x, y], colour, radius) {
  const disc = new Path2D();
  disc.arc(x, y, radius, 0, 2 * Math.PI);
  Object.assign(context, { strokeStyle: "#fff", lineWidth: 2, fillStyle: colour });
  context.stroke(disc);
  context.fill(disc);
}

/**
 * A ring around a place that is spoken of.
 * @param {CanvasRenderingContext2D} context
 * @param {Pair} at
 * @param {number} radius
 * @param {number} stroke
 */
export function drawHalo(context, [x, y], radius, stroke) {
  const ring = new Path2D();
  ring.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [colour, width] of /** @type {[string, number][]} */ ([[dark, 6], ["#fff", 4], [red, 2]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width * stroke });
    context.stroke(ring);
  }
}

/**
 * A length to measure by, with its number above it.
 * @param {CanvasRenderingContext2D} context
 * @param {Pair} at  its left end
 * @param {number} length
 * @param {string[]} words  from below to above
 * @param {import("./colours.js").Palette} palette
 */
export function drawScaleBar(context, [x, y], length, words, { font, family }) {
  const bar = new Path2D();
  for (const [across, down] of [[0, -4], [0, 4], [0, 0], [length, 0], [length, -4], [length, 4]]) bar.lineTo(x + across, y + down);
  for (const [colour, width] of /** @type {[string, number][]} */ ([[dark, 4.5], ["#fff", 2]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width, lineCap: "square", lineJoin: "miter" });
    context.stroke(bar);
  }
  context.font = `600 ${font}px ${family}`;
  words.forEach((text, k) => haloed(context, text, x + context.measureText(text).width / 2, y - 9 - font / 2 - k * font * 1.4));
}
