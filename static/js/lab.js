import { AddressBar } from "./addressbar.js";
import { Announcer } from "./announcer.js";
import { Caption } from "./caption.js";
import { Controls, otherKnobs } from "./controls.js";
import { setKnob } from "./edits.js";
import { byId } from "./element.js";
import { Gallery } from "./gallery.js";
import { Link } from "./link.js";
import { LossChart } from "./losschart.js";
import { Notices } from "./notices.js";
import { rounded } from "./numbers.js";
import { sceneValue } from "./rows.js";
import { PathTable } from "./pathtable.js";
import { Playhead } from "./playhead.js";
import { Questions } from "./questions.js";
import { RunCards } from "./runcards.js";
import { Store } from "./scene.js";
import { Selection } from "./selection.js";
import { Stages } from "./stages.js";
import { TimeBar } from "./timebar.js";
import { say } from "./words.js";

/** @typedef {import("./types.js").Tables} Tables */
/** @typedef {ReturnType<typeof openLab>} Lab */

const shared = ["eta", "lambda"];
const placeDigits = 4;

/**
 * All parts of the page, each made once.
 * @param {Tables} tables
 */
export function openLab(tables) {
  const store = new Store(tables, new AddressBar());
  const playhead = new Playhead();
  const selection = new Selection();
  const link = new Link(socketAddress());
  const stages = stagesOf(store, () => questions.ground());
  const questions = new Questions(store, link, () => stages.window());
  return { store, playhead, selection, link, stages, questions, ...panels(store, playhead, selection) };
}

function socketAddress() {
  return location.origin.replace("http", "ws") + "/ws";
}

/**
 * @param {Store} store
 * @param {Playhead} playhead
 * @param {Selection} selection
 */
function panels(store, playhead, selection) {
  const titles = { updates: say("updates"), epochs: say("epochs"), loss: say("loss") };
  return {
    chart: new LossChart(byId("losschart"), { titles }),
    timebar: new TimeBar(playhead, selection),
    caption: new Caption(byId("caption")),
    cards: new RunCards(byId("runs"), byId("add-run"), store, selection),
    gallery: new Gallery(byId("gallery"), byId("surface-words"), store),
    sharedKnobs: new Controls(byId("shared-knobs"), store, () => shared),
    sceneKnobs: new Controls(byId("scene-knobs"), store, () => otherKnobs(store, shared)),
    table: new PathTable(byId("table"), byId("table-place")),
    notices: new Notices(byId("notices"), store),
    announcer: new Announcer(byId("spoken")),
  };
}

/**
 * @param {Store} store
 * @param {() => void} onWindow
 */
function stagesOf(store, onWindow) {
  const places = { frame: byId("stages"), flat: byId("stage-2d"), space: byId("stage-3d") };
  return new Stages(places, store, {
    onWindow,
    onStart: ({ point, done }) => store.change(setKnob("start", placed(store, point)), { done }),
  });
}

/**
 * Where a hand put the start, in round numbers; a coordinate the hand left alone keeps all its digits.
 * @param {Store} store
 * @param {number[]} point
 */
function placed(store, point) {
  const before = sceneValue(store.tables, store.scene, "start");
  return point.map((value, axis) => (value === before[axis] ? value : rounded(value, placeDigits)));
}
