import { writeScene } from "./address.js";
import { DomainBoxes } from "./domainboxes.js";
import { setShapes } from "./edits.js";
import { element } from "./element.js";
import { halfWidth } from "./fullwidth.js";
import { inOurWords } from "./notices.js";
import { Rest } from "./pace.js";
import { rowOf, sceneValue } from "./rows.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./types.js").Problem} Problem */

/** The server reads a formula once the hand pauses. */
const pause = 120;

/** A longer rest ends a burst of keys: what was drawn by then is one step to undo. */
const burst = 400;
const surface = "formula";

/** A formula typed into the page: it is drawn as soon as it can be read; until then the last one stays. */
export class FormulaBox {
  #asked = nothingAsked();

  /** The formula that was drawn last, as the box knows it; none on another surface. */
  #drawn = "";

  /**
   * @param {Store} store
   * @param {import("./link.js").Link} link
   */
  constructor(store, link) {
    this.store = store;
    this.link = link;
    this.text = element("textarea", { id: "own-formula", rows: 2, spellcheck: "false", autocapitalize: "off", autocomplete: "off", "aria-describedby": "own-formula-said" });
    this.said = element("p", { id: "own-formula-said", class: "own-said", role: "status" });
    this.where = element("code", { class: "own-where", "aria-hidden": "true" });
    this.copy = this.#copies();
    this.domain = new DomainBoxes("own-domain", store, (domain) => this.#ask({ domain }, true));
    this.element = this.#built();
    this.resting = new Rest(pause, () => this.#read(false));
    this.settling = new Rest(burst, () => this.#settle());
    this.text.addEventListener("input", () => this.#typed());
    this.text.addEventListener("change", () => this.#left());
    this.text.addEventListener("keydown", (event) => this.#key(event));
  }

  #built() {
    const knows = say("x is θ₁ and y is θ₂. Also pi, e, + - * / ^ and brackets, and sqrt exp log sin cos tan tanh abs softplus min max.");
    return element(
      "fieldset",
      { class: "own-part" },
      element("legend", {}, say("A formula")),
      element("label", { for: "own-formula" }, say("L(x, y) =")),
      this.text,
      this.where,
      this.said,
      element("p", { class: "own-note" }, knows),
      element("label", { class: "own-copy" }, say("Begin with a copy of"), this.copy),
      this.domain.element,
    );
  }

  /** Formulas of the gallery that stand for themselves. */
  #copies() {
    const { surfaces } = this.store.tables;
    const whole = surfaces.filter(({ kind, own, shapes, name }) => kind === "formula" && !own.length && !shapes.length && name !== "canyon-and-basin");
    const select = element("select", { id: "own-copy" }, element("option", { value: "" }, "–"), ...whole.map(({ name, label }) => element("option", { value: name }, say(label))));
    select.addEventListener("change", () => {
      const { formula, domain } = rowOf(surfaces, select.value);
      select.value = "";
      this.#change({ formula, domain: domain.flat() }, true);
      this.#fill(formula);
    });
    return select;
  }

  /** Enter is done; a formula is one line. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.#read(true);
  }

  #typed() {
    this.resting.call();
    this.settling.call();
  }

  #left() {
    this.#settle();
    this.#read(true);
  }

  /** The hand let go of what is drawn, whatever stands in the box; an answer still awaited is a step of its own. */
  #settle() {
    clearTimeout(this.settling.timer);
    this.#asked.done = true;
    this.store.change((shown) => shown);
  }

  get isShown() {
    return this.store.scene.surface === surface;
  }

  /** @returns {Record<string, any>} */
  get #shapes() {
    const { formula, domain } = this.store.scene.knobs;
    return this.isShown ? { ...(formula && { formula }), ...(domain && { domain }) } : {};
  }

  /** @param {Record<string, any>} shapes */
  #edit(shapes) {
    return setShapes(this.store.tables, surface, { ...this.#shapes, ...shapes });
  }

  /** @param {Record<string, any>} shapes @param {boolean} done */
  #change(shapes, done) {
    this.store.change(this.#edit(shapes), { done, isPlace: !this.isShown });
  }

  /** @param {boolean} done */
  #read(done) {
    clearTimeout(this.resting.timer);
    const formula = this.#written;
    if (!this.isShown || formula !== this.#formula) return this.#ask({ formula }, done);
    this.#tell(null);
    if (done) this.#change({}, true);
  }

  /** Asks the server whether this can be drawn. @param {Record<string, any>} shapes @param {boolean} done */
  #ask(shapes, done) {
    const { scene } = this.#edit(shapes)(this.store.shown);
    this.#asked = { id: this.link.ask("reading", { scene: writeScene(scene, this.store.tables) }), shapes, done };
  }

  /** @param {import("./types.js").Header} header */
  answered({ id, problems = [] }) {
    const { shapes, done } = this.#asked;
    if (id !== this.#asked.id) return;
    const problem = problems.find(({ knob }) => knob === "formula") ?? null;
    if (shapes.formula !== undefined) this.#tell(problem);
    else if (problem) this.domain.refuse(inOurWords(problem).allowed);
    if (!problem) this.#draw(shapes, done);
  }

  /** What was read while somebody types on is no reason to touch the box. @param {Record<string, any>} shapes @param {boolean} done */
  #draw(shapes, done) {
    this.#drawn = shapes.formula ?? this.#drawn;
    this.#change(shapes, done);
  }

  /** What stands in the box, in the signs that formulas are read in. */
  get #written() {
    return halfWidth(this.text.value.trim());
  }

  get #formula() {
    return sceneValue(this.store.tables, this.store.scene, "formula");
  }

  /** @param {Problem|null} problem */
  #tell(problem) {
    this.text.setAttribute("aria-invalid", String(Boolean(problem)));
    write(this.said, problem ? wrongWords(problem) : "");
    const at = problem?.at;
    this.where.hidden = at === undefined;
    if (at !== undefined) this.#point(at);
  }

  /** Characters are counted as the server counts them: one beyond the first 65,536 of Unicode is one, too. @param {number} at */
  #point(at) {
    const signs = Array.from(this.text.value.trim());
    this.where.replaceChildren(signs.slice(0, at).join(""), element("mark", {}, signs[at] ?? " "), signs.slice(at + 1).join(""));
  }

  show() {
    this.domain.show(this.isShown ? ["x", "y"] : null);
    this.#follow(this.isShown ? this.#formula : "");
  }

  /**
   * Another formula is drawn, or none any more: the box says so, unless it holds what is not drawn yet, in somebody's hand or beside another surface.
   * @param {string} formula
   */
  #follow(formula) {
    if (formula === this.#drawn) return;
    const isDrawn = this.#written === this.#drawn;
    this.#drawn = formula;
    if (isDrawn || (formula && document.activeElement !== this.text)) this.#fill(formula);
  }

  /** @param {string} formula */
  #fill(formula) {
    clearTimeout(this.resting.timer);
    this.#asked = nothingAsked();
    this.text.value = formula;
    this.#tell(null);
  }
}

/** @returns {{id: number, shapes: Record<string, any>, done: boolean}} */
function nothingAsked() {
  return { id: 0, shapes: {}, done: false };
}

/** @param {Problem} problem */
function wrongWords(problem) {
  const { wrong, at, allowed } = inOurWords(problem);
  if (wrong === undefined || at === undefined) return say("Not drawn yet. Allowed: {allowed}.", { allowed });
  return say("Not drawn yet: {wrong} at character {n}. Allowed: {allowed}.", { wrong, n: at + 1, allowed });
}
