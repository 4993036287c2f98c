/** A box that is wider inside than outside can be scrolled by keyboard too; how much of it is seen, its captions keep to. */
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    /** @type {HTMLElement} */ (target).style.setProperty("--seen", target.clientWidth + "px");
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

/**
 * @template {HTMLElement} Box
 * @param {Box} box
 * @returns {Box}
 */
export function scrollable(box) {
  box.classList.add("wide");
  watcher.observe(box);
  return box;
}
