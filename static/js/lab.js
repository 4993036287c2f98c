import { AddressBar } from "./addressbar.js";
import { Anatomies } from "./anatomies.js";
import { Announcer } from "./announcer.js";
import { AverageMarks } from "./averagemarks.js";
import { BatchPanel } from "./batchpanel.js";
import { batchSizes } from "./batchsizes.js";
import { Caption } from "./caption.js";
import { Controls, otherKnobs } from "./controls.js";
import { CostControls } from "./costcontrols.js";
import { Critical } from "./critical.js";
import { Curvature } from "./curvature.js";
import { EdgeMarks } from "./edgemarks.js";
import { Edges } from "./edges.js";
import { setKnob } from "./edits.js";
import { byId } from "./element.js";
import { Flatness } from "./flatness.js";
import { Gallery } from "./gallery.js";
import { ballAt } from "./hessianball.js";
import { Inspector } from "./inspector.js";
import { Link, socketAddress } from "./link.js";
import { LossChart } from "./losschart.js";
import { Maps } from "./maps.js";
import { Notices } from "./notices.js";
import { rounded } from "./numbers.js";
import { Own } from "./own.js";
import { Overs } from "./overs.js";
import { sceneValue } from "./rows.js";
import { PathTable } from "./pathtable.js";
import { Playhead } from "./playhead.js";
import { ProfileView } from "./profileview.js";
import { Questions } from "./questions.js";
import { RunCards } from "./runcards.js";
import { Store } from "./scene.js";
import { scrollable } from "./scrolled.js";
import { Seeds } from "./seeds.js";
import { SeedsCloud } from "./seedscloud.js";
import { Selection } from "./selection.js";
import { Stages } from "./stages.js";
import { TestGhost } from "./testghost.js";
import { TimeBar } from "./timebar.js";
import { Watch } from "./watch.js";
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
  const stages = stagesOf(store, () => questions.ground(), ({ point, done }) => profile.choice.place(placed(store, point), done));
  const questions = new Questions(store, link, () => stages.window());
  const anatomies = new Anatomies(store, link, playhead);
  const inspector = new Inspector({ store, selection, playhead, anatomies, redraw: () => stages.tell("redraw") });
  const batchPanel = new BatchPanel({ store, link, playhead, selection, anatomies, stages });
  const cloud = new SeedsCloud(() => stages.tell("redraw"));
  const averages = new AverageMarks({ store, playhead });
  const testGhost = new TestGhost(store, () => stages.tell("redraw"));
  stages.tell("setOver", new Overs(inspector.arrows, [testGhost, cloud, averages, ...batchPanel.layers]));
  const parts = { store, playhead, selection, link, stages, cloud, averages, testGhost, questions, anatomies, inspector, batchPanel, watch: new Watch({ store, selection }), ...panels(store, playhead, selection) };
  const profile = new ProfileView(parts);
  const seeds = new Seeds(byId("seeds"), parts);
  const flatness = new Flatness(byId("flatness"), { store, link, choice: profile.choice });
  const own = new Own(/** @type {HTMLDetailsElement} */ (byId("own")), store, link);
  const edges = new Edges(parts);
  const maps = new Maps(byId("map"), { ...parts, edges });
  const edgeMarks = new EdgeMarks({ ...parts, edges });
  const curvature = new Curvature(byId("curvature"), { ...parts, edges });
  return { ...parts, profile, seeds, flatness, maps, own, curvature, edges, edgeMarks, critical: criticalOf(parts, profile, [profile, seeds, flatness, maps, edges]) };
}

/**
 * @param {ConstructorParameters<typeof Critical>[1] & Parameters<typeof ballAt>[0]} parts
 * @param {ProfileView} profile
 * @param {{setPoints: ProfileView["setPoints"]}[]} others  who want to know where the critical points are
 */
function criticalOf(parts, profile, others) {
  return new Critical(byId("critical"), parts, {
    ball: () => ballAt(parts),
    cut: (way, point) => profile.choice.along(way, point),
    cutThrough: (point) => profile.choice.through(point),
    found: (points) => others.forEach((part) => part.setPoints(points)),
  });
}

/**
 * @param {Store} store
 * @param {Playhead} playhead
 * @param {Selection} selection
 */
function panels(store, playhead, selection) {
  const titles = { updates: say("updates"), epochs: say("epochs"), loss: say("loss") };
  return {
    chart: new LossChart(byId("losschart"), { titles, batches: (paths) => batchSizes(paths, store.tables) }),
    timebar: new TimeBar(playhead, selection),
    caption: new Caption(byId("caption")),
    cards: new RunCards(byId("runs"), byId("add-run"), store, selection),
    gallery: new Gallery(byId("gallery"), byId("surface-words"), store),
    sharedKnobs: new Controls(byId("shared-knobs"), store, () => shared),
    sceneKnobs: new Controls(byId("scene-knobs"), store, () => otherKnobs(store, shared)),
    costs: new CostControls(store, () => store.dispatchEvent(new Event("measured"))),
    table: new PathTable(byId("table"), scrollable(byId("table-place"))),
    notices: new Notices(byId("notices"), store),
    announcer: new Announcer(byId("spoken")),
  };
}

/**
 * @param {Store} store
 * @param {() => void} onWindow
 * @param {(placing: {point: import("./types.js").Pair, done: boolean}) => void} onAlong
 */
function stagesOf(store, onWindow, onAlong) {
  const places = { frame: byId("stages"), corner: byId("views"), flat: byId("stage-2d"), space: byId("stage-3d"), line: byId("stage-1d"), profile: byId("profile-figure") };
  return new Stages(places, store, {
    onWindow,
    onAlong,
    onStart: ({ point, done }) => store.change(setKnob("start", placed(store, point)), { done }),
  });
}

/**
 * Where a hand put the start, in round numbers; a coordinate the hand left alone keeps all its digits.
 * @param {Store} store
 * @param {number[]} point
 * @returns {import("./types.js").Pair}
 */
function placed(store, point) {
  const before = sceneValue(store.tables, store.scene, "start");
  const [x, y] = point.map((value, axis) => (value === before[axis] ? value : rounded(value, placeDigits)));
  return [x, y];
}
