import { layer } from "./overlay.js";

/**
 * Placing the start on the stage: click or drag with a mouse or pen, arrow keys. A finger taps, or drags by a grip where there is one;
 * elsewhere its swipe scrolls the page.
 */

/** @typedef {[number, number]} Pair */
/** @typedef {{point: Pair, done: boolean}} Placing */
/** @typedef {import("./plotly.js").Axes} Axes */

/** Whether the visitor's hand is a finger: a swipe scrolls the page, and there are no keys. */
export function isTouched() {
  return window.matchMedia("(pointer: coarse)").matches;
}

/** What a finger drags lies in its hand's layer, with this class. */
export const gripClass = "grip";

/** A finger that moved farther or stayed longer than this did not tap. */
const tapDistance = 10;
const tapTime = 600;

const arrows = /** @type {Record<string, Pair>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] });

/**
 * What a hand works on: a layer over the field between the axes, reached by the keyboard too.
 * @param {HTMLElement} host
 * @param {string} className
 * @param {string} [label]
 */
export function handLayer(host, className, label = "") {
  const hand = layer(host, className);
  hand.tabIndex = 0;
  hand.setAttribute("role", "application");
  hand.setAttribute("aria-label", label);
  return hand;
}

export class Hand {
  /** @type {{id: number, x: number, y: number, time: number, touch: boolean, grip: Pair|null}|null}  grip: from the finger to its middle */
  #down = null;
  #moving = false;

  /**
   * @param {HTMLElement} element
   * @param {{axes: () => Axes|null, start: () => Pair|null, place: (placing: Placing) => void}} stage
   */
  constructor(element, stage) {
    this.element = element;
    this.stage = stage;
    element.addEventListener("pointerdown", (event) => this.#press(event));
    element.addEventListener("pointermove", (event) => this.#drag(event));
    element.addEventListener("pointerup", (event) => this.#release(event));
    element.addEventListener("pointercancel", () => this.#giveUp());
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("keyup", (event) => this.#keyUp(event));
    element.addEventListener("blur", () => this.#settle());
  }

  /** Lies over the field between the axes. @param {Axes} axes */
  cover({ left, top, width, height }) {
    Object.assign(this.element.style, { left: left + "px", top: top + "px", width: width + "px", height: height + "px" });
  }

  /** While a hand moves the start, answers about earlier starts do not move it back. */
  get holds() {
    return this.#moving || (this.#down !== null && !this.#down.touch);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (!event.isPrimary) return this.#giveUp();
    if (event.button !== 0) return;
    const isFinger = event.pointerType === "touch";
    const grip = isFinger ? gripUnder(event) : null;
    const touch = isFinger && !grip;
    this.#down = { id: event.pointerId, x: event.clientX, y: event.clientY, time: event.timeStamp, touch, grip };
    if (touch) return;
    this.element.setPointerCapture(event.pointerId);
    if (!grip) this.#place(event, false);
  }

  /** A second finger means something else: what was dragged stays where it is. */
  #giveUp() {
    const [dragged, start] = [this.#down?.grip, this.stage.start()];
    this.#down = null;
    if (dragged && start) this.stage.place({ point: start, done: true });
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    const down = this.#down;
    if (down?.id === event.pointerId && !down.touch && !(down.grip && isTap(down, event))) this.#place(event, false, down.grip);
  }

  /** @param {PointerEvent} event */
  #release(event) {
    const down = this.#down;
    this.#down = null;
    if (down?.id !== event.pointerId) return;
    if (isTap(down, event)) this.#place(event, true);
    else if (!down.touch) this.#place(event, true, down.grip);
  }

  /**
   * @param {PointerEvent} event
   * @param {boolean} done
   * @param {Pair|null} grip  what a finger drags keeps its place under it
   */
  #place({ clientX, clientY }, done, grip = null) {
    const axes = this.stage.axes();
    const [right, down] = grip ?? [0, 0];
    if (axes) this.stage.place({ point: pointUnder({ clientX: clientX + right, clientY: clientY + down }, this.element, axes), done });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const [axes, start, way] = [this.stage.axes(), this.stage.start(), arrows[event.key]];
    if (!axes || !start || !way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.#moving = true;
    this.stage.place({ point: moved(start, way, event.shiftKey ? 10 : 1, axes), done: false });
  }

  /** @param {KeyboardEvent} event */
  #keyUp(event) {
    if (arrows[event.key]) this.#settle();
  }

  #settle() {
    const start = this.stage.start();
    if (this.#moving && start) this.stage.place({ point: start, done: true });
    this.#moving = false;
  }
}

/**
 * From a finger to the middle of the grip it holds.
 * @param {PointerEvent} event
 * @returns {Pair|null}
 */
function gripUnder({ target, clientX, clientY }) {
  if (!(target instanceof Element) || !target.matches("." + gripClass)) return null;
  const { left, top, width, height } = target.getBoundingClientRect();
  return [left + width / 2 - clientX, top + height / 2 - clientY];
}

/**
 * @param {{x: number, y: number, time: number}} down
 * @param {PointerEvent} up
 */
function isTap(down, up) {
  return Math.hypot(up.clientX - down.x, up.clientY - down.y) < tapDistance && up.timeStamp - down.time < tapTime;
}

/**
 * The point of the window under the pointer, with as many decimals as a pixel can tell.
 * @param {{clientX: number, clientY: number}} event
 * @param {HTMLElement} element  lies exactly over the axes
 * @param {Axes} axes
 * @returns {Pair}
 */
export function pointUnder(event, element, axes) {
  const box = element.getBoundingClientRect();
  const right = Math.max(0, Math.min(event.clientX - box.left, axes.width));
  const down = Math.max(0, Math.min(event.clientY - box.top, axes.height));
  const unit = pixel(axes);
  return [toPixel(axes.valueX(axes.left + right), unit), toPixel(axes.valueY(axes.top + down), unit)];
}

/**
 * @param {Pair} start
 * @param {Pair} way
 * @param {number} times
 * @param {Axes} axes
 * @returns {Pair}
 */
function moved(start, way, times, axes) {
  const unit = roundStep(2 * pixel(axes));
  const along = (/** @type {0|1} */ k, /** @type {number} */ low, /** @type {number} */ high) =>
    way[k] === 0 ? start[k] : Math.max(low, Math.min(toPixel(start[k] + way[k] * times * unit, unit / 10), high));
  return [
    along(0, axes.valueX(axes.left), axes.valueX(axes.left + axes.width)),
    along(1, axes.valueY(axes.top + axes.height), axes.valueY(axes.top)),
  ];
}

/** @param {Axes} axes */
function pixel(axes) {
  return Math.abs(axes.valueX(axes.left + 1) - axes.valueX(axes.left));
}

/** @param {number} value */
export function roundStep(value) {
  return 10 ** Math.round(Math.log10(value));
}

/**
 * @param {number} value
 * @param {number} unit
 */
export function toPixel(value, unit) {
  const decimals = Math.max(0, Math.min(12, Math.ceil(-Math.log10(unit))));
  return Number(value.toFixed(decimals)) + 0;
}
