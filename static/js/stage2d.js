import { paletteOf, plotlyScale } from "./colours.js";
import { drawColourBar } from "./colourbar.js";
import { drawStill } from "./criticalmarks.js";
import { longestHalf, shapeOf } from "./hessianshape.js";
import { Hand, handLayer, pointUnder } from "./hand.js";
import { inside, layer, Overlay, watchSize } from "./overlay.js";
import { Figure, plainAxis, plainLayout } from "./plotly.js";
import { drawBeyond, drawNames, drawSight, spotOf } from "./stageart.js";
import { barBox, marginOf, windowOf } from "./stagewindow.js";
import { strandOf, strokeFaint, Trail } from "./trail.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./stageart.js").Mark} Mark */
/** @typedef {import("./stageart.js").Bent} Bent */
/** @typedef {{at: Pair, kind: string|null, eigenvalues: Pair, eigenvectors: [Pair, Pair]}} Bend */
/**
 * Words come in as strings. `onWindow` is called when the stage's size has changed the window that `window()` returns.
 * @typedef {{onStart?: (placing: {point: Pair, done: boolean}) => void, onWindow?: (window: {x: Pair, y: Pair}) => void,
 *   label?: string, startLabel?: string, corner?: HTMLElement}} Options  corner: what lies over the stage at its upper right
 */

/** The surface from above: Plotly draws the ground, two canvases over it draw what stands (whole paths, marks) and what moves. */
export class Stage2D {
  /** @type {[Pair, Pair]} */
  #domain = [[-1, 1], [-1, 1]];
  #names = ["θ₁", "θ₂"];
  /** @type {Ground|null} */
  #ground = null;
  /** @type {Axes|null} */
  #axes = null;
  /** @type {Paths|null} */
  #paths = null;
  /** @type {Trail[]} */
  #trails = [];
  /** @type {Mark[]} */
  #marks = [];
  /** @type {Bend|null} */
  #bend = null;
  /** @type {[Pair, Pair]|null} */
  #cut = null;
  /** @type {import("./stageart.js").Over|null} */
  #over = null;
  /** @type {Pair|null} */
  #start = null;
  #exact = false;
  /** @type {Set<number>} */
  #hidden = new Set();
  #at = 0;
  /** @type {Hand} */
  #placing;
  #size = { width: 0, height: 0 };
  #corner = { width: 0, height: 0 };

  /**
   * @param {HTMLElement} element
   * @param {Options} [options]
   */
  constructor(element, options = {}) {
    this.element = element;
    this.options = options;
    element.classList.add("drawing");
    this.figure = new Figure(layer(element, "plot"));
    this.rim = new Overlay(element);
    this.moving = new Overlay(element);
    this.palette = paletteOf(element);
    this.hand = handLayer(element, "stage-hand", options.label);
    this.#placing = new Hand(this.hand, { axes: () => this.#axes, start: () => this.#start, place: (placing) => this.#place(placing) });
    this.#measure();
    watchSize(element, () => this.resize());
  }

  /** @param {{point: Pair, done: boolean}} placing */
  #place(placing) {
    this.#start = placing.point;
    this.#drawMoving();
    this.options.onStart?.(placing);
  }

  /**
   * Another surface: until its ground is here, nothing is drawn.
   * @param {[Pair, Pair]} domain
   * @param {string[]} [names]
   */
  setDomain(domain, names = ["θ₁", "θ₂"]) {
    this.#domain = domain;
    this.#names = names;
    this.#ground = null;
    this.#axes = null;
    this.#start = null;
    this.#exact = false;
    this.#drawRim();
    this.#draw();
  }

  /** The part of the surface that the stage shows: the domain extended to the shape of the field. */
  window() {
    const { l, r, t, b } = this.#margin();
    if (!this.#size.width) return { x: this.#domain[0], y: this.#domain[1] };
    return windowOf(this.#domain, Math.max(this.#size.width - l - r, 1), Math.max(this.#size.height - t - b, 1));
  }

  #margin() {
    return marginOf(this.#size.width, this.palette.font, this.#corner);
  }

  /** @param {Ground} ground */
  setGround(ground) {
    this.#ground = ground;
    return this.#drawGround();
  }

  async #drawGround() {
    if (!this.#ground || this.#size.width < 60 || this.#size.height < 60) return;
    const ground = this.#ground;
    await this.figure.show([contour(ground)], this.#layout());
    if (this.#ground !== ground) return;
    this.#axes = this.figure.axes();
    if (this.#axes) this.#placing.cover(this.#axes);
    this.#drawRim();
    this.#draw();
  }

  #layout() {
    const { x, y } = this.window();
    return {
      ...plainLayout(this.palette, this.#size),
      margin: this.#margin(),
      xaxis: plainAxis(this.palette, x, ""),
      yaxis: plainAxis(this.palette, y, ""),
    };
  }

  /**
   * @param {Paths} paths
   * @param {number} [at] where the playhead stands on them
   */
  setPaths(paths, at = this.#at) {
    this.#paths = paths;
    this.#at = at;
    if (!this.#exact && !this.#placing.holds) this.#start = firstPoint(paths);
    this.#draw();
  }

  /**
   * The scene's start, exactly (paths hold single precision, and without this they say where it is); not while a hand is moving it.
   * @param {Pair} start
   */
  setStart(start) {
    this.#exact = true;
    if (this.#placing.holds) return;
    this.#start = start;
    this.#drawMoving();
  }

  /** @param {number} at */
  setPlayhead(at) {
    this.#at = at;
    this.#drawMoving();
  }

  /** @param {Set<number>} hidden */
  setHidden(hidden) {
    this.#hidden = hidden;
    this.#draw();
  }

  /** @param {Mark[]} marks */
  setMarks(marks) {
    this.#marks = marks;
    this.#drawRim();
    this.#drawMoving();
  }

  /** How the ground bends at a point. @param {Bend|null} bend */
  setBend(bend) {
    this.#bend = bend;
    this.#drawMoving();
  }

  /** What is drawn over the balls, each time they are. @param {import("./stageart.js").Over|null} over */
  setOver(over) {
    this.#over = over;
    this.#drawMoving();
  }

  redraw() {
    this.#drawMoving();
  }

  /** The line of the view in one dimension. @param {[Pair, Pair]|null} cut */
  setCut(cut) {
    this.#cut = cut;
    this.#drawRim();
  }

  /** @param {string} [_name]  the page has already put the theme's colours into the custom properties */
  setTheme(_name) {
    const before = this.window();
    this.#measure();
    this.#renew(before);
  }

  resize() {
    const before = this.window();
    this.#measure();
    this.#renew(before);
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this.element;
    this.#size = { width, height };
    this.palette = paletteOf(this.element);
    this.#corner = cornerOf(this.element, this.options.corner);
    for (const overlay of [this.rim, this.moving]) overlay.fit(width, height);
  }

  /** @param {{x: Pair, y: Pair}} before */
  #renew(before) {
    this.#drawRim();
    this.#draw();
    this.#drawGround();
    const now = this.window();
    const same = [0, 1].every((k) => now.x[k] === before.x[k] && now.y[k] === before.y[k]);
    if (this.#size.width && !same) this.options.onWindow?.(now);
  }

  #draw() {
    this.#trails = this.#axes && this.#paths ? this.#visibleTrails(this.#axes, this.#paths) : [];
    this.#drawMoving();
  }

  /**
   * @param {Axes} axes
   * @param {Paths} paths
   */
  #visibleTrails(axes, paths) {
    const indices = [...paths.runs.keys()].filter((index) => !this.#hidden.has(index) && paths.runs[index].theta1.length > 0);
    return indices.map((index) => new Trail(paths.runs[index], index, axes));
  }

  /** What belongs to the ground: drawn when it changes, never for a path. */
  #drawRim() {
    const context = this.rim.wiped();
    const axes = this.#axes;
    if (!axes || !this.#ground) return;
    inside(context, axes, () => drawStill(context, { marks: this.#marks, cut: this.#cut }, axes, this.palette));
    drawColourBar(context, barBox(this.#size, this.#margin(), this.palette.font, this.#corner), this.#ground, this.palette);
    drawNames(context, axes, this.#names, this.palette);
  }

  #drawMoving() {
    const context = this.moving.wiped();
    const [axes, paths] = [this.#axes, this.#paths];
    if (!axes) return;
    const spots = paths ? this.#trails.map((trail) => spotOf(trail, paths.rowAt(trail.index, this.#at), axes)) : [];
    const standing = { marks: this.#marks, bent: this.#bent(), start: this.#start, startLabel: this.options.startLabel ?? "", over: this.#over };
    const sight = { axes, spots, palette: this.palette, ...standing };
    drawBeyond(context, sight);
    inside(context, axes, () => {
      if (paths && this.#at < paths.longest) this.#drawFuture(context);
      drawSight(context, sight);
    });
  }

  /** As large as the eye needs it. @returns {Bent|null} */
  #bent() {
    return this.#bend && { at: this.#bend.at, shape: shapeOf(this.#bend, longestHalf(this.window())) };
  }

  /** The point of the surface under a pointer. @param {{clientX: number, clientY: number}} event */
  pointAt(event) {
    return this.#axes ? pointUnder(event, this.hand, this.#axes) : null;
  }

  /** What lies ahead of the playhead. @param {CanvasRenderingContext2D} context */
  #drawFuture(context) {
    strokeFaint(context, this.#trails.map((trail) => strandOf(trail, trail.whole)), this.palette.stroke);
  }
}

/**
 * How much of an element's upper right corner another one takes.
 * @param {HTMLElement} element
 * @param {HTMLElement} [over]
 */
function cornerOf(element, over) {
  const [below, above] = [element, over].map((one) => one?.getBoundingClientRect());
  if (!below || !above || above.left > below.right - 1 || above.top > below.bottom) return { width: 0, height: 0 };
  return { width: below.right - above.left, height: above.bottom - below.top };
}

/**
 * @param {Paths} paths
 * @returns {Pair|null}
 */
function firstPoint({ runs: [run] }) {
  const number = (/** @type {number} */ value) => Number(value.toPrecision(7));
  return run?.theta1.length ? [number(run.theta1[0]), number(run.theta2[0])] : null;
}

/** @param {Ground} ground */
function contour(ground) {
  const { start, end, size } = ground.levels();
  return {
    type: "contour",
    x: ground.columns(),
    y: ground.rows(),
    z: ground.heights(),
    zmin: 0,
    zmax: 1,
    autocontour: false,
    contours: { start, end, size, coloring: "fill", showlines: true },
    colorscale: plotlyScale,
    line: { width: 0.6, color: "rgba(255,255,255,0.28)" },
    showscale: false,
    hoverinfo: "skip",
  };
}
