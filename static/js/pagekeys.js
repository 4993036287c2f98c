import { byId } from "./element.js";
import { chooseNext } from "./viewknobs.js";
import { say } from "./words.js";

/**
 * The keys of every page that has knobs; the lab has more (keys.js).
 * @param {import("./scene.js").Store} store
 * @returns {import("./keyboard.js").Binding[]}
 */
export function pageKeys(store) {
  return [
    { keys: ["Ctrl+z"], label: say("Undo"), press: () => store.undo() },
    { keys: ["Ctrl+Shift+z", "Ctrl+y"], label: say("Redo"), press: () => store.redo() },
    { keys: ["t"], label: say("Next theme"), press: () => chooseNext(store, "theme") },
    { keys: ["?"], label: say("This help"), press: () => toggleHelp() },
  ];
}

export function toggleHelp() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("help-dialog"));
  if (dialog.open) dialog.close();
  else dialog.showModal();
}
