import { accuracyStory } from "./accuracystory.js";
import { bothStory } from "./bothstory.js";
import { gradientStory } from "./gradientstory.js";
import { minimaStory } from "./minimastory.js";
import { planeStory } from "./planestory.js";
import { sharpStory } from "./sharpstory.js";
import { timeStory } from "./timestory.js";

/** What is asked before and said after each experiment; one without a row here is a page all the same. */

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {{question: string, choices: {value: string, label: string}[], measured: (answer: Answer) => string|null}} Ask
 *   measured: which of the choices the figures say, null where they do not decide it */
/**
 * @typedef {{ask: () => Ask, told: (answer: Answer, chart: string) => string[], across?: (answer: Answer) => string}} Story
 *   told: paragraphs from the facts and nothing else, the first one above the chart; across: what lies along x, where that depends on the figures
 */

/** @type {Record<string, Story>} */
export const stories = { time: timeStory, accuracy: accuracyStory, gradient: gradientStory, sharp: sharpStory, both: bothStory, minima: minimaStory, plane: planeStory };
