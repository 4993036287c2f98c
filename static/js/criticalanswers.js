/** @typedef {import("./types.js").Header} Header */

/** Hundreds of points come in several frames: puts them together. */
export class PointsCollector {
  constructor() {
    /** @type {any[]} */
    this.points = [];
    this.id = -1;
  }

  /**
   * @param {Header} header
   * @returns {Header|null} the answer with all its points, once the last part is here
   */
  take(header) {
    if (header.part === 0) Object.assign(this, { id: header.id, points: [] });
    if (header.id !== this.id) return null;
    this.points = [...this.points, ...(header.points ?? [])];
    return header.part === header.parts - 1 ? { ...header, points: this.points } : null;
  }
}
