/** A canvas laid over a figure, as sharp as the screen. */
export class Overlay {
  width = 0;
  height = 0;
  #ratio = 1;

  /** @param {HTMLElement} host */
  constructor(host) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "overlay";
    this.canvas.setAttribute("aria-hidden", "true");
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    host.append(this.canvas);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  fit(width, height) {
    const ratio = window.devicePixelRatio || 1;
    if (width === this.width && height === this.height && ratio === this.#ratio) return;
    Object.assign(this, { width, height });
    this.#ratio = ratio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
  }

  /** An empty canvas in CSS pixels. */
  wiped() {
    this.context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
    return this.context;
  }
}

/**
 * Draw only inside a rectangle.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, top: number, width: number, height: number}} box
 * @param {() => void} draw
 */
export function inside(context, { left, top, width, height }, draw) {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  draw();
  context.restore();
}

/**
 * Calls back with the element's size whenever it changes or first has one.
 * @param {HTMLElement} element
 * @param {() => void} changed
 */
export function watchSize(element, changed) {
  const observer = new ResizeObserver(() => changed());
  observer.observe(element);
  return observer;
}

/**
 * @param {HTMLElement} host
 * @param {string} className
 */
export function layer(host, className) {
  const element = document.createElement("div");
  element.className = className;
  host.append(element);
  return element;
}
