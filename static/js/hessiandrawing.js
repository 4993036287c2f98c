import { drawing } from "./element.js";
import { ellipse, shapeOf, signText } from "./hessianshape.js";

/** @typedef {[number, number]} Pair */

const reach = 34;
const middle = 50;

/**
 * The ellipse or the cross of the card, small, turned as on the stage.
 * @param {{kind: string|null, eigenvalues: Pair, eigenvectors: [Pair, Pair]}} bend
 */
export function bendDrawing(bend) {
  const { isRound, arms } = shapeOf(bend, 1);
  const longest = Math.max(...arms.map(({ half }) => half));
  const spot = (/** @type {Pair} */ [x, y]) => [middle + (reach * x) / longest, middle - (reach * y) / longest];
  const parts = arms.flatMap((arm) => drawnArm(arm, isRound, spot));
  const round = drawing("polygon", { points: ellipse(arms).map((corner) => spot(corner).join()).join(" ") });
  return drawing("svg", { class: "hessian-drawing", viewBox: "0 0 100 100", "aria-hidden": "true" }, ...(isRound ? [round] : []), ...parts);
}

/**
 * @param {import("./hessianshape.js").Arm} arm
 * @param {boolean} isRound
 * @param {(offset: Pair) => number[]} spot
 */
function drawnArm({ way, half, sign, name }, isRound, spot) {
  const ends = [-1, 1].map((side) => spot([side * half * way[0], side * half * way[1]]));
  const line = drawing("line", { x1: ends[0][0], y1: ends[0][1], x2: ends[1][0], y2: ends[1][1] });
  const texts = isRound ? ["", name] : [signText(sign), `${name} ${signText(sign)}`];
  return [line, ...texts.map((text, k) => label(text, way, k ? 1 : -1, ends[k]))];
}

/**
 * @param {string} text
 * @param {Pair} way
 * @param {number} side
 * @param {number[]} end
 */
function label(text, [right, up], side, [x, y]) {
  const made = drawing("text", { x: x + side * right * 9, y: y - side * up * 9 });
  made.textContent = text;
  return made;
}
