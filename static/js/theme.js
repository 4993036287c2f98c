/** @typedef {import("./scene.js").Store} Store */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {string|undefined} chosen */
function resolved(chosen = "auto") {
  if (chosen !== "auto") return chosen;
  return dark.matches ? "dark" : "light";
}

/**
 * Keeps the page's theme as the view asks for it.
 * @param {Store} store
 * @param {(theme: string) => void} changed
 */
export function followTheme(store, changed) {
  const root = document.documentElement;
  const apply = () => {
    const theme = resolved(store.view.theme);
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    changed(theme);
  };
  store.addEventListener("change", apply);
  dark.addEventListener("change", apply);
  apply();
}
