import { paragraph, say, sayMany } from "./words.js";

/**
 * Says when the server does not answer, and is silent otherwise.
 * @param {import("./link.js").Link} link
 * @param {HTMLElement} element
 */
export function showLine(link, element) {
  link.addEventListener("up", () => (element.hidden = true));
  link.addEventListener("down", (event) => {
    const seconds = /** @type {CustomEvent} */ (event).detail;
    const again = sayMany("Trying again in {n} second.", "Trying again in {n} seconds.", seconds);
    element.textContent = paragraph([say("The server is not answering. What you see stays."), again]);
    element.hidden = false;
  });
}
