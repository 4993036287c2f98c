const svgSpace = "http://www.w3.org/2000/svg";

/** @typedef {Node|string} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string|number|boolean>} [attributes] false leaves one out, true sets it without a value
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * @param {Element} target
 * @param {Record<string, string|number|boolean>} attributes
 */
function setAttributes(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) target.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @param {string} tag
 * @param {Record<string, string|number|boolean>} attributes
 * @param {Element[]} children
 */
export function drawing(tag, attributes, ...children) {
  const made = document.createElementNS(svgSpace, tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** @param {string} name one of templates/_icons.html */
export function icon(name) {
  return drawing("svg", { class: "icon", "aria-hidden": "true" }, drawing("use", { href: "#icon-" + name }));
}

/**
 * @param {Element} button
 * @param {string} name
 * @param {string} label
 */
export function relabel(button, name, label) {
  button.querySelector("use")?.setAttribute("href", "#icon-" + name);
  button.setAttribute("aria-label", label);
  button.setAttribute("title", label);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {() => void} press
 */
export function iconButton(name, label, press) {
  const button = element("button", { type: "button", class: "icon-button", "aria-label": label, title: label }, icon(name));
  button.addEventListener("click", press);
  return button;
}

/**
 * The element the template promised.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @returns {Kind}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error("the page has no #" + id);
  return /** @type {Kind} */ (found);
}
