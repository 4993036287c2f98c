/** The signs on the stage: critical points, the start, the balls, the point where a run left, the arrow to where it is now. */

/** @typedef {import("./trail.js").Box} Box */
/** @typedef {{x: number, y: number, colours: string[]}} Ball */

const dark = "rgba(10,14,22,0.92)";

/** Each kind of critical point has its own shape, around (0, 0) with about radius 1. */
export const shapes = /** @type {Record<string, [number, number][]>} */ ({
  minimum: [[-1, -0.8], [1, -0.8], [0, 0.95]],
  maximum: [[-1, 0.8], [1, 0.8], [0, -0.95]],
  saddle: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  flat: [[-1.1, -0.4], [1.1, -0.4], [1.1, 0.4], [-1.1, 0.4]],
});

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function drawCritical(context, kind, x, y, size) {
  const corners = shapes[kind] ?? shapes.flat;
  const shape = new Path2D();
  for (const [across, down] of corners) shape.lineTo(x + across * size, y + down * size);
  shape.closePath();
  edged(context, shape, "#fff", size * 0.55);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} shape
 * @param {string} fill
 * @param {number} edge
 */
function edged(context, shape, fill, edge) {
  context.lineJoin = "round";
  context.lineWidth = edge;
  context.strokeStyle = dark;
  context.stroke(shape);
  context.fillStyle = fill;
  context.fill(shape);
}

/**
 * A ring with a cross of hairs: here every run starts.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function drawStart(context, x, y, size) {
  const sign = ring(x, y, size);
  for (const [across, down] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    sign.moveTo(x + across * size * 0.7, y + down * size * 0.7);
    sign.lineTo(x + across * size * 1.6, y + down * size * 1.6);
  }
  doubled(context, sign, "#fff", size * 0.36);
}

/**
 * A cross at the last point inside the window of a run that diverged.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {string} colour
 */
export function drawCross(context, x, y, size, colour) {
  const cross = new Path2D();
  for (const side of [1, -1]) {
    cross.moveTo(x - size, y - side * size);
    cross.lineTo(x + size, y + side * size);
  }
  doubled(context, cross, "#fff", size * 0.7);
  context.lineWidth = size * 0.38;
  context.strokeStyle = colour;
  context.stroke(cross);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Path2D} line
 * @param {string} colour
 * @param {number} width
 */
export function doubled(context, line, colour, width) {
  context.lineCap = "round";
  context.strokeStyle = dark;
  context.lineWidth = width * 2;
  context.stroke(line);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(line);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function ring(x, y, radius) {
  const circle = new Path2D();
  circle.arc(x, y, radius, 0, 2 * Math.PI);
  return circle;
}

/**
 * A ball; runs that stand on the same spot share it, each with its own slice.
 * @param {CanvasRenderingContext2D} context
 * @param {Ball} ball
 * @param {number} radius
 */
export function drawBall(context, { x, y, colours }, radius) {
  edged(context, ring(x, y, radius + radius * 0.3), "#fff", radius * 0.3);
  const slice = (2 * Math.PI) / colours.length;
  colours.forEach((colour, k) => {
    context.beginPath();
    if (colours.length > 1) context.moveTo(x, y);
    context.arc(x, y, radius, k * slice - Math.PI / 2, (k + 1) * slice - Math.PI / 2);
    context.fillStyle = colour;
    context.fill();
  });
}

/**
 * Balls nearer than `distance` to each other become one.
 * @param {{x: number, y: number, colour: string}[]} spots
 * @param {number} distance
 */
export function ballsOf(spots, distance) {
  /** @type {Ball[]} */
  const balls = [];
  for (const { x, y, colour } of spots) {
    const near = balls.find((ball) => Math.hypot(ball.x - x, ball.y - y) < distance);
    if (near) near.colours.push(colour);
    else balls.push({ x, y, colours: [colour] });
  }
  return balls;
}

/**
 * Where the straight way from a point inside a box to a point outside leaves the box, and which way it goes.
 * @param {Box} box
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 */
export function exitOf({ left, top, width, height }, from, to) {
  const [right, down] = [to.x - from.x, to.y - from.y];
  const across = right > 0 ? (left + width - from.x) / right : right < 0 ? (left - from.x) / right : Infinity;
  const along = down > 0 ? (top + height - from.y) / down : down < 0 ? (top - from.y) / down : Infinity;
  const part = Math.max(0, Math.min(across, along, 1));
  return { x: from.x + part * right, y: from.y + part * down, angle: Math.atan2(down, right) };
}

/**
 * @param {Box} box
 * @param {number} inset
 * @returns {Box}
 */
export function shrunk({ left, top, width, height }, inset) {
  return { left: left + inset, top: top + inset, width: width - 2 * inset, height: height - 2 * inset };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, angle: number}} edge
 * @param {number} size
 * @param {string} colour
 */
export function drawArrow(context, { x, y, angle }, size, colour) {
  const arrow = new Path2D();
  for (const [along, aside] of [[1.1, 0], [-0.8, 0.85], [-0.35, 0], [-0.8, -0.85]]) {
    const right = along * Math.cos(angle) - aside * Math.sin(angle);
    const down = along * Math.sin(angle) + aside * Math.cos(angle);
    arrow.lineTo(x + right * size, y + down * size);
  }
  arrow.closePath();
  edged(context, arrow, "#fff", size * 0.9);
  context.lineWidth = size * 0.5;
  context.strokeStyle = "#fff";
  context.stroke(arrow);
  context.fillStyle = colour;
  context.fill(arrow);
}
