import { Labels } from "./labels.js";
import { limitOf, optimumOf, regimesOf } from "./maptheory.js";
import { say } from "./words.js";

/** Theory over a map: the limit as a line, the regimes by name, the fastest pair as a star. */

/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./mapart.js").Axes} Axes */
/** @typedef {import("./mapart.js").Scales} Scales */
/** @typedef {{rule: string, low: number, high: number, momentum: number}} Theory  curvatures μ ≤ L at a minimum; λ of the run */

/** @typedef {(momentum: number) => number|null} RateOf */

const steps = 120;

/** A name stands rather where its regime has this part of its greatest width. */
const nearly = 0.75;

/** Where between the two ends of its regime a name may stand. */
const shares = [0.5, 0.25, 0.75, 0, 1];

/**
 * Where theory draws the line, on maps with η along x: the limit, what is robust between two dashed lines, the optimum as a star.
 * @param {CanvasRenderingContext2D} context
 * @param {Theory} theory
 * @param {string} up  the knob along y
 * @param {Scales} scales
 * @param {Axes} axes
 * @param {{marker: {x: number, y: number}, letters: {x: number, y: number}[]}} shown  the scene's own pair and what names the minima, which no name may cover
 * @param {Palette} palette
 */
export function drawTheory(context, theory, up, scales, axes, { marker, letters }, palette) {
  const { low, high, momentum } = theory;
  const isMomentum = up === "lambda";
  const { limit, regimes, best } = partsOf(theory, up);
  const places = Array.from({ length: steps + 1 }, (_, k) => axes.top + (axes.height * k) / steps);
  const keeps = (/** @type {number} */ y) => (isMomentum ? scales.value(1, axes.valueY(y)) : momentum);
  const line = (/** @type {(momentum: number) => number|null} */ rateOf) => {
    const path = new Path2D();
    let isOpen = false;
    for (const y of places) {
      const eta = rateOf(keeps(y));
      if (eta === null) isOpen = false;
      else if (isOpen) path.lineTo(axes.x(scales.position(0, eta)), y);
      else {
        path.moveTo(axes.x(scales.position(0, eta)), y);
        isOpen = true;
      }
    }
    return path;
  };
  outlined(context, line(limit), palette, []);
  for (const rateOf of regimes) outlined(context, line(rateOf), palette, [5, 4]);
  const size = 8 * Math.sqrt(palette.stroke);
  const labels = new Labels(context, palette, axes);
  const star = best && { x: axes.x(scales.position(0, best.eta)), y: axes.y(scales.position(1, best.momentum)) };
  for (const { x, y } of [marker, ...(star ? [star] : []), ...letters]) labels.keepFree(x, y, 1.6 * size);
  if (regimes.length) drawRegimes(context, { low, high }, scales, axes, labels);
  if (star) drawStar(context, star.x, star.y, size);
}

/**
 * What theory has to say: η at the limit and at both ends of the robust regime for each λ, and the fastest pair.
 * @param {Theory} theory
 * @param {string} up  the knob along y
 * @returns {{limit: RateOf, regimes: RateOf[], best: import("./maptheory.js").Optimum|null}}
 */
function partsOf({ rule, low, high }, up) {
  const isMomentum = up === "lambda";
  const sides = /** @type {("lazy"|"edge")[]} */ (rule === "momentum" && isMomentum && low > 0 ? ["lazy", "edge"] : []);
  return {
    limit: (momentum) => limitOf(rule, momentum, high),
    regimes: sides.map((side) => (/** @type {number} */ momentum) => regimesOf(momentum, low, high)[side]),
    best: isMomentum ? optimumOf(rule, low, high) : null,
  };
}

/**
 * What of it can be seen between these sides, in words.
 * @param {Theory} theory
 * @param {import("./mapsides.js").Side[]} sides  η along x
 * @param {string} name  of the minimum
 */
export function theorySigns(theory, [x, y], name) {
  const { limit, regimes, best } = partsOf(theory, y.knob);
  const kept = Array.from({ length: steps + 1 }, (_, k) => (y.knob === "lambda" ? y.low + ((y.high - y.low) * k) / steps : theory.momentum));
  const isSeen = (/** @type {RateOf} */ rateOf) => kept.map(rateOf).some((eta) => eta !== null && holds(x, eta));
  const said = [];
  if (isSeen(limit)) said.push(say("Line: the limit of η at {name}", { name }));
  if (regimes.some(isSeen)) said.push(say("Between the dashed lines: robust"));
  if (best && holds(x, best.eta) && holds(y, best.momentum)) said.push(say("Star: the fastest in theory"));
  return said;
}

/** @param {import("./mapsides.js").Side} side @param {number} value */
const holds = ({ low, high }, value) => low <= value && value <= high;

/**
 * The names of the three regimes, each in the middle of where it is widest, elsewhere in it where that is taken, or pointing at a regime that
 * has no room for its name.
 * @param {CanvasRenderingContext2D} context
 * @param {{low: number, high: number}} curvatures
 * @param {Scales} scales
 * @param {Axes} axes
 * @param {import("./labels.js").Labels} labels
 */
function drawRegimes(context, { low, high }, scales, axes, labels) {
  const names = /** @type {Record<Regime, string>} */ ({ edge: say("knife's edge"), robust: say("robust"), lazy: say("lazy") });
  const between = (/** @type {number} */ y) => regimesOf(scales.value(1, axes.valueY(y)), low, high);
  for (const [name, words] of Object.entries(names)) {
    const rows = rowsOf(/** @type {Regime} */ (name), between, scales, axes, labels.size);
    if (!rows.length) continue;
    const [width, pointing] = [labels.widthOf(words), words + " →"];
    const wide = rows.filter(({ from, to }) => to - from > width);
    const within = shares.flatMap((share) => wide.map(({ from, to, y }) => [from + width / 2 + share * (to - from - width), y]));
    const beside = rows.map(({ from, y }) => [from - labels.widthOf(pointing) / 2, y]);
    const { left, top, ...size } = labels.isFree(words, within) ? labels.writeAt(words, within) : labels.writeAt(pointing, beside);
    const gap = labels.size; // two names do not read as one
    labels.keepBoxFree({ left: left - gap, top: top - gap, width: size.width + 2 * gap, height: size.height + 2 * gap });
  }
}

/** @typedef {"lazy"|"robust"|"edge"} Regime */

/**
 * The rows of a regime: first those nearly as wide as its widest, from their middle outwards, then the others from wide to narrow.
 * @param {Regime} name
 * @param {(y: number) => {lazy: number, edge: number, limit: number}} between
 * @param {Scales} scales
 * @param {Axes} axes
 * @param {number} font
 */
function rowsOf(name, between, scales, axes, font) {
  const inside = (/** @type {number} */ eta) => Math.max(axes.left, Math.min(eta > 0 ? axes.x(scales.position(0, eta)) : -Infinity, axes.left + axes.width));
  /** @type {{from: number, to: number, y: number}[]} */
  const rows = [];
  for (let y = axes.top + font; y < axes.top + axes.height - font; y += font / 3) {
    const { lazy, edge, limit } = between(y);
    const [from, to] = { lazy: [0, lazy], robust: [lazy, edge], edge: [edge, limit] }[name].map(inside);
    if (to > from) rows.push({ from, to, y });
  }
  const widest = Math.max(...rows.map(({ from, to }) => to - from));
  const isWide = (/** @type {{from: number, to: number}} */ { from, to }) => to - from >= nearly * widest;
  const [wide, others] = [rows.filter(isWide), rows.filter((row) => !isWide(row))];
  const middle = wide[Math.floor(wide.length / 2)]?.y;
  wide.sort((one, other) => Math.abs(one.y - middle) - Math.abs(other.y - middle));
  return [...wide, ...others.sort((one, other) => other.to - other.from - (one.to - one.from))];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} path
 * @param {Palette} palette
 * @param {number[]} dash
 */
function outlined(context, path, { stroke }, dash) {
  context.setLineDash(dash.map((part) => part * stroke));
  for (const [colour, width] of /** @type {[string, number][]} */ ([["rgba(10,14,22,0.9)", 4], ["#fff", 2]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width * stroke });
    context.stroke(path);
  }
  context.setLineDash([]);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
function drawStar(context, x, y, size) {
  const star = new Path2D();
  for (let k = 0; k < 10; k++) {
    const [far, angle] = [k % 2 ? 0.45 * size : size, (Math.PI * k) / 5 - Math.PI / 2];
    star.lineTo(x + far * Math.cos(angle), y + far * Math.sin(angle));
  }
  star.closePath();
  Object.assign(context, { strokeStyle: "rgba(10,14,22,0.9)", lineWidth: 0.4 * size, fillStyle: "#fff", lineJoin: "round" });
  context.stroke(star);
  context.fill(star);
}
