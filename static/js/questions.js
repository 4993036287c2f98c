import { sceneKnobs } from "./address.js";
import { Rest } from "./pace.js";
import { sceneValue } from "./rows.js";

/** What is asked when: paths at once, ground only when it would look different, exact rows when the playhead rests. */

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {{x: Pair, y: Pair}} Window */

const groundKnobs = ["examples", "spread", "noise", "data"];
const longestSide = 140;
const nearUpdates = 200;
const pointsWait = 150;

export class Questions {
  /**
   * @param {Store} store
   * @param {Link} link
   * @param {() => Window} window
   */
  constructor(store, link, window) {
    this.store = store;
    this.link = link;
    this.window = window;
    this.groundKey = "";
    this.groundIsAsked = false;
    this.pointsKey = "";
    this.rested = new Rest(pointsWait, () => this.criticalPoints());
  }

  paths() {
    this.link.ask("paths", { scene: this.store.sceneQuery() });
  }

  /** One question at a time: the next goes out when the answer to this one is here. */
  ground() {
    const key = JSON.stringify([this.groundValues(), this.window()]);
    if (this.groundIsAsked || key === this.groundKey) return;
    this.groundKey = key;
    this.groundIsAsked = true;
    const { x, y } = this.window();
    this.link.ask("ground", { scene: this.store.sceneQuery(), x, y, resolution: resolution(x, y) });
  }

  groundAnswered() {
    this.groundIsAsked = false;
    this.ground();
    if (this.pointsKey) this.rested.call();
    else this.criticalPoints();
  }

  /** They belong to the ground, whatever part of it is shown, and wait until it rests. */
  criticalPoints() {
    const key = JSON.stringify(this.groundValues());
    if (key === this.pointsKey) return;
    this.pointsKey = key;
    this.link.ask("critical-points", { scene: this.store.sceneQuery() });
  }

  groundValues() {
    const { tables, scene } = this.store;
    const names = sceneKnobs(tables, scene.surface).filter((row) => row.scope === "surface" || groundKnobs.includes(row.name));
    return [scene.surface, ...names.map((row) => sceneValue(tables, scene, row.name))];
  }

  /** @param {number} at */
  near(at) {
    const from = Math.max(0, at - nearUpdates);
    this.link.ask("window", { scene: this.store.sceneQuery(), from, to: at + nearUpdates });
  }
}

/**
 * Square cells, as many as the eye needs.
 * @param {Pair} x
 * @param {Pair} y
 */
function resolution(x, y) {
  const [wide, high] = [x[1] - x[0], y[1] - y[0]];
  const side = (/** @type {number} */ length) => Math.max(24, Math.round((longestSide * length) / Math.max(wide, high)));
  return [side(wide), side(high)];
}
