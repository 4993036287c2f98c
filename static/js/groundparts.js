import { Ground } from "./ground.js";

/** @typedef {import("./types.js").Header} Header */

/** Puts the rows of one ground answer together. */
export class GroundCollector {
  constructor() {
    /** @type {Header|null} */
    this.first = null;
    this.loss = new Float32Array(0);
    this.missing = 0;
  }

  /**
   * @param {Header} header
   * @param {Float32Array} values
   * @returns {{ground: Ground, header: Header}|null}
   */
  take(header, values) {
    if (header.part === 0) this.begin(header);
    if (!this.first || this.first.id !== header.id) return null;
    this.loss.set(values, (header.row ?? 0) * shapeOf(header)[1]);
    this.missing -= 1;
    return this.missing > 0 ? null : { ground: groundOf(this.first, this.loss), header: this.first };
  }

  /** @param {Header} header */
  begin(header) {
    const [ny, nx] = shapeOf(header);
    this.first = header;
    this.loss = new Float32Array(ny * nx);
    this.missing = header.parts;
  }
}

/** @param {Header} header */
function shapeOf(header) {
  return header.shape ?? [0, 0];
}

/**
 * @param {Header} header
 * @param {Float32Array} loss
 */
function groundOf(header, loss) {
  const { x = [0, 1], y = [0, 1] } = header;
  return new Ground({ x, y, shape: shapeOf(header), loss });
}
