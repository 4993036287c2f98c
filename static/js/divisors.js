/** What adaptive rules divide each coordinate by, in the numbers the engine used. */

/** @typedef {import("./anatomy.js").Pair} Pair */
/** @typedef {import("./anatomy.js").Update["values"]} Values */

/**
 * @param {Values} values
 * @param {string} name
 */
function number(values, name) {
  return Number(values[name] ?? NaN);
}

/**
 * @param {Values} values
 * @param {string} name
 * @returns {Pair}
 */
function pair(values, name) {
  const [first, second] = /** @type {(number|null)[]} */ (Array.isArray(values[name]) ? values[name] : []);
  return [first ?? NaN, second ?? NaN];
}

/**
 * √v + ε of each coordinate; nothing for rules that do not divide.
 * @param {string} rule
 * @param {Values} values
 * @returns {Pair|[]}
 */
export function divisorsOf(rule, values) {
  if (!["adagrad", "rmsprop", "adam", "adamw"].includes(rule)) return [];
  const [first, second] = pair(values, rule.startsWith("adam") ? "v̂" : "v'").map((square) => Math.sqrt(square) + number(values, "ε"));
  return [first, second];
}

/**
 * What is divided: the averaged gradient m̂ of Adam, the gradient itself of the others.
 * @param {string} rule
 * @param {Values} values
 * @returns {Pair}
 */
export function dividedGradient(rule, values) {
  return pair(values, rule.startsWith("adam") ? "m̂" : "g");
}
