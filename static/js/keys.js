import { pageKeys } from "./pagekeys.js";
import { chooseNext } from "./viewknobs.js";
import { say } from "./words.js";

/** @typedef {import("./lab.js").Lab} Lab */
/** @typedef {import("./keyboard.js").Binding} Binding */

/**
 * Every key of the lab: what it does, and what the help says about it.
 * @param {Lab} lab
 * @returns {Binding[]}
 */
export function labKeys({ store, playhead, inspector, critical, batchPanel }) {
  return [
    { keys: ["Space"], label: say("Play or pause"), press: () => playhead.toggle() },
    { keys: ["ArrowLeft"], label: say("One update back"), press: () => playhead.skip(-1) },
    { keys: ["ArrowRight"], label: say("One update forward"), press: () => playhead.skip(1) },
    { keys: ["Shift+ArrowLeft"], label: say("Ten updates back"), press: () => playhead.skip(-10) },
    { keys: ["Shift+ArrowRight"], label: say("Ten updates forward"), press: () => playhead.skip(10) },
    { keys: ["Home"], label: say("To the start"), press: () => playhead.home() },
    { keys: ["End"], label: say("To the end"), press: () => playhead.end() },
    { keys: ["i"], label: say("Look inside the update, or stop looking"), press: () => inspector.toggle() },
    { keys: ["n"], label: say("Next part of the update"), press: () => inspector.step() },
    { keys: ["c"], label: say("Next critical point"), press: () => critical.chooseNext() },
    { keys: ["g"], label: say("Loss of this batch over the surface, or not"), press: () => batchPanel.toggleGhost() },
    { keys: ["v"], label: say("Next view of the stage"), press: () => chooseNext(store, "view") },
    { keys: ["l"], label: say("Linear or logarithmic loss"), press: () => chooseNext(store, "loss") },
    { keys: ["a"], label: say("Updates, epochs or time along the chart"), press: () => chooseNext(store, "axis") },
    ...pageKeys(store),
  ];
}
