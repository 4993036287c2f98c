import { Cut } from "./cut.js";
import { hiddenRuns } from "./edits.js";
import { byId, element } from "./element.js";
import { hasMomentum } from "./inspectorstory.js";
import { Pace, Rest } from "./pace.js";
import { Profile } from "./profile.js";
import { CutChoice } from "./profilecut.js";
import { pushOf } from "./profilepush.js";
import { ProfileStops } from "./profilestops.js";
import { cutWords, factorWords, profileWords, startOffWords } from "./profilewords.js";
import { runNames } from "./runnames.js";
import { paragraph, say } from "./words.js";

/** @typedef {[number, number]} Pair */
/** @typedef {import("./cut.js").Ends} Ends */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./profilestops.js").Found} Found */
/**
 * @typedef {{store: import("./scene.js").Store, link: import("./link.js").Link, stages: import("./stages.js").Stages,
 *   playhead: import("./playhead.js").Playhead, selection: import("./selection.js").Selection,
 *   anatomies: import("./anatomies.js").Anatomies}} Parts
 */

const samples = 400;

/** The view in one dimension: which cut is shown, its profile, the stops of the ball, and what is said about them. */
export class ProfileView {
  /** @type {Profile|null} */
  #profile = null;
  /** @type {Paths|null} */
  #paths = null;
  /** @type {({of: number} & Found)[]} */
  #stops = [];
  #asked = "";
  #shownCut = "null";

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.stage = parts.stages.line;
    this.choice = new CutChoice(parts.store);
    this.words = byId("profile-words");
    this.aloud = byId("profile-aloud");
    this.scale = byId("profile-scale");
    this.stops = new ProfileStops(byId("profile-stops"), byId("profile-told"), (at) => parts.playhead.seek(at));
    this.onCut = this.tool(say("Start on the cut"), () => this.choice.startOnIt());
    this.own = this.tool(say("This surface's own cut"), () => this.choice.forget());
    byId("profile-tools").append(this.onCut, this.own);
    this.stage.hand.setAttribute("aria-describedby", "profile-aloud");
    this.asking = new Pace(80, () => this.ask());
    this.speaking = new Rest(250, () => this.speak());
    this.listen();
  }

  /**
   * @param {string} words
   * @param {() => void} press
   */
  tool(words, press) {
    const button = element("button", { type: "button", class: "tool" }, words);
    button.addEventListener("click", press);
    return button;
  }

  listen() {
    const { playhead, selection, anatomies } = this.parts;
    for (const name of ["move", "rest"]) playhead.addEventListener(name, () => this.showMoment());
    selection.addEventListener("change", () => this.show());
    anatomies.addEventListener("change", () => this.showPush());
  }

  get isShown() {
    return this.parts.store.view.view === "1d";
  }

  get run() {
    return this.parts.selection.index;
  }

  /** The scene or the view has changed. */
  show() {
    const { anatomies } = this.parts;
    this.showCut();
    anatomies.watch("profile", this.isShown ? [this.run] : []);
    if (!this.isShown) return;
    this.asking.call();
    this.showWords();
    this.showMoment();
  }

  /** A cut that somebody chose is a line on the stage from above. */
  showCut() {
    const { chosen } = this.choice;
    if (String(chosen) === this.#shownCut) return;
    this.#shownCut = String(chosen);
    const cut = chosen && new Cut(chosen);
    this.parts.stages.tell("setCut", cut && [cut.from, cut.to]);
  }

  /** @param {{kind: string, at: Pair}[]|null} points  null while nobody knows them */
  setPoints(points) {
    this.choice.points = points;
    if (!points) [this.#profile, this.#stops, this.#asked] = [null, [], ""];
    if (this.isShown) this.show();
  }

  ask() {
    if (!this.isShown || !this.choice.isKnown) return;
    const scene = this.parts.store.sceneQuery();
    const { ends } = this.choice;
    const key = [scene, ...ends].join(" ");
    if (key === this.#asked) return;
    this.#asked = key;
    this.parts.link.ask("cut", { scene, from: ends.slice(0, 2), to: ends.slice(2), resolution: samples });
  }

  /**
   * @param {any} header
   * @param {Float32Array} values
   */
  answered({ scene, from, to, stops = [], rows }, values) {
    if (new URLSearchParams(scene).get("surface") !== this.parts.store.scene.surface) return;
    const column = (/** @type {number} */ k) => values.slice(k * rows, (k + 1) * rows);
    this.#profile = new Profile(new Cut(/** @type {Ends} */ ([...from, ...to])), column(0), column(1), column(2));
    this.#stops = stops;
    this.stage.setProfile(this.#profile);
    this.showWords();
    this.showMoment();
  }

  /** @param {Paths} paths */
  setPaths(paths) {
    this.#paths = paths;
    if (this.isShown) this.showMoment();
  }

  /** What follows the playhead. */
  showMoment() {
    if (!this.isShown) return;
    const { store, playhead } = this.parts;
    const run = store.scene.runs[this.run];
    const found = this.#stops.find(({ of }) => of === this.run) ?? null;
    this.parts.anatomies.refresh();
    this.stops.show({ found, run: this.names[this.run] ?? "", carries: hasMomentum(run?.rule ?? ""), at: playhead.at, isPlaying: playhead.playing });
    this.showPush();
    this.speaking.call();
  }

  showPush() {
    if (!this.isShown || !this.#profile) return;
    const { anatomies, playhead, store } = this.parts;
    const isHidden = hiddenRuns(store.shown).includes(this.run);
    const push = isHidden ? null : pushOf(anatomies.of(this.run), this.#paths, playhead.at, this.#profile.cut);
    this.stage.setPush(push);
    write(this.scale, factorWords(push?.factor ?? 1));
  }

  get names() {
    return runNames(this.parts.store.scene, this.parts.store.tables);
  }

  showWords() {
    const { ends, off, chosen, surface } = this.choice;
    write(this.words, paragraph([cutWords(new Cut(ends), surface.parameters), off ? startOffWords(off) : ""]));
    this.onCut.hidden = off === 0;
    this.own.hidden = chosen === null;
  }

  speak() {
    if (!this.isShown || !this.#profile || !this.#paths) return;
    write(this.aloud, profileWords(this.#profile, this.balls(this.#paths, this.#profile.cut)));
  }

  /**
   * @param {Paths} paths
   * @param {Cut} cut
   */
  balls(paths, cut) {
    const hidden = hiddenRuns(this.parts.store.shown);
    const { names } = this;
    const all = paths.runs.map((run, index) => {
      const row = paths.rowAt(index, this.parts.playhead.at);
      const at = [run.theta1[row], run.theta2[row]];
      return { index, name: names[index] ?? run.rule, s: cut.along(at), off: cut.off(at), loss: run.loss[row] };
    });
    return all.filter(({ index }) => !hidden.includes(index));
  }
}

/**
 * Nothing is read aloud again that has not changed.
 * @param {HTMLElement} place
 * @param {string} words
 */
function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
