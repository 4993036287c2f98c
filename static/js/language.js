/**
 * A page is written in one language. Another one is the same address, loaded again.
 * @param {import("./scene.js").Store} store
 */
export function followLanguage(store) {
  let shown = store.view.lang;
  store.addEventListener("change", () => {
    if (store.view.lang === shown) return;
    shown = store.view.lang;
    location.replace("?" + store.query());
  });
}
