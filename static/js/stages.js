import { cameraButtons } from "./camerabuttons.js";
import { lostWords } from "./lostwords.js";
import { isCrowd, labelOf } from "./criticalpoints.js";
import { Stage1D } from "./stage1d.js";
import { Stage2D } from "./stage2d.js";
import { same, sceneValue, surfaceOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {{name: string, values: any[]}} Told */

/** From above, in space, both, or along a line: every stage is told the same; the one in space is made when it is first wanted. */
export class Stages {
  /**
   * @param {{frame: HTMLElement, corner: HTMLElement, flat: HTMLElement, space: HTMLElement, line: HTMLElement, profile: HTMLElement}} places  `corner`: the switch of the views; `profile`: in `line`
   * @param {Store} store
   * @param {{onStart: (placing: {point: Pair, done: boolean}) => void, onAlong: (placing: {point: Pair, done: boolean}) => void,
   *   onWindow: () => void}} events
   */
  constructor(places, store, events) {
    this.places = places;
    this.store = store;
    const label = say("Stage: the surface from above. Click, drag or use the arrow keys to move the start.");
    this.flat = new Stage2D(places.flat, { ...events, label, startLabel: say("start"), corner: places.corner });
    this.line = new Stage1D(places.profile, { onStart: events.onAlong, label: lineLabel(), startLabel: say("start") });
    /** @type {any} */
    this.space = null;
    /** @type {Map<string, Told>} */
    this.told = new Map();
  }

  /**
   * Tells every stage, and a stage that comes later.
   * @param {string} name
   * @param {any[]} values
   */
  tell(name, ...values) {
    this.told.set(name, { name, values });
    const { flat, line, space } = /** @type {any} */ (this);
    line[name]?.(...values);
    space?.[name]?.(...values);
    return flat[name]?.(...values);
  }

  /** @param {string} view "2d", "3d", "both" or "1d" */
  setView(view) {
    const inSpace = view === "3d" || view === "both";
    if (this.places.frame.dataset.view === view && (!inSpace || this.space)) return;
    this.places.frame.dataset.view = view;
    this.places.flat.hidden = view !== "2d" && view !== "both";
    this.places.space.hidden = !inSpace;
    this.places.line.hidden = view !== "1d";
    if (inSpace) this.openSpace();
  }

  async openSpace() {
    const { Stage3D } = await import("./stage3d.js");
    if (this.space) return;
    this.space = new Stage3D(this.places.space, { lossLabel: say("loss"), onLost: () => this.places.space.append(lostWords()) });
    this.places.space.append(this.space.missing ? lostWords() : cameraButtons(this.space));
    for (const { name, values } of this.told.values()) this.space[name]?.(...values);
  }

  setSurface() {
    const { domain, parameters } = surfaceOf(this.store.tables, this.store.scene);
    this.told.delete("setGround");
    this.tell("setDomain", domain, parameters);
    this.setCritical([]);
  }

  /** The start as the address has it; paths know it in single precision only. */
  showStart() {
    this.tell("setStart", sceneValue(this.store.tables, this.store.scene, "start"));
  }

  /**
   * Critical points of the drawn training loss.
   * @param {import("./criticalpoints.js").Named[]} points
   * @param {string|null} [chosen]
   */
  setCritical(points, chosen = null) {
    const [count, isStill] = [points.length, isCrowd(points.length)];
    const mark = (/** @type {import("./criticalpoints.js").Named} */ point) => {
      const isChosen = point.name === chosen;
      return { kind: point.kind, name: point.name, at: point.at, curve: point.curve, label: labelOf(point, count, isChosen), isChosen, isStill };
    };
    const marks = points.map(mark);
    if (!same(marks, this.told.get("setMarks")?.values[0])) this.tell("setMarks", marks);
  }

  /** The part of the surface to ask for: what the flat stage shows, or the domain while it is not shown. */
  window() {
    if (!this.places.flat.hidden) return this.flat.window();
    const [x, y] = surfaceOf(this.store.tables, this.store.scene).domain;
    return { x, y };
  }
}

function lineLabel() {
  return say("Stage: the surface along a line. Click, drag or use the left and right arrow keys to move the start along it.");
}
