import { kindWords, placeWords } from "./criticalpoints.js";
import { figure } from "./numbers.js";
import { say } from "./words.js";

/**
 * What stands above the table, when there is something to say.
 * @param {number} count
 * @param {boolean} isBounded
 */
export function listWords(count, isBounded) {
  const endless = isBounded ? "" : say("This surface falls without end: beyond its critical points there is always something lower.");
  const none = count ? "" : say("No point with a zero gradient was found in this domain.");
  return [none, endless].filter(Boolean).join(" ");
}

/** For ears, when a point is chosen. @param {import("./criticalpoints.js").Named} point */
export function aloud(point) {
  return say("{name}, {kind} at {place}, loss {loss}", { name: point.name, kind: kindWords(point), place: placeWords(point.at), loss: figure(point.loss) });
}
