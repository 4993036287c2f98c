/** Which run the readout speaks of. */
export class Selection extends EventTarget {
  constructor() {
    super();
    this.index = 0;
  }

  /** @param {number} index */
  choose(index) {
    if (index === this.index) return;
    this.index = index;
    this.dispatchEvent(new Event("change"));
  }

  /** @param {number} runs how many there are now */
  keepWithin(runs) {
    this.choose(Math.min(this.index, runs - 1));
  }
}
