/** Short texts on the stage that keep out of each other's way. */

/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

const dark = "rgba(10,14,22,0.92)";

export class Labels {
  /** @type {Box[]} */
  #taken = [];

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Palette} palette
   * @param {Box} field
   */
  constructor(context, palette, field) {
    this.context = context;
    this.field = field;
    this.size = palette.font + 1;
    context.font = `600 ${this.size}px ${palette.family}`;
  }

  /**
   * Written below the point, else above, right or left of it: the first place that is free, inside the field.
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} distance
   */
  write(text, x, y, distance) {
    const places = this.#places(text, x, y, distance);
    const box = places.find((place) => this.#free(place)) ?? places[0];
    this.#taken.push(box);
    haloed(this.context, text, box.left + box.width / 2, box.top + box.height / 2);
  }

  /**
   * A place that no text may cover.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  keepFree(x, y, radius) {
    this.#taken.push({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius });
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} distance
   */
  #places(text, x, y, distance) {
    const width = this.context.measureText(text).width + 6;
    const height = this.size * 1.3;
    const centres = [
      [x, y + distance + height / 2], [x, y - distance - height / 2],
      [x + distance + width / 2, y], [x - distance - width / 2, y],
    ];
    return centres.map(([left, top]) => kept({ left: left - width / 2, top: top - height / 2, width, height }, this.field));
  }

  /** @param {Box} box */
  #free(box) {
    return this.#taken.every((other) => !overlap(box, other));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function haloed(context, text, x, y) {
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4 });
  context.strokeStyle = dark;
  context.strokeText(text, x, y);
  context.fillStyle = "#fff";
  context.fillText(text, x, y);
}

/**
 * The box moved into the field.
 * @param {Box} box
 * @param {Box} field
 */
function kept(box, field) {
  const left = Math.max(field.left, Math.min(box.left, field.left + field.width - box.width));
  const top = Math.max(field.top, Math.min(box.top, field.top + field.height - box.height));
  return { ...box, left, top };
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function overlap(one, other) {
  return one.left < other.left + other.width && other.left < one.left + one.width &&
    one.top < other.top + other.height && other.top < one.top + one.height;
}
