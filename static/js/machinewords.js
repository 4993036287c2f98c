import { say, sayMany, withCommas } from "./words.js";

/**
 * What an experiment ran on.
 * @param {import("./types.js").ThisMachine} machine
 */
export function machineWords({ processor, cores, system, python, numpy, blas, threads }) {
  const parts = [
    processor,
    sayMany("{n} core", "{n} cores", cores),
    system,
    "Python " + python,
    "NumPy " + numpy,
    sayMany("{blas} with {n} thread", "{blas} with {n} threads", threads, { blas }),
  ];
  return say("Measured on this machine: {machine}.", { machine: withCommas(parts) });
}

/**
 * When it was done, in the reader's own time.
 * @param {string} finished  ISO, UTC
 * @param {string} locale
 */
export function finishedWords(finished, locale) {
  const time = new Date(finished).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  return say("Finished on {time}.", { time });
}
