import * as tables from "/tables.js";
import { hearAnswers } from "./answers.js";
import { bindChanges } from "./changes.js";
import { dropKnob } from "./edits.js";
import { openLab } from "./lab.js";
import { byId } from "./element.js";
import { Keyboard } from "./keyboard.js";
import { keepView } from "./keepview.js";
import { followLanguage } from "./language.js";
import { labKeys } from "./keys.js";
import { showLine } from "./line.js";
import { OpeningPlay } from "./opening.js";
import { FollowUp } from "./pace.js";
import { toggleHelp } from "./pagekeys.js";
import { surfaceOf } from "./rows.js";
import { Share } from "./share.js";
import { Show } from "./show.js";
import { followTheme } from "./theme.js";
import { bindViewKnobs } from "./viewknobs.js";
import { say, useWords } from "./words.js";

useWords(await import("/words/" + document.documentElement.lang + ".js"));

const lab = openLab(/** @type {import("./types.js").Tables} */ (/** @type {unknown} */ (tables)));
const show = new Show(lab);
const opening = new OpeningPlay(lab);
const showViewKnobs = bindViewKnobs(lab.store);
const showChanges = bindChanges(lab.store);
let surface = "";

function showSurface() {
  const { name, domain } = surfaceOf(lab.store.tables, lab.store.scene);
  const key = [name, domain].join();
  lab.critical.showSurface();
  if (key === surface) return;
  if (surface) lab.playhead.follow();
  surface = key;
  lab.stages.setSurface();
}

function showScene() {
  showSurface();
  lab.stages.showStart();
  lab.selection.keepWithin(lab.store.scene.runs.length);
  for (const part of [lab.sharedKnobs, lab.sceneKnobs, lab.cards, lab.gallery, lab.own]) part.show();
  lab.inspector.show();
  showViewKnobs();
  showChanges();
  show.showView();
  lab.profile.show();
  lab.batchPanel.show();
  lab.watch.show();
  lab.seeds.show();
  lab.flatness.show();
  lab.maps.show();
  lab.curvature.show();
  lab.testGhost.show();
  lab.edges.refresh();
}

/** What is not the question itself waits until the answer is on the screen, or a little: a key costs one frame, not two. */
const followUp = new FollowUp(40, () => {
  showScene();
  lab.questions.ground();
});

/** @param {Event} event */
function changed(event) {
  const { scene } = /** @type {CustomEvent} */ (event).detail;
  if (!scene) return followUp.now();
  lab.questions.paths();
  lab.anatomies.refresh();
  opening.interrupt();
  followUp.soon();
}

/** @param {import("./types.js").Header} header */
function refused(header) {
  const { want, error = "", problems = [] } = header;
  if (want === "escape") return lab.critical.escape.refused(say(error));
  if (want === "shares") return lab.seeds.refused(header);
  if (want === "map") return lab.maps.refused(header);
  if (want === "edge") return lab.curvature.refused(header);
  if (want === "flatness") return lab.flatness.refused(header);
  if (problems.length) lab.notices.show(problems);
  else lab.notices.tell(say("The server could not answer: {error}. What you see stays.", { error }));
  if (want === "ground") lab.questions.groundAnswered();
  if (want === "update") lab.anatomies.refused();
}

function wireLink() {
  hearAnswers(lab.link, {
    paths: (paths) => {
      show.arrive(paths);
      for (const { knob } of paths.problems) lab.store.change(dropKnob(knob), { done: false });
      if (paths.problems.length) lab.notices.show(paths.problems);
    },
    near: (near) => lab.timebar.setNear(near),
    ground: (ground, header) => {
      Promise.resolve(lab.stages.tell("setGround", ground)).then(() => opening.groundDrawn());
      for (const ghost of [lab.batchPanel.ghost, lab.testGhost]) ghost.setGround(ground);
      lab.gallery.showGround(header);
      lab.questions.groundAnswered();
    },
    ghost: (ghost) => lab.batchPanel.ghost.take(ghost),
    single: {
      batch: (header, values) => lab.batchPanel.batches.take(header, values),
      update: (header, values) => lab.anatomies.take(header, values),
      cut: (header, values) => lab.profile.answered(header, values),
      shares: (header, values) => lab.seeds.take(header, values),
      map: (header, values) => lab.maps.take(header, values),
      reading: (header) => lab.own.formula.answered(header),
      edge: (header, values) => lab.curvature.take(header, values),
      stability: (header) => lab.edges.take(header),
      flatness: (header, values) => lab.flatness.take(header, values),
      ...lab.critical.answers(),
    },
    error: refused,
  });
  showLine(lab.link, byId("line"));
}

function wirePage() {
  lab.store.addEventListener("change", changed);
  lab.store.addEventListener("measured", () => show.showView());
  document.addEventListener("downhill:drawn", () => followUp.afterPaint());
  lab.edges.addEventListener("change", () => show.showEdges());
  lab.store.addEventListener("problems", (event) => lab.notices.show(/** @type {CustomEvent} */ (event).detail));
  addEventListener("popstate", () => {
    lab.store.bar.forget();
    lab.store.revisit();
  });
  byId("help").addEventListener("click", toggleHelp);
  new Keyboard(labKeys(lab));
  new Share(() => lab.store.query());
  keepView(lab.store);
}

wireLink();
wirePage();
lab.questions.paths();
showScene();
lab.notices.show(lab.store.problems);
followLanguage(lab.store);
followTheme(lab.store, (theme) => {
  lab.inspector.setTheme();
  lab.batchPanel.setTheme();
  lab.watch.setTheme();
  lab.stages.tell("setTheme", theme);
  lab.chart.setTheme(theme);
});
lab.questions.ground();
