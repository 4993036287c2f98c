import { BeforePaint } from "./pace.js";
import { element } from "./element.js";
import { Overlay, watchSize } from "./overlay.js";
import { SumTable } from "./weightedsumtable.js";
import { ageAt, drawBars, drawHeadToTail } from "./weightedsumart.js";
import { endsAtMovement, weighsGradients, weighsSquares } from "./weightedsum.js";
import { ageWords, olderWords, sumWords, titleOf, weightsWords } from "./weightedsumwords.js";
import { write, writeAttribute } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./weightedsum.js").Sum} Sum */
/** @typedef {import("./weightedsum.js").Share} Share */
/** @typedef {import("./weightedsumart.js").Paint} Paint */

/** The second reading of an update: bars of the weights, a slider over their ages, the vectors head to tail, and a table. */
export class SumPanel {
  /** @type {Sum|null} */
  #sum = null;
  #rule = "";
  #drawing = new BeforePaint(() => this.#sum && !this.place.hidden && this.paint(this.#sum, this.events.paint()));
  /** The age under the pointer, or -1. */
  #pointed = -1;

  /**
   * @param {HTMLElement} place
   * @param {{paint: () => Paint, lit: () => void}} events  `lit`: another earlier update is spoken of
   */
  constructor(place, events) {
    this.place = place;
    this.events = events;
    this.title = element("h3", { class: "label" });
    this.bars = drawnBox("sum-bars", () => this.draw());
    this.squares = drawnBox("sum-bars", () => this.draw());
    this.walk = drawnBox("sum-walk", () => this.draw());
    this.slider = element("input", { type: "range", id: "inspector-age", min: 0, value: 0, step: 1, "aria-label": say("Age of the gradient") });
    this.line = element("p", { class: "sum-line" });
    this.older = element("p", { class: "quiet" });
    this.said = element("p", { class: "sum-said" });
    this.table = new SumTable();
    this.weightsName = element("p", { class: "quiet" });
    this.squaresName = element("p", { class: "quiet" }, say("Weights of the squares"));
    this.build();
    this.listen();
  }

  build() {
    const bars = element("div", { class: "sum-weights" }, this.weightsName, this.bars.box, this.squaresName, this.squares.box, this.slider);
    this.place.append(this.title, bars, this.line, this.older, this.walk.box, this.said, this.table.element);
  }

  listen() {
    for (const event of ["input", "focus", "blur"]) this.slider.addEventListener(event, () => this.turned());
    for (const { box } of [this.bars, this.squares]) {
      box.addEventListener("pointermove", (event) => this.point(ageAt(/** @type {Sum} */ (this.#sum), box.clientWidth, event.offsetX)));
      box.addEventListener("pointerleave", () => this.point(-1));
    }
  }

  /** @param {number} age */
  point(age) {
    if (age === this.#pointed) return;
    this.#pointed = age;
    this.turned();
  }

  turned() {
    this.showAge();
    this.draw();
    this.events.lit();
  }

  get age() {
    const last = (this.#sum?.shares.length ?? 1) - 1;
    return Math.min(this.#pointed >= 0 ? this.#pointed : this.slider.valueAsNumber, last);
  }

  /** The earlier update that is spoken of while somebody points at it. @returns {Share|null} */
  get lit() {
    const isMeant = this.#pointed >= 0 || document.activeElement === this.slider;
    return isMeant && !this.place.hidden ? this.#sum?.shares[this.age] ?? null : null;
  }

  /**
   * @param {string} rule
   * @param {Sum|null} sum
   */
  show(rule, sum) {
    this.#sum = sum;
    this.place.hidden = sum === null;
    if (!sum) return;
    if (rule !== this.#rule) this.setRule(rule);
    writeAttribute(this.slider, "max", String(sum.shares.length - 1));
    this.slider.disabled = sum.shares.length < 2;
    this.showAge();
    write(this.older, sum.older ? olderWords(sum.older) : "");
    write(this.said, sum.sum ? sumWords(rule, sum) : "");
    this.table.show(sum);
    this.draw();
  }

  /** @param {string} rule */
  setRule(rule) {
    this.#rule = rule;
    write(this.title, titleOf(rule));
    this.bars.box.hidden = !weighsGradients(rule);
    this.weightsName.hidden = !weighsGradients(rule);
    write(this.weightsName, weightsWords(rule));
    this.squares.box.hidden = !weighsSquares(rule);
    this.squaresName.hidden = !weighsSquares(rule);
    this.walk.box.hidden = !weighsGradients(rule);
  }

  showAge() {
    const share = this.#sum?.shares[this.age];
    if (!share) return;
    const words = ageWords(this.#rule, share);
    write(this.line, words);
    writeAttribute(this.slider, "aria-valuetext", words);
  }

  /** Once before the next picture. */
  draw() {
    this.#drawing.call();
  }

  /**
   * @param {Sum} sum
   * @param {Paint} paint
   */
  paint(sum, paint) {
    for (const [name, { box, overlay }] of /** @type {const} */ ([["weight", this.bars], ["square", this.squares]])) {
      if (!box.hidden) drawBars(overlay.wiped(), overlay, sum, name, this.age, paint);
    }
    if (!this.walk.box.hidden) drawHeadToTail(this.walk.overlay.wiped(), this.walk.overlay, sum, this.age, paint, endsAtMovement(this.#rule));
  }
}

/**
 * @param {string} name
 * @param {() => void} resized
 */
function drawnBox(name, resized) {
  const box = element("div", { class: "drawing " + name });
  const overlay = new Overlay(box);
  watchSize(box, () => {
    overlay.fit(box.clientWidth, box.clientHeight);
    resized();
  });
  return { box, overlay };
}
