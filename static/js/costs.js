import { count, figure } from "./numbers.js";
import { secondsWords } from "./units.js";
import { listed, say } from "./words.js";

/** How long an update takes, on a machine the reader chooses: the lecture's two, in units of their own, or this one as it was measured. Pure. */

/**
 * Seconds of an update of the real network by batch size, as the server measured them.
 * @typedef {{batches: number[], seconds: number[], machine: import("./types.js").ThisMachine, finished: string}} Times
 */
/** @typedef {{cost: string, width: number, times?: Times|null}} Machine  cost: "serial", "parallel" or "measured" */

const millisecond = 1e-3;

/**
 * Serial: one example after the other, so B. Parallel: flat up to the width W, then B/W. Measured: milliseconds.
 * @param {Machine} machine
 * @param {number} batch
 */
export function timePerUpdate(machine, batch) {
  if (isMeasured(machine)) return between(/** @type {Times} */ (machine.times), batch) / millisecond;
  return machine.cost === "parallel" ? Math.max(1, batch / machine.width) : batch;
}

/** Before anything was measured, the time that was asked for is not there, and the axis stays serial. @param {Machine} machine */
function isMeasured({ cost, times }) {
  return cost === "measured" && Boolean(times?.batches.length);
}

/**
 * Between two measured batch sizes on the straight line over log B; at the nearest one outside of them.
 * @param {Times} times
 * @param {number} batch
 */
export function between({ batches, seconds }, batch) {
  const next = batches.findIndex((size) => size >= batch);
  if (next === 0) return seconds[0];
  if (next < 0) return seconds[seconds.length - 1];
  const share = Math.log(batch / batches[next - 1]) / Math.log(batches[next] / batches[next - 1]);
  return seconds[next - 1] + share * (seconds[next] - seconds[next - 1]);
}

/** What stands along the axis. @param {Machine} machine */
export function timeTitle(machine) {
  if (isMeasured(machine)) return say("time (milliseconds, as measured here)");
  const { cost, width } = machine;
  return cost === "parallel" ? say("time (a batch of up to {width} examples takes 1)", { width }) : say("time (one example takes 1)");
}

/**
 * The model in words, and what it makes of these batches.
 * @param {Machine} machine
 * @param {number[]} batches  of the runs
 */
export function costWords(machine, batches) {
  const sizes = [...new Set(batches)].sort((one, other) => one - other);
  if (machine.cost === "measured") return measuredWords(machine, sizes);
  const each = sizes.map((batch) => say("B = {batch}: {time}", { batch, time: figure(timePerUpdate(machine, batch)) }));
  const values = { width: machine.width, each: listed(each) };
  return machine.cost === "parallel"
    ? say("Supposed: an update takes 1 as long as B is at most W = {width}, and B/W above that. Here {each}.", values)
    : say("Supposed: the examples are worked off one after the other, an update takes B. Here {each}.", values);
}

/**
 * @param {Machine} machine
 * @param {number[]} batches
 */
function measuredWords(machine, batches) {
  if (machine.times === undefined) return say("Asking what was measured on this machine …");
  if (!machine.times) return say("Nothing has been measured on this machine yet, so the axis is serial. Open the experiment, and come back when it is done.");
  const { times } = machine;
  const each = batches.map((batch) => say("B = {batch}: {time}", { batch, time: secondsWords(between(times, batch)) }));
  const values = { each: listed(each), processor: times.machine.processor, sizes: listed(times.batches.map(count)) };
  return say("Measured: what one update of the real network takes with one thread of this machine ({processor}), not one of this surface. Measured at B = {sizes}, between them along log B. Here {each}.", values);
}
