/** Where the eye stands around the surface. */

/** @typedef {{x: number, y: number, z: number}} Point3D */
/** @typedef {{eye: Point3D, center: Point3D, up: Point3D}} Camera */

const steepest = 1.52;
const lowest = 0.06;
const nearest = 0.7;
const farthest = 5;

/** A stage so much wider than high shows the whole surface from the first eye; a narrower one needs more distance. */
const roomy = 1.5;

/**
 * The names of the losses stand at the left: a narrow stage makes room for them.
 * @param {number} [shape]  the stage's width over its height
 * @returns {Camera}
 */
export function firstCamera(shape = roomy) {
  const away = Math.max(1, roomy / shape) ** 0.95;
  const center = { x: -0.14 * (away - 1), y: -0.04 * (away - 1), z: -0.2 };
  return { eye: { x: 0.48 * away, y: -1.7 * away, z: 1.16 * away }, center, up: { x: 0, y: 0, z: 1 } };
}

/**
 * Turned around the upright axis by `across` and raised by `upwards`, in radians.
 * @param {Camera} camera
 * @param {number} across
 * @param {number} upwards
 */
export function turned(camera, across, upwards) {
  const { x, y, z } = camera.eye;
  const radius = Math.hypot(x, y, z);
  const height = Math.max(lowest, Math.min(Math.asin(z / radius) + upwards, steepest));
  const around = Math.atan2(y, x) + across;
  const flat = radius * Math.cos(height);
  return { ...camera, eye: { x: flat * Math.cos(around), y: flat * Math.sin(around), z: radius * Math.sin(height) } };
}

/**
 * @param {Camera} camera
 * @param {number} factor  above 1 is nearer
 */
export function zoomed(camera, factor) {
  const { x, y, z } = camera.eye;
  const radius = Math.hypot(x, y, z);
  const scale = Math.max(nearest, Math.min(radius / factor, farthest)) / radius;
  return { ...camera, eye: { x: x * scale, y: y * scale, z: z * scale } };
}
