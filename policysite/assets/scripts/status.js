// A site that nobody rebuilt must not mislead: what the page says of versions is compared with the reader's clock, in the
// time zone of the policies, and with versions.json. Without this script the dates stand in words.

const facts = document.documentElement.dataset;
const siteRoot = `${facts.content_root}../`;

// The calendar's day as 2027-01-01: days are compared as text.
const today = () => new Date().toLocaleDateString("en-CA", { timeZone: facts.timeZone });

function inWords(iso) {
  const language = facts.dates || document.documentElement.lang;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
}

const isCancelled = (version) => version.withdrawn && version.withdrawn <= version.effective;

// As policysite/register.py has it.
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
    const link = element.matches("a") ? element : element.querySelector("th a");
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

function sentence(name, version, first) {
  return words(`[data-sentence="${name}"]`)
    .replace("{number}", version?.version)
    .replace("{start}", first && inWords(first))
    .replace("{last}", version?.until && inWords(version.until));
}

function paragraph(text, href) {
  const result = document.createElement("p");
  result.append(text);
  if (href) {
    const link = document.createElement("a");
    link.setAttribute("href", href);
    link.dataset.keepFragment = "";
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

const corrected = (day) => paragraph(sentence("corrected", null, day));

function correctNotice(notice, versions, day) {
  const { version: number, status: said, until = "", other = "" } = notice.dataset;
  const version = versions[number];
  if (!version || said === "draft") return;
  const status = statusOn(version, day);
  const { inForce, next } = neighbours(versions, day);
  const wanted = status === "in-force" ? next : inForce;
  if (status === said && (version.until || "") === until && (wanted?.version || "") === other) return;
  Object.assign(notice.dataset, { status, until: version.until || "", other: wanted?.version || "" });
  const lines = [statusLine(version, status)];
  if (version.withdrawn && (status === "upcoming" || status === "in-force")) {
    lines.push(paragraph(sentence("withdrawal", version, version.withdrawn)));
  }
  lines.push(...all(".permanent", notice));
  if (wanted) lines.push(paragraph(sentence(wanted === next ? "upcoming" : "read", wanted, wanted.effective), wanted.href));
  else if (status !== "in-force") lines.push(paragraph(sentence("none")));
  document.title = document.title.replace(words(`[data-status="${said}"]`), words(`[data-status="${status}"]`));
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

function correctCard(card, versions, day) {
  const { inForce } = neighbours(versions, day);
  const line = card.querySelector(".status-line");
  if (line.dataset.version === inForce?.version) return;
  const fresh = inForce ? statusLine(inForce, "in-force") : paragraph(sentence("none"));
  fresh.className = "status-line";
  if (inForce) Object.assign(fresh.dataset, inForce);
  line.replaceWith(fresh);
  for (const coming of all(".next-line", card)) {
    if (coming.dataset.version === inForce?.version) coming.replaceWith(corrected(day));
  }
}

function correct(policies) {
  const day = today();
  for (const word of all("[data-of]")) {
    const version = policies[word.closest("[data-policy]").dataset.policy]?.[word.dataset.of];
    const status = version && statusOn(version, day);
    if (!status || word.classList.contains(`status-${status}`)) continue;
    word.textContent = words(`[data-status="${status}"]`);
    setStatus(word, status);
    const row = word.closest("tr");
    if (row) setStatus(row, status);
  }
  for (const [selector, mend] of [
    ["main .status-notice", correctNotice],
    [".policy-card", correctCard],
  ]) {
    for (const element of all(selector)) {
      const versions = policies[element.closest("[data-policy]").dataset.policy];
      if (versions) mend(element, versions, day);
    }
  }
}

async function checkStatus() {
  const here = knownHere();
  correct(here);
  if (!location.protocol.startsWith("http")) return;
  try {
    const site = await knownBySite();
    for (const name of Object.keys(site)) here[name] = { ...here[name], ...site[name] };
    correct(here);
  } catch {
    // The site cannot be asked; the page's own dates were compared.
  }
}

addEventListener("DOMContentLoaded", checkStatus);
// A page may stay open over midnight.
addEventListener("visibilitychange", () => {
  if (!document.hidden) correct(knownHere());
});

addEventListener("beforeprint", () => {
  for (const note of all(".print-note")) {
    const address = note.querySelector(".print-address");
    address.textContent = new URL(address.textContent, location.href).href;
    const day = note.querySelector(".print-day");
    day.textContent = day.dataset.printed.replace("{day}", inWords(today()));
  }
});
