// Which provision is meant by what somebody has typed, in a link or in a search.

const LEVELS = ["para", "point", "indent"];
const HANGUL_ORDER = "가나다라마바사아자차카타파하";
const ROOTS = { 조: "art", article: "art", art: "art", annex: "ann", ann: "ann", 별표: "ann" };
const NAMES = { 항: "para", paragraph: "para", para: "para", 호: "point", point: "point", 목: "indent", indent: "indent" };
const TYPED =
  /(부칙|별표|supplementary[\s-]*provisions?|addendum|article|paragraph|annex|point|indent|para|art|ann|add)|(\d+)([조항호목]?)(?:의(\d+))?|([①-⑳])|([가-하])(?:목|\.)|([^\s제\-–._,/:()#§]|제(?!\s*\d))/gu;

// The id that "제9조제2항제3호", "article-9" or "9-2-3" means, or "". A number without a level takes the next level at
// which the text has it; `exists` says whether the text has an id.
function typedId(typed, exists) {
  let id = "";
  let level = -1;
  let name = "";
  const step = (wanted, number, branch) => {
    const suffix = branch ? `${number}-${branch}` : number;
    if (!id) {
      id = `${wanted || "art"}-${suffix}`;
      return true;
    }
    const open = wanted ? [wanted] : LEVELS.slice(level + 1);
    const next = open.find((candidate) => exists(`${id}-${candidate}-${suffix}`)) || open[0];
    if (!wanted && level < 0 && !exists(`${id}-${next}-${suffix}`) && exists(`${id}-${suffix}`)) {
      id = `${id}-${suffix}`;
      return true;
    }
    level = LEVELS.indexOf(next);
    id = `${id}-${next}-${suffix}`;
    return level >= 0;
  };
  for (const [, word, number, unit, branch, circled, hangul, other] of typed
    .normalize("NFC")
    // Digits as the reader's keyboard writes them.
    .replace(/\p{Nd}/gu, digit)
    .toLowerCase()
    .replaceAll("đ", "d")
    .matchAll(TYPED)) {
    let good = !other;
    if (word) {
      if (name) good = false;
      name = ROOTS[word] || NAMES[word] || "add";
      if (id && Object.values(ROOTS).includes(name)) good = false;
    } else if (number) {
      good = step(name || ROOTS[unit] || NAMES[unit] || "", Number(number), Number(branch));
      name = "";
    } else if (circled) {
      good = step("para", circled.codePointAt(0) - 0x245f, 0);
    } else if (hangul) {
      good = HANGUL_ORDER.includes(hangul) && step("indent", HANGUL_ORDER.indexOf(hangul) + 1, 0);
    }
    if (!good) return "";
  }
  // "부칙" and "annex" alone are the first one.
  if (name === "add" || name === "ann") return id ? "" : `${name}-1`;
  return name || /^(?:para|point|indent)/.test(id) ? "" : id;
}

// What labels are compared by: numbers, words, and single characters where words have no spaces; ①, １ and ١ are 1, 第五 is 第5.
const ofHan = (number) =>
  [...number].reduce((sum, sign) => (sign === "十" ? (sum || 1) * 10 : sum + "一二三四五六七八九".indexOf(sign) + 1), 0);
const pieces = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replace(/\p{Nd}/gu, digit)
    .replace(/(?<=第)[一二三四五六七八九十]+/gu, ofHan)
    .match(/\d+|[\u2e80-\ud7a3]|(?:(?![\u2e80-\ud7a3])[\p{L}§])+/gu) || [];

// The id that a label means as headings print it, in any language ("第5条第1項", "article-premier", "المادة-٧"), or "". What
// follows the label are the numbers or marks of provisions inside. `provisions` have ids, headings and marks.
function labelledId(typed, provisions) {
  const words = pieces(typed);
  let id = "";
  let best = 1;
  for (const provision of provisions) {
    const label = pieces(provision.heading || "");
    let length = 0;
    while (length < words.length && words[length] === label[length]) length += 1;
    if (length > best) [best, id] = [length, provision.id];
  }
  let inside = best === words.length;
  for (const word of id ? words.slice(best) : []) {
    const isMeant = (other) =>
      withAncestors(other.id)[1] === id && (other.id.endsWith(`-${word}`) || pieces(other.mark || "").join() === word);
    const next = provisions.find(isMeant)?.id || (/\d/.test(word) && `${id}-para-${word}`);
    if (next) [id, inside] = [next, true];
  }
  return inside ? id : "";
}

// The provisions of the page, with what is printed at them.
const printed = () =>
  all("article [id]").map((element) => ({
    id: element.id,
    heading: element.querySelector(":scope > :is(h1, h2, h3, h4, h5, h6)")?.textContent,
    mark: element.querySelector(":scope > p > .printed-mark")?.textContent,
  }));

// Goes to the provision that the address of the page means by *id*, if it still does.
function goToTyped(id) {
  const meant = typedId(id, exists) || labelledId(id, printed());
  if (meant && id === currentId()) location.replace(`#${meant}`);
}
