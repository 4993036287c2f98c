import { element } from "./element.js";
import { say } from "./words.js";

/** Where nothing can be drawn in space. */
export function lostWords() {
  return element("p", { class: "notice" }, say("This browser cannot draw in three dimensions now. The view from above shows the same paths."));
}
