import { lossColour, paletteOf } from "./colours.js";
import { element } from "./element.js";
import { hatchOf } from "./mapart.js";
import { MapLaws } from "./maplaws.js";
import { mapTable, mapWords, ownWords, signsOf, theoryWords } from "./mapwords.js";
import { scrollable } from "./scrolled.js";
import { write } from "./texts.js";
import { paragraph, say } from "./words.js";

/** @typedef {import("./mapcells.js").Picture} Picture */
/**
 * @typedef {{names: [string, string], minima: string[], colouring: import("./mapcells.js").Colouring, theory: import("./maptheoryart.js").Theory|null,
 *   minimum: string, noise: import("./mapquestion.js").Noise|null, positions: number[][]}} About  positions: of the columns and rows
 */

/** What a map says in words, signs, formulas and a table. What only another picture changes is not made anew while a hand moves. */
export class MapTold {
  /** @type {{picture: Picture|null, key: string, words: string}} */
  #told = { picture: null, key: "", words: "" };

  /** @param {import("./maplaws.js").Law[]} laws */
  constructor(laws) {
    this.words = element("p", { class: "map-words" });
    this.theory = element("p", { class: "map-note" });
    this.laws = new MapLaws(laws);
    this.legend = element("ul", { class: "seeds-legend" });
    this.table = scrollable(element("div", { role: "region", "aria-label": say("The map as a table") }));
  }

  /**
   * @param {Picture} picture
   * @param {About} about
   * @param {number[]} at  the scene's own pair
   * @param {string} whose  whose map it is, where that needs to be said
   */
  show(picture, about, at, whose) {
    const palette = paletteOf(this.legend);
    const key = JSON.stringify([about, palette]);
    if (picture !== this.#told.picture || key !== this.#told.key) {
      this.#told = { picture, key, words: mapWords(picture, about.names) };
      this.#showMap(picture, about, palette);
    }
    write(this.words, paragraph([whose, ownWords(picture, about.minima, about.positions, at), this.#told.words]));
  }

  /**
   * @param {Picture} picture
   * @param {About} about
   * @param {import("./colours.js").Palette} palette
   */
  #showMap(picture, { names, minima, colouring, theory, minimum, noise, positions }, palette) {
    write(this.theory, theoryWords(picture, theory, minimum, { positions, noise }));
    this.laws.show(theory && picture.x.knob === "eta" ? theory.rule : null, picture.y.knob === "lambda");
    if (picture.progress < 1) return;
    this.legend.replaceChildren(...signsOf(picture, colouring).map(({ hatch, isOpen, words }) => legendItem(signOf(hatch, isOpen, palette), words)));
    this.table.replaceChildren(mapTable(picture, { names, minima }));
  }

  forget() {
    this.#told = { picture: null, key: "", words: "" };
    this.laws.show(null, false);
    for (const place of [this.words, this.theory]) write(place, "");
    for (const place of [this.legend, this.table]) place.replaceChildren();
  }
}

/** @param {string} sign  a picture as an address @param {string} words */
function legendItem(sign, words) {
  const key = element("span", { class: "map-key" });
  key.style.backgroundImage = `url(${sign})`;
  return element("li", {}, key, words);
}

/**
 * @param {string} hatch
 * @param {boolean} isOpen  over the colour of a loss
 * @param {import("./colours.js").Palette} palette
 */
function signOf(hatch, isOpen, palette) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  for (const fillStyle of [lossColour(0.5), hatchOf(context, hatch, isOpen, palette)]) {
    context.fillStyle = fillStyle;
    context.fillRect(0, 0, 32, 32);
  }
  return canvas.toDataURL();
}
