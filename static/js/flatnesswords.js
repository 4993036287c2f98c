import { placeWords } from "./criticalpoints.js";
import { element } from "./element.js";
import { figure } from "./numbers.js";
import { paragraph, say } from "./words.js";

/** What is said about the minima beside a test. */

/** @typedef {{at: [number, number], training: number|null, test: number|null, epsilon: number, relative: number|null, curvature: number|null}} Minimum */
/** @typedef {Minimum & {name: string}} Told */

/** A rise this small beside the other is rounding. */
const nothing = 1e-9;

/** @param {Minimum} minimum */
export function rise({ training, test }) {
  return (test ?? NaN) - (training ?? NaN);
}

/**
 * @param {Told[]} minima
 * @param {{isFresh: boolean, isAlike: boolean, isOwn: boolean}} test  isAlike: all examples are equal; isOwn: they are a visitor's rows
 */
export function flatnessWords(minima, { isFresh, isAlike, isOwn }) {
  if (!minima.length) return say("This surface has no minimum in the part that is shown.");
  if (isFresh && isAlike) return say("Spread is 0, so all examples are equal: fresh ones change nothing. Move the training instead, or turn the spread up.");
  if (isFresh && isOwn) return say("Your own rows are all there are: fresh ones cannot be drawn. Move the training instead.");
  return paragraph([...minima.slice(0, 2).map(minimumWords), comparison(minima)]);
}

/** @param {Told} minimum */
function minimumWords(minimum) {
  const values = { name: minimum.name, training: figure(minimum.training ?? NaN), test: figure(minimum.test ?? NaN), rise: figure(Math.abs(rise(minimum))) };
  return rise(minimum) >= 0
    ? say("At {name} the training loss is {training} and the test loss {test}: {rise} more.", values)
    : say("At {name} the training loss is {training} and the test loss {test}: {rise} less.", values);
}

/** The sharpest of the minima against the flattest. @param {Told[]} minima */
function comparison(minima) {
  const known = minima.filter(({ curvature }) => curvature !== null).sort((one, other) => /** @type {number} */ (other.curvature) - /** @type {number} */ (one.curvature));
  const [sharp, flat] = [known[0], known[known.length - 1]];
  if (known.length < 2 || rise(sharp) < nothing || rise(flat) < nothing) return "";
  const values = { sharp: sharp.name, flat: flat.name, times: figure(rise(sharp) / rise(flat), 2) };
  return say("The sharpest minimum, {sharp}, pays {times} times what the flattest, {flat}, pays.", values);
}

/** @param {Told[]} minima */
export function flatnessTable(minima) {
  const epsilon = minima[0]?.epsilon ?? 0;
  const heads = [say("minimum"), say("place"), say("training loss"), say("test loss"), say("difference"), say("λmax"), say("sharpness, %")];
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, say("Losses and sharpness (ε = {epsilon}) of the minima", { epsilon: figure(epsilon) })),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...minima.map(tableRow)),
  );
}

/** @param {Told} minimum */
function tableRow(minimum) {
  const numbers = [minimum.training, minimum.test, rise(minimum), minimum.curvature, minimum.relative];
  const cells = [placeWords(minimum.at), ...numbers.map((value) => figure(value ?? NaN))];
  return element("tr", {}, element("th", { scope: "row" }, minimum.name), ...cells.map((words) => element("td", {}, words)));
}

/** What must stand beside every picture of flat and sharp. */
export function caveat() {
  const sharpness = say("Sharpness as Keskar et al. (2017) define it: how far the training loss rises in a box of ε(|θ| + 1) around the minimum, in percent of 1 + loss. λmax is the largest curvature.");
  const doubt = say("Take care: the same function can be written with other parameters so that a flat minimum becomes sharp and the predictions stay as they are (Dinh et al., 2017). Whether flatness explains generalisation is still open.");
  return element("div", { class: "flatness-note" }, element("p", {}, sharpness), element("p", {}, doubt));
}
