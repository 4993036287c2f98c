import { fewSentence, luckSentence } from "./comparison.js";
import { count } from "./numbers.js";
import { inUnit, timesWords } from "./units.js";
import { paragraph, say } from "./words.js";

/** What the lecture's table of small and large batches (B11) says, beside what was measured here. Pure. */

/** @typedef {{batch: number, value: number, low: number, high: number}} Side */
/**
 * @typedef {{name: string, label: string, measures: string, unit: string, says: {small: string, large: string}, small: Side|null, large: Side|null,
 *   largest: Side|null, updates?: {small: number, large: number}|null, seeds?: number|null, chance?: number|null, found: "less"|"more"|"same"|null, agrees: boolean|null, experiment: string, address: string, state: string|null, scene: string}} Line
 */

/** What an effect that was not found would need, where it is not more seeds. */
const needed = /** @type {Record<string, () => string>} */ ({
  generalisation: () => say("It would need harder images, a larger network, and more images to judge on."),
});

/**
 * A measured figure, and with which batch.
 * @param {Line} line
 * @param {Side} side
 */
export function figureWords({ unit }, { batch, value }) {
  return say("{value} at B = {batch}", { value: inUnit(value, unit), batch: count(batch) });
}

/** The page that measures it, the same address as the server's own. @param {Line} line */
export function pageOf({ address }) {
  return address.replace("/api/", "/");
}

/** So many times as long as one thread: then all of them are in each other's way. */
const hindered = 1.2;

/**
 * Whether it is as the lecture says: the verdict, and what it rests on.
 * @param {Line} line
 * @param {Line[]} lines  the whole table
 * @returns {[string, string]}
 */
export function verdictWords(line, lines) {
  if (line.agrees === null) return ["", paragraph([openWords(line.state), undecidedWords(line)])];
  const verdict = line.agrees ? say("As the lecture says.") : line.found === "same" ? say("Not found here.") : say("Not as the lecture says.");
  return [verdict, paragraph([foundWords(line), updatesWords(line), threadWords(line, lines), largestWords(line)])];
}

/** @param {string|null} state */
function openWords(state) {
  if (state === "queued" || state === "running") return say("It is being measured now.");
  if (state === "failed") return say("The measurement failed; its page says why.");
  return state === "done" ? say("These figures do not decide it.") : say("Not measured here yet. Its page begins the measurement.");
}

/** Why figures that are here decide nothing. @param {Line} line */
function undecidedWords({ small, large, seeds, chance }) {
  if (!small || !large || !seeds || !chance) return "";
  const found = large.high < small.low ? "falls" : large.low > small.high ? "rises" : "no difference";
  return luckSentence({ found, seeds, chance }) || fewSentence({ seeds });
}

/** @param {Line} line */
function foundWords({ found, unit, small, large, name, seeds, chance }) {
  if (!small || !large) return "";
  if (unit === "s") return timeWords(found, large.value / small.value);
  if (found === "same") return paragraph([say("No difference was found: the seeds of both overlap."), needed[name]?.() ?? say("It would need more seeds.")]);
  const apart = found === "less" ? say("With the large batch it is lower; no seed of one side reaches the other.") : say("With the large batch it is higher; no seed of one side reaches the other.");
  return paragraph([apart, seeds && chance ? say("With {seeds} seeds each, chance alone does this once in {n} times.", { seeds, n: Math.round(1 / chance) }) : ""]);
}

/** Equal epochs are not equal updates. @param {Line} line */
function updatesWords({ updates }) {
  return updates ? say("In as many epochs the small batch made {small} updates, the large one {large}.", { small: count(updates.small), large: count(updates.large) }) : "";
}

/**
 * @param {Line["found"]} found
 * @param {number} times  of the large batch's time to the small one's
 */
function timeWords(found, times) {
  if (found === "same") return say("The large batch takes {times} times as long: up to twice counts as the same.", { times: timesWords(times) });
  return found === "more" ? say("The large batch takes {times} times as long.", { times: timesWords(times) }) : say("The small batch takes {times} times as long.", { times: timesWords(1 / times) });
}

/**
 * Why all threads together do not make a large batch as fast as a small one.
 * @param {Line} line
 * @param {Line[]} lines
 */
function threadWords({ name, agrees, large }, lines) {
  const alone = lines.find((one) => one.name === "update-serial")?.large;
  if (name !== "update-parallel" || agrees || !large || !alone) return "";
  const times = large.value / alone.value;
  return times > hindered
    ? say("All threads together took {times} times as long as one: they were in each other's way.", { times: timesWords(times) })
    : say("A processor works on few examples at once; the lecture's graphics card works on very many.");
}

/** What the lecture's "unless it is very large" speaks of. @param {Line} line */
function largestWords({ name, largest, unit }) {
  return name === "update-parallel" && largest ? say("The largest batch, B = {batch}, takes {value}.", { batch: count(largest.batch), value: inUnit(largest.value, unit) }) : "";
}
