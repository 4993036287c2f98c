/** Several things over one stage: the arrows of the inspected update, those of the batch, its ghost. */

/** @typedef {import("./stageart.js").Drawing} Drawing */
/** @typedef {{draw: Drawing, cover?: Drawing, under?: Drawing}} Layer */

export class Overs {
  /**
   * @param {import("./arrowsview.js").ArrowsView} inspected  the stage in space asks for its `showing`
   * @param {Layer[]} others  drawn after it
   */
  constructor(inspected, others) {
    this.inspected = inspected;
    this.layers = [inspected, ...others];
  }

  get showing() {
    return this.inspected.showing;
  }

  /** @type {Drawing} */
  under(context, place) {
    for (const layer of /** @type {Layer[]} */ (this.layers)) layer.under?.(context, place);
  }

  /** @type {Drawing} */
  draw(context, place) {
    for (const layer of this.layers) layer.draw(context, place);
  }

  /** @type {Drawing} */
  cover(context, place) {
    for (const layer of this.layers) layer.cover?.(context, place);
  }
}
