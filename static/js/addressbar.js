/** Writing the address takes milliseconds a moving hand would feel, and browsers allow about 200 changes in 30 seconds. */
const afterRest = 300;
const atLeastEvery = 1000;

/** The address bar: written rarely, the newest query last. Only the store holds one. */
export class AddressBar {
  constructor() {
    /** @type {{query: string, isPlace: boolean}|null} */
    this.waiting = null;
    this.waitingSince = 0;
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
    if (!this.waiting) this.waitingSince = performance.now();
    this.waiting = { query, isPlace: isPlace || (this.waiting?.isPlace ?? false) };
    clearTimeout(this.timer);
    const left = this.waitingSince + atLeastEvery - performance.now();
    this.timer = window.setTimeout(() => this.flush(), Math.max(0, Math.min(afterRest, left)));
  }

  /** The reader went elsewhere: what still waited belongs to the page they left. */
  forget() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = null;
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.waiting) return;
    const { query, isPlace } = this.waiting;
    this.waiting = null;
    const search = query && "?" + query;
    if (search !== location.search) history[isPlace ? "pushState" : "replaceState"](null, "", location.pathname + search);
  }
}
