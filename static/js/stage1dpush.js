import { drawVector, looks } from "./arrowsart.js";
import { hasMomentum } from "./inspectorstory.js";
import { haloed } from "./labels.js";
import { figure } from "./numbers.js";
import { ballOn } from "./stage1dplaces.js";

/** The arrows of one update over its ball. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./arrows.js").Part} Part */
/** @typedef {{rule: string, from: import("./stage1dplaces.js").Place, factor: number, parts: Map<Part, number>}} Push  lengths along the cut */

/**
 * The three arrows over the ball, in rows: what is left of the last movement, from its head the reverse gradient, below them their sum.
 * @param {CanvasRenderingContext2D} context
 * @param {Push} push
 * @param {{axes: Axes, profile: Profile, palette: Palette}} sight
 * @param {number} radius
 * @returns {import("./labels.js").Box} the place they take
 */
export function drawPush(context, push, { axes, profile, palette }, radius) {
  const { x, y } = ballOn(push.from, { axes, profile }, radius);
  const gap = palette.font * 1.45;
  const isRoom = y - axes.top > radius + gap * (push.parts.size + 0.2);
  const top = isRoom ? y - radius - gap * push.parts.size : y + radius + gap * 0.3;
  const rows = rowsOf(push, x, push.factor * (axes.x(1) - axes.x(0)));
  const reaches = rows.map(({ part, ends, words }, k) => {
    const height = top + (k + 0.5) * gap;
    drawVector(context, [ends[0], height], [ends[1], height], looks[part], palette.stroke);
    return drawPartWords(context, words, ends, height, { axes, palette, colour: looks[part].colour });
  });
  const [left, right] = [Math.min(x, ...reaches.map(([from]) => from)), Math.max(x, ...reaches.map(([, to]) => to))];
  return { left, top, width: right - left, height: gap * rows.length };
}

/**
 * @param {Push} push
 * @param {number} x
 * @param {number} unit
 */
function rowsOf({ rule, parts }, x, unit) {
  let tail = x;
  return [...parts].map(([part, length]) => {
    const begin = part === "movement" ? x : tail;
    tail = begin + length * unit;
    return { part, ends: /** @type {Pair} */ ([begin, tail]), words: `${signOf(part, rule)} = ${figure(length, 2)}` };
  });
}

/**
 * @param {Part} part
 * @param {string} rule
 */
function signOf(part, rule) {
  return { gradient: "g", reverse: "−ηg", carried: "λm", movement: hasMomentum(rule) ? "m" : "Δθ" }[part];
}

/**
 * Beside the head of its arrow, or on the other side where the frame ends.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {Pair} ends
 * @param {number} y
 * @param {{axes: Axes, palette: Palette, colour: string}} look
 * @returns {Pair} from where to where arrow and words reach
 */
function drawPartWords(context, text, ends, y, { axes: { left, width }, palette: { font, family }, colour }) {
  context.font = `600 ${font}px ${family}`;
  const half = context.measureText(text).width / 2;
  const right = Math.max(...ends) + half + 8;
  const x = right + half + 6 > left + width ? Math.min(...ends) - half - 8 : right;
  haloed(context, text, x, y, { ink: colour, edge: "#fff" });
  return [Math.min(...ends, x - half), Math.max(...ends, x + half)];
}
