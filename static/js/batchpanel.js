import { BatchArrows } from "./batcharrows.js";
import { Batches } from "./batches.js";
import { Pick } from "./batchpick.js";
import { BatchStrip } from "./batchstrip.js";
import { DataPlot } from "./dataplot.js";
import { byId } from "./element.js";
import { Ghost } from "./ghost.js";
import { chooseNext, viewValue } from "./viewknobs.js";

/** @typedef {import("./batches.js").Parts} Parts */
/** @typedef {Parts & {stages: import("./stages.js").Stages}} LabParts */

/** Everything about batches that follows the playhead: the strip, the arrows at the ball, the batch's ghost. */
export class BatchPanel {
  /** @param {LabParts} parts */
  constructor(parts) {
    this.parts = parts;
    this.pick = new Pick();
    this.batches = new Batches(parts);
    this.ghost = new Ghost({ batches: this.batches, parts, window: () => parts.stages.window(), redraw: () => this.redraw() });
    this.arrows = new BatchArrows(this);
    this.strip = new BatchStrip({ ...this, parts });
    this.plot = new DataPlot({ ...this, parts });
    this.ghostButton = byId("batchstrip-ghost");
    this.ghostButton.addEventListener("click", () => this.toggleGhost());
    for (const source of [this.batches, this.pick]) source.addEventListener("change", () => this.redraw());
  }

  /** What the stage from above draws besides the inspector's arrows. */
  get layers() {
    return [this.ghost, this.arrows];
  }

  redraw() {
    if (this.pick.example !== null || this.ghost.isOn || this.wasDrawn) this.parts.stages.tell("redraw");
    this.wasDrawn = this.pick.example !== null || this.ghost.isOn;
  }

  toggleGhost() {
    chooseNext(this.parts.store, "ghost");
  }

  /** What the view and the scene decide. */
  show() {
    this.batches.refresh();
    this.ghostButton.setAttribute("aria-pressed", String(viewValue(this.parts.store, "ghost") === "batch"));
    this.ghost.show();
    this.strip.show();
    this.plot.show();
    this.redraw();
  }

  /** @param {import("./path.js").Paths} paths */
  setPaths(paths) {
    this.plot.setPaths(paths);
  }

  setTheme() {
    this.strip.setTheme();
    this.plot.setTheme();
  }
}
