import { element } from "./element.js";
import { bendDrawing } from "./hessiandrawing.js";
import { eigen, halfAxis, matrix } from "./hessianmaths.js";
import { shapeOf } from "./hessianshape.js";
import { curvatures, gradientWords, nearWords, verdict } from "./hessianwords.js";
import { figure } from "./numbers.js";
import { scrollable } from "./scrolled.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/**
 * What the server says about a point, with the kind as the table of critical points has it.
 * @typedef {{point: Pair, loss: number, gradient: Pair, hessian: number[][], eigenvalues: Pair|null, eigenvectors: [Pair, Pair]|null,
 *   kind: string|null, valley: boolean}} Told
 * @typedef {{title: string, told: Told, near: {name: string, kind: string, distance: number}|null, longest: number}} Shown
 */

/** The Hessian at one point: verdict first, then the numbers it rests on. */
export class HessianCard {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.verdict = element("p", { class: "hessian-verdict" });
    this.words = element("p", {});
    this.gradient = element("p", {});
    this.near = element("p", { class: "hessian-near" });
    this.title = element("h3", { class: "hessian-title" });
    this.numbers = element("div", { class: "hessian-numbers" });
    this.maths = scrollable(element("div", { class: "hessian-maths", role: "group", "aria-label": say("The Hessian and its eigenvalues") }));
    this.drawing = element("div", {});
    this.scale = element("p", { class: "hessian-scale" });
    this.numbers.append(this.maths, this.drawing);
    place.append(this.title, this.verdict, this.near, this.words, this.gradient, this.numbers, this.scale);
  }

  /** @param {Shown} shown */
  show({ title, told, near, longest }) {
    this.title.textContent = say("{where}: loss {loss}", { where: title, loss: figure(told.loss) });
    this.verdict.textContent = verdict(told);
    this.near.textContent = near ? nearWords(near) : "";
    this.near.hidden = !near;
    this.words.textContent = curvatures(told);
    this.gradient.textContent = told.eigenvalues ? gradientWords(told) : "";
    this.numbers.hidden = !told.eigenvalues;
    this.scale.hidden = !told.eigenvalues;
    this.place.hidden = false;
    if (told.eigenvalues && told.eigenvectors) this.showNumbers({ ...told, eigenvalues: told.eigenvalues, eigenvectors: told.eigenvectors }, longest);
  }

  /**
   * @param {Told & {eigenvalues: Pair, eigenvectors: [Pair, Pair]}} told
   * @param {number} longest
   */
  showNumbers(told, longest) {
    const [low, high] = told.eigenvalues;
    this.maths.replaceChildren(matrix(told.hessian), eigen(1, low, told.eigenvectors[0]), eigen(2, high, told.eigenvectors[1]));
    this.drawing.replaceChildren(bendDrawing(told));
    const { factor } = shapeOf(told, longest);
    this.scale.replaceChildren(...(factor ? [say("Half-axes on the stage from above:"), " ", halfAxis(factor)] : []));
  }
}

/**
 * The server's answer, with holes where the loss has no curvature.
 * @param {any} header
 * @returns {Told}
 */
export function toldOf({ point, loss, gradient, hessian, eigenvalues, eigenvectors, kind, valley }) {
  const whole = [...gradient, ...hessian.flat(), ...eigenvalues].every((value) => value !== null);
  return { point, loss: loss ?? NaN, gradient, hessian, eigenvalues: whole ? eigenvalues : null, eigenvectors: whole ? eigenvectors : null, kind, valley };
}
