/** @typedef {import("./types.js").Header} Header */
/** @typedef {import("./types.js").PathRun} PathRun */
/** @typedef {import("./types.js").Section} Section */

/** All paths of one scene. */
export class Paths {
  /**
   * @param {number} id
   * @param {string} scene
   * @param {PathRun[]} runs
   * @param {import("./types.js").Problem[]} problems  what the server could not read where the page could
   */
  constructor(id, scene, runs, problems = []) {
    this.id = id;
    this.scene = scene;
    this.runs = runs;
    this.problems = problems;
  }

  get longest() {
    return Math.max(0, ...this.runs.map((run) => run.updates));
  }

  /**
   * The row to show when the playhead stands at update `at`: a run that ended earlier stays where it ended.
   * @param {number} run
   * @param {number} at
   */
  rowAt(run, at) {
    const { update, loss } = this.runs[run];
    const last = loss.length - 1;
    const row = update ? lastNotAfter(update, at) : Math.floor(at);
    return Math.max(0, Math.min(row, last));
  }

  /**
   * @param {number} run
   * @param {number} row
   */
  updateAt(run, row) {
    const { update } = this.runs[run];
    return update ? update[row] : row;
  }
}

/**
 * @param {Float32Array} update
 * @param {number} at
 */
function lastNotAfter(update, at) {
  let low = 0;
  let high = update.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (update[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Puts the parts of one answer together. */
export class PathParts {
  /** @param {Header} header of part 0 */
  constructor(header) {
    this.header = header;
    this.columns = header.columns ?? ["theta1", "theta2", "loss"];
    this.missing = header.parts;
    /** @type {Float32Array[][][]} of each run, of each column, its stretches in order */
    this.stretches = [];
  }

  /**
   * @param {Header} header
   * @param {Float32Array} values
   * @returns {Paths|null} the paths once the last part is here
   */
  add(header, values) {
    let from = 0;
    for (const section of header.sections ?? []) from = this.take(section, values, from);
    this.missing -= 1;
    return this.missing > 0 ? null : new Paths(header.id, this.header.scene ?? "", this.joined(), this.header.problems);
  }

  /**
   * @param {Section} section
   * @param {Float32Array} values
   * @param {number} from
   */
  take({ of, rows }, values, from) {
    const run = (this.stretches[of] ??= this.columns.map(() => []));
    run.forEach((column, at) => column.push(values.subarray(from + at * rows, from + (at + 1) * rows)));
    return from + this.columns.length * rows;
  }

  /** @returns {PathRun[]} a window names no figures, and leaves out runs that ended before it */
  joined() {
    const figures = this.header.runs ?? this.stretches.map(() => ({}));
    return figures.map((one, of) => {
      const columns = this.columns.map((name, at) => [name, joinedColumn(this.stretches[of]?.[at] ?? [])]);
      return /** @type {PathRun} */ ({ ...one, update: null, ...Object.fromEntries(columns) });
    });
  }
}

/** @param {Float32Array[]} stretches */
function joinedColumn(stretches) {
  if (stretches.length === 1) return stretches[0];
  const column = new Float32Array(stretches.reduce((rows, stretch) => rows + stretch.length, 0));
  let row = 0;
  for (const stretch of stretches) {
    column.set(stretch, row);
    row += stretch.length;
  }
  return column;
}

/** Takes parts as they arrive; an answer that a newer one overtook is forgotten. */
export class PathCollector {
  constructor() {
    /** @type {PathParts|null} */
    this.current = null;
  }

  /**
   * @param {Header} header
   * @param {Float32Array} values
   */
  take(header, values) {
    if (header.part === 0) this.current = new PathParts(header);
    if (this.current?.header.id !== header.id) return null;
    return this.current.add(header, values);
  }
}
