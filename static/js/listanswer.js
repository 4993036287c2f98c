/** @typedef {import("./types.js").Header} Header */

/** A long list in a header comes in several frames: puts them together. */
export class ListCollector {
  /** @param {string} name  of the list in the header */
  constructor(name) {
    this.name = name;
    /** @type {any[]} */
    this.items = [];
    this.id = -1;
  }

  /**
   * @param {Header} header
   * @returns {Header|null} the answer with the whole list, once the last part is here
   */
  take(header) {
    if (header.part === 0) Object.assign(this, { id: header.id, items: [] });
    if (header.id !== this.id) return null;
    this.items = [...this.items, ...(/** @type {any} */ (header)[this.name] ?? [])];
    return header.part === header.parts - 1 ? { ...header, [this.name]: this.items } : null;
  }
}
