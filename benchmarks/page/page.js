/* The yardstick of the slider row: no server, the paths and losses are Plotly traces. Of the keys that come while it draws, the newest counts. */

import { fourRuns, loss } from "./walk.js";

const updates = 500;
const cells = 80;
const [low, high] = [-5, 5];
const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"];
const config = { displayModeBar: false, responsive: false };
const slider = document.getElementById("eta");
const numbers = Float64Array.from({ length: updates + 1 }, (_, t) => t);
const [stage, chart] = ["stage", "chart"].map((id) => document.getElementById(id));
let wanted = false;
let drawing = false;

const rate = () => 0.001 * 4 ** (slider.valueAsNumber / 95);

function contour() {
  const side = Array.from({ length: cells }, (_, i) => low + ((high - low) * i) / (cells - 1));
  const z = side.map((y) => side.map((x) => Math.log10(1 + loss(x, y))));
  return { type: "contour", x: side, y: side, z, ncontours: 25, colorscale: "Cividis", reversescale: true, showscale: false };
}

function line(x, y, run) {
  return { type: "scatter", mode: "lines", x, y, line: { color: colours[run], width: 2 }, hoverinfo: "skip" };
}

const margin = { l: 50, r: 20, t: 10, b: 40 };
const plain = { margin, showlegend: false, dragmode: false, hovermode: false };

async function open() {
  const runs = fourRuns(rate(), updates);
  const paths = runs.map((run, i) => line(run.x, run.y, i));
  const losses = runs.map((run, i) => line(numbers, run.loss, i));
  const axes = { xaxis: { range: [low, high] }, yaxis: { range: [low, high] } };
  await Plotly.newPlot(stage, [contour(), ...paths], { ...plain, ...axes, width: 792, height: 452 }, config);
  await Plotly.newPlot(chart, losses, { ...plain, width: 762, height: 152 }, config);
}

function draw() {
  const runs = fourRuns(rate(), updates);
  const [x, y, losses] = ["x", "y", "loss"].map((name) => runs.map((run) => run[name]));
  return Promise.all([Plotly.restyle(stage, { x, y }, [1, 2, 3, 4]), Plotly.restyle(chart, { y: losses })]);
}

async function follow() {
  wanted = true;
  if (drawing) return;
  drawing = true;
  while (wanted) {
    wanted = false;
    const scene = slider.value;
    await draw();
    document.dispatchEvent(new CustomEvent("downhill:drawn", { detail: { scene } }));
    await new Promise(requestAnimationFrame);
  }
  drawing = false;
}

addEventListener("load", async () => {
  await open();
  slider.addEventListener("input", follow);
  document.dispatchEvent(new Event("downhill:ready"));
});
