import { drawing } from "./element.js";
import { fitting } from "./chartsides.js";
import { dashes, seriesClass, signAt, text } from "./signs.js";
import { tickLabel } from "./ticklabel.js";
import { inUnit } from "./units.js";

/** The drawings a chart of an experiment is made of. */

/** @typedef {import("./types.js").Series} Series */
/** @typedef {import("./types.js").Cell} Cell */
/** @typedef {import("./types.js").Axis} Axis */
/** @typedef {import("./chartsides.js").Side} Side */
/** @typedef {{left: number, top: number, width: number, height: number, inset: number, lift: number}} Box  inset: free at both ends of x; lift: how much higher the left title stands than the right one */
/** @typedef {{series: Series, k: number, up: Side}} Line  k: its sign, dash and colour; up: the side it belongs to */

/** A letter is about so many font sizes wide. */
const letter = 0.56;

/**
 * Whether titles stand beside each other in one line.
 * @param {string[]} titles
 * @param {number} width
 * @param {number} font
 */
export function areBeside(titles, width, font) {
  return titles.length < 2 || (titles.join("").length + 2) * letter * font < width;
}

/**
 * A title in as many lines as its room asks for.
 * @param {string} title
 * @param {number} room
 * @param {number} font
 */
export function inLines(title, room, font) {
  const wide = (/** @type {string} */ words) => [...words.trim()].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : letter), 0) * font;
  /** @type {string[]} */
  const lines = [];
  for (const word of title.split(/(?<=[\s\u2e80-\uffff])/)) {
    const longer = (lines.at(-1) ?? "") + word;
    if (lines.length && wide(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => line.trim());
}

/** Where a value stands in a box. */
export class Places {
  /**
   * @param {Box} box
   * @param {Side} across
   * @param {{many: number, size: number, isStepped: boolean, values: Cell[]}} about  lines beside each other, the size of their signs, and all values along x
   */
  constructor(box, across, { many, size, isStepped, values }) {
    this.box = box;
    this.across = across;
    this.many = many;
    this.size = size;
    this.isStepped = isStepped;
    this.step = isStepped ? Math.min(3 * size, Math.min(1.6 * box.inset, 0.8 * this.#narrowest(values)) / Math.max(1, many)) : 0;
  }

  /** How near to each other two places along x come; beside its own, a sign must not reach the next. @param {Cell[]} values */
  #narrowest(values) {
    const places = values.map((value) => this.middle(value)).filter(Number.isFinite);
    return Math.min(...places.slice(1).map((place, k) => place - places[k]));
  }

  /** @param {Cell} value */
  middle(value) {
    const { left, width, inset } = this.box;
    return left + inset + this.across.at(value) * (width - 2 * inset);
  }

  /** @param {Cell} value @param {number} k */
  x(value, k) {
    return this.middle(value) + (k - (this.many - 1) / 2) * this.step;
  }

  /** @param {Cell} value @param {Side} up */
  y(value, up) {
    return this.box.top + (1 - up.at(value)) * this.box.height;
  }
}

/**
 * @param {Axis} axis
 * @param {Cell} value
 */
export function tickWords({ unit }, value) {
  return typeof value === "number" && unit === "" && !Number.isInteger(value) ? tickLabel(value) : inUnit(value, unit);
}

/**
 * Ticks and title of an upright side; the left one has lines across the chart.
 * @param {Axis} axis
 * @param {Side} up
 * @param {Places} places
 * @param {string[]} titles  the lines of its title
 * @param {number} font
 * @param {boolean} isRight
 */
export function upright(axis, up, places, titles, font, isRight) {
  const { left, top, width, height } = places.box;
  const edge = isRight ? left + width + font * 0.5 : left - font * 0.5;
  const anchor = isRight ? "start" : "end";
  const ticks = up.ticks(height / (font * 2.6)).flatMap((value) => {
    const y = places.y(value, up);
    const line = isRight ? { x1: left + width, x2: left + width + font * 0.35 } : { x1: left, x2: left + width };
    return [drawing("line", { class: "seeds-grid", ...line, y1: y, y2: y }), text(tickWords(axis, value), { x: edge, y: y + font * 0.35, "text-anchor": anchor })];
  });
  const place = isRight ? { x: left + width + font * 4.4, "text-anchor": "end" } : { x: 1, "text-anchor": "start" };
  const lowest = top - font * 0.9 - (isRight ? 0 : places.box.lift);
  return [...ticks, ...[...titles].reverse().map((title, k) => text(title, { y: lowest - font * 1.3 * k, ...place }))];
}

/**
 * @param {Axis} axis
 * @param {Places} places
 * @param {string[]} titles  the lines of its title
 * @param {(value: Cell) => string} name
 * @param {number} font
 */
export function along(axis, places, titles, name, font) {
  const { left, top, width, height } = places.box;
  const bottom = top + height;
  const values = places.across.ticks(width / (font * 5));
  const labels = values.map((value) => ({ at: places.middle(value), words: typeof value === "string" ? name(value) : tickWords(axis, value) }));
  const fits = fitting(labels.map(({ at, words }) => ({ at, wide: words.length * letter * font })), font * 0.5);
  const ticks = labels.flatMap(({ at, words }, k) => [
    drawing("line", { class: "series-tick", x1: at, x2: at, y1: bottom, y2: bottom + font * 0.35 }),
    ...(fits[k] ? [text(words, { x: at, y: bottom + font * 1.4, "text-anchor": "middle" })] : []),
  ]);
  const floor = drawing("line", { class: "series-tick", x1: left, x2: left + width, y1: bottom, y2: bottom });
  return [floor, ...ticks, ...titles.map((title, k) => text(title, { x: left + width / 2, y: bottom + font * (2.7 + 1.3 * k), "text-anchor": "middle" }))];
}

/**
 * One line with everything that belongs to it.
 * @param {Line} line
 * @param {Places} places
 */
export function drawLine(line, places) {
  const { k } = line;
  const spread = places.isStepped ? [...bars(line, places), ...dots(line, places)] : [band(line, places)];
  const middle = drawing("path", { class: "seeds-line", d: path(line, places), "stroke-dasharray": dashes[k % dashes.length] });
  return drawing("g", { class: seriesClass(k) + " series" }, ...spread, middle, ...(places.isStepped ? signs(line, places) : []));
}

/**
 * @param {Line} line
 * @param {Places} places
 * @returns {{x: number, y: number}[]}
 */
function points({ series, k, up }, places) {
  return series.x.map((value, at) => ({ x: places.x(value, k), y: places.y(series.y[at], up) }));
}

/** @param {Line} line @param {Places} places */
function path(line, places) {
  let pen = "M";
  let all = "";
  for (const { x, y } of points(line, places)) {
    if (Number.isFinite(y) && Number.isFinite(x)) all += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = Number.isFinite(y) && Number.isFinite(x) ? "L" : "M";
  }
  return all;
}

/** @param {Line} line @param {Places} places */
function signs(line, places) {
  return points(line, places).filter(({ x, y }) => Number.isFinite(x + y)).map(({ x, y }) => signAt(line.k, x, y, places.size, true));
}

/** From the lowest to the highest. @param {Line} line @param {Places} places */
function bars({ series: { x, low, high }, k, up }, places) {
  if (!low || !high) return [];
  return x.flatMap((value, at) => {
    const [middle, top, bottom] = [places.x(value, k), places.y(high[at], up), places.y(low[at], up)];
    const half = places.size;
    const isThere = Number.isFinite(middle + top + bottom);
    return isThere ? [drawing("path", { class: "seeds-bar", d: `M${middle - half} ${top}H${middle + half}M${middle} ${top}V${bottom}M${middle - half} ${bottom}H${middle + half}` })] : [];
  });
}

/** Every single value: one per seed, or one per measurement. @param {Line} line @param {Places} places */
function dots({ series: { x, dots: all }, k, up }, places) {
  if (!all) return [];
  return x.flatMap((value, at) => {
    const spots = all[at].map((one) => ({ x: places.x(value, k), y: places.y(one, up) })).filter((spot) => Number.isFinite(spot.x + spot.y));
    return spots.map((spot) => drawing("circle", { class: "series-dot", cx: spot.x, cy: spot.y, r: places.size * 0.55 }));
  });
}

/** The spread around a curve. @param {Line} line @param {Places} places */
function band({ series: { x, low, high }, k, up }, places) {
  if (!low || !high) return drawing("path", {});
  const edge = (/** @type {Cell[]} */ values) => x.map((value, at) => [places.x(value, k), places.y(values[at], up)]).filter(([one, other]) => Number.isFinite(one + other));
  const around = [...edge(high), ...edge(low).reverse()].map(([one, other]) => `${one.toFixed(1)} ${other.toFixed(1)}`);
  return drawing("path", { class: "series-band", d: around.length ? "M" + around.join("L") + "Z" : "" });
}
