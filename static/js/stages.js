import { cameraButtons } from "./camerabuttons.js";
import { element } from "./element.js";
import { Stage2D } from "./stage2d.js";
import { sceneValue, surfaceOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./types.js").Pair} Pair */
/** @typedef {{name: string, values: any[]}} Told */

/** From above, in space, or both: every stage is told the same; the one in space is made when it is first wanted. */
export class Stages {
  /**
   * @param {{frame: HTMLElement, flat: HTMLElement, space: HTMLElement}} places
   * @param {Store} store
   * @param {{onStart: (placing: {point: Pair, done: boolean}) => void, onWindow: () => void}} events
   */
  constructor(places, store, events) {
    this.places = places;
    this.store = store;
    const label = say("Stage: the surface from above. Click, drag or use the arrow keys to move the start.");
    this.flat = new Stage2D(places.flat, { ...events, label, startLabel: say("start") });
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
    const flat = /** @type {any} */ (this.flat);
    this.space?.[name]?.(...values);
    return flat[name]?.(...values);
  }

  /** @param {string} view "2d", "3d" or "both" */
  setView(view) {
    if (this.places.frame.dataset.view === view && (view === "2d" || this.space)) return;
    this.places.frame.dataset.view = view;
    this.places.flat.hidden = view === "3d";
    this.places.space.hidden = view === "2d";
    if (view !== "2d") this.openSpace();
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
    this.setPoints([]);
  }

  /** The start as the address has it; paths know it in single precision only. */
  showStart() {
    this.tell("setStart", sceneValue(this.store.tables, this.store.scene, "start"));
  }

  /** Critical points of the drawn training loss. @param {{kind: string, at: Pair}[]} points */
  setPoints(points) {
    this.tell("setMarks", points.map(({ kind, at }) => ({ kind, at, label: kindWords(kind) })));
  }

  /** The part of the surface to ask for: what the flat stage shows, or the domain while it is not shown. */
  window() {
    if (!this.places.flat.hidden) return this.flat.window();
    const [x, y] = surfaceOf(this.store.tables, this.store.scene).domain;
    return { x, y };
  }
}

function lostWords() {
  return element("p", { class: "notice" }, say("This browser cannot draw in three dimensions now. The view from above shows the same paths."));
}

/** @param {string} kind */
function kindWords(kind) {
  const words = /** @type {Record<string, string>} */ ({ minimum: say("minimum"), saddle: say("saddle"), maximum: say("maximum"), flat: say("flat") });
  return words[kind] ?? "";
}
