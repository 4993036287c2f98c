import { byId } from "./element.js";

/**
 * Undo, redo, and back to what was opened.
 * @param {import("./scene.js").Store} store
 * @returns {() => void} shows which of them can be pressed
 */
export function bindChanges(store) {
  const [undo, redo, reset] = ["undo", "redo", "reset"].map((id) => /** @type {HTMLButtonElement} */ (byId(id)));
  undo.addEventListener("click", () => store.undo());
  redo.addEventListener("click", () => store.redo());
  reset.addEventListener("click", () => store.reset());
  return () => {
    undo.disabled = store.past.length === 0;
    redo.disabled = store.future.length === 0;
    reset.disabled = store.isAsOpened;
  };
}
