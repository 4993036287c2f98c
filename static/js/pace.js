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
