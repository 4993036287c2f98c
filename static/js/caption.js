import { listed, paragraph, say, sayMany } from "./words.js";
import { count } from "./numbers.js";
import { ending } from "./outcomes.js";

/** @typedef {import("./types.js").Figures} Figures */
/** @typedef {{name: string, run: Figures}} Named */

/** What a reader should hear first. */
const order = ["nowhere", "diverged", "saddle", "other-saddle", "maximum", "flat", "minimum", "around", "valley", "moving"];

/**
 * @param {Named[]} group
 * @param {"updates"|"settled"|"left"|"leaves"|"diverged"} figure
 */
function numbers(group, figure) {
  return listed([...new Set(group.map(({ run }) => count(run[figure] ?? 0)))]);
}

/** @param {Named[]} group */
function who(group) {
  return listed(group.map(({ name }) => name));
}

/**
 * Several runs, each with its own number behind its name.
 * @param {Named[]} group
 * @param {"settled"|"left"|"diverged"} figure
 */
function whoWhen(group, figure) {
  return listed(group.map(({ name, run }) => say("{name} (at update {n})", { name, n: count(run[figure] ?? 0) })));
}

/** @type {Record<string, (group: Named[], values: Record<string, string>) => string>} */
const sentences = {
  nowhere: () => say("The formula is no number at the start: move the start to where it is one."),
  diverged: (group, values) =>
    group.length === 1
      ? say("{runs} diverged at update {diverged}.", values)
      : say("{each} diverged.", { ...values, each: whoWhen(group, "diverged") }),
  saddle: (group, values) =>
    sayMany("{runs} is still at the saddle after {updates} updates.", "{runs} are still at the saddle after {updates} updates.", group.length, values),
  "other-saddle": (group, values) =>
    sayMany("{runs} is at another saddle after {updates} updates.", "{runs} are at another saddle after {updates} updates.", group.length, values),
  maximum: (group, values) => sayMany("{runs} is at a maximum.", "{runs} are at a maximum.", group.length, values),
  flat: (group, values) =>
    sayMany("{runs} is at a critical point the Hessian cannot decide.", "{runs} are at a critical point the Hessian cannot decide.", group.length, values),
  minimum: (group, values) =>
    group.length === 1
      ? say("{runs} reached a minimum in {settled} updates.", values)
      : say("{each} reached a minimum.", { ...values, each: whoWhen(group, "settled") }),
  around: (group, values) => sayMany("{runs} is around a minimum.", "{runs} are around a minimum.", group.length, values),
  valley: (group, values) => sayMany("{runs} is in a valley of minima.", "{runs} are in a valley of minima.", group.length, values),
  moving: (group, values) =>
    sayMany("{runs} is still travelling after {updates} updates.", "{runs} are still travelling after {updates} updates.", group.length, values),
};

/** The same endings for runs that came by a saddle and left it. @type {typeof sentences} */
const afterLeaving = {
  minimum: (group, values) =>
    group.length === 1
      ? say("{runs} left the saddle at update {left} and reached a minimum in {settled} updates.", values)
      : say("{each} left the saddle and reached a minimum.", { ...values, each: whoWhen(group, "left") }),
  around: (group, values) =>
    group.length === 1
      ? say("{runs} left the saddle at update {left} and is around a minimum.", values)
      : say("{each} left the saddle and are around a minimum.", { ...values, each: whoWhen(group, "left") }),
  valley: (group, values) =>
    group.length === 1
      ? say("{runs} left the saddle at update {left} and is in a valley of minima.", values)
      : say("{each} left the saddle and are in a valley of minima.", { ...values, each: whoWhen(group, "left") }),
  moving: (group, values) =>
    group.length === 1
      ? say("{runs} left the saddle at update {left} and is still travelling after {updates} updates.", values)
      : say("{each} left the saddle and are still travelling after {updates} updates.", { ...values, each: whoWhen(group, "left") }),
};

/** @param {Named[]} group */
function wouldLeave(group) {
  const values = { leaves: numbers(group, "leaves"), runs: who(group) };
  return sayMany("It would leave at update {leaves}.", "They would leave at updates {leaves}.", group.length, values);
}

/**
 * @param {Named[]} all
 * @returns {Map<string, Named[]>}
 */
function grouped(all) {
  /** @type {Map<string, Named[]>} */
  const groups = new Map();
  for (const one of all) {
    const key = keyOf(one.run);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

/** @param {Figures} run */
function keyOf(run) {
  const end = ending(run);
  const staying = end === "saddle" && run.leaves !== null ? "leaves" : "";
  return [end, run.left !== null && end in afterLeaving ? "left" : "", staying].join(" ");
}

/**
 * @param {string} key
 * @param {Named[]} group
 */
function sentencesOf(key, group) {
  const [end, left, staying] = key.split(" ");
  const figures = /** @type {const} */ (["updates", "settled", "left", "diverged"]);
  const values = { runs: who(group), ...Object.fromEntries(figures.map((name) => [name, numbers(group, name)])) };
  const first = (left ? afterLeaving : sentences)[end](group, values);
  return staying ? [first, wouldLeave(group)] : [first];
}

/** @param {string} key */
function rank(key) {
  const [end, left] = key.split(" ");
  return order.indexOf(end) * 2 + (left ? 0 : 1);
}

/**
 * The sentences above the stage: nothing in them but figures of this scene.
 * @param {Named[]} all
 * @returns {string[]}
 */
export function captionSentences(all) {
  return [...grouped(all)].sort(([one], [other]) => rank(one) - rank(other)).flatMap(([key, group]) => sentencesOf(key, group));
}

/** Writes the caption; its first sentence carries the weight. */
export class Caption {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.said = "";
    this.place = "";
  }

  /** The stage below must not move under a hand: the room once taken stays, until there are other runs or another width. @param {number} runs */
  keepRoom(runs) {
    const place = runs + " " + this.element.offsetWidth;
    this.element.style.minBlockSize = place === this.place ? this.element.offsetHeight + "px" : "";
    this.place = place;
  }

  /** @param {Named[]} all */
  show(all) {
    const [first = "", ...rest] = captionSentences(all);
    const text = paragraph([first, ...rest]);
    if (text === this.said) return;
    this.said = text;
    this.keepRoom(all.length);
    const strong = document.createElement("strong");
    strong.textContent = first;
    this.element.replaceChildren(strong, text.slice(first.length));
  }
}
