/** How much room the stage's parts take, and which window of the surface is then shown. */

/** @typedef {[number, number]} Pair */
/** @typedef {{l: number, r: number, t: number, b: number, pad: 0}} Margin */

/** Narrower stages have the colour bar below. */
const narrow = 520;

/**
 * @param {number} width
 * @param {number} font
 * @returns {Margin}
 */
export function marginOf(width, font) {
  const lying = width < narrow;
  return {
    l: Math.round(font * (lying ? 3 : 3.8)),
    r: Math.round(lying ? font * 0.7 : font * 5.4),
    t: Math.round(font * 0.7),
    b: Math.round(font * (lying ? 5.7 : 3.1)),
    pad: 0,
  };
}

/**
 * @param {{width: number, height: number}} size
 * @param {Margin} margin
 * @param {number} font
 */
export function barBox({ width, height }, margin, font) {
  const bar = Math.round(font);
  if (width < narrow) {
    return { left: margin.l, top: height - Math.round(font * 2.1), width: width - margin.l - margin.r, height: Math.round(font * 0.65) };
  }
  return { left: width - margin.r + Math.round(font * 0.7), top: margin.t, width: bar, height: height - margin.t - margin.b };
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
