import { isoline } from "./isolines.js";
import { Pace } from "./pace.js";
import { same } from "./rows.js";
import { isFinitePair } from "./vectors.js";

/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {{batches: import("./batches.js").Batches, parts: import("./batches.js").Parts,
 *   window: () => {x: Pair, y: Pair}, redraw: () => void}} Fitting */

/** Cells along the longer side, and how many of the ground's lines are drawn. */
const cells = 80;
const mostLines = 14;

/** The current batch's own loss as faint contours over the training loss, at the same losses. */
export class Ghost {
  /** @type {Ground|null} */
  #ghost = null;
  /** @type {Ground|null} */
  #ground = null;
  /** @type {{level: number, pieces: number[]}[]} */
  #lines = [];
  #asked = "";

  /** @param {Fitting} fitting */
  constructor({ batches, parts, window, redraw }) {
    this.batches = batches;
    this.parts = parts;
    this.window = window;
    this.redraw = redraw;
    this.asking = new Pace(40, () => this.#ask());
    batches.addEventListener("change", () => this.show());
    parts.playhead.addEventListener("move", () => this.show());
  }

  get isOn() {
    return this.parts.store.view.ghost === "batch";
  }

  show() {
    if (this.isOn) this.asking.call();
    else if (this.#lines.length) this.#forget();
  }

  #forget() {
    this.#lines = [];
    this.#asked = "";
    this.redraw();
  }

  #ask() {
    const { moment } = this.batches;
    if (!moment || !this.isOn) return;
    const { x, y } = this.window();
    const scene = this.parts.store.sceneQuery();
    const key = JSON.stringify([scene, moment.batch, x, y]);
    if (key === this.#asked) return;
    this.#asked = key;
    const longest = Math.max(x[1] - x[0], y[1] - y[0]);
    const side = ([low, high] = [0, 1]) => Math.max(24, Math.round((cells * (high - low)) / longest));
    this.parts.link.ask("ghost", { scene, examples: moment.batch, x, y, resolution: [side(x), side(y)] });
  }

  /** @param {Ground} ground  the training loss */
  setGround(ground) {
    this.#ground = ground;
    this.#trace();
    this.show();
  }

  /** @param {Ground} ghost */
  take(ghost) {
    if (!this.isOn) return;
    this.#ghost = ghost;
    this.#trace();
    this.redraw();
  }

  #trace() {
    const [ghost, ground] = [this.#ghost, this.#ground];
    if (!ghost || !ground || !this.isOn) return;
    this.#lines = levelsOf(ground).map((level) => ({ level, pieces: isoline(ghost, level) }));
  }

  /** @type {import("./stageart.js").Drawing} */
  under(context, { axes, palette }) {
    if (!this.isOn || !this.#lines.length) return;
    const faint = new Path2D();
    for (const { pieces } of this.#lines) addPieces(faint, pieces, axes);
    stroke(context, faint, palette.stroke);
    const through = this.#through();
    if (through) stroke(context, addPieces(new Path2D(), through, axes), 1.7 * palette.stroke);
  }

  /** @type {import("./stageart.js").Drawing} */
  draw() {}

  /** The line on which the ball stands: the batch's gradient is at right angles to it. */
  #through() {
    const probe = this.batches.moment?.probe;
    if (!this.#ghost || !isFinitePair(probe)) return null;
    const level = this.#ghost.at(...probe);
    if (!Number.isFinite(level)) return null;
    if (!same(this.throughKey, [level, this.#asked])) this.throughPieces = isoline(this.#ghost, level);
    this.throughKey = [level, this.#asked];
    return this.throughPieces ?? null;
  }
}

/** Some of the losses at which the ground has its lines. @param {Ground} ground */
export function levelsOf(ground) {
  const { start, size, count } = ground.levels();
  const every = Math.max(1, Math.round(count / mostLines));
  const levels = Array.from({ length: count }, (_, k) => ground.toning.loss(start + k * size));
  return levels.filter((_, k) => k % every === 0);
}

/**
 * @param {Path2D} path
 * @param {number[]} pieces
 * @param {import("./plotly.js").Axes} axes
 * @param {import("./types.js").Pair} [moved]
 */
export function addPieces(path, pieces, axes, [dx, dy] = [0, 0]) {
  for (let k = 0; k < pieces.length; k += 4) {
    path.moveTo(axes.x(pieces[k] + dx), axes.y(pieces[k + 1] + dy));
    path.lineTo(axes.x(pieces[k + 2] + dx), axes.y(pieces[k + 3] + dy));
  }
  return path;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} lines
 * @param {number} weight
 */
export function stroke(context, lines, weight) {
  context.lineCap = "round";
  for (const [colour, width] of /** @type {[string, number][]} */ ([["rgba(10,14,22,0.2)", 2.6], ["rgba(255,255,255,0.6)", 1]])) {
    Object.assign(context, { strokeStyle: colour, lineWidth: width * weight });
    context.stroke(lines);
  }
}
