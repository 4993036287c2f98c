/** @typedef {[number|null, number|null]} Found  null stands for a number that is not finite */

/** The server sends so many updates before and after the one it was asked for. */
export const around = 8;

/**
 * The updates of one run around the one that was asked for, as the server tells them.
 * @template {{index: number}} Update
 */
export class UpdateWindow {
  /**
   * @param {Update[]} updates
   * @param {number} asked  the update the question named
   */
  constructor(updates, asked) {
    this.updates = updates;
    this.asked = asked;
  }

  get first() {
    return this.updates[0]?.index ?? 0;
  }

  get last() {
    return this.updates[this.updates.length - 1]?.index ?? -1;
  }

  /** Whether the run goes on after the last update in here. */
  get goesOn() {
    return this.last >= this.asked + around;
  }

  /** The update that happens from the ball; at the end of the run the last one made. @param {number} at @returns {Update|null} */
  at(at) {
    return this.record(this.goesOn ? at : Math.min(at, this.last));
  }

  /** @param {number} index @returns {Update|null} */
  record(index) {
    return this.updates[index - this.first] ?? null;
  }

  /** Whether the neighbours of this moment are in here too. @param {number} at @param {number} margin */
  isRoundAbout(at, margin) {
    const early = this.first === 0 || at - this.first >= margin;
    const late = !this.goesOn || this.last - at >= margin;
    return this.at(at) !== null && early && late;
  }
}
