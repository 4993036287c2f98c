/** Zooming a map by wheel, two fingers, plus and minus, or a box drawn with Shift held down. What it then shows is not known here. */

/** @typedef {[number, number]} Pair  positions along x and y */
/**
 * @typedef {{zoom: (by: number, at: Pair|null) => void, box: (x: Pair, y: Pair) => void, draw: (from: Pair, to: Pair) => void,
 *   axes: () => {left: number, top: number, valueX: (x: number) => number, valueY: (y: number) => number}|null}} Doors
 */

const step = 1.25;

/** Fingers closer together or farther apart by less are at rest. */
const least = 0.08;

export class MapZoom {
  /** @type {Pair|null} */
  #from = null;

  /**
   * @param {HTMLElement} hand
   * @param {Doors} doors
   */
  constructor(hand, doors) {
    this.hand = hand;
    this.doors = doors;
    hand.addEventListener("keydown", (event) => this.#key(event));
    hand.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    hand.addEventListener("pointerdown", (event) => this.#begin(event));
    hand.addEventListener("pointermove", (event) => this.#from && this.#move(event));
    hand.addEventListener("pointerup", (event) => this.#from && this.#end(event));
    hand.addEventListener("pointercancel", () => this.#giveUp());
    this.#listenToFingers();
  }

  #listenToFingers() {
    let apart = 0;
    const distance = (/** @type {TouchEvent} */ { touches }) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
    this.hand.addEventListener("touchstart", (event) => (apart = event.touches.length === 2 ? distance(event) : 0), { passive: true });
    this.hand.addEventListener("touchmove", (event) => {
      if (!apart || event.touches.length !== 2) return;
      event.preventDefault();
      const now = distance(event);
      if (Math.abs(now / apart - 1) < least) return;
      this.doors.zoom(apart / now, this.#under(between(event)));
      apart = now;
    }, { passive: false });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const by = /** @type {Record<string, number>} */ ({ "+": 1 / step, "=": 1 / step, "-": step })[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey || !by) return;
    this.doors.zoom(by, null);
    event.preventDefault();
    event.stopPropagation();
  }

  /** The page scrolls unless the map has the focus or a key is held. @param {WheelEvent} event */
  #wheel(event) {
    if (!event.deltaY || (!event.ctrlKey && document.activeElement !== this.hand)) return;
    event.preventDefault();
    this.doors.zoom(event.deltaY > 0 ? step : 1 / step, this.#under(event));
  }

  /** @param {{clientX: number, clientY: number}} place  on the screen @returns {Pair} */
  #under({ clientX, clientY }) {
    const box = this.hand.getBoundingClientRect();
    const { left, top, valueX, valueY } = /** @type {NonNullable<ReturnType<Doors["axes"]>>} */ (this.doors.axes());
    return [valueX(left + clientX - box.left), valueY(top + clientY - box.top)];
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (!event.shiftKey || event.button !== 0 || !this.doors.axes()) return;
    event.stopImmediatePropagation();
    this.hand.setPointerCapture(event.pointerId);
    this.#from = this.#under(event);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    event.stopImmediatePropagation();
    this.doors.draw(/** @type {Pair} */ (this.#from), this.#under(event));
  }

  /** The system took the pointer away: no box was drawn. */
  #giveUp() {
    if (this.#from) this.doors.draw(this.#from, this.#from);
    this.#from = null;
  }

  /** @param {PointerEvent} event */
  #end(event) {
    event.stopImmediatePropagation();
    const [from, to] = [/** @type {Pair} */ (this.#from), this.#under(event)];
    this.#from = null;
    const [x, y] = [0, 1].map((k) => /** @type {Pair} */ ([from[k], to[k]].sort((one, other) => one - other)));
    this.doors.box(x, y);
  }
}

/** The place between two fingers. @param {TouchEvent} event */
function between({ touches: [one, other] }) {
  return { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
}
