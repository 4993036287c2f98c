/** Updates as the server tells them, made by hand: for tests that speak of one thing at a time. */

/**
 * @param {Record<string, any>} [more]
 * @returns {any}
 */
export function updateOf(more = {}) {
  const { lambda = 0.9, eta = 0.1, gradient = [1, 0], previous = [0, 0], before = [0, 0], rule = "momentum", ...rest } = more;
  const kept = rule === "momentum" || rule === "nesterov" ? lambda : 0;
  const reverse = gradient.map((part) => -eta * part);
  const movement = reverse.map((part, k) => kept * previous[k] + part);
  return {
    index: 5, epoch: 5, batch: [0], eta, probe: before, gradient, previous_movement: previous, reverse_gradient: reverse, movement, before,
    after: before.map((part, k) => part + movement[k]), values: { λ: kept, m: previous, g: gradient, η: eta }, ...rest,
  };
}

/**
 * Momentum walking over given gradients, as the engine does it.
 * @param {{lambda: number, etas: number[], gradients: [number, number][]}} walk
 */
export function walked({ lambda, etas, gradients }) {
  let movement = [0, 0];
  for (const [k, gradient] of gradients.entries()) movement = movement.map((part, c) => lambda * part - etas[k] * gradient[c]);
  return movement;
}

/** @param {{etas: number[], gradients: [number, number][], oldest?: number}} walk  the columns of the server's answer */
export function pastOf({ etas, gradients, oldest = 0 }) {
  const known = gradients.slice(oldest);
  return { oldest, eta: etas.slice(oldest), g1: known.map(([first]) => first), g2: known.map(([, second]) => second) };
}
