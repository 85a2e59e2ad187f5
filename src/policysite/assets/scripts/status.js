// A site that was not rebuilt must not mislead: what the page says of versions is compared with the reader's clock, in the
// time zone of the policies, and with versions.json. Without this script the dates are in words.

const facts = document.documentElement.dataset;
const siteRoot = `${facts.content_root}../`;

// The calendar's day as 2027-01-01: days are compared as text.
const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: facts.timeZone });

function inWords(iso) {
  const language = facts.dates || document.documentElement.lang;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}

const isCancelled = (version) => version.withdrawn && version.withdrawn <= version.effective;

// As policysite/model/register.py has it.
function statusOn(version, day) {
  if (version.status === "draft") return "draft";
  if (version.withdrawn && version.withdrawn <= day) return "withdrawn";
  if (day < version.effective || isCancelled(version)) return "upcoming";
  return !version.until || day <= version.until ? "in-force" : "superseded";
}

// What this page itself knows: {policy: {number: version}}.
function knownHere() {
  const policies = {};
  for (const element of all("[data-version]")) {
    const { policy } = element.closest("[data-policy]").dataset;
    const link = element.matches("a") ? element : element.querySelector("th a, .next-line > a");
    policies[policy] ??= {};
    policies[policy][element.dataset.version] ??= { ...element.dataset };
    policies[policy][element.dataset.version].href ??= link?.getAttribute("href").split("#")[0];
  }
  return policies;
}

// The same from versions.json, which may know more than a page that was kept somewhere.
async function knownBySite() {
  const answer = await fetch(`${siteRoot}versions.json`, { cache: "no-cache" });
  const policies = {};
  for (const { policy, versions } of (await answer.json()).policies) {
    policies[policy] = {};
    for (const version of versions) {
      const href = version.pages[document.documentElement.lang];
      policies[policy][version.version] = { ...version, href: href && siteRoot + href };
    }
  }
  return policies;
}

const words = (selector) => document.getElementById("status-words").content.querySelector(selector).textContent;

// Of a version that was replaced on its first day, `until` is the day before.
const lastDay = ({ effective, until }) => (until < effective ? effective : until);

function sentence(name, version, first) {
  return words(`[data-sentence="${name}"]`)
    .replace("{number}", version?.version)
    .replace("{start}", first && inWords(first))
    .replace("{last}", version?.until && inWords(lastDay(version)));
}

// A paragraph; with a version, as a link to it.
function paragraph(text, to) {
  const result = document.createElement("p");
  result.append(text);
  if (to?.href) {
    const link = document.createElement("a");
    link.setAttribute("href", to.href);
    link.dataset.keepFragment = "";
    link.dataset.to = to.version;
    link.append(...result.childNodes);
    result.append(link);
  }
  return result;
}

function setStatus(element, status) {
  for (const name of ["draft", "upcoming", "in-force", "superseded", "withdrawn"]) {
    element.classList.toggle(`status-${name}`, name === status);
  }
}

function statusLine(version, status) {
  let name = status;
  if (status === "in-force" && version.until) name = "ending";
  if (status === "upcoming" && isCancelled(version)) name = "cancelled";
  const word = document.createElement("strong");
  word.className = "status-word";
  setStatus(word, status);
  word.append(words(`[data-status="${status}"]`));
  const line = paragraph(` ${sentence(name, version, status === "withdrawn" ? version.withdrawn : version.effective)}`);
  line.className = "status-line";
  line.prepend(word);
  return line;
}

function corrected(day) {
  const result = paragraph(sentence("corrected", null, day));
  result.className = "corrected";
  return result;
}

function correctNotice(notice, versions, day) {
  const said = { ...notice.dataset };
  const version = versions[said.version];
  if (!version || said.status === "draft") return;
  const status = statusOn(version, day);
  const { inForce, next } = neighbours(versions, day);
  const wanted = status === "in-force" ? next : inForce;
  const { effective, until, withdrawn } = version;
  const now = { status, effective, until, withdrawn, other: wanted?.version, otherStart: wanted?.effective };
  if (Object.keys(now).every((name) => (now[name] || "") === (said[name] || ""))) return;
  for (const name of Object.keys(now)) notice.dataset[name] = now[name] || "";
  const lines = [statusLine(version, status)];
  if (version.withdrawn && (status === "upcoming" || status === "in-force")) {
    lines.push(paragraph(sentence("withdrawal", version, version.withdrawn)));
  }
  lines.push(...all(".permanent", notice));
  if (wanted) lines.push(paragraph(sentence(wanted === next ? "upcoming" : "read", wanted, wanted.effective), wanted));
  else if (status !== "in-force") lines.push(paragraph(sentence("none")));
  const [was, is] = [said.status, status].map((name) => `(${words(`[data-status="${name}"]`)})`);
  const at = document.title.lastIndexOf(was);
  if (at >= 0) document.title = document.title.slice(0, at) + is + document.title.slice(at + was.length);
  notice.replaceChildren(...lines, corrected(day));
  setStatus(notice, status);
  addFragments();
}

function neighbours(versions, day) {
  const list = Object.values(versions).sort((one, other) => one.effective.localeCompare(other.effective));
  return {
    inForce: list.find((version) => statusOn(version, day) === "in-force"),
    next: list.find((version) => statusOn(version, day) === "upcoming" && !isCancelled(version)),
  };
}

const isSaid = (element, version) =>
  ["version", "effective", "until"].every((name) => (element?.dataset[name] || "") === (version?.[name] || ""));

function note(element, version) {
  for (const name of ["version", "status", "effective", "until", "withdrawn"]) {
    if (version?.[name]) element.dataset[name] = version[name];
  }
}

function correctCard(card, versions, day) {
  const { inForce, next } = neighbours(versions, day);
  const line = card.querySelector(".status-line");
  const coming = card.querySelector(".next-line");
  if (isSaid(line, inForce) && isSaid(coming, next)) return;
  const fresh = inForce ? statusLine(inForce, "in-force") : paragraph(sentence("none"));
  fresh.className = "status-line";
  note(fresh, inForce);
  line.replaceWith(fresh);
  const lines = [corrected(day)];
  if (next) {
    lines.unshift(paragraph(sentence("upcoming", next, next.effective), next));
    lines[0].className = "next-line";
    note(lines[0], next);
  }
  // There was nothing to lead to when the page was made.
  if (inForce && !card.querySelector(".button")) {
    lines.unshift(paragraph(sentence("read", inForce, inForce.effective), inForce));
  }
  for (const old of all(".corrected, .last-change, .next-line", card)) old.remove();
  fresh.after(...lines);
}

// The timeless page, made when nothing was in force.
function correctNothing(note, versions, day) {
  const { inForce } = neighbours(versions, day);
  if (!inForce) return;
  note.replaceChildren(
    ...paragraph(sentence("read", inForce, inForce.effective), inForce).childNodes,
    document.createElement("br"),
    ...corrected(day).childNodes,
  );
}

// The status and the period of a version, in the menu, in the history and among the searched texts.
function correctWord(word, version, day) {
  const status = version && statusOn(version, day);
  if (!status) return;
  if (!word.classList.contains(`status-${status}`)) {
    word.textContent = words(`[data-status="${status}"]`);
    setStatus(word, status);
    const row = word.closest("tr");
    if (row) setStatus(row, status);
  }
  const owner = word.closest("[data-version]");
  const period = owner?.querySelector(".version-period");
  if (!period || isSaid(owner, version)) return;
  Object.assign(owner.dataset, { effective: version.effective, until: version.until || "" });
  period.textContent = sentence(version.until ? "period" : "since", version, version.effective);
}

function correct(policies) {
  const day = today();
  const versionsOf = (element) => policies[element.closest("[data-policy]").dataset.policy] || {};
  for (const word of all("[data-of]")) correctWord(word, versionsOf(word)[word.dataset.of], day);
  for (const [selector, mend] of [
    ["main .status-notice", correctNotice],
    [".policy-card", correctCard],
    [".nothing-in-force", correctNothing],
  ]) {
    for (const element of all(selector)) mend(element, versionsOf(element), day);
  }
  document.dispatchEvent(new Event("status-checked"));
}

let known = {};

async function checkStatus() {
  known = knownHere();
  correct(known);
  if (!location.protocol.startsWith("http")) return;
  try {
    const site = await knownBySite();
    for (const name of Object.keys(site)) known[name] = { ...known[name], ...site[name] };
    correct(known);
  } catch {
    // The site cannot be asked; the page's own dates were compared.
  }
}

addEventListener("DOMContentLoaded", checkStatus);
// A page may stay open over midnight.
addEventListener("visibilitychange", () => {
  if (!document.hidden) correct(known);
});

addEventListener("beforeprint", () => {
  for (const note of all("main > details")) note.open = true;
  for (const note of all(".print-note")) {
    const address = note.querySelector(".print-address");
    address.textContent = new URL(address.textContent, location.href).href;
    const day = note.querySelector(".print-day");
    day.textContent = day.dataset.printed.replace("{day}", inWords(today()));
  }
  // Firefox numbers no pages by style: each number is a page below the one before, and those below the text go to its side.
  if (CSS.supports("-moz-appearance", "none") && !document.querySelector(".print-pages")) {
    const pages = `<div class="print-pages print-only">${"<span></span>".repeat(500)}</div>`;
    document.querySelector("main").insertAdjacentHTML("beforebegin", pages);
  }
});
