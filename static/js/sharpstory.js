import { changeSentence, fewSentence, isDecided, luckSentence } from "./comparison.js";
import { count, figure } from "./numbers.js";
import { shareWords } from "./units.js";
import { listed, paragraph, say, sayMany, withSemicolons } from "./words.js";

/** Sharp or flat (B8): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./comparison.js").Comparison} Comparison */
/** @typedef {"small"|"large"} Size */
/** @typedef {{rates: number[], reached: number[], epochs: (number|null)[]}} Tried */
/** @typedef {{epsilon: number, slope: Record<Size, number>, sharpness: Comparison|null}} Box */
/** @typedef {{training: Comparison, validation: Comparison, curvature: Comparison, beyond: Comparison, barrier: {median: number, low: number, high: number}}} Compared */
/** @typedef {{target: number, seeds: number, image: number, tried: Record<Size, Tried>, eta: Record<Size, number>|null, pairs: number, wide: Box, narrow: Box}} Facts */

/** @type {Size[]} */
const sizes = ["small", "large"];

/** Up to so many times the other loss is about the same one. */
const same = 1.1;

/** @type {import("./stories.js").Story} */
export const sharpStory = { ask, told };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("A small and a large batch are trained until their training loss is the same. Does the large one end in a sharper place (with a larger λmax), and does it do worse on validation images?"),
    choices: [
      { value: "both", label: say("Sharper, and it does worse") },
      { value: "sharper", label: say("Sharper, and no difference on validation is seen") },
      { value: "worse", label: say("Not seen to be sharper, but it does worse") },
      { value: "neither", label: say("Not seen to be sharper, and no difference on validation is seen") },
    ],
    measured,
  };
}

/** Whether there is anything to compare, and enough of it. @param {Answer} answer */
function comparedOf({ facts }) {
  const { pairs } = /** @type {Facts} */ (facts);
  return pairs ? /** @type {Compared & Facts} */ (facts) : null;
}

/** @param {Answer} answer */
function measured(answer) {
  const facts = comparedOf(answer);
  if (!facts || !isDecided(facts.curvature)) return null;
  if (facts.validation.found === "rises") return null;
  const [sharper, worse] = [facts.curvature.found === "rises", facts.validation.found === "falls"];
  if (sharper) return worse ? "both" : "sharper";
  return worse ? "worse" : "neither";
}

/**
 * @param {Answer} answer
 * @param {string} chart
 */
function told(answer, chart) {
  const facts = /** @type {Facts} */ (answer.facts);
  if (!facts.tried) return [];
  const compared = comparedOf(answer);
  const tuning = tuningSentence(answer);
  if (!compared) return answer.state === "done" ? [tuning, nothingSentence(facts)] : [tuning];
  const parts = { loss: lineSentences(compared), curvature: paragraph([curvatureSentence(compared), sharpnessSentence(compared)]) };
  const own = parts[/** @type {keyof typeof parts} */ (chart)];
  if (answer.state !== "done") return [own ?? tuning];
  const answered = answerSentence(compared);
  const first = own ?? answered;
  const rest = chart === "curvature" ? [validationSentence(compared)] : [imageSentence(compared), sharpnessSentence(compared)];
  const others = [chart === "curvature" ? "" : answered, tuning, sameSentence(compared), ...rest, paragraph([slopeSentence(compared), paperSentence(answer)]), parts.loss, foundSentences(answer, compared), missedSentence(answer)];
  return [first, ...others.filter((text) => text !== "" && text !== first)];
}

/** Sharper, and worse? @param {Compared & Facts} facts */
function answerSentence(facts) {
  return paragraph([curvatureSentence(facts), accuracySentence(facts)]);
}

/** @param {Answer} answer */
function tuningSentence({ knobs, facts }) {
  const { eta, tried, target, seeds } = /** @type {Facts} */ (facts);
  if (!eta) {
    const [small, large] = sizes.map((size) => (tried[size].rates.length ? say("η = {rates}", { rates: listed(tried[size].rates.map((rate) => figure(rate))) }) : say("none yet")));
    return say("Every batch size looks for its learning rate. Tried by now for B = {from}: {small}; for B = {to}: {large}.", { from: count(knobs.small), to: count(knobs.large), small, large });
  }
  return paragraph(sizes.map((size) => {
    const at = tried[size].rates.indexOf(eta[size]);
    const epochs = tried[size].epochs[at] ?? null;
    const values = { batch: count(knobs[size]), eta: figure(eta[size]), target: figure(target), reached: tried[size].reached[at], seeds, epochs: figure(epochs ?? knobs.epochs) };
    return epochs === null
      ? sayMany("With B = {batch} no seed gets to a training loss of {target} within {epochs} epoch.", "With B = {batch} no seed gets to a training loss of {target} within {epochs} epochs.", knobs.epochs, values)
      : say("With B = {batch} and η = {eta}, {reached} of {seeds} seeds get to a training loss of {target}, after {epochs} epochs (median).", values);
  }));
}

/** @param {Facts} facts */
function nothingSentence({ target }) {
  return say("No seed got there with both, so there is nothing to compare. It would need more epochs, a training loss above {target}, or another η.", { target: figure(target) });
}

/** @param {Compared & Facts} facts */
function sameSentence({ training: { from, to }, target }) {
  const values = { target: figure(target), from: count(from.batch), to: count(to.batch), first: figure(from.median), last: figure(to.median) };
  const told = say("Both were trained to a training loss of at most {target}: {first} at B = {from} and {last} at B = {to}.", values);
  const isSame = Math.max(from.median, to.median) <= same * Math.min(from.median, to.median);
  return paragraph([told, isSame ? say("So training is about equally good.") : say("So training is not equally good, and a difference in what follows may come from that. It would need a lower training loss to reach.")]);
}

/** @param {Compared & Facts} facts */
function validationSentence(facts) {
  return paragraph([accuracySentence(facts), imageSentence(facts)]);
}

/** @param {{validation: Comparison}} facts */
function accuracySentence({ validation }) {
  return changeSentence(validation, say("Validation accuracy"), shareWords);
}

/** @param {{image: number}} facts */
function imageSentence({ image }) {
  return say("One image is {image}: no smaller difference can be seen.", { image: shareWords(image) });
}

/** @param {{curvature: Comparison}} facts */
function curvatureSentence({ curvature }) {
  return changeSentence(curvature, say("λmax, the largest curvature,"), (value) => figure(value, 2));
}

/** @param {Compared & Facts} facts */
function sharpnessSentence({ wide, narrow }) {
  if (!wide.sharpness || !narrow.sharpness) return "";
  const part = (/** @type {Box} */ { epsilon }) => say("The paper's sharpness (ε = {epsilon})", { epsilon: figure(epsilon) });
  const percent = (/** @type {number} */ value) => say("{value} %", { value: figure(value, 2) });
  if (wide.sharpness.found !== narrow.sharpness.found) return paragraph([wide, narrow].map((box) => changeSentence(/** @type {Comparison} */ (box.sharpness), part(box), percent)));
  return changeSentence(wide.sharpness, part(wide), percent);
}

/** @param {Compared & Facts} facts */
function slopeSentence({ wide }) {
  const values = { small: shareWords(wide.slope.small), large: shareWords(wide.slope.large) };
  return say("Of that sharpness {small} and {large} would come from the slope alone: a training that is stopped by its loss does not stand on level ground.", values);
}

/**
 * A cell of the paper's first network, a fully connected one on MNIST.
 * @param {Answer} answer
 * @param {number} column
 */
function ofPaper({ rows }, column) {
  return sizes.map((size) => Number(rows.find(([source, side]) => source === "F1" && side === size)?.[column]));
}

/** @param {Answer} answer */
function paperSentence(answer) {
  const [small, large] = ofPaper(answer, 13);
  return Number.isFinite(small + large) ? say("The paper's first network has a sharpness of {small} % and {large} %.", { small: figure(small), large: figure(large) }) : "";
}

/** @param {Compared & Facts} facts */
function lineSentences({ barrier, beyond, pairs }) {
  const values = { rise: figure(barrier.median, 2), low: figure(barrier.low, 2), high: figure(barrier.high, 2), pairs };
  const hill = barrier.high > 0
    ? say("On the straight line from the small batch's end to the large one's, the training loss rises by {rise} above both of them ({low} to {high}, {pairs} seeds).", values)
    : say("On the straight line from the small batch's end to the large one's, the training loss does not rise above both of them, in any of {pairs} seeds.", values);
  return paragraph([hill, beyondSentence(beyond)]);
}

/** @param {Comparison} beyond */
function beyondSentence(beyond) {
  const { from, to, found } = beyond;
  const begin = say("Beyond the ends, half as far again, it {first} on the small batch's side and {last} on the large one's", { first: turnWords(from.median), last: turnWords(to.median) });
  if (!isDecided(beyond)) return paragraph([say("{begin}.", { begin }), luckSentence(beyond)]);
  if (found === "no difference") return say("{begin}, but the seeds of both overlap.", { begin });
  if (Math.min(from.low, to.low) < 0) return say("{begin}; no seed of one side reaches the other.", { begin });
  if (found === "rises") return say("{begin}: the large one's side is steeper, in every seed.", { begin });
  return say("{begin}: the small one's side is steeper, in every seed.", { begin });
}

/** @param {number} change */
function turnWords(change) {
  return change < 0 ? say("falls by {value}", { value: figure(-change, 2) }) : say("rises by {value}", { value: figure(change, 2) });
}

/**
 * Which of the claims of the lecture and the paper showed here.
 * @param {Answer} answer
 * @param {Compared & Facts} facts
 */
function foundSentences(answer, facts) {
  if (!isDecided(facts.curvature)) return fewSentence(facts.curvature);
  const claims = [
    { found: facts.curvature.found, as: "rises", said: say("a larger λmax at the large batch's end"), turned: say("λmax is smaller there") },
    { found: facts.wide.sharpness?.found, as: "rises", said: say("a larger sharpness there"), turned: say("the sharpness is smaller there") },
    { found: facts.validation.found, as: "falls", said: say("a lower validation accuracy"), turned: say("the validation accuracy is higher") },
  ];
  const here = claims.filter(({ found, as }) => found === as).map(({ said }) => said);
  const not = claims.filter(({ found, as }) => found !== as).map(({ said }) => said);
  const turned = claims.filter(({ found, as }) => found !== as && found !== "no difference").map(({ turned: other }) => other);
  return paragraph([
    here.length ? say("Of what the lecture and the paper say, this was found here: {claims}.", { claims: listed(here) }) : "",
    not.length ? say("Not found here: {claims}.", { claims: listed(not) }) : "",
    turned.length ? say("It is the other way round: {claims}.", { claims: listed(turned) }) : "",
    rateSentence(facts),
    facts.validation.found === "falls" ? "" : needSentence(answer, facts),
    facts.wide.sharpness?.found === "rises" ? "" : say("For the sharpness it would need trainings that go on until the slope is small."),
  ]);
}

/** Not the batch alone differs. @param {Facts} facts */
function rateSentence({ eta }) {
  return eta && eta.small !== eta.large ? say("The two differ in η as well, {small} and {large}: whether it is B or η that makes λmax what it is, this comparison alone cannot tell.", { small: figure(eta.small), large: figure(eta.large) }) : "";
}

/**
 * @param {Answer} answer
 * @param {Facts} facts
 */
function needSentence(answer, { image }) {
  const [small, large] = ofPaper(answer, 8);
  const values = { gap: shareWords(small - large), image: shareWords(image) };
  return Number.isFinite(small - large)
    ? say("For the accuracy it would need more images and larger networks: in the paper's first network the gap is {gap} of the images, and one image here is {image}.", values)
    : say("For the accuracy it would need more images and larger networks.");
}

/** Rates with which not every seed got there. @param {Answer} answer */
function missedSentence({ knobs, facts }) {
  const { tried, seeds } = /** @type {Facts} */ (facts);
  const groups = sizes.flatMap((size) => {
    const { rates, reached } = tried[size];
    const missed = rates.flatMap((rate, k) => (reached[k] < seeds ? say("{eta} ({reached} of {seeds})", { eta: figure(rate), reached: reached[k], seeds }) : []));
    return missed.length ? say("with B = {batch} at η = {missed}", { batch: count(knobs[size]), missed: listed(missed) }) : [];
  });
  return groups.length ? sayMany("Some seeds did not get to the loss within {epochs} epoch, or diverged: {groups}.", "Some seeds did not get to the loss within {epochs} epochs, or diverged: {groups}.", knobs.epochs, { epochs: count(knobs.epochs), groups: withSemicolons(groups) }) : "";
}
