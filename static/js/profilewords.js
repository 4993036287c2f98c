import { figure } from "./numbers.js";
import { placeWords } from "./criticalpoints.js";
import { listed, paragraph, say } from "./words.js";

/** What is said about a profile and the ball's stops on it. */

/** @typedef {import("./cut.js").Cut} Cut */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {"start"|"small"|"zero"|"against"|"shelf"} Stop */

/** @type {Stop[]} */
export const stops = ["start", "small", "zero", "against", "shelf"];

/** @param {Stop} stop */
export function stopName(stop) {
  const names = {
    start: say("Start"),
    small: say("Small slope"),
    zero: say("Zero slope"),
    against: say("Uphill"),
    shelf: say("Shelf"),
  };
  return names[stop];
}

/**
 * What happens at a stop; without momentum nothing carries.
 * @param {Stop} stop
 * @param {boolean} carries
 */
export function stopWords(stop, carries) {
  return carries ? carried[stop]() : alone[stop]();
}

/** @type {Record<Stop, () => string>} */
const carried = {
  start: () => say("There is no previous movement yet: only −ηg moves the ball."),
  small: () => say("The gradient has become small. The previous movement still carries the ball on."),
  zero: () => say("The gradient is as good as zero here: a minimum, or just so a saddle. The previous movement carries the ball on."),
  against: () => say("The gradient points back, but the previous movement is larger: the ball goes on uphill."),
  shelf: () => say("The slope is zero and falls on both before and after: a saddle in one dimension. The previous movement carries the ball across."),
};

/** @type {Record<Stop, () => string>} */
const alone = {
  start: () => say("Only −ηg moves the ball, here and everywhere on its way."),
  small: () => say("The gradient has become small, and with it the movement: nothing else carries the ball."),
  zero: () => say("Between two updates the gradient changes its sign here. Nothing but the gradient moves the ball."),
  against: () => say("The ball has gone on against the gradient: its last step was too long."),
  shelf: () => say("The slope is almost zero, and so is the movement: the ball creeps across."),
};

/**
 * A run that has no such stop.
 * @param {Stop} stop
 * @param {string} run
 */
export function missingWords(stop, run) {
  const words = {
    start: say("{run} has no path.", { run }),
    small: say("{run} is never carried over a small gradient.", { run }),
    zero: say("{run} never passes a place where the gradient is zero.", { run }),
    against: say("{run} never goes on against the gradient.", { run }),
    shelf: say("{run} does not cross a shelf.", { run }),
  };
  return words[stop];
}

/**
 * Which line this is.
 * @param {Cut} cut
 * @param {string[]} names
 */
export function cutWords({ axis, from, to }, names) {
  if (axis < 0) return say("Cut from {from} to {to}.", { from: placeWords(from), to: placeWords(to) });
  const other = 1 - axis;
  return say("Cut along {name}, where {other} = {value}.", { name: names[axis], other: names[other], value: figure(from[other]) });
}

/** How much longer the arrows are drawn than they are. @param {number} factor */
export function factorWords(factor) {
  return factor === 1 ? "" : say("Arrows × {n}.", { n: figure(factor) });
}

/** @param {number} distance */
export function startOffWords(distance) {
  return say("The start lies {distance} beside it.", { distance: figure(distance, 2) });
}

/**
 * The profile in one sentence, and where the balls are: for ears.
 * @param {Profile} profile
 * @param {{name: string, s: number, loss: number, off: number}[]} balls
 */
export function profileWords(profile, balls) {
  const { cut } = profile;
  const lows = profile.levels().filter(({ turn }) => turn === "low");
  const lowest = (lows.length ? lows : [profile.lowest()]).map(({ s, loss }) => say("{place} (loss {loss})", { place: figure(cut.origin + s), loss: figure(loss) }));
  const told = balls.map((ball) => ballWords(ball, cut));
  return paragraph([say("Lowest along this cut: {places}.", { places: listed(lowest) }), ...told]);
}

/**
 * @param {{name: string, s: number, loss: number, off: number}} ball
 * @param {Cut} cut
 */
function ballWords({ name, s, loss, off }, cut) {
  const values = { run: name, place: figure(cut.origin + s), loss: figure(loss), distance: figure(off, 2) };
  if (off > 1e-3 * cut.length) return say("{run} is at {place}, loss {loss}, {distance} off this cut.", values);
  return say("{run} is at {place}, loss {loss}.", values);
}
