import { FormulaBox } from "./formulabox.js";
import { OwnData } from "./owndata.js";

/** A surface of the visitor's own: a formula, or rows of data. Open where the scene has one. */
export class Own {
  /**
   * @param {HTMLDetailsElement} details
   * @param {import("./scene.js").Store} store
   * @param {import("./link.js").Link} link
   */
  constructor(details, store, link) {
    this.details = details;
    this.store = store;
    this.formula = new FormulaBox(store, link);
    this.parts = [this.formula, new OwnData(store)];
    details.append(...this.parts.map(({ element }) => element));
    this.wasOwn = false;
  }

  show() {
    const { surface, knobs } = this.store.scene;
    const isOwn = surface === "formula" || knobs.rows !== undefined;
    if (isOwn && !this.wasOwn) this.details.open = true;
    this.wasOwn = isOwn;
    for (const part of this.parts) part.show();
  }
}
