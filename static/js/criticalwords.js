import { kindWords, placeWords } from "./criticalpoints.js";
import { count, figure } from "./numbers.js";
import { paragraph, say } from "./words.js";

/**
 * What stands above the table, when there is something to say.
 * @param {number} listed
 * @param {number} found
 * @param {boolean} isBounded
 */
export function listWords(listed, found, isBounded) {
  const endless = isBounded ? "" : say("This surface falls without end: beyond its critical points there is always something lower.");
  const none = found ? "" : say("No point with a zero gradient was found in this domain.");
  const more = found > listed ? say("{found} points with a zero gradient were found; the first {listed} of them are marked.", { found: count(found), listed: count(listed) }) : "";
  return paragraph([none, more, endless]);
}

/** For ears, when a point is chosen. @param {import("./criticalpoints.js").Named} point */
export function aloud(point) {
  return say("{name}, {kind} at {place}, loss {loss}", { name: point.name, kind: kindWords(point), place: placeWords(point.at), loss: figure(point.loss) });
}
