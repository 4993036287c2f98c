import { copied } from "./clipboard.js";
import { byId } from "./element.js";
import { say } from "./words.js";

/** Copies the address of what is shown; where the browser will not, it can be copied by hand. */
export class Share {
  /** @param {() => string} query */
  constructor(query) {
    this.query = query;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("share-dialog"));
    this.box = /** @type {HTMLInputElement} */ (byId("share-address"));
    this.said = byId("share-said");
    byId("share").addEventListener("click", () => this.open());
    this.box.addEventListener("focus", () => this.box.select());
  }

  fill() {
    const query = this.query();
    this.box.value = new URL(location.pathname + (query && "?" + query), location.origin).href;
    return copied(this.box.value);
  }

  async open() {
    this.said.textContent = "";
    this.dialog.showModal();
    const isCopied = await this.fill();
    this.said.textContent = isCopied ? say("The link is copied.") : say("Select the address and copy it.");
    if (!isCopied) this.box.focus();
  }
}
