/** @typedef {Record<string, string|string[]>} Messages */

/** @type {Messages} */
let messages = {};
let language = inLanguage("en");

/** @param {string} locale */
function inLanguage(locale) {
  return {
    plurals: new Intl.PluralRules(locale),
    lists: new Intl.ListFormat(locale, { type: "conjunction" }),
    counts: new Intl.NumberFormat(locale),
    marks: locale.startsWith("zh") ? { gap: "", comma: "、", semicolon: "；" } : { gap: " ", comma: ", ", semicolon: "; " },
  };
}

/** @param {{locale: string, messages: Messages}} given */
export function useWords(given) {
  messages = given.messages;
  language = inLanguage(given.locale);
}

/**
 * Sentences one after the other; what is empty is left out.
 * @param {unknown[]} parts
 */
export function paragraph(parts) {
  return parts.filter(Boolean).join(language.marks.gap);
}

/** @param {(string|number)[]} parts */
export function withCommas(parts) {
  return parts.filter((part) => part !== "").join(language.marks.comma);
}

/** @param {unknown[]} parts */
export function withSemicolons(parts) {
  return parts.filter(Boolean).join(language.marks.semicolon);
}

/**
 * A whole number in the reader's language.
 * @param {number} value
 */
export function counted(value) {
  return language.counts.format(value);
}

/**
 * @param {string} text
 * @param {Record<string, string|number>} values
 */
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** @param {string} text */
function translated(text) {
  const found = messages[text];
  return (Array.isArray(found) ? found[0] : found) || text;
}

/**
 * The text in the reader's language; `text` is always a literal, so that the extractor finds it.
 * @param {string} text
 * @param {Record<string, string|number>} [values]
 */
export function say(text, values = {}) {
  return filled(translated(text), values);
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, string|number>} [values]
 */
export function sayMany(one, many, n, values = {}) {
  return filled(pluralForm(one, many, n), { n, ...values });
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} n
 */
function pluralForm(one, many, n) {
  const forms = messages[one];
  const single = language.plurals.select(n) === "one";
  if (Array.isArray(forms) && forms.length) return forms[single ? 0 : forms.length - 1] || many;
  return single ? one : many;
}

/**
 * "A, B and C" in the reader's language.
 * @param {string[]} items
 */
export function listed(items) {
  return language.lists.format(items);
}
