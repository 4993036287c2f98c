/** So many pixels below a figure are its card's edge. */
const air = 16;

/**
 * What is left of the window for a figure below the words above it, when the page is at its top.
 * @param {HTMLElement} figure
 */
export function roomInSight(figure) {
  return window.innerHeight - (figure.getBoundingClientRect().top + window.scrollY) - air;
}
