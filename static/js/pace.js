/** Does something at most once in a while, and always once more after the last call. */
export class Pace {
  /**
   * @param {number} pause in milliseconds
   * @param {() => void} action
   */
  constructor(pause, action) {
    this.pause = pause;
    this.action = action;
    this.last = -Infinity;
    /** @type {any} */
    this.timer = undefined;
  }

  call() {
    const wait = this.last + this.pause - performance.now();
    if (this.timer === undefined && wait <= 0) this.run();
    else this.timer ??= setTimeout(() => this.run(), wait);
  }

  run() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.last = performance.now();
    this.action();
  }
}

/** Does something once nobody has called for a while. */
export class Rest {
  /**
   * @param {number} pause in milliseconds
   * @param {() => void} action
   */
  constructor(pause, action) {
    this.pause = pause;
    this.action = action;
    /** @type {any} */
    this.timer = undefined;
  }

  call() {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.action, this.pause);
  }
}

/** Does something once after the next picture, or after a while when no picture comes. */
export class FollowUp {
  /**
   * @param {number} longest in milliseconds
   * @param {() => void} action
   */
  constructor(longest, action) {
    this.longest = longest;
    this.action = action;
    /** @type {any} */
    this.timer = undefined;
  }

  soon() {
    this.timer ??= setTimeout(() => this.now(), this.longest);
  }

  afterPaint() {
    if (this.timer !== undefined) setTimeout(() => this.timer !== undefined && this.now(), 0);
  }

  now() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.action();
  }
}

/** Does something once before the next picture, however often it is called until then. */
export class BeforePaint {
  #waits = false;

  /** @param {() => void} action */
  constructor(action) {
    this.action = action;
  }

  call() {
    if (this.#waits) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      this.action();
    });
  }
}
