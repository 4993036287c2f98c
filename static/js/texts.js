/**
 * Writes a text where it is not there already: a page that did not change is not laid out again.
 * @param {Element} place
 * @param {string} text
 */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/**
 * A sentence with figures: no line ends between a letter and its value, or a number and its sign.
 * @param {string} text
 */
export function unbroken(text) {
  return text.replace(/ (=|×) /g, "\u00a0$1\u00a0").replace(/(\d) %/g, "$1\u00a0%");
}

/**
 * Parts with dots between them: a line may end at a dot only.
 * @param {string} text
 */
export function unbrokenParts(text) {
  return text.replaceAll(" ", "\u00a0").replaceAll("\u00a0·\u00a0", "\u00a0· ");
}

/**
 * @param {Element} place
 * @param {string} name
 * @param {string} value
 */
export function writeAttribute(place, name, value) {
  if (place.getAttribute(name) !== value) place.setAttribute(name, value);
}
