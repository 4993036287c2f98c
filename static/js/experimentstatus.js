import { element } from "./element.js";
import { write } from "./texts.js";
import { inUnit } from "./units.js";
import { paragraph, say, sayMany } from "./words.js";

/** @typedef {import("./types.js").Answer} Answer */
/** @typedef {{answer: Answer|null, isFollowed: boolean, isDrawn: boolean, refusal: string}} Standing  isDrawn: whether figures are seen */

/** How far an experiment is: its place in the queue, its progress, how it ended, and what a hand can do about it. */
export class ExperimentStatus {
  /** @param {{cancel: () => void, again: () => void}} doors */
  constructor({ cancel, again }) {
    this.words = element("p", { class: "status-words", tabindex: "-1" });
    this.bar = element("progress", { class: "status-bar", max: 1, "aria-label": say("Part of the experiment that is done") });
    this.cancel = button(say("Cancel"), cancel);
    this.again = button(say("Begin again"), again);
    this.element = element("div", { class: "status" }, this.words, this.bar, this.cancel, this.again);
  }

  get said() {
    return this.words.textContent ?? "";
  }

  /** @param {Standing} standing */
  show(standing) {
    const { answer, isFollowed, refusal } = standing;
    const held = [this.cancel, this.again].find((button) => button === document.activeElement);
    const isOpen = answer?.state === "queued" || answer?.state === "running";
    write(this.words, statusWords(standing));
    this.bar.hidden = !isOpen || !isFollowed;
    if (answer?.state === "running") this.bar.value = answer.progress;
    else this.bar.removeAttribute("value");
    this.cancel.hidden = !isOpen || !isFollowed;
    this.again.hidden = refusal === "" && (isFollowed || answer === null) && !["failed", "cancelled"].includes(answer?.state ?? "");
    if (held?.hidden) this.#seat().focus();
  }

  /** Where the focus goes when its button is no longer there. */
  #seat() {
    return [this.cancel, this.again].find(({ hidden }) => !hidden) ?? this.words;
  }
}

/**
 * @param {string} label
 * @param {() => void} press
 */
function button(label, press) {
  const made = element("button", { type: "button", class: "tool" }, label);
  made.addEventListener("click", press);
  return made;
}

/** @type {Record<import("./types.js").State, (answer: Answer) => string>} */
const sentences = {
  queued: ({ position }) => (position === null ? say("Waiting for its turn.") : sayMany("Next in the queue.", "Place {n} in the queue; experiments run one after the other.", position)),
  running: ({ progress, series }) => (series.length ? say("{part} % done.", { part: Math.floor(100 * progress) }) : say("It has begun; the first figures come in a moment.")),
  done: ({ seconds }) => say("Done in {time}.", { time: inUnit(seconds, "s") }),
  failed: ({ error }) => say("It failed: {error}.", { error: String(error) }),
  cancelled: ({ series }) => (series.length ? say("It was cancelled. The figures so far stay.") : say("It was cancelled.")),
};

/** @param {Standing} standing */
export function statusWords({ answer, isFollowed, isDrawn, refusal }) {
  if (refusal) return paragraph([say("The server could not begin it: {error}.", { error: refusal }), isDrawn ? say("What you see stays.") : ""]);
  if (!answer) return say("Asking the server …");
  if (!isFollowed && (answer.state === "queued" || answer.state === "running")) return say("You left it; it goes on for others.");
  const told = sentences[answer.state](answer);
  return answer.state === "running" && isDrawn && answer.series.length ? paragraph([told, say("The chart shows the figures so far.")]) : told;
}
