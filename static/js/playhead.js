/** How long a whole path takes to play at speed 1, and the slowest it may go. */
const wholeSeconds = 10;
const slowest = 2;

export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16];

/**
 * The only owner of time. `at` is an update; events: `move` (every new update), `state` (play or pause), `rest` (stands still).
 */
export class Playhead extends EventTarget {
  /** @param {{now: () => number, next: (callback: (time: number) => void) => any}} [clock] */
  constructor(clock = { now: () => performance.now(), next: (callback) => requestAnimationFrame(callback) }) {
    super();
    this.clock = clock;
    this.length = 0;
    this.exact = 0;
    this.speed = 1;
    this.playing = false;
    this.before = 0;
    this.followsEnd = true;
  }

  get at() {
    return Math.floor(this.exact);
  }

  get isAtEnd() {
    return this.at >= this.length;
  }

  /** The paths have another length now. @param {number} length */
  setLength(length) {
    this.length = length;
    const at = this.followsEnd && !this.playing ? length : Math.min(this.exact, length);
    this.place(at);
  }

  /** Show the end, also of paths that are still on their way. */
  follow() {
    this.place(this.length);
    this.pause();
    this.followsEnd = true;
  }

  /** @param {number} at */
  place(at) {
    const before = this.at;
    this.exact = Math.max(0, Math.min(at, this.length));
    if (this.at !== before) this.dispatchEvent(new Event("move"));
  }

  /** The reader chose an update. @param {number} at */
  seek(at) {
    this.pause();
    this.followsEnd = at >= this.length;
    this.place(at);
    this.dispatchEvent(new Event("rest"));
  }

  /** @param {number} updates */
  skip(updates) {
    this.seek(this.at + updates);
  }

  home() {
    this.seek(0);
  }

  end() {
    this.seek(this.length);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.playing || this.length === 0) return;
    if (this.isAtEnd) this.place(0);
    this.playing = true;
    this.before = this.clock.now();
    this.dispatchEvent(new Event("state"));
    this.clock.next(() => this.advance());
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.followsEnd = this.isAtEnd;
    this.dispatchEvent(new Event("state"));
    this.dispatchEvent(new Event("rest"));
  }

  get rate() {
    return this.speed * Math.max(slowest, this.length / wholeSeconds);
  }

  advance() {
    if (!this.playing) return;
    const now = this.clock.now();
    this.place(this.exact + ((now - this.before) / 1000) * this.rate);
    this.before = now;
    if (this.isAtEnd) this.pause();
    else this.clock.next(() => this.advance());
  }
}
