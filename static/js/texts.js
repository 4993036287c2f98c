/**
 * Writes a text where it is not there already: a page that did not change is not laid out again.
 * @param {Element} place
 * @param {string} text
 */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {Element} place
 * @param {string} name
 * @param {string} value
 */
export function writeAttribute(place, name, value) {
  if (place.getAttribute(name) !== value) place.setAttribute(name, value);
}
