import { count, figure } from "./numbers.js";
import { isAtEdge, pictureOf, rimOf } from "./planeground.js";
import { shareWords, timesWords } from "./units.js";
import { paragraph, say, sayMany, withCommas } from "./words.js";

/** The real surface (B6, B8): what is asked before, and what the figures say. Pure. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./planeground.js").Picture} Picture */

/** Losses that differ by less than this part count as equally high: as fine as the eye can see on the map. */
const alike = 0.05;

/** This near, in parts of the way, is "the same place"; this far is the whole way, as far as its figure shows. */
const [near, away] = [0.1, 0.9995];

/** With so much outside, nothing of a way is on the plane. */
const gone = 0.9;

/** Losses this near, in parts of themselves, are told as the same. */
const same = 0.005;

/** The loss of a shadow so many times another than the training's own is told as a warning. */
const far = 1.25;

/** @type {import("./stories.js").Story} */
export const planeStory = { ask, told };

/** @returns {import("./stories.js").Ask} */
function ask() {
  return {
    question: say("Two trainings leave the same start, one with small and one with large batches. Now walk straight from one end to the other: what does the training loss do?"),
    choices: [
      { value: "wall", label: say("It rises over a wall: two valleys") },
      { value: "dip", label: say("It falls and rises again: lower ground lies between") },
      { value: "slope", label: say("It only rises or only falls: no wall") },
      { value: "flat", label: say("It stays the same") },
    ],
    measured,
  };
}

/** @param {Answer} answer */
function measured(answer) {
  if (!answer.facts.between || risen(answer).length) return null;
  const { between: { barrier, dip }, small, large } = answer.facts;
  const [low, high] = [Math.min(small.loss, large.loss), Math.max(small.loss, large.loss)];
  if (barrier > alike * high) return "wall";
  if (dip > alike * low) return "dip";
  return high - low > alike * high ? "slope" : "flat";
}

/** The loss both trainings began with. @param {Answer} answer */
function startOf({ rows }) {
  return Number(rows[0][3]);
}

/** Which trainings ended above the loss they began with: no valley of theirs can be asked about. @param {Answer} answer */
function risen(answer) {
  const { small, large } = answer.facts;
  return [small, large].filter(({ loss }) => loss > startOf(answer));
}

/**
 * @param {Answer} answer
 * @param {string} chart
 */
function told(answer, chart) {
  if (answer.facts.diverged?.length) return [divergedSentence(answer)];
  const picture = pictureOf(answer);
  if (!picture) return [];
  const first = paragraph([endsSentence(answer), risenSentence(answer) || betweenSentence(answer)]);
  const head = chart === "plane" ? (isRandom(answer) ? steepSentence(answer, picture) : first) : chart === "outside" ? outsideSentence(answer) : shadowSentence(answer);
  if (answer.state !== "done") return [head];
  const rest = isRandom(answer)
    ? [outsideSentence(answer), first, risen(answer).length ? "" : say("That straight line is not on this plane.")]
    : [first, nearestSentence(answer), outsideSentence(answer), shadowSentence(answer), lowestSentence(picture, answer)];
  return [head, ...rest, say("One training of each; another seed may differ."), blindSentence(answer)].filter((text, k, all) => text && all.indexOf(text) === k);
}

/** @param {Answer} answer */
function isRandom({ facts }) {
  return facts.directions === "random";
}

/** @param {Answer} answer */
function divergedSentence({ facts, knobs }) {
  const sizes = withCommas(facts.diverged.map((/** @type {string} */ name) => "B = " + count(knobs[name])));
  return say("There is no plane: with {sizes} the training diverged. It would need a smaller η.", { sizes });
}

/** @param {Answer} answer */
function endsSentence(answer) {
  const { facts: { small, large }, rows } = answer;
  const values = { epochs: sayMany("{n} epoch", "{n} epochs", Number(rows[rows.length - 1][2])), start: figure(startOf(answer)), small: figure(small.loss, 2), large: figure(large.loss, 2), B: count(small.batch), C: count(large.batch) };
  return say("Both begin at a training loss of {start}; after {epochs} it is {small} with B = {B} and {large} with B = {C}.", values);
}

/** Where the trainings, or one of them, did not go down. @param {Answer} answer */
function risenSentence(answer) {
  const [one, other] = risen(answer).map(({ batch, loss }) => ({ batch: count(batch), above: figure(loss - startOf(answer), 2) }));
  if (!one) return "";
  const told = other
    ? say("The trainings did not go down: B = {B} ends {above} above the loss they began with, B = {C} ends {over} above it.", { B: one.batch, above: one.above, C: other.batch, over: other.above })
    : say("With B = {batch} the training did not go down: it ends {above} above the loss it began with.", one);
  return paragraph([told, say("So the plane says nothing about minima, or a wall between them. It would need a smaller η.")]);
}

/** @param {Answer} answer */
function betweenSentence(answer) {
  const { between: { barrier, dip } } = answer.facts;
  const kind = measured(answer);
  if (kind === "wall") return say("On the straight line from end to end the loss rises over a wall, {barrier} above the higher end.", { barrier: figure(barrier, 2) });
  if (kind === "dip") return say("On the straight line from end to end the loss falls {dip} below the lower end: no wall.", { dip: figure(dip, 2) });
  const small = barrier > 0 ? say("The loss rises by no more than {barrier} above the higher end.", { barrier: figure(barrier, 2) }) : say("The loss is nowhere higher than at the higher end.");
  if (kind === "flat") return paragraph([say("On the straight line from end to end it hardly changes: no wall."), small]);
  return paragraph([say("On the straight line from end to end there is no wall."), small]);
}

/**
 * Where the small batch's training came by the end of the large one's.
 * @param {Answer} answer
 */
function nearestSentence(answer) {
  const { nearest, small, large } = answer.facts;
  const values = { B: count(small.batch), C: count(large.batch), near: updatesWords(nearest.updates), end: updatesWords(large.updates), part: shareWords(nearest.distance) };
  if (nearest.distance >= away) return say("Where it was looked at, B = {B} was never nearer to the end of B = {C} than at the start.", values);
  if (nearest.distance > near) return say("Where it was looked at, B = {B} came no nearer to the end of B = {C} than {part} of the way that B = {C} has gone.", values);
  const same = say("Where B = {C} ends after {end}, B = {B} came by after {near}, only {part} of that way off: the same way.", values);
  const isShorter = nearest.updates < small.updates && large.distance < small.distance && ![null, "wall"].includes(measured(answer));
  return isShorter ? paragraph([same, say("The large batch is not stuck behind a wall; it has not gone as far.")]) : same;
}

/** @param {number} n */
function updatesWords(n) {
  return sayMany("{n} update", "{n} updates", n, { n: count(n) });
}

/**
 * What of the paths is beside the plane.
 * @param {Answer} answer
 */
function outsideSentence(answer) {
  const { outside, small, large } = answer.facts;
  const values = { B: count(small.batch), C: count(large.batch), small: shareWords(outside.small.median), large: shareWords(outside.large.median), most: shareWords(outside.small.most), far: shareWords(outside.large.most) };
  if (!isRandom(answer)) return say("Of the distance from the start, {small} lies outside the plane with B = {B} (the middle of its points; at most {most}) and {large} with B = {C} (at most {far}).", values);
  const told = say("Of the distance from the end of B = {B}, {small} lies outside the plane with B = {B} (the middle of its points) and {large} with B = {C}.", values);
  const nothing = Math.min(outside.small.median, outside.large.median) > gone ? say("Nearly nothing of the paths is on this plane: do not read their way off it.") : "";
  return paragraph([told, nothing]);
}

/**
 * Where the plane's loss differs most from what the training's loss was.
 * @param {Answer} answer
 */
function shadowSentence({ rows, facts }) {
  const known = rows.filter(([, , , loss, , , , , shadow]) => Number(loss) > 0 && Number(shadow) > 0);
  const times = (/** @type {import("./types.js").Cell[]} */ row) => Math.max(Number(row[3]) / Number(row[8]), Number(row[8]) / Number(row[3]));
  const [first, ...others] = known;
  if (!first) return "";
  const row = others.reduce((most, one) => (times(one) > times(most) ? one : most), first);
  const values = { batch: count(facts[String(row[0])].batch), updates: updatesWords(Number(row[1])), loss: figure(Number(row[3])), shadow: figure(Number(row[8])) };
  if (times(row) < 1 + same) return say("The surface under the paths is the trainings' own loss: nowhere does it differ by as much as {part}.", { part: shareWords(same) });
  return times(row) < far
    ? say("The surface under the paths is nearly the trainings' own loss: it differs by {times} times at most (B = {batch} after {updates}: {loss}, on the plane {shadow}).", { ...values, times: figure(times(row)) })
    : say("Do not read the trainings' losses off the surface: with B = {batch} after {updates} the loss was {loss}, and the plane shows {shadow} at its shadow, a difference of {times} times.", { ...values, times: timesWords(times(row)) });
}

/**
 * @param {Picture} picture
 * @param {Answer} answer
 */
function lowestSentence({ ground, lowest }, { facts }) {
  if (!lowest || lowest.is === "end" || lowest.loss >= Math.min(facts.small.loss, facts.large.loss)) return "";
  const loss = figure(lowest.loss);
  if (lowest.is === "start") return say("Neither end is the lowest place: the lowest point of the picture is the start, with a loss of {loss}.", { loss });
  return isAtEdge(ground, lowest.at)
    ? say("Neither end is the lowest place: the lowest point of the picture, {loss}, lies at its edge, and beyond it the plane may fall further.", { loss })
    : say("Neither end is the lowest place: the lowest point of the picture has a loss of {loss}.", { loss });
}

/**
 * How steep the place is where the small batch ends.
 * @param {Answer} answer
 * @param {Picture} picture
 */
function steepSentence({ facts: { small } }, { ground }) {
  const [low, high] = rimOf(ground).map((loss) => figure(loss, 2));
  return say("In the middle, where B = {batch} ends, the loss is {loss}; at the edge, where each neuron's weights have changed by about their own length or more, it is between {low} and {high}.", { batch: count(small.batch), loss: figure(small.loss, 2), low, high });
}

/** @param {Answer} answer */
function blindSentence({ facts }) {
  return say("The network has {n} parameters, so there are as many directions; a plane shows two. What lies in the others it cannot show.", { n: count(facts.parameters) });
}
