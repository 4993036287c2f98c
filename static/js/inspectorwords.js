import { divisorsOf } from "./divisors.js";
import { forcesOf } from "./inspectorstory.js";
import { marked } from "./markedtext.js";
import { count, figure, superscript } from "./numbers.js";
import { direction, isFinitePair, size } from "./vectors.js";
import { listed, say, sayMany, withCommas } from "./words.js";

/** @typedef {import("./anatomy.js").Update} Update */
/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./inspectorstory.js").Case} Case */

/** A length, and which way it points on the stage. @param {Pair} vector */
function lengthWords(vector) {
  if (!isFinitePair(vector)) return say("not finite");
  return [figure(size(vector)), direction(vector)].filter(Boolean).join("\u00a0");
}

/**
 * @param {readonly (number|null)[]|number|null|undefined} value
 * @param {number} [digits]
 * @returns {string}
 */
export function valueWords(value, digits = 3) {
  if (typeof value === "number" && Number.isFinite(value)) return figure(value, digits);
  if (!Array.isArray(value) || !value.some(Number.isFinite)) return say("not finite");
  return `(${value.map((one) => valueWords(one, digits).replaceAll(" ", "\u00a0")).join(", ")})`;
}

/** θ³⁷ @param {number} index */
function pointName(index) {
  return "θ" + superscript(index);
}

/**
 * "Update 38: from θ³⁷ to θ³⁸"
 * @param {number} index
 */
export function updateWords(index) {
  return say("Update {n}: from {before} to {after}", { n: index + 1, before: pointName(index), after: pointName(index + 1) });
}

const fewExamples = 8;

/**
 * Which epoch, and whose gradient it is.
 * @param {Update} update
 * @param {number} examples
 */
export function batchWords({ epoch: before, batch }, examples) {
  const epoch = count(before + 1);
  if (batch.length >= examples) return sayMany("epoch {epoch} · the one example", "epoch {epoch} · all {n} examples", examples, { epoch });
  const names = batch.slice(0, fewExamples).map(String);
  const which = withCommas(names) + (batch.length > fewExamples ? " …" : "");
  const values = { epoch, examples, which };
  return sayMany("epoch {epoch} · 1 of {examples} examples: {which}", "epoch {epoch} · {n} of {examples} examples: {which}", batch.length, values);
}

/** @type {Record<string, (values: Record<string, string>) => string>} */
const sentences = {
  nowhere: () => say("There is no finite gradient here, so there is no next point: the run ends at this one."),
  left: () => say("After this update the point is out of reach: farther away than a thousand times the surface, or not finite. The run has diverged."),
  overshot: (v) =>
    say("The movement m ({m}) is too long: it jumps over the valley to where the slope is steeper still (from |g| = {g} to {next}) and points back. Every jump is longer than the last: the run diverges.", v),
  stopped: () => say("The gradient is exactly zero here, and nothing else moves this ball: it stays."),
  stuck: (v) =>
    say("The gradient is almost zero here (|g| = {g}). Gradient descent has nothing but this gradient, so it hardly moves: {m}.", v),
  downhill: (v) =>
    say("Gradient descent knows only the gradient of this moment. It goes against it, η = {eta} times as far as the gradient is long: {m}.", v),
  rest: () => say("Gradient and previous movement are both almost zero: the ball is at rest. Momentum cannot carry on what has stopped."),
  first: (v) =>
    say("There is no previous movement to carry the ball on, so this update is gradient descent's: m = −ηg ({m}).", v),
  carried: (v) =>
    say("The gradient is almost nothing here: −ηg is only {push}. But λm, what is left of the previous movement, is {carried}: it carries the ball on, where gradient descent would stop.", v),
  together: (v) =>
    say("Both push the same way: the previous movement λm ({carried}) and the reverse gradient −ηg ({push}) add up to m ({m}), {times} times as far as gradient descent would go.", v),
  bent: (v) =>
    say("The reverse gradient −ηg ({push}) pulls across the previous movement λm ({carried}): the path bends, and m is {m}.", v),
  against: (v) =>
    say("The slope pulls the ball back: −ηg is {push}. But the previous movement is larger: λm is {carried}. So the ball goes on against the slope, m = {m}. Gradient descent would turn back here.", v),
  turned: (v) =>
    say("The slope pulls back with −ηg ({push}), and that is now more than what is left of the previous movement, λm ({carried}): the gradient wins, and the ball turns back, m = {m}.", v),
  "scaled-first": (v) =>
    say("In the first update every gradient is divided by its own size. So each coordinate moves by about η = {eta}, however steep its slope is: {m}.", v),
  "scaled-early": (v) =>
    say("The average of squares is still young, so the divisor is small and the first movement long: {m}. It does not depend on how steep the slope is.", v),
  scaled: (v) =>
    say("Each coordinate is divided by the size of its own recent gradients: {divided}. So steep and flat directions move about equally fast: {m}.", v),
  "scaled-all": (v) =>
    say("Each coordinate is divided by the size of all its gradients so far: {divided}. That size only grows, so the movements get shorter and shorter: {m}.", v),
  "scaled-on": (v) =>
    say("The gradient has turned round, but the average of the recent ones still points the old way: the ball goes on, {m}. Each coordinate is divided by the size of its own recent gradients: {divided}.", v),
  "curved-down": (v) =>
    say("Newton divides the gradient by the curvature: it heads for the turning point of the parabola that has this slope and this curvature, {m}.", v),
  "curved-up": (v) =>
    say("Here the surface curves down in some direction. Dividing by a negative curvature turns the movement round: Newton goes uphill ({m}), towards a saddle or a maximum.", v),
  "curved-free": (v) =>
    say("The gradient is divided by the size of the curvature, whatever its sign. So the movement ({m}) always goes downhill, and away from saddles.", v),
};

/**
 * One plain sentence about what happened, and nothing in it but numbers of this update, each marked with the arrow it belongs to.
 * @param {string} story
 * @param {Case} given
 * @param {string[]} parameters
 */
export function storyWords(story, { rule, update, next }, parameters) {
  const forces = forcesOf(rule, update);
  const divided = divisorsOf(rule, update.values).map((divisor, k) => say("{parameter} by {divisor}", { parameter: parameters[k], divisor: figure(divisor) }));
  return sentences[story]({
    eta: figure(update.eta),
    g: marked("gradient", figure(size(forces.gradient))),
    next: next ? marked("gradient", figure(size(forcesOf(rule, next).gradient))) : "",
    push: marked("reverse", lengthWords(forces.reverse)),
    carried: marked("carried", lengthWords(forces.carried)),
    m: marked("movement", lengthWords(forces.movement)),
    times: figure(size(forces.movement) / size(forces.reverse), 2),
    divided: listed(divided),
  });
}
