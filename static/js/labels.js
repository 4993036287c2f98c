/** Short texts on the stage that keep out of each other's way. */

/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/** White on any contour band; a ground of one colour brings its own pair. */
const onContours = { ink: "#fff", edge: "rgba(10,14,22,0.92)" };

export class Labels {
  /** @type {Box[]} */
  #taken = [];

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Palette} palette
   * @param {Box} field
   * @param {{ink: string, edge: string}} [colours]
   */
  constructor(context, palette, field, colours = onContours) {
    this.context = context;
    this.colours = colours;
    this.field = field;
    this.size = palette.font + 1;
    this.family = palette.family;
  }

  /**
   * Written below the point, else above, right, left or aslant of it: where it covers least, inside the field.
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {number} distance
   * @param {number[]} [farther]  so much farther off it may stand where it is crowded
   */
  write(text, x, y, distance, farther = []) {
    const [width, height] = this.#sizeOf(text);
    const rings = [0, ...farther].map((more) => distance + more);
    return this.writeAt(text, rings.flatMap((ring) => around(x, y, ring + width / 2, ring + height / 2)));
  }

  /**
   * At the first of some places where it covers least.
   * @param {string} text
   * @param {number[][]} centres
   */
  writeAt(text, centres) {
    const places = this.#boxesOf(text, centres);
    const covered = places.map((place) => this.#covered(place));
    const box = places[covered.indexOf(Math.min(...covered))];
    this.#taken.push(box);
    haloed(this.context, text, box.left + box.width / 2, box.top + box.height / 2, this.colours);
    return box;
  }

  /**
   * Whether it covers nothing at one of these places.
   * @param {string} text
   * @param {number[][]} centres
   */
  isFree(text, centres) {
    return this.#boxesOf(text, centres).some((box) => !this.#covered(box));
  }

  /** @param {string} text @param {number[][]} centres */
  #boxesOf(text, centres) {
    const [width, height] = this.#sizeOf(text);
    return centres.map(([x, y]) => kept({ left: x - width / 2, top: y - height / 2, width, height }, this.field));
  }

  /**
   * A place that no text may cover.
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  keepFree(x, y, radius) {
    this.keepBoxFree({ left: x - radius, top: y - radius, width: 2 * radius, height: 2 * radius });
  }

  /** @param {Box} box */
  keepBoxFree(box) {
    this.#taken.push(box);
  }

  /** @param {string} text */
  widthOf(text) {
    return this.#sizeOf(text)[0];
  }

  /** @param {string} text */
  #sizeOf(text) {
    this.context.font = `600 ${this.size}px ${this.family}`;
    return [this.context.measureText(text).width + 6, this.size * 1.3];
  }

  /** How much of what is there already a box would cover. @param {Box} box */
  #covered(box) {
    return this.#taken.reduce((area, other) => area + overlap(box, other), 0);
  }
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} aside
 * @param {number} along
 */
function around(x, y, aside, along) {
  const aslant = [0.5, 1].flatMap((part) => [1, -1].flatMap((down) => [1, -1].map((right) => [x + right * part * aside, y + down * along])));
  return [[x, y + along], [x, y - along], [x + aside, y], [x - aside, y], ...aslant];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {{ink: string, edge: string}} [colours]
 */
export function haloed(context, text, x, y, { ink, edge } = onContours) {
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 4 });
  context.strokeStyle = edge;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
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
  const across = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const along = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  return Math.max(0, across) * Math.max(0, along);
}
