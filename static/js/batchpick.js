/** Which example is spoken of: the one under a pointer or the keyboard's cursor, else the pinned one. Event `change`. */
export class Pick extends EventTarget {
  /** @type {number|null} */
  pointed = null;
  /** @type {number|null} */
  pinned = null;

  get example() {
    return this.pointed ?? this.pinned;
  }

  /** @param {number|null} example */
  point(example) {
    if (example === this.pointed) return;
    this.pointed = example;
    this.dispatchEvent(new Event("change"));
  }

  /** The same one again lets it go. @param {number|null} example */
  pin(example) {
    this.pinned = example === this.pinned ? null : example;
    this.dispatchEvent(new Event("change"));
  }

  /** Fewer examples than before. @param {number} count */
  keepWithin(count) {
    const fits = (/** @type {number|null} */ example) => (example !== null && example < count ? example : null);
    if (fits(this.pointed) === this.pointed && fits(this.pinned) === this.pinned) return;
    this.pointed = fits(this.pointed);
    this.pinned = fits(this.pinned);
    this.dispatchEvent(new Event("change"));
  }
}
