/** @typedef {import("./types.js").Header} Header */

/**
 * One binary answer: a JSON header and the numbers behind it.
 * @param {ArrayBuffer} buffer
 * @returns {{header: Header, values: Float32Array}}
 */
export function decoded(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { header, values: float32(buffer, 4 + length) };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} from
 */
function float32(buffer, from) {
  return new Float32Array(buffer, from, Math.floor((buffer.byteLength - from) / 4));
}
