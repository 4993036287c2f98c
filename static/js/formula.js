const space = "http://www.w3.org/1998/Math/MathML";

/** Factors and brackets with more signs than this may be parted too. */
const long = 24;

/**
 * The same as pieces that may stand below each other: the equation up to the first + or − of its own, and then from sign to sign.
 * @param {string} text
 * @returns {Node[]}
 */
export function formulaPieces(text) {
  const whole = formula(text);
  const equation = whole instanceof Element ? whole.firstElementChild : null;
  if (!equation || equation.children.length !== 3) return [whole];
  const [left, equals, right] = equation.children;
  return parted(right).map((parts, k) => {
    const piece = document.createElementNS(space, "math");
    piece.append(...(k ? parts : [left, equals, ...parts]));
    return piece;
  });
}

/**
 * @param {Element} part
 * @returns {Element[][]}
 */
function parted(part) {
  const [first, sign, last] = part.children;
  if (part.localName === "mfrac" && sign.localName === "mn" && (first.textContent ?? "").length > long) return divided(first, sign);
  if (part.localName !== "mrow" || part.children.length !== 3) return [[part]];
  const isLong = (part.textContent ?? "").length > long;
  if (isLong && first.textContent === "(") return within(first, parted(sign), last);
  const isSum = ["+", "−"].includes(sign.textContent ?? "");
  if (!isSum && !(isLong && sign.localName === "mo")) return [[part]];
  if (isSum) sign.setAttribute("form", "infix"); // as wide as between two terms
  const [next, ...more] = parted(last);
  return [...parted(first), [sign, ...next], ...more];
}

/** A long sum over a number, as it is typed: (a + b)/2. @param {Element} sum @param {Element} number */
function divided(sum, number) {
  const [open, close, over] = ["(", ")", "/"].map((letter) => {
    const sign = document.createElementNS(space, "mo");
    sign.textContent = letter;
    return sign;
  });
  const pieces = within(open, parted(sum), close);
  return [...pieces.slice(0, -1), [...pieces[pieces.length - 1], over, number]];
}

/** @param {Element} open @param {Element[][]} pieces @param {Element} close */
function within(open, pieces, close) {
  if (pieces.length > 1) for (const bracket of [open, close]) bracket.setAttribute("stretchy", "false");
  return pieces.map((piece, k) => [...(k ? [] : [open]), ...piece, ...(k < pieces.length - 1 ? [] : [close])]);
}

/**
 * A formula the server wrote, as elements of this page.
 * @param {string} text
 * @returns {Node}
 */
export function formula(text) {
  const named = text.includes("xmlns") ? text : text.replace("<math", '<math xmlns="' + space + '"');
  const read = new DOMParser().parseFromString(named, "application/xml").documentElement;
  return read.namespaceURI === space ? document.importNode(read, true) : document.createTextNode("");
}
