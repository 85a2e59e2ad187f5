// Ids of provisions: what contains what, and what a provision is called in another version.

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
  if (note && id && !isCanonical && !exists(id)) loadTools().then(() => goToTyped(id));
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
