/** Browsers ignore an address that changes more than about 200 times in 30 seconds. */
const shortestPause = 250;

/** The address bar: written rarely, the newest query last. Only the store holds one. */
export class AddressBar {
  constructor() {
    /** @type {{query: string, isPlace: boolean}|null} */
    this.waiting = null;
    this.written = -Infinity;
    /** @type {number|undefined} */
    this.timer = undefined;
    addEventListener("pagehide", () => this.flush());
  }

  query() {
    return location.search;
  }

  /**
   * @param {string} query
   * @param {boolean} isPlace the reader would expect "back" to return from here
   */
  write(query, isPlace) {
    this.waiting = { query, isPlace: isPlace || (this.waiting?.isPlace ?? false) };
    this.timer ??= window.setTimeout(() => this.flush(), Math.max(0, this.written + shortestPause - performance.now()));
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.waiting) return;
    const { query, isPlace } = this.waiting;
    this.waiting = null;
    this.written = performance.now();
    if ("?" + query === location.search) return;
    history[isPlace ? "pushState" : "replaceState"](null, "", "?" + query);
  }
}
