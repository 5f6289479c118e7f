// Words of a text as search and the filters of lists compare them. generator/search/fold.py does the same;
// tests/fold.json lists texts and their words for the tests of both.

const LETTERS = { đ: "d", ð: "d", ø: "o", ł: "l", æ: "ae", œ: "oe", ß: "ss", þ: "th", ı: "i", ħ: "h", ŋ: "n" };
const OTHER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const APOSTROPHES = /['’‘ʼʻ`´]/gu;
const IDEOGRAPHS = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]/gu;
const INITIALS = /(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/gu;
const STAR = /(?<=[\p{L}\p{N}])\*(?=[\p{L}\p{N}])/gu;
const WORD = /(?<![\p{L}\p{N}])\p{L}{1,2}&\p{L}{1,2}(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:\+\+|#)?/gu;

/**
 * Split a text into words: lowercase, without accents and apostrophes, initials and O*NET joined. AT&T, C++, and C# stay
 * whole; Chinese, Japanese, and Korean characters are words of their own.
 */
export function tokens(text) {
  const plain = text.replace(APOSTROPHES, "").normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase();
  const letters = plain.replace(OTHER, (letter) => LETTERS[letter]).replace(IDEOGRAPHS, " $& ");
  return letters.replace(STAR, "").replace(INITIALS, (found) => found.replaceAll(".", "")).match(WORD) ?? [];
}

/** Remove the ending of a plural: sheriffs and sheriff become one word. */
export function singular(word) {
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word;
}
