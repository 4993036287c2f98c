import { element, iconButton } from "./element.js";
import { storyOf } from "./inspectorstory.js";
import { batchWords, storyWords, updateWords } from "./inspectorwords.js";
import { plain, writeMarked } from "./markedtext.js";
import { swatch } from "./swatch.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** Whose update it is, which one, and one sentence about what happened. */
export class InspectorHead {
  #swatchOf = -1;
  sentence = "";

  /**
   * @param {HTMLElement} place
   * @param {() => void} close
   */
  constructor(place, close) {
    this.swatch = element("span", {});
    this.run = element("strong", {});
    this.update = element("p", { class: "inspector-update" });
    this.last = element("p", { class: "inspector-last", hidden: true }, say("The run ends here: this is its last update."));
    this.batch = element("p", { class: "quiet" });
    this.said = element("p", { class: "inspector-said" });
    const top = element("p", { class: "inspector-run" }, this.swatch, this.run, iconButton("remove", say("Close the inspector"), close));
    place.append(top, this.update, this.last, this.batch, this.said);
  }

  /**
   * @param {number} run
   * @param {string} name
   */
  name(run, name) {
    if (this.#swatchOf !== run) this.swatch.replaceChildren(swatch(run));
    this.#swatchOf = run;
    write(this.run, name);
  }

  /**
   * @param {import("./inspectorstory.js").Case} given
   * @param {{parameters: string[], examples: number, isLast: boolean}} scene  `isLast`: the playhead stands behind it, where nothing happens any more
   */
  show(given, { parameters, examples, isLast }) {
    const words = storyWords(storyOf(given), given, parameters);
    this.sentence = plain(words);
    write(this.update, updateWords(given.update.index));
    this.last.hidden = !isLast;
    write(this.batch, batchWords(given.update, examples));
    writeMarked(this.said, words);
  }
}
