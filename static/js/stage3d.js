import { BeforePaint } from "./pace.js";
import { arrowLines, arrowsNote, arrowTraces } from "./arrows3d.js";
import { firstCamera, turned, zoomed } from "./camera.js";
import { paletteOf, runColours } from "./colours.js";
import { layer, watchSize } from "./overlay.js";
import { Figure, plotly, quiet } from "./plotly.js";
import { arrows, balls, nowhere, perRun, sceneLayout, sceneTraces, wideOf } from "./stage3dground.js";
import { SceneTraces, Trail3D } from "./stage3dpaths.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./stageart.js").Mark} Mark */

/** The surface in three dimensions, with the same tones as height. One WebGL context for the life of the page. */
export class Stage3D {
  /** @type {[Pair, Pair]} */
  #domain = [[-1, 1], [-1, 1]];
  #names = ["θ₁", "θ₂"];
  /** @type {Ground|null} */
  #ground = null;
  /** @type {Paths|null} */
  #paths = null;
  /** @type {(Trail3D|null)[]} */
  #trails = [];
  /** @type {Mark[]} */
  #marks = [];
  /** @type {Set<number>} */
  #hidden = new Set();
  /** @type {import("./arrowsview.js").ArrowsView|null} */
  #over = null;
  #at = 0;
  #size = { width: 0, height: 0 };
  #standing = false;
  #moving = new BeforePaint(() => this.#ground && this.#paths && this.#seen() && this.#move(this.#ground, this.#paths));
  /** @type {import("./stage3dpaths.js").Line3D} */
  #nothing = { x: new Float32Array(), y: new Float32Array(), z: new Float32Array() };

  /**
   * @param {HTMLElement} element
   * @param {{lossLabel?: string, onLost?: () => void, isOfWays?: boolean}} [options]  `onLost`: the browser has taken the WebGL context away;
   *   `isOfWays`: whole paths that may lie on each other, whose ends are marks and no balls
   */
  constructor(element, options = {}) {
    this.element = element;
    this.options = options;
    /** True where the browser has no WebGL: the page says so in words, every method does nothing. */
    this.missing = !hasWebGL();
    element.classList.add("drawing");
    this.figure = new Figure(layer(element, "plot"), quiet);
    this.traces = new SceneTraces(this.figure.element);
    this.note = layer(element, "stage-note");
    this.palette = paletteOf(element);
    watchSize(element, () => this.resize());
  }

  /**
   * @param {[Pair, Pair]} domain
   * @param {string[]} [names]
   */
  setDomain(domain, names = ["θ₁", "θ₂"]) {
    this.#domain = domain;
    this.#names = names;
    this.#ground = null;
  }

  window() {
    const [x, y] = this.#domain;
    return { x, y };
  }

  /** @param {Ground} ground */
  setGround(ground) {
    this.#ground = ground;
    return this.#drawGround();
  }

  async #drawGround() {
    const ground = this.#ground;
    if (this.missing || !ground || this.#size.width < 60 || this.#size.height < 60) return;
    const first = !this.#standing;
    this.#nothing = nowhere(ground);
    const figure = { ground, marks: this.#marks, names: this.#names, palette: this.palette, lossLabel: this.options.lossLabel ?? "", isOfWays: this.options.isOfWays };
    await this.figure.show(sceneTraces(figure, this.#nothing), sceneLayout(figure, this.#size, this.#camera()));
    this.#standing = true;
    if (first) this.#listen();
    this.traces.forget();
    if (this.#ground === ground) this.#trailsAreOld();
  }

  #listen() {
    const graph = /** @type {any} */ (this.figure.element);
    graph.on("plotly_webglcontextlost", () => this.options.onLost?.());
  }

  /** @returns {Camera} */
  #camera() {
    return this.traces.scene?.getCamera?.() ?? this.#firstCamera();
  }

  /**
   * @param {Paths} paths
   * @param {number} [at] where the playhead stands on them
   */
  setPaths(paths, at = this.#at) {
    this.#paths = paths;
    this.#at = at;
    this.#trailsAreOld();
  }

  /** The arrows that stand on the surface. @param {import("./arrowsview.js").ArrowsView} over */
  setOver(over) {
    this.#over = over;
    this.#moveSoon();
  }

  redraw() {
    this.#moveSoon();
  }

  /** @param {Set<number>} hidden */
  setHidden(hidden) {
    this.#hidden = hidden;
    this.#trailsAreOld();
  }

  /** @param {Mark[]} marks */
  setMarks(marks) {
    this.#marks = marks;
    return this.#drawGround();
  }

  /** @param {number} at */
  setPlayhead(at) {
    this.#at = at;
    this.#moveSoon();
  }

  #trailsAreOld() {
    this.#trails = [];
    this.#moveSoon();
  }

  /** New paths and a new playhead usually come together: they are drawn once, before the next picture. */
  #moveSoon() {
    this.#moving.call();
  }

  /**
   * @param {Ground} ground
   * @param {Paths} paths
   */
  #move(ground, paths) {
    if (!this.#trails.length) this.#trails = runColours.map((_, index) => trailOf(paths, index, this.#hidden, ground, this.options.isOfWays));
    this.#trails.forEach((trail, index) => this.#moveRun(trail, 1 + perRun * index, paths));
    this.traces.move(balls, ballsAt(this.options.isOfWays ? [null] : this.#trails, paths, this.#at));
    this.#moveArrows(ground);
    this.traces.show();
  }

  /** @param {Ground} ground */
  #moveArrows(ground) {
    const showing = this.#over?.showing ?? null;
    const lines = showing ? arrowLines(showing, ground, this.#nothing) : Array(arrowTraces).fill(this.#nothing);
    lines.forEach((line, k) => this.traces.move(arrows + k, line));
    this.note.textContent = showing ? arrowsNote(showing, ground) : "";
  }

  /**
   * @param {Trail3D|null} trail
   * @param {number} trace
   * @param {Paths} paths
   */
  #moveRun(trail, trace, paths) {
    const past = trail?.upTo(paths.rowAt(trail.index, this.#at)) ?? [this.#nothing, this.#nothing];
    [trail?.whole ?? this.#nothing, ...past].forEach((line, k) => this.traces.move(trace + k, line));
  }

  /** Without a size (another view is shown) nothing moves. */
  #seen() {
    return this.#standing && this.element.clientWidth > 0 && !this.missing;
  }

  /** @param {string} [_name] */
  setTheme(_name) {
    this.palette = paletteOf(this.element);
    this.resize();
  }

  resize() {
    this.#size = { width: this.element.clientWidth, height: this.element.clientHeight };
    this.#drawGround();
  }

  /**
   * @param {number} across  radians, to the left
   * @param {number} upwards
   */
  turn(across, upwards) {
    return this.#look(turned(this.#camera(), across, upwards));
  }

  /** @param {number} factor  above 1 is nearer */
  zoom(factor) {
    return this.#look(zoomed(this.#camera(), factor));
  }

  reset() {
    return this.#look(this.#firstCamera());
  }

  #firstCamera() {
    const shape = this.#size.width / this.#size.height;
    if (!this.options.isOfWays || !this.#ground) return firstCamera(shape);
    const { center, ...camera } = firstCamera(shape / Math.max(1, wideOf(this.#ground)));
    return { ...camera, center: { ...center, x: -center.x / 4 } }; // words stand at both sides
  }

  /** @param {Camera} camera */
  async #look(camera) {
    if (this.#standing) await (await plotly()).relayout(this.figure.element, { "scene.camera": camera });
  }
}

/**
 * @param {Paths} paths
 * @param {number} index
 * @param {Set<number>} hidden
 * @param {Ground} ground
 * @param {boolean} [isLayered]
 */
function trailOf(paths, index, hidden, ground, isLayered) {
  const run = paths.runs[index];
  return run?.theta1.length && !hidden.has(index) ? new Trail3D(run, index, ground, isLayered) : null;
}

/**
 * @param {(Trail3D|null)[]} trails
 * @param {Paths} paths
 * @param {number} at
 */
function ballsAt(trails, paths, at) {
  const places = trails.map((trail, index) => trail?.at(paths.rowAt(index, at)) ?? [NaN, NaN, NaN]);
  const column = (/** @type {number} */ k) => Float32Array.from(places, (place) => place[k]);
  return { x: column(0), y: column(1), z: column(2) };
}

function hasWebGL() {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
