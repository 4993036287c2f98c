import { figure } from "./numbers.js";
import { say, sayMany } from "./words.js";

/** What a slider says aloud. @type {Record<string, (value: number) => string>} */
const sentences = {
  eta: (value) => say("learning rate {value}", { value: figure(value) }),
  lambda: (value) => (value === 0 ? say("0, no momentum") : say("{value} of the last movement is kept", { value: figure(value) })),
  batch: (n) => sayMany("{n} example per update", "{n} examples per update", n),
  examples: (n) => sayMany("{n} example", "{n} examples", n),
  updates: (n) => sayMany("{n} update", "{n} updates", n),
  spread: (value) => (value === 0 ? say("0, all examples are equal") : figure(value)),
};

/** @param {string} name */
export function spokenBy(name) {
  return sentences[name] ?? figure;
}
