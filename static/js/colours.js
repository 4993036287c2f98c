/** One colour and one dash per run index everywhere, the colours of the loss, and the page's own colours as the theme sets them. */

export const runColours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5D3A9B", "#994F00"];

/** Canvas line dashes in line widths of 1; they grow with the theme's strokes. */
export const dashes = [[], [9, 5], [2.5, 3.5], [9, 4, 2.5, 4], [16, 5], [16, 4, 2.5, 4], [5, 3], [2.5, 3.5, 2.5, 8]];

/** The nearest dashes that Plotly's 3D lines know. */
export const plotlyDashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "dash", "dot"];

/** Low is dark: evenly growing lightness from night blue to yellow, so that it also reads in grey and for colour-blind eyes. */
const lossStops = [
  "#04204f", "#12346a", "#30496f", "#4b5d70", "#656f71", "#7f8373", "#989770", "#b1ab68", "#cabf5e", "#e3d353", "#fce74a",
].map(channels);

/** @typedef {{paper: string, sheet: string, ink: string, muted: string, line: string, accent: string, family: string, stroke: number, font: number}} Palette */

/** @param {number} index */
export function runColour(index) {
  return runColours[index % runColours.length];
}

/** @param {number} index */
export function runDash(index) {
  return dashes[index % dashes.length];
}

/**
 * @param {string} hex
 * @returns {[number, number, number]}
 */
function channels(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * Red, green and blue (0 to 255) of a tone between 0 (lowest loss) and 1 (highest).
 * @param {number} tone
 * @returns {[number, number, number]}
 */
export function lossChannels(tone) {
  const place = Math.min(Math.max(tone, 0), 1) * (lossStops.length - 1);
  const below = Math.min(Math.floor(place), lossStops.length - 2);
  const part = place - below;
  const mixed = (/** @type {number} */ k) => Math.round(lossStops[below][k] * (1 - part) + lossStops[below + 1][k] * part);
  return [mixed(0), mixed(1), mixed(2)];
}

/** @param {number} tone */
export function lossColour(tone) {
  return `rgb(${lossChannels(tone).join(",")})`;
}

/** So far on its way to white goes a colour that has a share to tell. */
const palest = 0.75;

/**
 * @param {string} hex
 * @param {number} share
 * @returns {[number, number, number]}
 */
export function pale(hex, share) {
  const [red, green, blue] = channels(hex).map((part) => Math.round(part + (255 - part) * palest * share));
  return [red, green, blue];
}

/** The same colours as Plotly wants them. */
export const plotlyScale = lossStops.map((_, k) => [k / (lossStops.length - 1), lossColour(k / (lossStops.length - 1))]);

/**
 * The theme's colours and sizes, read from the custom properties of tokens.css.
 * @param {Element} element
 * @returns {Palette}
 */
export function paletteOf(element) {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name, /** @type {string} */ otherwise) => style.getPropertyValue(name).trim() || otherwise;
  return {
    paper: token("--paper", "#FBFAF7"),
    sheet: token("--sheet", "#FFFFFF"),
    ink: token("--ink", "#1B1F24"),
    muted: token("--muted", "#5F6770"),
    line: token("--line", "#DDD8CC"),
    accent: token("--accent", "#0072B2"),
    family: style.fontFamily || "system-ui, sans-serif",
    stroke: parseFloat(token("--stroke-scale", "1")),
    font: parseFloat(token("--chart-font", "0.75rem")) * parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
}
