// Search by provision. Texts are scripts that call addPolicyText, so that the page works from a folder too; none is loaded
// before a reader searches, and versions that are not in force only when asked for.
"use strict";

// Particles that Korean writes onto a word; some come after another one, as in 회사에는 and 회사로부터.
const PARTICLES = /(?:에게서|으로서|으로써|에게|에서|부터|까지|으로|이나|라도|처럼|보다|은|는|이|가|을|를|의|에|로|와|과|도|만|나)$/;
const AFTER_ANOTHER = /(?:은|는|도|만|의|이나|라도|부터)$/;
const BEFORE_ANOTHER = /(?:에게서|에게|에서|부터|까지|으로|에|로)$/;
// Endings that English words share; what is left is the beginning to look for.
const ENDINGS = /(?:ies|ing|ed|es|s|e|y)$/;
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
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]");

// What finds a word: Hangul anywhere, with or without spaces and its particle; Latin words from their beginning;
// numbers whole.
function patternOf(word) {
  if (/^\d+$/.test(word)) return `(?<!\\d)${word}(?!\\d)`;
  if (/[가-힣]/.test(word)) {
    const once = word.replace(PARTICLES, "");
    const twice = AFTER_ANOTHER.test(word) ? once.replace(BEFORE_ANOTHER, "") : once;
    const bare = [twice, once, word].find((form) => form.length > 1) || word;
    return [...bare].map(literal).join("\\s*");
  }
  const stem = word.replace(ENDINGS, "");
  return `(?<![\\p{L}\\d])${literal(stem.length > 3 ? stem : word)}[a-z]*`;
}

function patternsOf(query) {
  const parts = query.normalize("NFC").match(/"[^"]+"|[^\s"]+/g) || [];
  return parts
    .map((part) => part.replace(/^[^\p{L}\d"]+|[^\p{L}\d")]+$/gu, ""))
    .filter((part) => part.replaceAll('"', ""))
    .map((part) => {
      const quoted = part.startsWith('"');
      const words = quoted ? part.slice(1, -1).trim().split(/\s+/) : [part];
      return new RegExp(quoted ? words.map(literal).join("\\s+") : patternOf(words[0]), "giu");
    });
}

const isInForce = (section) => section.querySelector(".status-in-force") !== null;
const textOf = ({ text, after = "" }) => (after ? `${text} … ${after}` : text);
const isFound = (pattern, text) => text.search(pattern) >= 0;

// The provisions in which all words are, headings first.
function search(text, patterns) {
  const scored = [];
  for (const [place, provision] of text.provisions.entries()) {
    const { heading = "", citation } = provision;
    const words = textOf(provision);
    const whole = `${citation} ${heading} ${words}`;
    if (!patterns.every((pattern) => isFound(pattern, whole))) continue;
    // A citation alone is found through its own article, not through each provision inside.
    if (!patterns.some((pattern) => isFound(pattern, `${heading} ${words}`)) && !heading) continue;
    const inHeading = patterns.every((pattern) => isFound(pattern, heading));
    scored.push({ provision, place: inHeading ? place - text.provisions.length : place });
  }
  return scored.sort((one, other) => one.place - other.place).map(({ provision }) => provision);
}

// The words around the first hit, with every hit marked.
function excerpt(text, patterns) {
  const first = Math.min(...patterns.map((pattern) => text.search(pattern)).filter((at) => at >= 0), text.length);
  let start = Math.max(0, (first === text.length ? 0 : first) - 60);
  if (start) start = text.indexOf(" ", start) + 1 || start;
  const shown = text.slice(start, start + 220);
  const hits = patterns.flatMap((pattern) => [...shown.matchAll(pattern)].map((hit) => [hit.index, hit.index + hit[0].length]));
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
  const article = text.provisions.find((other) => other.id === /^\D+-\d+(?:-\d+)?/.exec(provision.id)?.[0]);
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

function show(section, query, patterns) {
  const text = texts.get(keyOf(section));
  const found = search(text, patterns);
  // A number of a provision leads to it.
  const known = new Set(text.provisions.map(({ id }) => id));
  const meant = typedId(query, (id) => known.has(id));
  const first = text.provisions.find(({ id }) => id === meant);
  const hits = first ? [first, ...found.filter((other) => other !== first)] : found;
  const list = section.querySelector("ol");
  const items = hits.map((provision) => item(section, text, provision, patterns));
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
  const patterns = patternsOf(query);
  const sections = all(".search-version");
  for (const section of sections) section.hidden = true;
  // The calendar may have put another version in force than the one that was when the page was made.
  sections.sort((one, other) => isInForce(other) - isInForce(one));
  results.append(...sections);
  said.textContent = "";
  if (!patterns.length) return;
  const asked = sections.filter((section) => everything?.checked || isInForce(section));
  try {
    await Promise.all(asked.map(load));
  } catch {
    said.textContent = results.dataset.failed;
    return;
  }
  // The reader went on typing while the texts were loaded.
  if (turn !== latest) return;
  const count = asked.reduce((sum, section) => sum + show(section, query, patterns), 0);
  said.textContent = count ? results.dataset.found.replace("{count}", count) : results.dataset.none;
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
