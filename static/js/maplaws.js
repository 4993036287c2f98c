import { element } from "./element.js";
import { formula } from "./formula.js";
import { scrollable } from "./scrolled.js";
import { say } from "./words.js";

/** @typedef {{rule: string, limit: string, robust: string|null, optimum: string[], source: string}} Law */

/** The formulas behind the lines of a map, each with what it is, and where they come from. */
export class MapLaws {
  #shown = "";

  /** @param {Law[]} laws */
  constructor(laws) {
    this.laws = laws;
    this.element = scrollable(element("div", { class: "map-laws", role: "group", "aria-label": say("The formulas of the theory") }));
  }

  /**
   * @param {string|null} rule
   * @param {boolean} isOfBoth  whether λ is turned too, so that there are regimes and a fastest pair
   */
  show(rule, isOfBoth) {
    const key = [rule, isOfBoth].join();
    if (key === this.#shown) return;
    this.#shown = key;
    const law = this.laws.find((one) => one.rule === rule);
    this.element.replaceChildren(...(law ? partsOf(law, isOfBoth) : []));
  }
}

/** @param {Law} law @param {boolean} isOfBoth */
function partsOf({ limit, robust, optimum, source }, isOfBoth) {
  const part = (/** @type {string} */ words, /** @type {string[]} */ formulas) => element("p", { class: "map-law" }, element("span", {}, words), ...formulas.map((text) => element("span", {}, formula(text))));
  return [
    part(say("line, the limit:"), [limit]),
    ...(robust && isOfBoth ? [part(say("between the dashed lines, robust:"), [robust])] : []),
    ...(isOfBoth ? [part(say("star, the fastest:"), optimum)] : []),
    ...(robust && isOfBoth ? [element("p", { class: "map-note" }, say("Robust: both directions swing and shrink by √λ. Lazy: the flat direction is too slow. On a knife's edge: the steep one nearly leaves."))] : []),
    element("p", { class: "map-note" }, say("L and μ are the largest and the smallest curvature at the minimum. Source: {source}.", { source })),
  ];
}
