/** The movement read as a weighted sum of all past gradients (lecture M4): the weights by age, and the vectors they make. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {{eta: ArrayLike<number>, g1: ArrayLike<number>, g2: ArrayLike<number>, oldest: number}} Past  a row per update, from update `oldest` on */
/** @typedef {{lambda: number, beta1: number, beta2: number}} Kept  how much of the old each rule keeps */
/**
 * A past gradient: its weight in the movement or in the average m̂, the weight of its square, and the vector it adds.
 * @typedef {{age: number, index: number, weight: number|null, square: number|null, gradient: Pair, vector: Pair}} Share
 */
/**
 * `shares` stand alone, youngest first; `older` ones are counted together. `sum` is what all of them add up to, where they add up to something.
 * @typedef {{shares: Share[], older: {count: number, weight: number|null, vector: Pair}|null, sum: Pair|null, count: number}} Sum
 */

/** So many have a bar of their own, as long as it can be seen: a thousandth of the largest. */
export const mostBars = 120;
const visible = 1e-3;

/** @type {Record<string, (kept: Kept, eta: number, age: number, index: number) => number>} */
const weightsByAge = {
  gd: (_kept, eta, age) => (age === 0 ? eta : 0),
  momentum: ({ lambda }, eta, age) => lambda ** age * eta,
  nesterov: ({ lambda }, eta, age) => lambda ** age * eta,
  adam: ({ beta1 }, _eta, age, index) => average(beta1, age) / (1 - beta1 ** (index + 1)),
  adamw: ({ beta1 }, _eta, age, index) => average(beta1, age) / (1 - beta1 ** (index + 1)),
};

/** @type {Record<string, (kept: Kept, age: number, index: number) => number>} */
const squaresByAge = {
  adagrad: () => 1,
  rmsprop: ({ beta2 }, age) => average(beta2, age),
  adam: ({ beta2 }, age, index) => average(beta2, age) / (1 - beta2 ** (index + 1)),
  adamw: ({ beta2 }, age, index) => average(beta2, age) / (1 - beta2 ** (index + 1)),
};

/**
 * @param {number} beta
 * @param {number} age
 */
function average(beta, age) {
  return (1 - beta) * beta ** age;
}

/** Whether the sum ends at the movement itself, and not at an average. @param {string} rule */
export function endsAtMovement(rule) {
  return ["gd", "momentum", "nesterov"].includes(rule);
}

/** @param {string} rule */
export function weighsGradients(rule) {
  return rule in weightsByAge;
}

/** @param {string} rule */
export function weighsSquares(rule) {
  return rule in squaresByAge;
}

/**
 * The weight of every gradient that is known, youngest first.
 * @param {string} rule
 * @param {Kept} kept
 * @param {number} index  the update they make
 * @param {Past} past
 * @returns {number[]}
 */
function gradientWeights(rule, kept, index, past) {
  const weight = weightsByAge[rule];
  const count = weighsGradients(rule) ? knownOf(rule, index, past) : 0;
  return Array.from({ length: count }, (_, age) => weight(kept, past.eta[index - age - past.oldest], age, index));
}

/**
 * @param {string} rule
 * @param {Kept} kept
 * @param {number} index
 * @param {Past} past
 * @returns {number[]}
 */
function squareWeights(rule, kept, index, past) {
  const weight = squaresByAge[rule];
  const count = weighsSquares(rule) ? knownOf(rule, index, past) : 0;
  return Array.from({ length: count }, (_, age) => weight(kept, age, index));
}

/**
 * @param {string} rule
 * @param {number} index
 * @param {Past} past
 */
function knownOf(rule, index, past) {
  return rule === "gd" ? 1 : index - past.oldest + 1;
}

/**
 * How many weights can be seen in a bar of their own.
 * @param {number[]} weights
 */
export function barsOf(weights) {
  const least = visible * weights.reduce((most, weight) => Math.max(most, weight), 0);
  let count = Math.min(weights.length, mostBars);
  while (count > 1 && !(weights[count - 1] >= least)) count--;
  return count;
}

/**
 * @param {string} rule
 * @param {Kept} kept
 * @param {number} index
 * @param {Past} past
 * @param {Pair|null} sum  what they add up to, as the server says: the older ones are what is missing to it
 * @returns {Sum|null}  null for a rule that looks at no past
 */
export function weightedSum(rule, kept, index, past, sum) {
  const weights = gradientWeights(rule, kept, index, past);
  const squares = squareWeights(rule, kept, index, past);
  const bars = Math.max(barsOf(weights), barsOf(squares));
  if (!bars) return null;
  const sign = endsAtMovement(rule) ? -1 : 1;
  const shares = Array.from({ length: bars }, (_, age) => shareOf(age, index - age, weights[age] ?? null, squares[age] ?? null, past, sign));
  const count = isAlone(rule, kept) ? 1 : index + 1;
  return { shares, older: count > bars ? olderOf(count, weights, shares, sum) : null, sum, count };
}

/**
 * Without λ the past does not count.
 * @param {string} rule
 * @param {Kept} kept
 */
function isAlone(rule, { lambda }) {
  return rule === "gd" || (endsAtMovement(rule) && lambda === 0);
}

/**
 * @param {number} age
 * @param {number} index
 * @param {number|null} weight
 * @param {number|null} square
 * @param {Past} past
 * @param {1|-1} sign
 * @returns {Share}
 */
function shareOf(age, index, weight, square, { g1, g2, oldest }, sign) {
  const gradient = /** @type {Pair} */ ([g1[index - oldest], g2[index - oldest]]);
  const factor = sign * (weight ?? 0);
  return { age, index, weight, square, gradient, vector: [factor * gradient[0], factor * gradient[1]] };
}

/**
 * @param {number} count
 * @param {number[]} weights
 * @param {Share[]} shares
 * @param {Pair|null} sum
 */
function olderOf(count, weights, shares, sum) {
  const rest = (/** @type {0|1} */ k) => shares.reduce((left, { vector }) => left - vector[k], sum?.[k] ?? 0);
  const bars = shares.length;
  const weight = count === weights.length ? weights.slice(bars).reduce((all, one) => all + one, 0) : null;
  return { count: count - bars, weight, vector: /** @type {Pair} */ (sum ? [rest(0), rest(1)] : [0, 0]) };
}

/**
 * The corners of the walk that the vectors make head to tail: the oldest first, the youngest last.
 * @param {Sum} sum
 * @returns {Pair[]}
 */
export function headToTail({ shares, older }) {
  const vectors = [...(older ? [older.vector] : []), ...shares.map(({ vector }) => vector).reverse()];
  /** @type {Pair[]} */
  const corners = [[0, 0]];
  for (const [x, y] of vectors) corners.push([corners[corners.length - 1][0] + x, corners[corners.length - 1][1] + y]);
  return corners;
}
