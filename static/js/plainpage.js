import * as given from "/tables.js";
import { AddressBar } from "./addressbar.js";
import { ofExperiments, tablesOf } from "./experimentaddress.js";
import { showFound } from "./found.js";
import { keepView } from "./keepview.js";
import { followLanguage } from "./language.js";
import { Store } from "./scene.js";
import { followTheme } from "./theme.js";
import { bindViewKnobs } from "./viewknobs.js";
import { useWords } from "./words.js";

useWords(await import("/words/" + document.documentElement.lang + ".js"));

const tables = /** @type {import("./types.js").Tables} */ (/** @type {unknown} */ (given));
const view = tables.knobs.filter(({ name }) => name === "theme" || name === "lang");
const store = new Store(tablesOf(tables, view), new AddressBar(), ofExperiments);
const showViewKnobs = bindViewKnobs(store);
store.addEventListener("change", showViewKnobs);
followLanguage(store);
followTheme(store, () => {});
keepView(store);
showViewKnobs();
await showFound(tables.experiments ?? []);
document.dispatchEvent(new Event("downhill:ready"));
