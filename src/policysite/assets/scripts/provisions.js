// Ids of provisions: what contains what, what was typed, and what a provision is called in another version.

// Where the steps of an id begin among its words, as policysite/model/provision_ids.py has it.
const STEPS = new Set("part title chp sec subsec art clause reg rule add ann app sched exh para subpara point indent item subitem list".split(" "));
const isPiece = (word) =>
  /^(?:[1-9]\d*|([a-z])\1*|(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})|x[1-9]\d*|bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)$/.test(word);
const isStep = (words, place) => STEPS.has(words[place]) && isPiece(words[place + 1] || "");
const isUnnumbered = (words) => /^(?:pre|intro)$/.test(words[0]) && (words.length === 1 || isStep(words, 1));
const stepsOf = (words) => [...words.keys()].filter((place) => isStep(words, place) || (!place && isUnnumbered(words)));

// The parts of an id, the whole first: art-9-para-2 is [art-9-para-2, art-9].
function withAncestors(id) {
  const words = id.split("-");
  return [id, ...stepsOf(words).filter(Boolean).reverse().map((place) => words.slice(0, place).join("-"))];
}

// Whether an id is made of steps alone, as opposed to a word that could be anything.
const isOfSteps = (id) => stepsOf(id.split("-"))[0] === 0;

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
// Digits of a script are in a row, from zero.
const digit = (letter) => {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(letter.codePointAt(0) - value - 1))) value += 1;
  return value;
};
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

const exists = (id) => document.getElementById(id) !== null;

function currentId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

// What the provision is called in the version that a link leads to, "" if unknown. The menu of versions says what
// moved; a link of the notice names the version that it leads to.
function translated(id, link) {
  const to = link.dataset.to;
  const known = to ? document.querySelector(`.version-menu a[data-version="${to}"]`) : link;
  // A reader who sees that an article is not here does not come from it.
  if (!known || id.startsWith("absent-")) return "";
  // What a comparison shows as deleted is in no version that a reader would go to.
  if (id.startsWith("was-") && link.dataset.version) return "";
  const moved = known.dataset.moved ? JSON.parse(known.dataset.moved) : {};
  const parts = withAncestors(id);
  const old = parts.find((part) => part in moved);
  if (old === undefined) return id;
  return moved[old] ? moved[old] + id.slice(old.length) : `absent-${parts.at(-1)}`;
}

function withFragment(link, id) {
  const page = link.getAttribute("href").split("#")[0];
  let there = id && translated(id, link);
  // A comparison has what is in the older version alone.
  if (link.matches(".version-links a, .beside a")) there = there.replace("absent-", "was-");
  return there ? `${page}#${encodeURIComponent(there)}` : page;
}

// The provision that the links to the same elsewhere lead to: what the address names, until the reader has scrolled on.
let place = "";
// The same for the links above the text, for which a reader leaves the place: where they were last.
let rested = "";

function addFragments() {
  rested = place || rested;
  for (const link of all("a[data-keep-fragment]")) {
    link.setAttribute("href", withFragment(link, link.closest("main") ? rested : place));
  }
}

// Where the page lacks the provision, shows the nearest one that contains it, and says so.
function arrive() {
  const id = currentId();
  const isCanonical = /^absent-/.test(id) || isOfSteps(id);
  const note = document.getElementById("arrival");
  if (note && id && !isCanonical && !exists(id)) {
    const meant = typedId(id, exists) || labelledId(id, printed());
    if (meant) {
      location.replace(`#${meant}`);
      return;
    }
  }
  place = rested = id;
  addFragments();
  for (const old of all(".nearest, .arrived")) old.classList.remove("nearest", "arrived");
  const nearest = withAncestors(id).find(exists);
  // A typed link leaves some browsers without a :target.
  if (nearest === id && id) document.getElementById(id).classList.add("arrived");
  if (!note) {
    if (nearest !== id) document.getElementById(nearest)?.scrollIntoView();
    return;
  }
  note.hidden = true;
  if (!isCanonical || exists(id)) return;
  note.textContent = nearest ? note.dataset.nearest : note.dataset.missing;
  note.hidden = false;
  if (nearest) {
    const element = document.getElementById(nearest);
    element.classList.add("nearest");
    element.prepend(note);
    element.scrollIntoView();
  } else {
    note.scrollIntoView({ block: "center" });
  }
}

addEventListener("hashchange", arrive);
addEventListener("DOMContentLoaded", () => {
  arrive();
  // A page that only leads to another goes on to it, with the provision that was asked for.
  const forward = document.querySelector("a[data-forward]");
  if (forward) location.replace(forward.href);
});
