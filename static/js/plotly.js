/** Plotly, loaded once from our own origin, and the few ways in which the page uses it: it draws ground and axes, never what moves. */

/** The bundle brings a style sheet for maps unless an element with this id is there; the content policy has no place for it. */
const mapStyles = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

export const quiet = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  showTips: false,
  doubleClick: false,
  scrollZoom: false,
};

/** Nothing listens in a still figure, so that a finger on it scrolls the page. */
export const still = { ...quiet, staticPlot: true };

/** @type {Promise<any>|null} */
let loading = null;

/** @returns {Promise<any>} */
export function plotly() {
  loading ??= load("/plotly.js");
  return loading;
}

/** @param {string} address */
async function load(address) {
  holdPlaceOfMapStyles();
  await script(address);
  return /** @type {any} */ (window).Plotly;
}

function holdPlaceOfMapStyles() {
  const place = document.createElement("meta");
  place.id = mapStyles;
  document.head.append(place);
}

/** @param {string} address */
function script(address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = () => reject(new Error(address + " did not load"));
    document.head.append(element);
  });
}

/**
 * Where the axes lie inside their element, in CSS pixels, and how numbers go to pixels and back. On a logarithmic axis the numbers are powers of ten.
 * @typedef {{left: number, top: number, width: number, height: number,
 *   gapY: number, x: (value: number) => number, y: (value: number) => number, valueX: (pixel: number) => number, valueY: (pixel: number) => number}} Axes
 */

/**
 * @param {any} graph
 * @returns {Axes|null}
 */
export function axesOf(graph) {
  const { xaxis, yaxis } = graph._fullLayout ?? {};
  if (!xaxis?._length || !yaxis?._length) return null;
  const x = straight(xaxis);
  const y = straight(yaxis);
  return {
    left: xaxis._offset, width: xaxis._length, top: yaxis._offset, height: yaxis._length, gapY: y.pixel(middleGap(yaxis)),
    x: x.pixel, y: y.pixel, valueX: x.value, valueY: y.value,
  };
}

/**
 * Near the middle of an axis, halfway between two of its ticks: there a name covers no number.
 * @param {any} axis
 */
function middleGap({ range, tick0, dtick }) {
  const middle = (Number(range[0]) + Number(range[1])) / 2;
  return dtick > 0 ? tick0 + dtick * (Math.floor((middle - tick0) / dtick) + 0.5) : middle;
}

/**
 * Plotly's l2p is a straight line: two points of it are enough, and thousands of points then cost no calls into Plotly.
 * @param {any} axis
 */
function straight(axis) {
  const [low, high] = axis.range.map(Number);
  const origin = axis._offset + axis.l2p(low);
  const slope = (axis.l2p(high) - axis.l2p(low)) / (high - low);
  return {
    pixel: (/** @type {number} */ value) => origin + slope * (value - low),
    value: (/** @type {number} */ pixel) => low + (pixel - origin) / slope,
  };
}

/** One Plotly figure. While it draws, only the newest wish waits. */
export class Figure {
  /** @type {{traces: object[], layout: object}|null} */
  #wish = null;
  /** @type {Promise<void>|null} */
  #drawing = null;

  /**
   * @param {HTMLElement} element
   * @param {object} [config]
   */
  constructor(element, config = still) {
    this.element = element;
    this.config = config;
  }

  /**
   * @param {object[]} traces
   * @param {object} layout
   */
  show(traces, layout) {
    this.#wish = { traces, layout };
    this.#drawing ??= this.#draw().finally(() => (this.#drawing = null));
    return this.#drawing;
  }

  async #draw() {
    const library = await plotly();
    while (this.#wish) {
      const { traces, layout } = this.#wish;
      this.#wish = null;
      await library.react(this.element, traces, layout, this.config);
    }
  }

  axes() {
    return axesOf(this.element);
  }
}

/**
 * What every flat figure of the page shares.
 * @param {import("./colours.js").Palette} palette
 * @param {{width: number, height: number}} size
 */
export function plainLayout(palette, { width, height }) {
  return {
    width,
    height,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: palette.family, size: palette.font, color: palette.muted },
    showlegend: false,
    dragmode: false,
    hovermode: false,
  };
}

/**
 * @param {import("./colours.js").Palette} palette
 * @param {[number, number]} range
 * @param {string} title
 */
export function plainAxis(palette, range, title) {
  return {
    range,
    title: { text: title, standoff: 4, font: { size: palette.font } },
    automargin: false,
    fixedrange: true,
    zeroline: false,
    showgrid: false,
    ticks: "outside",
    ticklen: 4,
    tickcolor: palette.line,
    linecolor: palette.line,
  };
}
