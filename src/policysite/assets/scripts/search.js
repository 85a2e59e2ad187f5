// Search by provision. Texts are scripts that call addPolicyText, so that the page works from a folder too; none is loaded
// before a reader searches, and versions that are not in force only when asked for.

// What languages add to words (policysite/languages/search_forms.py), and scripts without spaces between words.
const FORMS = JSON.parse(document.getElementById("search-forms").textContent);
const SPACELESS =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Bopomofo}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const WITHOUT_SPACES = new RegExp(`[${SPACELESS}]`, "u");
// Letters of words that have spaces around them.
const SPACED = `(?!${["[" + SPACELESS + "]", ...FORMS.filter(({ anywhere }) => anywhere).map(({ letters }) => letters)].join("|")})[\\p{L}\\p{M}]`;
// Of a word that is nowhere, how many of its pairs of letters are to be in what is near to it.
const NEAR = 0.6;
const ALSO = { ae: "(?:ae|ä)", oe: "(?:oe|ö)", ue: "(?:ue|ü)", ä: "(?:ä|ae?)", ö: "(?:ö|oe?)", ü: "(?:ü|ue?)", a: "[aä]", o: "[oö]", u: "[uü]" };
const AT_ONCE = 20;

const texts = new Map();
const results = document.querySelector(".search-page");
const said = document.getElementById("search-said");
const everything = document.getElementById("search-all");
const field = results.querySelector("input[name=q]");

function addPolicyText(text) {
  texts.set(`${text.policy}/${text.version}`, text);
}

const keyOf = (section) => `${section.dataset.policy}/${section.dataset.version}`;
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const formsOf = (word) => FORMS.find(({ letters }) => new RegExp(letters, "u").test(word));

// Takes from a word what the steps find, as long as enough of it is left.
function bare(word, steps, least) {
  return steps.reduce((now, step) => {
    const less = now.replace(new RegExp(step, "u"), "");
    return [...less].length >= least ? less : now;
  }, word);
}

// The letters of a word that other letters may stand for, with a hyphen between any two of them, or none.
function loose(word, between) {
  const parts = word.match(/\d+|[aou]e|-+|./gsu) || [];
  const pattern = (part) => (/\d/.test(part) ? `(?<!\\d)${part}(?!\\d)` : ALSO[part] || literal(part));
  return parts.map((part, place) => (part[0] === "-" ? "[-\\s]?" : pattern(part) + (place < parts.length - 1 ? between : ""))).join("");
}

// A syllable whose last consonant belongs to an ending, with any other one or none.
function opened(word) {
  const syllable = word.codePointAt(word.length - 1) - 0xac00;
  // ㄴ, ㄹ, ㅁ, ㅂ, ㅆ.
  if (word.length < 2 || ![0, 4, 8, 16, 17, 20].includes(syllable % 28)) return loose(word, "\\s*");
  const first = 0xac00 + syllable - (syllable % 28);
  return `${loose(word.slice(0, -1), "\\s*")}\\s*[${String.fromCodePoint(first)}-${String.fromCodePoint(first + 27)}]`;
}

// What finds a word: numbers whole; scripts without spaces anywhere; those that write particles or articles onto words
// anywhere too, and without them; other words from their beginning. The second finds more, and not always what was meant.
function patternsOf(word) {
  if (/^\d+$/.test(word)) return [`(?<!\\d)${word}(?!\\d)`];
  if (WITHOUT_SPACES.test(word)) return [loose(word, "[-\\s]*")];
  const forms = formsOf(word) || { steps: [], least: 1 };
  const stem = bare(word, forms.steps, forms.least);
  if (forms.anywhere) {
    const between = forms.opens ? "\\s*" : "-?";
    const less = bare(stem, forms.more, stem.length > 2 ? forms.least : 1);
    return [loose(stem, between), ...(less === stem ? [] : [forms.opens ? opened(less) : loose(less, between)])];
  }
  return [`(?<!${SPACED}|\\d)${loose(stem, "-?")}(?:${SPACED})*`];
}

// The words of a query; each has patterns, of which the first finds it as it is.
function wordsOf(query) {
  const parts = folded(query).words.match(/"[^"]+"|[^\s"]+/g) || [];
  return parts
    .map((part) => part.replace(/^[^\p{L}\p{M}\d"]+|[^\p{L}\p{M}\d")]+$/gu, ""))
    .filter((part) => part.replaceAll('"', ""))
    .map((part) => {
      const quoted = part.startsWith('"');
      const words = quoted ? part.slice(1, -1).trim().split(/\s+/) : [part];
      const patterns = quoted ? [words.map((word) => loose(word, "")).join("\\s+")] : patternsOf(words[0]);
      return { word: words.join(" "), patterns: patterns.map((pattern) => new RegExp(pattern, "gu")) };
    });
}

const isInForce = (section) => section.querySelector(".status-in-force") !== null;
const textOf = ({ text, after = "" }) => (after ? `${text} … ${after}` : text);
const isFound = (pattern, text) => text.search(pattern) >= 0;

// A provision as it is searched. A citation alone is found through its own article, not through each provision inside.
function searched(provision) {
  const { heading = "", citation } = provision;
  provision.folded ??= {
    heading: folded(heading).words,
    words: folded(`${heading} ${textOf(provision)}`).words,
    whole: folded(`${citation} ${heading} ${textOf(provision)}`).words,
  };
  return provision.folded;
}

// The provisions in which all words are, headings first.
function search(text, patterns) {
  const scored = [];
  for (const [place, provision] of text.provisions.entries()) {
    const { heading, words, whole } = searched(provision);
    if (!patterns.every((pattern) => isFound(pattern, whole))) continue;
    if (!heading && !patterns.some((pattern) => isFound(pattern, words))) continue;
    const inHeading = patterns.every((pattern) => isFound(pattern, heading));
    scored.push({ provision, place: inHeading ? place - text.provisions.length : place });
  }
  return scored.sort((one, other) => one.place - other.place).map(({ provision }) => provision);
}

const pairsOf = (word) => [...new Set([...word].slice(1).map((letter, place) => [...word][place] + letter))];

// How near a provision comes to the words of a query, from 0 to 1: the share of words that are in it, or almost. Numbers
// alone are near to nothing.
function nearness(provision, words) {
  const { whole } = searched(provision);
  const marks = [];
  const shares = words.map(({ word, patterns }) => {
    const found = patterns.find((pattern) => isFound(pattern, whole));
    if (found) marks.push(found);
    if (found || /^\d+$/.test(word)) return found && !/^\d+$/.test(word) ? 1 : 0;
    const near = nearWord(whole, word);
    if (near) marks.push(near.pattern);
    return near ? near.share : 0;
  });
  return { provision, marks, share: shares.reduce((sum, share) => sum + share, 0) / words.length };
}

// The place of a text that has most of the pairs of letters of a word, if that is enough.
function nearWord(whole, word) {
  const pairs = pairsOf(word);
  if (pairs.length < 2) return null;
  let best = { share: 0 };
  const consider = (text, size, marks) => {
    const common = pairs.filter((pair) => text.includes(pair));
    const share = common.length / Math.max(pairs.length, size);
    if (share > best.share) best = { share, marks: marks || common };
  };
  if (WITHOUT_SPACES.test(word) || formsOf(word)?.anywhere) consider(whole, 0);
  else for (const other of new Set(whole.match(/[\p{L}\p{M}-]+/gu))) consider(other, [...other].length - 1, [other]);
  return best.share >= NEAR ? { share: best.share, pattern: new RegExp(best.marks.map(literal).join("|"), "gu") } : null;
}

// The words around the first hit, with every hit marked.
function excerpt(text, patterns) {
  const whole = folded(text);
  const first = Math.min(...patterns.map((pattern) => whole.words.search(pattern)).filter((at) => at >= 0), whole.words.length);
  const hit = whole.starts[first] ?? 0;
  let start = Math.max(0, hit - 60);
  // It begins with a word, unless the next one begins behind what was found.
  const space = text.indexOf(" ", start) + 1;
  if (start) start = space && space <= hit ? space : (folded(text.slice(0, start)).starts.at(-1) ?? start);
  const shown = text.slice(start, start + 220);
  const { words, starts, ends } = folded(shown);
  const hits = patterns.flatMap((pattern) =>
    [...words.matchAll(pattern)].filter(([found]) => found).map((found) => [starts[found.index], ends[found.index + found[0].length - 1]]),
  );
  hits.sort((one, other) => one[0] - other[0]);
  const parts = start ? ["… "] : [];
  let end = 0;
  for (const [from, to] of hits) {
    if (from < end) continue;
    const mark = document.createElement("mark");
    mark.append(shown.slice(from, to));
    parts.push(shown.slice(end, from), mark);
    end = to;
  }
  return [...parts, shown.slice(end), start + 220 < text.length ? " …" : ""];
}

function item(section, text, provision, patterns) {
  const result = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${section.dataset.page}#${provision.id}`;
  link.append(provision.heading || provision.citation);
  const around = [provision.in, ...withAncestors(provision.id).slice(1)];
  const article = around.map((id) => text.provisions.find((other) => other.id === id)).find((other) => other?.heading);
  result.append(link);
  if (!provision.heading && article) {
    const where = document.createElement("span");
    where.className = "search-where";
    where.append(` · ${article.heading}`);
    result.append(where);
  }
  const words = document.createElement("p");
  words.append(...excerpt(textOf(provision).replace(/\s+/g, " "), patterns));
  if (textOf(provision)) result.append(words);
  return result;
}

// The provisions of a version that are found, with what is marked in them.
function hitsOf(section, query, words, tier) {
  const text = texts.get(keyOf(section));
  const patterns = words.map((word) => word.patterns[Math.min(tier, word.patterns.length - 1)]);
  // A number of a provision leads to it.
  const known = new Set(text.provisions.map(({ id }) => id));
  const meant = typedId(query, (id) => known.has(id)) || labelledId(query, text.provisions);
  const first = text.provisions.find(({ id }) => id === meant);
  const found = search(text, patterns);
  const hits = first ? [first, ...found.filter((other) => other !== first)] : found;
  return hits.map((provision) => ({ provision, marks: patterns }));
}

// The provisions that come nearest to what was asked: half of it at least.
function nearestOf(section, words) {
  const { provisions } = texts.get(keyOf(section));
  return provisions
    .map((provision) => nearness(provision, words))
    .filter(({ share }) => share >= 0.5)
    .sort((one, other) => other.share - one.share)
    .slice(0, AT_ONCE);
}

function show(section, hits) {
  const text = texts.get(keyOf(section));
  const list = section.querySelector("ol");
  const items = hits.map(({ provision, marks }) => item(section, text, provision, marks));
  list.replaceChildren(...items.slice(0, AT_ONCE));
  section.querySelector(".search-more")?.remove();
  const rest = items.slice(AT_ONCE);
  if (rest.length) {
    const more = document.createElement("button");
    more.type = "button";
    more.className = "button search-more";
    more.append(results.dataset.more.replace("{count}", rest.length));
    more.addEventListener("click", () => {
      list.append(...rest);
      more.remove();
      rest[0].querySelector("a").focus();
    });
    section.append(more);
  }
  section.hidden = !hits.length;
  return hits.length;
}

// What is found, as it was asked or else in other forms of its words, or else what comes nearest; and how to say so.
function answer(asked, query, words) {
  for (const tier of [0, 1]) {
    const found = asked.map((section) => hitsOf(section, query, words, tier));
    if (found.some((hits) => hits.length)) return [found, results.dataset.found];
  }
  const found = asked.map((section) => nearestOf(section, words));
  return [found, found.some((hits) => hits.length) ? results.dataset.nearest : results.dataset.none];
}

function load(section) {
  if (texts.has(keyOf(section))) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = section.dataset.script;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

let latest = 0;

async function run() {
  const turn = ++latest;
  const query = field.value.trim();
  const words = wordsOf(query);
  const sections = all(".search-version");
  for (const section of sections) section.hidden = true;
  // The calendar may have put another version in force than the one that was when the page was made.
  sections.sort((one, other) => isInForce(other) - isInForce(one));
  results.append(...sections);
  said.textContent = "";
  if (!words.length) return;
  const asked = sections.filter((section) => everything?.checked || isInForce(section));
  try {
    await Promise.all(asked.map(load));
  } catch {
    said.textContent = results.dataset.failed;
    return;
  }
  // The reader went on typing while the texts were loaded.
  if (turn !== latest) return;
  const [found, message] = answer(asked, query, words);
  const count = asked.reduce((sum, section, place) => sum + show(section, found[place]), 0);
  said.textContent = message.replace("{count}", count);
}

function remember() {
  const parameters = new URLSearchParams({ q: field.value, ...(everything?.checked ? { all: "on" } : {}) });
  try {
    history.replaceState(null, "", `?${parameters}`);
  } catch {
    // Some browsers do not allow it in a folder; the search works nevertheless.
  }
  for (const link of all(".language-menu a")) link.search = parameters;
}

function start() {
  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") || "";
  if (everything) everything.checked = asked.has("all");
  let timer;
  const soon = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember();
      run();
    }, delay);
  };
  field.addEventListener("input", () => soon(150));
  everything?.addEventListener("change", () => soon(0));
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    soon(0);
  });
  // What is in force is known when the dates were compared with the clock, and perhaps better a moment later.
  let before;
  document.addEventListener("status-checked", () => {
    const inForce = all(".search-version").filter(isInForce).map(keyOf).sort().join();
    if (field.value && inForce !== before) soon(0);
    before = inForce;
  });
  if (!field.value) field.focus();
}

// After status.js has begun to listen, and before it compares.
start();
