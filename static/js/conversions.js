import { copied } from "./clipboard.js";
import { element } from "./element.js";
import { figure } from "./numbers.js";
import { write } from "./texts.js";
import { say } from "./words.js";

/** @typedef {import("./anatomy.js").Conversions} Told */

/** The same run in the words of PyTorch and in the averaged form: the same η in two forms is the commonest mistake. */
export class Conversions {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.line = element("input", { type: "text", readonly: true, class: "conversion-line", "aria-label": say("One line of PyTorch") });
    this.line.addEventListener("focus", () => this.line.select());
    this.button = element("button", { type: "button", class: "tool" }, say("Copy"));
    this.button.addEventListener("click", () => this.copy());
    this.said = element("p", { class: "conversion-said", role: "status" });
    this.row = element("div", { class: "conversion-row" }, this.line, this.button);
    this.averaged = element("p", {});
    this.form = element("p", { class: "quiet" });
    place.append(element("h3", { class: "label" }, say("The same run elsewhere")), this.row, this.said, this.averaged, this.form);
  }

  /** @param {Told|null} told */
  show(told) {
    this.place.hidden = !told;
    if (!told) return;
    this.row.hidden = !told.pytorch;
    if (this.line.value !== (told.pytorch ?? "")) write(this.said, "");
    this.line.value = told.pytorch ?? "";
    write(this.averaged, told.averaged ? averagedWords(told.averaged) : "");
    write(this.form, say(told.form));
  }

  async copy() {
    const isCopied = await copied(this.line.value);
    write(this.said, isCopied ? say("The line is copied.") : say("Select the line and copy it."));
    if (!isCopied) this.line.focus();
  }
}

/** @param {{alpha: number, beta: number}} form */
function averagedWords({ alpha, beta }) {
  return say("Averaged form, the same path: v = βv + (1 − β)g, θ = θ − αv with β = {beta}, α = η/(1 − β) = {alpha}.", {
    alpha: figure(alpha), beta: figure(beta),
  });
}
