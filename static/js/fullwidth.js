/** What a Chinese keyboard writes in its full-width mode is what it stands for, sign for sign: places in the text stay where they are. */

const full = "０１２３４５６７８９ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ＋－＊／＾（）．，；\u3000";

/** A full-width sign stands this far behind its own; only the space does not. */
const behind = 0xfee0;
const narrow = new Map(Array.from(full, (sign) => [sign, sign === "\u3000" ? " " : String.fromCharCode(sign.charCodeAt(0) - behind)]));

/**
 * Only these signs: letters that merely look alike stay what they are.
 * @param {string} text
 */
export function halfWidth(text) {
  return Array.from(text, (sign) => narrow.get(sign) ?? sign).join("");
}

/**
 * The same for numbers in a list or a row, which also know a comma of lists and a real minus.
 * @param {string} text
 */
export function halfWidthNumbers(text) {
  return halfWidth(text).replaceAll("、", ",").replaceAll("−", "-");
}

/**
 * What was typed as a list, as an address writes one.
 * @param {string} text
 */
export function listText(text) {
  return halfWidthNumbers(text).trim().split(/\s*[,;]\s*|\s+/).join(",");
}
