import { element } from "./element.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** A map to take along: the picture as it is painted, and its numbers from the public API. */

export class MapFiles {
  name = "map";

  /** @param {(give: (file: Blob|null) => void) => void} paint */
  constructor(paint) {
    const save = element("button", { type: "button", class: "tool" }, say("Picture (PNG)"));
    save.addEventListener("click", () => paint((file) => file && download(file, this.name + ".png")));
    const names = { csv: say("CSV"), npz: say("NPZ"), json: say("JSON") };
    this.links = Object.fromEntries(Object.entries(names).map(([format, name]) => [format, element("a", {}, name)]));
    this.counted = element("span", { class: "map-note" });
    this.element = element("div", { class: "map-files", hidden: true }, save, ...Object.values(this.links), this.counted);
  }

  /**
   * @param {import("./mapquestion.js").Question} question
   * @param {string} name  of the files
   * @param {string[]} minima  as the page calls them; the API counts them from 0
   */
  show({ scene, of, x, y, resolution, tolerance }, name, minima) {
    this.name = name;
    write(this.counted, minima.length ? say("The files count minima from 0: {name} is 0.", { name: minima[0] }) : "");
    const sides = [x, y].map(({ knob, low, high }, k) => `${"xy"[k]}=${knob}:${low}..${high}`);
    const address = `/api/map?${scene}&of=${of}&${sides.join("&")}&resolution=${resolution[0]}&tolerance=${tolerance}&format=`;
    for (const [format, link] of Object.entries(this.links)) Object.assign(link, { href: address + format, download: `${name}.${format}` });
    this.element.hidden = false;
  }

  forget() {
    this.element.hidden = true;
  }
}

/** @param {Blob} file @param {string} name */
function download(file, name) {
  const address = URL.createObjectURL(file);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
