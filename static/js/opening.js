/** @typedef {import("./lab.js").Lab} Lab */

/** The first paths: shown where the address says, or played once by themselves as soon as there is a ground to walk on. */
export class OpeningPlay {
  /** @param {Lab} lab */
  constructor({ store, playhead, stages }) {
    this.playhead = playhead;
    this.stages = stages;
    this.at = store.view.at;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.plays = this.at === undefined && !still && store.view.play !== 0;
    this.hasPaths = false;
    this.hasGround = false;
    this.isOver = false;
    playhead.addEventListener("state", () => this.paused());
    document.addEventListener("downhill:drawn", () => this.pathsDrawn(), { once: true });
  }

  pathsDrawn() {
    if (this.at === undefined) this.playhead.place(this.plays ? 0 : this.playhead.length);
    else this.playhead.seek(this.at);
    this.hasPaths = true;
    this.begin();
  }

  groundDrawn() {
    this.hasGround = true;
    this.begin();
  }

  begin() {
    if (this.isOver || !this.hasPaths || !this.hasGround) return;
    this.isOver = true;
    if (this.plays) this.playhead.play();
    document.dispatchEvent(new Event("downhill:ready"));
  }

  paused() {
    if (!this.playhead.playing) this.plays = false;
  }

  /** The reader turned a knob: show whole paths from now on. */
  interrupt() {
    if (this.plays && (this.playhead.playing || !this.isOver)) this.playhead.follow();
    this.plays = false;
  }
}
