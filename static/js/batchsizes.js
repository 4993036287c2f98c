import { parse } from "./address.js";
import { runValue } from "./rows.js";

/**
 * How many examples each run of some paths averages for one gradient.
 * @param {{scene: string}} paths
 * @param {import("./types.js").Tables} tables
 * @returns {number[]}
 */
export function batchSizes(paths, tables) {
  const { scene } = parse(paths.scene, tables);
  return scene.runs.map((run) => runValue(tables, scene, run, "batch"));
}
