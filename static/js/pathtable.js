import { element } from "./element.js";
import { momentOf } from "./readout.js";
import { count, figure, steady } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./path.js").Paths} Paths */

const evenRows = 20;

/**
 * About twenty updates from first to last, and the one at the playhead.
 * @param {number} longest
 * @param {number} at
 * @returns {number[]}
 */
export function chosenUpdates(longest, at) {
  const rows = Math.min(evenRows, longest);
  const even = Array.from({ length: rows + 1 }, (_, k) => Math.round((k * longest) / Math.max(1, rows)));
  return [...new Set([...even, at])].sort((a, b) => a - b);
}

/** The paths in numbers, for eyes and ears that want no picture; written only while open. */
export class PathTable {
  /**
   * @param {HTMLDetailsElement} details
   * @param {HTMLElement} place
   */
  constructor(details, place) {
    this.details = details;
    this.place = place;
    this.stale = false;
    this.write = () => {};
    details.addEventListener("toggle", () => this.refresh());
  }

  /**
   * @param {Paths} paths
   * @param {string[]} names
   * @param {string[]} parameters
   * @param {number} at
   */
  show(paths, names, parameters, at) {
    this.stale = true;
    this.write = () => this.place.replaceChildren(table(paths, names, parameters, at));
    this.refresh();
  }

  refresh() {
    if (!this.details.open || !this.stale) return;
    this.stale = false;
    this.write();
  }
}

/**
 * @param {Paths} paths
 * @param {string[]} names
 * @param {string[]} parameters
 * @param {number} at
 */
function table(paths, names, parameters, at) {
  const columns = [...parameters, say("loss")];
  const groups = names.map((name) => element("th", { scope: "colgroup", colspan: columns.length }, name));
  const heads = names.flatMap(() => columns.map((column) => element("th", { scope: "col" }, column)));
  const corner = element("th", { scope: "col", rowspan: 2 }, say("update"));
  const body = chosenUpdates(paths.longest, at).map((update) => tableRow(paths, update, update === at));
  return element(
    "table",
    { class: "number-table" },
    element("caption", {}, say("Where each run is, and its training loss")),
    element("thead", {}, element("tr", {}, corner, ...groups), element("tr", {}, ...heads)),
    element("tbody", {}, ...body),
  );
}

/**
 * @param {Paths} paths
 * @param {number} update
 * @param {boolean} isHere
 */
function tableRow(paths, update, isHere) {
  const cells = paths.runs.flatMap((run, index) => {
    if (run.diverged !== null && update > run.diverged) return [element("td", { colspan: 3 }, say("diverged"))];
    const { theta1, theta2, loss } = momentOf(paths, null, index, update);
    return [figure(theta1, 4), figure(theta2, 4), Number.isFinite(loss) ? steady(loss) : say("no number")].map((text) => element("td", {}, text));
  });
  const head = element("th", { scope: "row" }, count(update));
  return element("tr", isHere ? { class: "is-here", "aria-current": "true" } : {}, head, ...cells);
}
