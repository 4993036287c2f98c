/** How much room the stage's parts take, and which window of the surface is then shown. */

/** @typedef {[number, number]} Pair */
/** @typedef {{l: number, r: number, t: number, b: number, pad: 0}} Margin */

/** Narrower stages have the colour bar below. */
const narrow = 520;

/** @param {number} width */
export function isNarrow(width) {
  return width < narrow;
}

/** Beside the bar's numbers, or above the field: what has a corner of the stage for itself. @typedef {{width: number, height: number}} Corner */
const none = { width: 0, height: 0 };

/** A lying bar needs this much, in letters; with a corner taken it may lie beside it, above the field. */
const shortest = 5;

/**
 * @param {number} width
 * @param {number} font
 * @param {Corner} corner
 */
function liesAbove(width, font, corner) {
  return corner.width > 0 && width - corner.width >= (3 + 0.7 * 2 + shortest) * font;
}

/**
 * @param {number} width
 * @param {number} font
 * @param {Corner} [corner] taken at the upper right
 * @returns {Margin}
 */
export function marginOf(width, font, corner = none) {
  const lying = isNarrow(width);
  const above = liesAbove(width, font, corner);
  return {
    l: Math.round(font * (lying ? 3 : 3.8)),
    r: Math.round(lying ? font * 0.7 : Math.max(font * 5.4, corner.width + font * 0.7)),
    t: Math.round(font * 0.7) + (lying ? Math.round(corner.height) : 0),
    b: Math.round(font * (lying && !above ? 5.7 : 3.1)),
    pad: 0,
  };
}

/**
 * @param {{width: number, height: number}} size
 * @param {Margin} margin
 * @param {number} font
 * @param {Corner} [corner]
 */
export function barBox({ width, height }, margin, font, corner = none) {
  const bar = Math.round(font);
  if (!isNarrow(width)) {
    const top = Math.max(margin.t, Math.round(corner.height + font * 0.7));
    return { left: width - margin.r + Math.round(font * 0.7), top, width: bar, height: height - top - margin.b };
  }
  const lying = { left: margin.l, width: width - margin.l - margin.r, height: Math.round(font * 0.65) };
  if (!liesAbove(width, font, corner)) return { ...lying, top: height - Math.round(font * 2.1) };
  return { ...lying, top: Math.round(font), width: Math.round(lying.width - corner.width - font * 0.7) };
}

/**
 * The domain extended to the shape of the field, so that one unit is as long on both axes and gradients stand at right angles to contours.
 * @param {[Pair, Pair]} domain
 * @param {number} width
 * @param {number} height
 * @returns {{x: Pair, y: Pair}}
 */
export function windowOf([x, y], width, height) {
  const unit = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height);
  return { x: widened(x, unit * width), y: widened(y, unit * height) };
}

/**
 * @param {Pair} range
 * @param {number} length
 * @returns {Pair}
 */
function widened([low, high], length) {
  const middle = (low + high) / 2;
  return [middle - length / 2, middle + length / 2];
}
