import * as given from "/tables.js";
import { AddressBar } from "./addressbar.js";
import { Announcer } from "./announcer.js";
import { bindChanges } from "./changes.js";
import { dropView, setView } from "./edits.js";
import { byId } from "./element.js";
import { Experiment } from "./experiment.js";
import { ofExperiments, tablesOf } from "./experimentaddress.js";
import { Keyboard } from "./keyboard.js";
import { pageKeys, toggleHelp } from "./pagekeys.js";
import { keepView } from "./keepview.js";
import { followLanguage } from "./language.js";
import { showLine } from "./line.js";
import { Link, socketAddress } from "./link.js";
import { Notices } from "./notices.js";
import { rowOf } from "./rows.js";
import { Store } from "./scene.js";
import { Share } from "./share.js";
import { followTheme } from "./theme.js";
import { bindViewKnobs, viewValue } from "./viewknobs.js";
import { useWords } from "./words.js";

useWords(await import("/words/" + document.documentElement.lang + ".js"));

const tables = /** @type {import("./types.js").Tables} */ (/** @type {unknown} */ (given));
const row = rowOf(tables.experiments ?? [], byId("content").dataset.experiment ?? "");
const store = new Store(tablesOf(tables, [...row.knobs, ...row.view]), new AddressBar(), ofExperiments);
const link = new Link(socketAddress());
const notices = new Notices(byId("notices"), store);
const experiment = new Experiment({ row, store, link, notices, announcer: new Announcer(byId("spoken")) });
const showViewKnobs = bindViewKnobs(store, (name) => (name === "chart" ? experiment.chartName : viewValue(store, name)));
const showChanges = bindChanges(store);

/** @param {boolean} done */
function show(done) {
  showViewKnobs();
  showChanges();
  if (done) experiment.ask();
  experiment.show();
}

store.addEventListener("change", (event) => show(/** @type {CustomEvent} */ (event).detail.done));
store.addEventListener("problems", (event) => notices.show(/** @type {CustomEvent} */ (event).detail));
addEventListener("popstate", () => {
  store.bar.forget();
  store.revisit();
});
link.addEventListener("answer", (event) => {
  experiment.heard(/** @type {CustomEvent} */ (event).detail.header);
  showViewKnobs();
});
showLine(link, byId("line"));
byId("help").addEventListener("click", toggleHelp);
new Keyboard(pageKeys(store));
const share = new Share(() => store.query());
const withoutQuestion = /** @type {HTMLInputElement} */ (byId("share-ask"));
withoutQuestion.checked = store.view.ask === 0;
withoutQuestion.addEventListener("change", () => {
  store.change(withoutQuestion.checked ? setView("ask", 0) : dropView("ask"));
  share.fill();
});
keepView(store);
/** @type {HTMLDetailsElement} */ (byId("turn")).open = matchMedia("(min-width: 75rem)").matches;
followLanguage(store);
followTheme(store, () => experiment.draw());
notices.show(store.problems);
show(true);
document.dispatchEvent(new Event("downhill:ready"));
