import { ticksOf } from "./lossaxes.js";
import { figure } from "./numbers.js";
import { plainAxis, plainLayout } from "./plotly.js";
import { marginFor, roundLabel } from "./ticklabel.js";
import { say } from "./words.js";

/** What Plotly draws of a profile: the curve, the ground below it, the axes. */

/** @typedef {[number, number]} Pair */
/** @typedef {import("./profile.js").Profile} Profile */
/** @typedef {import("./colours.js").Palette} Palette */
/** @typedef {{profile: Profile, range: Pair, names: string[], palette: Palette, size: {width: number, height: number}}} Ground  `names`: of both parameters */

/** A little ink: the ground under the curve, on paper of any colour. */
const share = "22";

/** @param {Ground} ground */
export function profileTraces({ profile: { distance, loss, cut }, range, palette }) {
  const x = distance.map((s) => cut.origin + s);
  const common = { type: "scatter", mode: "lines", hoverinfo: "skip", x };
  const line = { width: 2.5 * palette.stroke, color: palette.ink, simplify: false };
  const floor = { ...common, y: x.map(() => range[0]), line: { width: 0 } };
  return [floor, { ...common, y: loss, fill: "tonexty", fillcolor: palette.ink + share, line }];
}

/** @param {Ground} ground */
export function profileLayout({ profile: { cut }, range, names, palette, size }) {
  const { font } = palette;
  const tickvals = ticksOf(range, "linear", Math.max(2, Math.floor(size.height / (font * 3.4))));
  const ticktext = tickvals.map(roundLabel);
  return {
    ...plainLayout(palette, size),
    margin: { l: marginFor(ticktext, font), r: Math.round(font), t: Math.round(font * 0.8), b: Math.round(font * 3.1), pad: 0 },
    xaxis: { ...plainAxis(palette, [cut.origin, cut.origin + cut.length], acrossTitle(cut, names)), showline: true },
    yaxis: { ...plainAxis(palette, range, say("loss")), tickvals, ticktext },
  };
}

/**
 * @param {import("./cut.js").Cut} cut
 * @param {string[]} names
 */
function acrossTitle({ axis, from }, names) {
  if (axis < 0) return say("distance along the cut");
  const other = 1 - axis;
  return say("{name} (while {other} = {value})", { name: names[axis], other: names[other], value: figure(from[other]) });
}
