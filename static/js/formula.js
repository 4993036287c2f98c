const space = "http://www.w3.org/1998/Math/MathML";

/**
 * A formula the server wrote, as elements of this page.
 * @param {string} text
 * @returns {Node}
 */
export function formula(text) {
  const named = text.includes("xmlns") ? text : text.replace("<math", '<math xmlns="' + space + '"');
  const read = new DOMParser().parseFromString(named, "application/xml").documentElement;
  return read.namespaceURI === space ? document.importNode(read, true) : document.createTextNode("");
}
