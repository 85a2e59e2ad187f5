// What a search takes for the same: width, case, kana, accents, points and vowel signs, forms of Arabic letters, digits of
// any script, dashes. What is searched and what is asked go through the same function; nothing is folded when the site is
// built, so that there is no index to go out of step with it.
"use strict";

// Accents that letters can do without; vowel signs of Indian and other scripts are not among them.
const ACCENTS =
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/gu;
// A letter that is another one without its accent, or that has none, but is written otherwise too.
const LETTERS = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ς: "σ" },
  ...{ ى: "ي", ی: "ي", ک: "ك", ة: "ه", ٱ: "ا", ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ" },
  ...{ "’": "'", "‘": "'", ʼ: "'", "״": '"', "׳": "'" },
};
const KEPT = "äöüй";
// Voice marks of narrow kana and the later parts of a Hangul syllable belong to the letter before them.
const CLUSTER = /.[\p{M}\uff9e\uff9f\u1160-\u11ff]*/gsu;
function foldedLetter(letter) {
  if (KEPT.includes(letter)) return letter;
  if (letter >= "\u30a1" && letter <= "\u30f6") return String.fromCodePoint(letter.codePointAt(0) - 0x60);
  if (/\p{Nd}/u.test(letter)) return String(digit(letter));
  if (/\p{Pd}/u.test(letter)) return "-";
  const known = LETTERS[letter];
  if (known) return known;
  // Syllables of Hangul and voiced kana come apart too; what is not an accent must not.
  const bare = letter.normalize("NFD").replace(ACCENTS, "");
  return LETTERS[bare] || bare.normalize("NFC");
}

// The text as it is searched, and where in the text each of its letters begins and ends.
function folded(text) {
  let words = "";
  const starts = [];
  const ends = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    // Small letters twice: those of some letters, and of some that stand for several, are not composed.
    const plain = cluster.normalize("NFKC").toLowerCase().normalize("NFKC");
    const letters = [...plain].map(foldedLetter).join("");
    words += letters;
    for (let place = 0; place < letters.length; place += 1) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { words, starts, ends };
}
