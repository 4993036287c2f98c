import { element } from "./element.js";
import { limitFormula } from "./maptheory.js";
import { count, figure } from "./numbers.js";
import { paragraph, say } from "./words.js";

/** What is said about λmax along the paths, and about the rate of runs on a quadratic. */

/** @typedef {import("./curvature.js").Curve} Curve */
/** @typedef {{start: number, most: number, end: number, isKnown: boolean, line: number, lines: [number, number], until: number|null, isThrough: boolean}} Facts
 *   until: the last update at which λmax was above its line; isThrough: it was above it at all before; lines: lowest and highest */

/** @param {Curve} curve @returns {Facts} */
export function factsOf({ update, largest, line }) {
  const last = largest.length - 1;
  const known = largest.filter(Number.isFinite);
  const above = Array.from(largest, (value, row) => value > line[row]);
  const until = above.lastIndexOf(true);
  return {
    start: largest[0],
    most: known.length ? known.reduce((most, value) => Math.max(most, value)) : NaN,
    end: largest[last],
    isKnown: known.length === largest.length,
    line: line[last],
    lines: [Math.min(...line), Math.max(...line)],
    until: until < 0 ? null : update[until],
    isThrough: !above.slice(0, until + 1).includes(false),
  };
}

/**
 * @param {Curve} curve
 * @param {import("./edges.js").Edge|null} edge  what is known of its limit with its batches
 */
export function curvatureWords(curve, edge) {
  return paragraph([edgeWords(curve), batchWords(curve, edge), rateWords(curve)]);
}

/** @param {Curve} curve */
function edgeWords(curve) {
  const { start, most, end, line, until, isKnown, isThrough } = factsOf(curve);
  const values = { run: curve.name, line: lineWords(curve), start: figure(start), most: figure(most), end: figure(end), until: count(until ?? 0) };
  if (!isKnown) return say("{run}: λmax is not a number everywhere on this path, so nothing is said of it.", values);
  const stays = values.start === values.most && values.most === values.end;
  if (!Number.isFinite(line)) return stays ? say("{run}: λmax is {end} all the way. There is no line for this rule.", values) : say("{run}: λmax goes from {start} to {end}. There is no line for this rule.", values);
  if (curve.diverged) return say("{run}: it diverged. λmax was at most {most} on the way; its line is {line}.", values);
  if (until === null) return belowWords(stays, curve.batch === null, values);
  if (end > line) return say("{run}: λmax ends at {end}, above {line}: not stable where it is.", values);
  if (isThrough) return say("{run}: λmax is above {line} until update {until}, at most {most}; it ends at {end}, below.", values);
  return say("{run}: λmax comes above {line} again and again, last at update {until}, at most {most}; it ends at {end}, below.", values);
}

/**
 * Below the line of the full batch only a run without noise is stable.
 * @param {boolean} stays
 * @param {boolean} isStable
 * @param {Record<string, string>} values
 */
function belowWords(stays, isStable, values) {
  if (stays) return isStable ? say("{run}: λmax is {end} all the way, below {line}: stable.", values) : say("{run}: λmax is {end} all the way, below {line}.", values);
  return isStable ? say("{run}: λmax goes from {start} to {end} and stays below {line}: stable all the way.", values) : say("{run}: λmax goes from {start} to {end} and stays below {line}.", values);
}

/** @param {Curve} curve @param {import("./edges.js").Edge|null} edge */
function batchWords(curve, edge) {
  const { isKnown, line } = factsOf(curve);
  if (curve.batch === null || !isKnown || !Number.isFinite(line)) return "";
  const values = { batch: count(curve.batch), noisy: figure(edge?.noisy ?? NaN), minimum: edge?.minimum ?? "" };
  if (typeof edge?.noisy !== "number") return say("This line is that of the full batch, not that of batches of {batch}.", values);
  if (edge.noisy === 0) return say("This line is that of the full batch; with batches of {batch} no η is stable at {minimum}.", values);
  return say("This line is that of the full batch; with batches of {batch} η is stable below {noisy} at {minimum}.", values);
}

/** A schedule moves the line. @param {Curve} curve */
function lineWords(curve) {
  const [low, high] = factsOf(curve).lines;
  const values = { formula: limitFormula(curve.rule, "η"), low: figure(low), high: figure(high) };
  return high > low * (1 + 1e-6) ? say("{formula}, which goes from {low} to {high} with the schedule", values) : say("{formula} = {low}", values);
}

/** @param {Curve} curve */
function rateWords({ rate }) {
  if (!rate) return "";
  const values = { measured: rateFigure(rate.measured), predicted: rateFigure(rate.predicted), first: count(rate.first), last: count(rate.last) };
  return say("In every update its distance to the minimum is multiplied by {measured} (measured from update {first} to {last}); theory says {predicted}.", values);
}

/** A rate near one needs its digits. @param {number} rate */
function rateFigure(rate) {
  return rate.toFixed(4);
}

/** @param {Curve[]} curves */
export function curvatureTable(curves) {
  const heads = [say("run"), say("λmax at the start"), say("largest"), say("at the end"), say("line of η"), say("above until update")];
  const hasRates = curves.some(({ rate }) => rate);
  if (hasRates) heads.push(say("rate, measured"), say("rate, in theory"));
  const caption = hasRates ? say("The largest curvature along each path, and how fast the run came to the minimum") : say("The largest curvature along each path");
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...curves.map((curve) => rowOf(curve, hasRates))),
  );
}

/** @param {Curve} curve @param {boolean} hasRates */
function rowOf(curve, hasRates) {
  const { start, most, end, line, until } = factsOf(curve);
  const { rate } = curve;
  const cells = [figure(start), figure(most), figure(end), figure(line), until === null ? "–" : count(until)];
  if (hasRates) cells.push(rate ? rateFigure(rate.measured) : "–", rate ? rateFigure(rate.predicted) : "–");
  return element("tr", {}, element("th", { scope: "row" }, curve.name), ...cells.map((cell) => element("td", {}, cell)));
}

/** What the line means, and what it does not. */
export function aboutCurvature() {
  return element(
    "p",
    { class: "curvature-note" },
    say("λmax is the largest eigenvalue of the Hessian of the training loss where the run is. Above its line a rule is not stable on the ground it stands on: it is thrown about until it comes to flatter ground, or leaves. Trained networks are often seen to stay near that line, at the edge of stability (Cohen et al. 2021)."),
  );
}
