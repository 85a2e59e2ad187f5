// The tools of a provision: its link, its citation, and the same provision elsewhere.
// Without this script, which openers.js loads, the permalinks are plain links.

// The permanent address of this version in this language, whatever page it is read on.
const permanent = (page, id) => new URL(id === "top" ? page : `${page}#${id}`, location.href).href;

function copy(text, html) {
  if (navigator.clipboard?.write && window.ClipboardItem) {
    const blob = (type, content) => ({ [type]: new Blob([content], { type }) });
    const flavours = { ...blob("text/plain", text), ...(html ? blob("text/html", html) : {}) };
    return navigator.clipboard.write([new ClipboardItem(flavours)]).catch(() => copyByCommand(text, html));
  }
  return copyByCommand(text, html);
}

// Where a page may not use the clipboard otherwise: on plain http, and in older browsers.
function copyByCommand(text, html) {
  const fill = (event) => {
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
  };
  document.addEventListener("copy", fill);
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done ? Promise.resolve() : Promise.reject(new Error("copy"));
}

const panel = document.getElementById("tools");
const part = (name) => panel.querySelector(`.tools-${name}`);
let opened;
let chosen;
// A click beside the tools closes them before it arrives; one on their own link must not open them again.
let closing;

// The same provision in the other languages and versions, as the menus know them.
function places(id) {
  const elsewhere = [".language-menu a", ".version-menu a[data-version]"];
  const links = elsewhere.flatMap((menu) => all(`${menu}:not([aria-current])`));
  return links.map((link) => {
    const item = document.createElement("li");
    const place = document.createElement("a");
    place.href = withFragment(link, id === "top" ? "" : id);
    if (link.lang) place.lang = place.hreflang = link.lang;
    if (link.dir) place.dir = link.dir;
    const status = link.querySelector(".not-held") || link.querySelector(".status-word");
    place.append((link.querySelector(".version-number") || link).textContent);
    if (status) place.append(" ", status.cloneNode(true));
    item.append(place);
    return item;
  });
}

function choose(link) {
  chosen = link;
  part("name").textContent = labels.get(link);
  part("said").textContent = "";
  part("places").replaceChildren(...places(link.hash.slice(1)));
}

// From its heading every provision of an article is in reach, by keyboard too.
function inside(link) {
  panel.querySelector("select")?.remove();
  const links = all(".headerlink", link.parentElement);
  if (!isOfHeading(link) || link.hash === "#top" || links.length < 2) return;
  const list = document.createElement("select");
  list.setAttribute("aria-label", panel.dataset.inside);
  list.append(...links.map((one) => new Option(labels.get(one))));
  list.addEventListener("change", () => choose(links[list.selectedIndex]));
  part("name").after(list);
}

// Called by what opens the tools; `clicks` is 0 for the keyboard.
function openTools(link, at, clicks) {
  if (link === closing && clicks) {
    closing = null;
    return;
  }
  opened?.setAttribute("aria-expanded", "false");
  opened = link;
  link.setAttribute("aria-expanded", "true");
  choose(link);
  inside(link);
  if (!panel.matches(":popover-open")) panel.showPopover();
  const from = at.getBoundingClientRect();
  const start = document.dir ? from.right - panel.offsetWidth : from.left;
  const left = Math.min(start, document.documentElement.clientWidth - panel.offsetWidth - 16);
  const fits = from.bottom + panel.offsetHeight + 8 < innerHeight || from.top < panel.offsetHeight;
  const wanted = fits ? from.bottom + 4 : from.top - panel.offsetHeight - 4;
  const top = Math.max(8, Math.min(wanted, innerHeight - panel.offsetHeight - 8));
  panel.style.left = `${Math.max(left, 8) + scrollX}px`;
  panel.style.top = `${top + scrollY}px`;
  panel.querySelector("select, button").focus({ preventScroll: true });
}

function contents(kind) {
  const id = chosen.hash.slice(1);
  const address = permanent(panel.dataset.page, id);
  if (kind === "link") return [address];
  const pattern = id === "top" ? panel.dataset.title : panel.dataset.citation;
  // The last place: a title may have braces of its own.
  const at = pattern.lastIndexOf("{provision}");
  const label = labels.get(chosen);
  const citation = at < 0 ? pattern : pattern.slice(0, at) + label + pattern.slice(at + "{provision}".length);
  const html = `<a href="${escaped(address)}" lang="${document.documentElement.lang}"${document.dir && ` dir="${document.dir}"`}>${escaped(citation)}</a>`;
  return kind === "html" ? [html] : [citation, html];
}

if (panel) {
  panel.hidden = false;
  document.addEventListener(
    "pointerdown",
    () => {
      closing = panel.matches(":popover-open") ? opened : null;
    },
    { capture: true },
  );
  panel.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && opened) opened.setAttribute("aria-expanded", "false");
  });
  panel.addEventListener("click", (event) => {
    const kind = event.target.dataset.copy;
    if (event.target.closest("a")) panel.hidePopover();
    if (!kind) return;
    const [text, html] = contents(kind);
    copy(text, html).then(
      () => {
        part("said").textContent = panel.dataset.copied;
      },
      () => {
        part("said").textContent = `${panel.dataset.failed} ${text}`;
      },
    );
  });
}
