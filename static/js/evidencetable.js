import { element } from "./element.js";
import { figureWords, pageOf, verdictWords } from "./evidencewords.js";
import { unbroken } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./evidencewords.js").Line} Line */

/**
 * The lecture's table: in each cell its word, and under it the figure that was measured here, which leads to its experiment.
 * @param {Line[]} lines
 * @param {(experiment: string) => string} labelOf
 */
export function evidenceTable(lines, labelOf) {
  const heads = [say("Compared"), say("small batch"), say("large batch")].map((text) => element("th", { scope: "col" }, text));
  const caption = element("caption", {}, say("The lecture's words, and under them what was measured here"));
  return element("table", { class: "evidence" }, caption, element("thead", {}, element("tr", {}, ...heads)), ...lines.map((line) => bodyOf(line, lines, labelOf)));
}

/**
 * @param {Line} line
 * @param {Line[]} lines
 * @param {(experiment: string) => string} labelOf
 */
function bodyOf(line, lines, labelOf) {
  const [verdict, reasons] = verdictWords(line, lines);
  const head = element("th", { scope: "rowgroup", rowspan: 2 }, say(line.label), element("p", { class: "evidence-measures" }, say(line.measures)));
  const cells = /** @type {const} */ (["small", "large"]).map((size) => cellOf(line, size, labelOf));
  const reason = say("The lecture's reason, in the lab");
  const link = element("a", { href: line.scene, "aria-label": say("{reason}: {name}", { reason, name: say(line.label) }) }, reason);
  const last = element("td", { colspan: 2 }, element("strong", {}, verdict), ` ${unbroken(reasons)} `, link);
  return element("tbody", { "data-line": line.name }, element("tr", {}, head, ...cells), element("tr", {}, last));
}

/**
 * @param {Line} line
 * @param {"small"|"large"} size
 * @param {(experiment: string) => string} labelOf
 */
function cellOf(line, size, labelOf) {
  const side = line[size];
  const measured = side ? figureWords(line, side) : say("not measured yet");
  const name = say("{measured}: experiment {name}", { measured, name: say(labelOf(line.experiment)) });
  return element("td", {}, element("p", { class: "evidence-says" }, say(line.says[size])), element("a", { href: pageOf(line), "aria-label": name }, unbroken(measured)));
}
