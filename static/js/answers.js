import { GroundCollector } from "./groundparts.js";
import { PathCollector } from "./path.js";

/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./path.js").Paths} Paths */
/** @typedef {import("./link.js").Link} Link */
/** @typedef {import("./ground.js").Ground} Ground */
/** @typedef {{paths: (paths: Paths, header: Header) => void, near: (paths: Paths) => void,
 *   ground: (ground: Ground, header: Header) => void, ghost?: (ghost: Ground) => void, error: (header: Header) => void,
 *   single?: Record<string, (header: Header, values: Float32Array) => void>}} Listeners  `single`: answers of one frame, by want */

/**
 * Puts the parts of answers together and hands whole ones on.
 * @param {Link} link
 * @param {Listeners} listeners
 */
export function hearAnswers(link, listeners) {
  const takers = takersOf(listeners);
  link.addEventListener("answer", (event) => {
    const { header, values } = /** @type {CustomEvent} */ (event).detail;
    if (header.error) listeners.error(header);
    else takers[header.want]?.(header, values);
  });
}

/**
 * @param {Listeners} listeners
 * @returns {Record<string, (header: Header, values: Float32Array) => void>}
 */
function takersOf(listeners) {
  const collectors = { paths: new PathCollector(), window: new PathCollector(), ground: new GroundCollector(), ghost: new GroundCollector() };
  return {
    ...listeners.single,
    paths: (header, values) => {
      const paths = collectors.paths.take(header, values);
      if (paths) listeners.paths(paths, header);
    },
    window: (header, values) => {
      const near = collectors.window.take(header, values);
      if (near) listeners.near(near);
    },
    ground: (header, values) => {
      const whole = collectors.ground.take(header, values);
      if (whole) listeners.ground(whole.ground, whole.header);
    },
    ghost: (header, values) => {
      const whole = collectors.ghost.take(header, values);
      if (whole) listeners.ghost?.(whole.ground);
    },
  };
}
