import { decoded } from "./frames.js";
import { Pace } from "./pace.js";

const shortestWait = 500;
const longestWait = 10000;

/** The server hangs up on pages that ask without end; the fastest screens move a slider 240 times a second. */
const betweenQuestions = 12;

/** @typedef {{id: number, want: string}} Question */

/**
 * One WebSocket. Questions go out at once, the newest of each kind wins.
 * Events: `answer` (detail {header, values}), `up`, `down` (detail: seconds until the next try).
 */
export class Link extends EventTarget {
  /** @param {string} address */
  constructor(address) {
    super();
    this.address = address;
    this.id = 0;
    this.tries = 0;
    /** @type {Map<string, Question>} the last question of each kind, asked again when the line comes back */
    this.last = new Map();
    /** @type {Map<string, Pace>} */
    this.paces = new Map();
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(this.address);
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", (event) => this.heard(event.data));
    this.socket.addEventListener("close", () => this.closed());
  }

  /**
   * @param {string} want
   * @param {Record<string, any>} fields
   */
  ask(want, fields) {
    this.id += 1;
    const question = { id: this.id, want, ...fields };
    this.last.set(want, question);
    this.pace(want).call();
    return this.id;
  }

  /**
   * At once, unless the last question of this kind went out a moment ago.
   * @param {string} want
   */
  pace(want) {
    const pace = this.paces.get(want) ?? new Pace(betweenQuestions, () => this.send(want));
    this.paces.set(want, pace);
    return pace;
  }

  /** @param {string} want */
  send(want) {
    if (this.isUp && this.last.has(want)) this.socket?.send(JSON.stringify(this.last.get(want)));
  }

  /** Nobody waits for this kind of answer any more. @param {string} want */
  forget(want) {
    this.last.delete(want);
  }

  get isUp() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  opened() {
    this.tries = 0;
    for (const want of this.last.keys()) this.send(want);
    this.dispatchEvent(new Event("up"));
  }

  /** @param {ArrayBuffer} data */
  heard(data) {
    this.dispatchEvent(new CustomEvent("answer", { detail: decoded(data) }));
  }

  closed() {
    const wait = pause(this.tries);
    this.tries += 1;
    this.dispatchEvent(new CustomEvent("down", { detail: Math.ceil(wait / 1000) }));
    setTimeout(() => this.connect(), wait);
  }
}

/**
 * Longer and longer, never all pages of a class at the same moment. The milliseconds of the clock are the dice.
 * @param {number} tries
 */
function pause(tries) {
  const whole = Math.min(longestWait, shortestWait * 2 ** tries);
  const spread = (performance.now() % 97) / 97;
  return Math.max(shortestWait, whole * (0.5 + spread / 2));
}

/** Where this page's server listens. */
export function socketAddress() {
  return location.origin.replace("http", "ws") + "/ws";
}
