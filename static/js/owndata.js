import { writeScene } from "./address.js";
import { rowsIn, scaleOf } from "./csvrows.js";
import { DomainBoxes } from "./domainboxes.js";
import { setShapes } from "./edits.js";
import { element } from "./element.js";
import { count, figure } from "./numbers.js";
import { rowOf, surfaceOf } from "./rows.js";
import { write } from "./texts.js";
import { paragraph, say } from "./words.js";

/** @typedef {import("./scene.js").Store} Store */
/** @typedef {import("./csvrows.js").Row} Row */

const digits = 12;
const mostBytes = 256 * 1024;

/** Beyond this raw numbers make a crack of the surface, not a valley. */
const farFromOne = 30;

/** A visitor's own rows become the examples of a fit. They stay in the address of this page and are sent with each question, kept nowhere. */
export class OwnData {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.most = store.tables.limits.rows;
    this.filled = "";
    /** The text that was drawn last and how it was taken: the rows it made, as the box would write them, and what was said about them. */
    this.used = { text: "", isScaled: true, rows: "", said: "" };
    this.text = element("textarea", { id: "own-rows", rows: 4, spellcheck: "false", placeholder: "x, y\n1.2, 3.4\n2.0, 4.9", "aria-describedby": "own-rows-said" });
    this.file = element("input", { type: "file", id: "own-file", accept: ".csv,.tsv,.txt,text/csv,text/plain" });
    this.file.addEventListener("change", () => this.#load());
    this.text.addEventListener("input", () => this.#edited());
    this.scaled = element("input", { type: "checkbox", id: "own-scaled", checked: true });
    this.scaled.addEventListener("change", () => this.#edited());
    this.said = element("p", { id: "own-rows-said", class: "own-said", role: "status" });
    this.words = "";
    this.told = element("p", { class: "own-note" });
    this.domain = new DomainBoxes("own-data-domain", store, (domain) => store.change(setShapes(store.tables, store.scene.surface, { ...this.#shapes, domain })));
    this.drawn = this.#button(say("Back to drawn examples"), () => this.#forget());
    this.element = this.#built();
  }

  #built() {
    return element(
      "fieldset",
      { class: "own-part" },
      element("legend", {}, say("Your own data")),
      element("label", { for: "own-rows" }, say("Rows of x, y: paste them, or choose a file")),
      this.text,
      element("label", { class: "own-file" }, say("A CSV file"), this.file),
      element("label", { class: "own-check" }, this.scaled, element("span", {}, say("Standardise: mean 0, mean square 1"))),
      element("div", { class: "own-fits", role: "group", "aria-labelledby": "own-fits" }, element("span", { id: "own-fits" }, say("Draw them as")), ...this.#fits()),
      this.said,
      this.told,
      this.domain.element,
      this.drawn,
    );
  }

  #fits() {
    const fits = this.store.tables.surfaces.filter(({ shapes }) => shapes.includes("rows"));
    return fits.map(({ name, label }) => this.#button(say(label), () => this.#use(name)));
  }

  /** @param {string} label @param {() => void} press */
  #button(label, press) {
    const button = element("button", { type: "button", class: "tool" }, label);
    button.addEventListener("click", press);
    return button;
  }

  /** The file is read here; it does not leave the page by itself. */
  async #load() {
    const file = this.file.files?.[0];
    if (!file) return;
    if (file.size > mostBytes) return this.#tell(say("This file has {size} KB, more than {most} rows can need. Nothing was read.", { size: count(Math.round(file.size / 1024)), most: this.most }));
    this.text.value = await file.text();
    this.#edited();
  }

  /** What was said was about another text, or about the same one taken differently. */
  #edited() {
    if (this.#isUsed) this.#tell(this.used.said);
    else this.#tell(this.#isFilled || !this.text.value.trim() ? "" : say("Not drawn yet: choose what to draw these rows as."));
  }

  get #isUsed() {
    const { text, isScaled, rows } = this.used;
    return this.filled === rows && this.text.value === text && this.scaled.checked === isScaled;
  }

  /** Rows of the address, taken as they are. */
  get #isFilled() {
    return this.text.value === this.filled && !this.scaled.checked;
  }

  /** @param {string} words */
  #tell(words) {
    this.words = words;
    write(this.said, words);
  }

  /** @param {string} surface */
  #use(surface) {
    const wanted = this.#wanted(surface);
    if ("wrong" in wanted) return this.#tell(wanted.wrong);
    const { tables, shown } = this.store;
    const edit = setShapes(tables, surface, wanted.shapes);
    const most = tables.limits.query;
    const length = writeScene(edit(shown).scene, tables).length;
    if (length > most) return this.#tell(say("These rows need {length} characters of the address, which has {most}. Nothing was used: give their numbers fewer digits.", { length: count(length), most: count(most) }));
    this.used = { text: this.text.value, isScaled: this.scaled.checked, rows: writtenRows(wanted.shapes.rows), said: wanted.said };
    this.store.change(edit, { isPlace: true });
    this.#tell(wanted.said);
  }

  /**
   * What the rows make of a surface, or what is wrong with them.
   * @param {string} surface
   * @returns {{wrong: string}|{shapes: Record<string, any>, said: string}}
   */
  #wanted(surface) {
    if (this.text.value.length > mostBytes) return { wrong: say("This text is longer than {most} rows can need. Nothing was used.", { most: this.most }) };
    const read = rowsIn(this.text.value, this.most);
    if (read.wrong) return { wrong: read.wrong };
    const isClasses = surface === "logistic-regression";
    if (isClasses && !read.rows.every(([, y]) => y === 0 || y === 1)) return { wrong: say("For logistic regression every y is a class, 0 or 1. Nothing was used.") };
    const columns = [0, 1].map((at) => (this.scaled.checked && !(isClasses && at) ? scaleOf(read.rows.map((row) => row[at])) : null));
    if (columns.some((column) => column && !Number.isFinite(column.mean + column.size))) return { wrong: say("These numbers are too large to be standardised. Nothing was used.") };
    const rows = read.rows.flatMap((row) => row.map((value, at) => scaledValue(value, columns[at])));
    if (rows.some((value) => Math.abs(value) > 1e6)) return { wrong: say("Numbers reach from −1,000,000 to 1,000,000 here. Nothing was used; standardise them.") };
    const said = [usedWords(read), ...columns.map((column, at) => scaleWords("xy"[at], column))];
    const isCrack = !this.scaled.checked && read.rows.some(([x]) => Math.abs(x) > farFromOne);
    if (isCrack) said.push(say("With x as large as this the surface is a long, thin crack: standardise to see its minimum."));
    return { shapes: { rows }, said: paragraph(said) };
  }

  /** @returns {Record<string, any>} */
  get #shapes() {
    const { rows, domain } = this.store.scene.knobs;
    return { ...(rows && { rows }), ...(domain && { domain }) };
  }

  /**
   * Rows of the address stand in the box as they are. What somebody wrote there is left alone, unless it was drawn and other rows took its place.
   * @param {number[]|undefined} rows
   */
  #fill(rows = []) {
    const text = writtenRows(rows);
    if (text === this.filled) return;
    const isReplaced = text !== this.used.rows; // by undo or another link, not by this text
    const isOurs = this.text.value === this.filled || (text && isReplaced && this.text.value === this.used.text);
    this.filled = text;
    if (isReplaced && (isOurs || this.words === this.used.said)) this.#tell("");
    if (!isOurs) return;
    this.text.value = text;
    this.scaled.checked = !text;
  }

  #forget() {
    const { tables, scene } = this.store;
    this.store.change(setShapes(tables, scene.surface, {}));
    this.#tell("");
  }

  show() {
    const { scene, tables } = this.store;
    const { rows } = scene.knobs;
    const { shapes, parameters } = surfaceOf(tables, scene);
    this.domain.show(shapes.includes("rows") ? parameters : null);
    this.#fill(rows);
    this.drawn.hidden = !rows;
    this.told.hidden = !rows;
    if (rows) write(this.told, say("{surface} is about {n} rows of your own. They stand in the address of this page; the server stores nothing.", { surface: say(rowOf(tables.surfaces, scene.surface).label), n: count(rows.length / 2) }));
  }
}

/** @param {number[]} rows */
function writtenRows(rows) {
  return rows.map((value, at) => value + (at % 2 ? "\n" : ", ")).join("");
}

/**
 * @param {number} value
 * @param {{mean: number, size: number}|null} column
 */
function scaledValue(value, column) {
  return column ? Number(((value - column.mean) / column.size).toPrecision(digits)) : value;
}

/** @param {import("./csvrows.js").Read} read */
function usedWords({ rows, head, more }) {
  const said = [say("{n} rows are used.", { n: count(rows.length) })];
  if (head) said.push(say("The first line was taken as names."));
  if (more) said.push(say("Only the first two columns are used."));
  return paragraph(said);
}

/**
 * @param {string} name
 * @param {{mean: number, size: number}|null} column
 */
function scaleWords(name, column) {
  if (!column) return "";
  const values = { name, mean: figure(Math.abs(column.mean), 4), size: figure(column.size, 4) };
  return column.mean < 0 ? say("{name} stands for ({name} + {mean})/{size}.", values) : say("{name} stands for ({name} − {mean})/{size}.", values);
}
