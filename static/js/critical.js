import { ListCollector } from "./listanswer.js";
import { EscapePart } from "./criticalescape.js";
import { named, nearest, placeWords } from "./criticalpoints.js";
import { CriticalTable } from "./criticaltable.js";
import { aloud, listWords } from "./criticalwords.js";
import { element } from "./element.js";
import { HessianCard, toldOf } from "./hessiancard.js";
import { longestHalf } from "./hessianshape.js";
import { SubjectSwitch } from "./hessiansubject.js";
import { Pace } from "./pace.js";
import { rowOf, surfaceOf } from "./rows.js";
import { say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./hessiansubject.js").Subject} Subject */
/** @typedef {import("./types.js").Header} Header */
/**
 * @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, stages: import("./stages.js").Stages,
 *   playhead: import("./playhead.js").Playhead, selection: import("./selection.js").Selection,
 *   announcer: import("./announcer.js").Announcer}} Parts
 * @typedef {{asked: {point: Pair}|{of: number, index: number}, words: string}} Place
 * @typedef {{ball: () => Place|null, cut: (way: Pair, point: Pair) => void, cutThrough: (point: Pair) => void,
 *   found: (points: import("./criticalpoints.js").Named[]|null) => void}} Doors
 *   `ball`: where the selected run is at the playhead; the others show the surface along a line
 */

/** A point this near to a critical one, in diagonals, is "at" it: as outcomes are judged. */
const near = 0.01;

/** Critical points as marks and as a table, and the Hessian of any point. Nothing is asked about points while all this is folded in. */
export class Critical {
  /** @type {Subject} */
  #subject = "playhead";
  /** @type {string|null} */
  #chosen = null;
  /** @type {Pair} */
  #own = [0, 0];
  /** @type {import("./hessiancard.js").Told|null} */
  #told = null;
  #surface = "";

  /**
   * @param {HTMLDetailsElement} details
   * @param {Parts} parts
   * @param {Doors} doors
   */
  constructor(details, parts, doors) {
    this.details = details;
    this.parts = parts;
    this.doors = doors;
    /** @type {import("./criticalpoints.js").Named[]} */
    this.points = [];
    this.words = element("p", { class: "critical-words" });
    const list = element("div", { class: "critical-list wide", role: "region", "aria-label": say("Critical points") });
    this.table = new CriticalTable(list, (name) => this.choose(name));
    this.switch = new SubjectSwitch({ choose: (subject) => this.setSubject(subject), place: (point) => this.setOwn(point) });
    const [card, escape] = [element("div", { class: "hessian-card", hidden: true }), element("div", { class: "escape", hidden: true })];
    this.card = new HessianCard(card);
    this.escape = new EscapePart(escape, parts.store, {
      ask: (point, length) => parts.link.ask("escape", { scene: parts.store.sceneQuery(), point, length }),
      started: () => parts.playhead.end(),
    });
    this.tools = this.builtTools();
    const title = element("h3", { class: "hessian-heading" }, say("The Hessian at"));
    details.append(this.words, list, title, this.switch.element, card, element("div", { class: "critical-tools" }, ...Object.values(this.tools)), escape);
    this.asking = new Pace(80, () => this.ask());
    this.listen();
  }

  builtTools() {
    const cut = (/** @type {0|1} */ k) => () => this.#told?.eigenvectors && this.doors.cut(this.#told.eigenvectors[k], this.#told.point);
    return {
      first: tool(say("Cut along u₁"), cut(0)),
      second: tool(say("Cut along u₂"), cut(1)),
      through: tool("", () => this.#told && this.doors.cutThrough(this.#told.point)),
    };
  }

  listen() {
    const { playhead, selection, stages } = this.parts;
    this.details.addEventListener("toggle", () => this.showAll());
    playhead.addEventListener("move", () => this.#subject === "playhead" && this.asking.call());
    selection.addEventListener("change", () => this.#subject === "playhead" && this.asking.call());
    for (const kind of /** @type {const} */ (["pointermove", "pointerdown"])) {
      stages.flat.hand.addEventListener(kind, (event) => this.pointed(event));
    }
  }

  /** @param {PointerEvent} event */
  pointed(event) {
    const point = this.#subject === "pointer" && this.details.open ? this.parts.stages.flat.pointAt(event) : null;
    if (point) this.setOwn(point);
  }

  /** @param {Pair} point */
  setOwn(point) {
    this.#own = point;
    this.#subject = "pointer";
    this.showSubject();
  }

  /** @param {Subject} subject */
  setSubject(subject) {
    if (subject === "critical" && !this.chosen) this.#chosen = this.points[0]?.name ?? null;
    if (subject === "pointer") this.#own = this.#told?.point ?? this.#own;
    this.#subject = subject;
    this.showAll();
  }

  /** @param {string} name */
  choose(name) {
    this.#chosen = name;
    this.setSubject("critical");
    const { chosen } = this;
    if (chosen) this.parts.announcer.announce(aloud(chosen));
  }

  /** The next critical point, for a key; the first time it also folds out what is said about it. */
  chooseNext() {
    if (!this.points.length) return;
    const at = this.#subject === "critical" && this.details.open ? this.points.findIndex(({ name }) => name === this.#chosen) : -1;
    this.details.open = true;
    this.choose(this.points[(at + 1) % this.points.length].name);
  }

  get chosen() {
    return this.points.find(({ name }) => name === this.#chosen) ?? null;
  }

  get surface() {
    return surfaceOf(this.parts.store.tables, this.parts.store.scene);
  }

  /** What makes the surface another one, but for its numbers. */
  get #key() {
    const { rows, domain } = this.parts.store.scene.knobs;
    return JSON.stringify([this.surface.name, this.surface.formula, rows, domain]);
  }

  get diagonal() {
    return Math.hypot(...this.surface.domain.map(([low, high]) => high - low));
  }

  /** Another surface has other points; nothing of the old ones stays. */
  showSurface() {
    if (this.#surface === this.#key) return;
    this.#surface = this.#key;
    this.#subject = "playhead";
    this.#chosen = null;
    this.points = [];
    this.doors.found(null);
    this.showAll();
  }

  /** @returns {Record<string, (header: Header) => void>} what the server answers, by want */
  answers() {
    const collector = new ListCollector("points");
    return {
      "critical-points": (header) => {
        const whole = collector.take(header);
        if (whole && isOf(whole, this.surface, this.parts.store.tables)) this.setPoints(whole);
      },
      point: (header) => this.pointAnswered(header),
      escape: (header) => this.escape.answered(/** @type {any} */ (header)),
    };
  }

  /** @param {Header} header */
  setPoints(header) {
    this.points = named(/** @type {any} */ (header.points ?? []));
    this.#surface = this.#key; // they may be here before the page has followed
    if (this.#subject === "critical" && !this.chosen) this.#subject = "playhead";
    this.words.textContent = listWords(this.points.length, header.found ?? this.points.length, header.bounded !== false);
    this.doors.found(this.points);
    this.showAll();
  }

  showAll() {
    const open = this.details.open;
    const chosen = open && this.#subject === "critical" ? this.chosen : null;
    this.parts.stages.setCritical(this.points, chosen?.name ?? null);
    if (!open) return this.parts.stages.tell("setBend", null);
    this.table.setPoints(this.points);
    this.table.setChosen(chosen?.name ?? null);
    this.escape.show(chosen, this.diagonal);
    this.showSubject();
  }

  showSubject() {
    if (!this.details.open) return;
    const shown = { subject: this.#subject, own: this.#own, parameters: this.surface.parameters, anyCritical: this.points.length > 0 };
    this.switch.show(shown);
    this.asking.call();
  }

  /** What the server is asked: of a path by run and update, since it alone has all digits. @returns {Place|null} */
  place() {
    if (this.#subject === "playhead") return this.doors.ball();
    const { chosen } = this;
    if (this.#subject === "critical") return chosen && { asked: { point: chosen.at }, words: say("{name} {place}", { name: chosen.name, place: placeWords(chosen.at) }) };
    return { asked: { point: this.#own }, words: placeWords(this.#own) };
  }

  ask() {
    const place = this.details.open ? this.place() : null;
    if (place) this.parts.link.ask("point", { scene: this.parts.store.sceneQuery(), ...place.asked });
  }

  /** @param {Header} header */
  pointAnswered(header) {
    if (!this.details.open) return;
    const chosen = this.#subject === "critical" ? this.chosen : null;
    const told = toldOf(header);
    this.#told = chosen ? { ...told, kind: chosen.kind, valley: chosen.valley } : told;
    this.card.show({ title: this.place()?.words ?? "", told: this.#told, near: this.nearTo(this.#told), longest: longestHalf(this.parts.stages.flat.window()) });
    this.parts.stages.tell("setBend", told.eigenvalues && { ...this.#told, at: told.point });
    this.showTools();
  }

  /** @param {import("./hessiancard.js").Told} told */
  nearTo({ kind, point }) {
    const found = kind === null ? nearest(this.points, point, near * this.diagonal) : null;
    return found && { name: found.point.name, kind: found.point.kind, distance: found.distance };
  }

  showTools() {
    const { chosen } = this;
    const name = this.#subject === "critical" && chosen ? chosen.name : say("this point");
    this.tools.first.disabled = this.tools.second.disabled = !this.#told?.eigenvectors;
    this.tools.through.textContent = say("Cut through the start and {name}", { name });
  }

  /** @param {import("./path.js").Paths} paths */
  setPaths(paths) {
    if (!this.details.open) return;
    this.escape.showPaths(paths);
    if (this.#subject === "playhead") this.asking.call();
  }
}

/**
 * @param {string} words
 * @param {() => any} press
 */
function tool(words, press) {
  const made = element("button", { type: "button", class: "tool" }, words);
  made.addEventListener("click", press);
  return made;
}

/**
 * An answer about another surface, or about a formula before this one, may still be on its way.
 * @param {Header} header
 * @param {import("./types.js").Surface} surface
 * @param {import("./types.js").Tables} tables
 */
function isOf({ scene = "" }, { name, formula }, tables) {
  const told = new URLSearchParams(scene);
  return told.get("surface") === name && (told.get("formula") ?? rowOf(tables.surfaces, name).formula) === formula;
}
