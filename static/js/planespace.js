import { cameraButtons } from "./camerabuttons.js";
import { runColour } from "./colours.js";
import { element } from "./element.js";
import { lostWords } from "./lostwords.js";
import { Paths } from "./path.js";
import { Stage3D } from "./stage3d.js";
import { say } from "./words.js";

/** @typedef {import("./planemap.js").Shown} Shown */

/** So near, in parts of the picture's diagonal, labels would cover each other. */
const close = 0.06;

/** The signs of the legend, as letters. */
const letters = ["●", "▲"];

/** The same in space: the lab's stage with the plane's loss as height, on which the shadows of the trainings lie. */
export class PlaneSpace {
  /** @param {HTMLElement} place  the stage reads its colours and sizes from where it stands */
  constructor(place) {
    this.element = element("div", { class: "plane-space", role: "group" });
    place.append(this.element);
    this.stage = new Stage3D(this.element, { lossLabel: say("Training loss"), isOfWays: true, onLost: () => this.element.append(lostWords()) });
    this.element.append(this.stage.missing ? lostWords() : cameraButtons(this.stage));
  }

  /** @param {Shown|null} shown */
  show(shown) {
    this.element.setAttribute("aria-label", shown?.summary ?? "");
    if (!shown) return;
    const { picture, axes, names } = shown;
    const { ground, ways, lowest } = picture;
    const mark = (/** @type {string} */ kind, /** @type {[number, number]} */ at, /** @type {string} */ label) => ({ kind, at, label });
    const ends = ways.map(({ name, k, x, y }) => ({ ...mark("end", [x[x.length - 1], y[y.length - 1]], names.ends[name]), sign: { text: letters[k], colour: runColour(k) } }));
    const start = ways.slice(0, 1).map(({ x, y }) => mark("start", [x[0], y[0]], names.start));
    this.stage.setDomain([ground.x, ground.y], axes);
    this.stage.setMarks(together([...ends, ...start, ...(lowest ? [mark("lowest", lowest.at, names.lowest)] : [])], ground));
    this.stage.setPaths(pathsOf(shown), Infinity);
    return this.stage.setGround(ground);
  }

  draw() {
    this.stage.setTheme();
  }
}

/**
 * Marks that would cover each other share a label.
 * @param {import("./criticalmarks.js").Mark[]} marks
 * @param {import("./ground.js").Ground} ground
 */
function together(marks, { x, y }) {
  const least = close * Math.hypot(x[1] - x[0], y[1] - y[0]);
  /** @type {import("./criticalmarks.js").Mark[]} */
  const apart = [];
  for (const mark of marks) {
    const other = apart.find(({ at, label }) => label && Math.hypot(at[0] - mark.at[0], at[1] - mark.at[1]) < least);
    if (other) other.label += "<br>" + mark.label;
    apart.push(other ? { ...mark, label: "" } : mark);
  }
  return apart;
}

/**
 * As the stage knows paths: every point that was looked at is a row.
 * @param {Shown} shown
 */
function pathsOf({ picture: { ways } }) {
  const runs = ways.map(({ x, y, loss }) => ({ theta1: Float32Array.from(x), theta2: Float32Array.from(y), loss: Float32Array.from(loss), update: null, updates: x.length - 1 }));
  return new Paths(0, "", /** @type {any} */ (runs));
}
