import { figure } from "./numbers.js";
import { listed, say } from "./words.js";

/** How long an update takes, on a machine the reader chooses: the lecture's two, in units of their own. Pure. */

/** @typedef {{cost: string, width: number}} Machine  cost: "serial" or "parallel" */

/**
 * Serial: one example after the other, so B. Parallel: flat up to the width W, then B/W.
 * @param {Machine} machine
 * @param {number} batch
 */
export function timePerUpdate({ cost, width }, batch) {
  return cost === "parallel" ? Math.max(1, batch / width) : batch;
}

/** What stands along the axis. @param {Machine} machine */
export function timeTitle({ cost, width }) {
  return cost === "parallel" ? say("time (a batch of up to {width} examples takes 1)", { width }) : say("time (one example takes 1)");
}

/**
 * The model in words, and what it makes of these batches.
 * @param {Machine} machine
 * @param {number[]} batches  of the runs
 */
export function costWords(machine, batches) {
  const each = [...new Set(batches)].sort((one, other) => one - other).map((batch) => say("B = {batch}: {time}", { batch, time: figure(timePerUpdate(machine, batch)) }));
  const values = { width: machine.width, each: listed(each) };
  return machine.cost === "parallel"
    ? say("Supposed: an update takes 1 as long as B is at most W = {width}, and B/W above that. Here {each}.", values)
    : say("Supposed: the examples are worked off one after the other, an update takes B. Here {each}.", values);
}
