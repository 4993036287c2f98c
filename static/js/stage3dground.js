import { emptyArrows } from "./arrows3d.js";
import { plotlyDashes, plotlyScale, runColour, runColours } from "./colours.js";
import { isTouched } from "./hand.js";
import { plainLayout } from "./plotly.js";
import { tickLabel } from "./ticklabel.js";

/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./stageart.js").Mark} Mark */
/** @typedef {import("./stage3dpaths.js").Line3D} Line3D */
/** @typedef {{ground: Ground, marks: Mark[], names: string[], palette: Palette, lossLabel: string, isOfWays?: boolean}} SceneFigure */

/** Traces in the scene: the surface, then three per run, then the balls, the arrows of an update, the marks and the valleys. */
export const perRun = 3;
export const balls = 1 + perRun * runColours.length;
export const arrows = balls + 1;

/** Labels of losses lower than this tone would stand in those of the other axes. */
const lowestTick = 0.08;

/**
 * Every trace the scene will ever have: later the lines and balls only move.
 * @param {SceneFigure} figure
 * @param {Line3D} nothing
 */
export function sceneTraces(figure, nothing) {
  const { stroke } = figure.palette;
  const runs = runColours.flatMap((_, index) => runTraces(index, nothing, stroke, figure.isOfWays ? "solid" : plotlyDashes[index]));
  return [surface(figure.ground), ...runs, ballTrace(nothing, stroke), ...emptyArrows(nothing, stroke), markTrace(figure), valleyTrace(figure, nothing)];
}

/**
 * A line without length: a trace needs a point to exist.
 * @param {Ground} ground
 * @returns {Line3D}
 */
export function nowhere(ground) {
  const twice = (/** @type {number} */ value) => Float32Array.of(value, value);
  return { x: twice(ground.x[0]), y: twice(ground.y[0]), z: twice(0) };
}

/**
 * The traces of one run: the whole path, thin; a halo and the coloured line up to the playhead.
 * @param {number} index
 * @param {Line3D} nothing
 * @param {number} stroke
 * @param {string} dashes
 */
function runTraces(index, nothing, stroke, dashes) {
  const line = (/** @type {string} */ color, /** @type {number} */ width, dash = "solid") => ({
    ...nothing, type: "scatter3d", mode: "lines", hoverinfo: "skip", line: { color, width: width * stroke, dash }, connectgaps: false,
  });
  return [line("#e1e1e1", 1.5), line("#ffffff", 8), line(runColour(index), 6, dashes)];
}

/**
 * @param {Line3D} nothing
 * @param {number} stroke
 */
function ballTrace(nothing, stroke) {
  const marker = { size: 9 * Math.sqrt(stroke), color: runColours, opacity: 1, line: { color: "#fff", width: 2 } };
  return { ...nothing, type: "scatter3d", mode: "markers", hoverinfo: "skip", marker };
}

/** Plotly has no triangles in space: each kind another shape all the same. */
const symbols = /** @type {Record<string, string>} */ ({ minimum: "circle", saddle: "diamond", maximum: "square", flat: "cross", start: "square-open", end: "circle-open", lowest: "x" });

/** @param {SceneFigure} figure */
function markTrace(figure) {
  const marks = visibleMarks(figure);
  const column = (/** @type {"x"|"y"|"z"} */ name) => marks.map((mark) => mark[name]);
  const size = marks.map(({ isChosen }) => (isChosen ? 7 : 4) * Math.sqrt(figure.palette.stroke));
  return {
    type: "scatter3d", mode: "markers", hoverinfo: "skip", x: column("x"), y: column("y"), z: column("z"),
    marker: { size, color: "#fff", symbol: marks.map(({ kind }) => symbols[kind]), opacity: 1, line: { color: "#0a0e16", width: 1 } },
  };
}

/** A little above the surface. */
const lift = 0.03;

/** @param {SceneFigure} figure */
function visibleMarks({ marks, ground }) {
  const inside = marks.filter(({ at }) => Number.isFinite(ground.at(...at)));
  return inside.map(({ at: [x, y], ...mark }) => ({ ...mark, x, y, z: ground.toning.of(ground.at(x, y)) + lift }));
}

/**
 * Lines of minima, dotted, broken between one valley and the next.
 * @param {SceneFigure} figure
 * @param {Line3D} nothing
 */
function valleyTrace({ marks, ground, palette }, nothing) {
  const points = marks.flatMap(({ curve }) => (curve ? [...curve, [NaN, NaN]] : []));
  const column = (/** @type {0|1} */ k) => points.map((point) => point[k]);
  const line = points.length ? { x: column(0), y: column(1), z: points.map(([x, y]) => ground.toning.of(ground.at(x, y)) + lift) } : nothing;
  return {
    ...line, type: "scatter3d", mode: "lines", hoverinfo: "skip", connectgaps: false,
    line: { color: "#ffffff", width: 4 * palette.stroke, dash: "dot" },
  };
}

/** @param {SceneFigure} figure */
function annotations(figure) {
  const { font: size, family } = figure.palette;
  const labelled = visibleMarks(figure).filter(({ label }) => label);
  const labels = labelled.map(({ x, y, z, label, isChosen }) => ({
    x, y, z, text: label, font: { color: "#fff", size, family }, showarrow: false,
    yshift: -2.1 * size, bgcolor: "rgba(10,14,22,0.72)", borderpad: 2, bordercolor: "#fff", borderwidth: isChosen ? 2 : 0,
  }));
  return [...labels, ...signs(figure)];
}

/** Signs that the scene has no markers for; over the surface, so that none sinks into it: in white, and on that in their colour. @param {SceneFigure} figure */
function signs(figure) {
  const { family, stroke } = figure.palette;
  return visibleMarks(figure).flatMap(({ x, y, z, sign }) => (sign ? [{ color: "#fff", size: 23 }, { color: sign.colour, size: 16 }].map(({ color, size }) => ({
    x, y, z, text: sign.text, font: { color, size: size * Math.sqrt(stroke), family }, showarrow: false, borderpad: 0,
  })) : []));
}

/** How much wider than deep the ground is drawn. @param {Ground} ground */
export function wideOf({ x, y }) {
  return Math.sqrt((x[1] - x[0]) / (y[1] - y[0]));
}

/** @param {Ground} ground */
function surface(ground) {
  const { start, end, size } = ground.levels();
  return {
    type: "surface", x: ground.columns(), y: ground.rows(), z: ground.heights(), cmin: 0, cmax: 1,
    colorscale: plotlyScale, showscale: false, hoverinfo: "skip",
    contours: { x: { highlight: false }, y: { highlight: false }, z: { show: true, start, end, size, color: "#8c98a4", width: 1, highlight: false } },
    lighting: { ambient: 0.72, diffuse: 0.55, specular: 0.04, roughness: 0.9, fresnel: 0.02 },
    lightposition: { x: -2000, y: -3000, z: 6000 },
  };
}

/**
 * @param {SceneFigure} figure
 * @param {{width: number, height: number}} size
 * @param {Camera} camera
 */
export function sceneLayout(figure, size, camera) {
  const dragmode = isTouched() ? false : "turntable";
  return {
    ...plainLayout(figure.palette, size),
    margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 },
    scene: { ...box(figure), annotations: annotations(figure), camera, hovermode: false, dragmode },
  };
}

/** @param {SceneFigure} figure */
function box({ ground, names, palette, lossLabel }) {
  const axis = (/** @type {string} */ title, /** @type {number[]} */ range, more = {}) => ({
    range, title: { text: title }, showspikes: false, showbackground: false,
    gridcolor: palette.line, linecolor: palette.line, zeroline: false, color: palette.muted, ...more,
  });
  const ticks = ground.ticks(5).filter(({ tone }) => tone > lowestTick);
  const losses = { tickvals: ticks.map(({ tone }) => tone), ticktext: ticks.map(({ loss }) => tickLabel(loss)) };
  const wide = wideOf(ground);
  return {
    xaxis: axis(names[0], ground.x, { nticks: 6 }), yaxis: axis(names[1], ground.y, { nticks: 6 }),
    zaxis: axis(lossLabel, [-0.02, 1.06], losses),
    aspectmode: "manual", aspectratio: { x: 1.35 * wide, y: 1.35 / wide, z: 0.62 },
  };
}
