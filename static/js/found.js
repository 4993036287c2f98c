import { element } from "./element.js";
import { stories } from "./stories.js";
import { unbroken } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {import("./types.js").Experiment} Experiment */

/**
 * What an experiment found, in one line: the first words of its story.
 * @param {Answer} answer
 * @param {Experiment[]} rows
 */
export function foundWords(answer, rows) {
  const story = stories[answer.name];
  const row = rows.find(({ name }) => name === answer.name);
  if (!story || !row || answer.state !== "done") return "";
  return story.told(answer, row.charts[0].name)[0] ?? "";
}

/**
 * Below every experiment that is done already, folded in: who looks here has not said yet what to expect. Looking begins none.
 * @param {Experiment[]} rows
 */
export async function showFound(rows) {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-found]")]);
  await Promise.all(places.map(async (place) => {
    const answer = await fetch(place.dataset.found ?? "").catch(() => null);
    const words = answer?.ok ? foundWords(await answer.json(), rows) : "";
    if (words) place.append(element("details", { class: "found" }, element("summary", {}, say("What was found here")), element("p", {}, unbroken(words))));
  }));
}
