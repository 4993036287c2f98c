import { lossColour } from "./colours.js";
import { hatchOf } from "./mapart.js";

/** A map as a picture that explains itself on a slide: on the theme's paper, its title above, below it the signs of its cells, of theory and of the scene. */

/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{words: string, isBold?: boolean, hatch?: string, isOpen?: boolean}} Item */
/** @typedef {Item & {x: number, y: number}} Placed */

/**
 * @param {HTMLCanvasElement[]} layers  the map as it is shown
 * @param {[number, number]} size  of the map in CSS pixels
 * @param {{title: Item[][], signs: Item[][]}} told
 * @param {Palette} palette
 */
export function pictureOf(layers, [width, height], { title, signs }, palette) {
  const whole = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d"));
  const margin = palette.font;
  const above = laidOut(context, title, width - 2 * margin, palette);
  const below = laidOut(context, signs, width - 2 * margin, palette);
  const ratio = layers[0].width / width;
  Object.assign(whole, { width: layers[0].width, height: Math.round((above.height + height + below.height + 2 * margin) * ratio) });
  context.scale(ratio, ratio);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, width, whole.height / ratio);
  write(context, above.items, margin, margin, palette);
  for (const layer of layers) context.drawImage(layer, 0, margin + above.height, width, height);
  write(context, below.items, margin, margin + above.height + height, palette);
  return whole;
}

/** @param {Item} item @param {Palette} palette */
function faceOf({ isBold }, { font, family }) {
  return `${isBold ? 600 : 400} ${font}px ${family}`;
}

/**
 * Items one after the other, each list on lines of its own, as many as it needs.
 * @param {CanvasRenderingContext2D} context
 * @param {Item[][]} lists
 * @param {number} width
 * @param {Palette} palette
 */
function laidOut(context, lists, width, palette) {
  const { font } = palette;
  const items = /** @type {Placed[]} */ ([]);
  let y = 0;
  for (const list of lists.filter(({ length }) => length)) {
    let x = 0;
    for (const item of list) {
      context.font = faceOf(item, palette);
      const wide = context.measureText(item.words).width + (item.hatch ? 2.5 * font : 0);
      if (x && x + wide > width) [x, y] = [0, y + 1.7 * font];
      items.push({ ...item, x, y });
      x += wide + 1.2 * font;
    }
    y += 1.7 * font;
  }
  return { items, height: y };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Placed[]} items
 * @param {number} left
 * @param {number} top
 * @param {Palette} palette
 */
function write(context, items, left, top, palette) {
  const { font, ink } = palette;
  Object.assign(context, { textAlign: "left", textBaseline: "middle" });
  for (const item of items) {
    const [x, y] = [left + item.x, top + item.y + font * 0.8];
    if (item.hatch) drawKey(context, item.hatch, item.isOpen ?? false, [x, y - font * 0.5, 2 * font, font], palette);
    Object.assign(context, { font: faceOf(item, palette), fillStyle: ink });
    context.fillText(item.words, x + (item.hatch ? 2.5 * font : 0), y);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} hatch
 * @param {boolean} isOpen
 * @param {[number, number, number, number]} box
 * @param {Palette} palette
 */
function drawKey(context, hatch, isOpen, box, palette) {
  for (const fillStyle of [lossColour(0.5), hatchOf(context, hatch, isOpen, palette)]) {
    context.fillStyle = fillStyle;
    context.fillRect(...box);
  }
  Object.assign(context, { strokeStyle: palette.muted, lineWidth: 1 });
  context.strokeRect(...box);
}
