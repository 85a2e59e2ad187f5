// Menus, drawers, the list of contents, and pages fetched a moment before they are asked for.

// Follows the reading: marks the article in the list of contents, and has links and the address name the provision at the
// top of the window. What a link has named stays until the reader scrolls away from it.
function followReading() {
  const items = new Map(all(".toc-tree a").map((link) => [link.hash.slice(1), link]));
  const provisions = all("article :is(section, .provision, .redline-row, .parallel-row)[id]");
  if (provisions.length < 2) return;
  const topOf = (element) => element.getBoundingClientRect().top;
  let read = null;
  let named = null;
  let namedTop = 0;
  let frame = 0;
  let timer = 0;

  // What is at the top of the window, right under what sticks there. On pages with folded parts some have no height.
  function atTop() {
    const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 8;
    let found = null;
    for (const element of provisions) {
      if (!element.offsetHeight) continue;
      if (topOf(element) > line) break;
      found = element;
    }
    return found;
  }

  function mark(found) {
    let item = found;
    while (item && !(item.matches("section") && items.has(item.id))) item = item.parentElement;
    if (item === read) return;
    for (const [element, isRead] of [[read, false], [item, true]]) {
      const link = element && items.get(element.id);
      if (!link) continue;
      link.parentElement.classList.toggle("scroll-current", isRead);
      if (isRead) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    read = item;
  }

  function look() {
    frame = 0;
    const found = atTop();
    mark(found);
    if (document.readyState !== "complete" || (named && Math.abs(topOf(named) - namedTop) < 48)) return;
    named = null;
    const id = found && found.id !== "top" ? found.id : "";
    if (id === place) return;
    place = id;
    clearTimeout(timer);
    timer = setTimeout(follow, 150);
  }

  // Browsers refuse addresses that change too often, so this waits for the end of the scrolling; or for a click.
  function follow() {
    clearTimeout(timer);
    timer = 0;
    addFragments();
    history.replaceState(history.state, "", place ? `#${place}` : location.href.split("#")[0]);
  }

  function settle() {
    named = place && (document.getElementById(place) || document.querySelector(".nearest") || document.body);
    namedTop = named && topOf(named);
    look();
  }

  addEventListener("scroll", () => (frame ||= requestAnimationFrame(look)), { passive: true });
  addEventListener("resize", () => named && settle());
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => timer && follow(), true);
  addEventListener("hashchange", settle);
  addEventListener("load", settle);
}

// What is above the text is in reach from everywhere, for the provision that is read.
function fillMenu() {
  for (const item of all(".version-links li:has(a)")) {
    const copy = item.cloneNode(true);
    copy.className = "beside";
    document.querySelector(".all-versions").before(copy);
  }
}

const MENUS = ":is(.version-menu, details.language-menu)[open]";
const DRAWERS = ".drawer-switch :checked";

function closeMenus(except) {
  for (const menu of all(MENUS)) if (menu !== except) menu.open = false;
}

function closeDrawers() {
  for (const drawer of all(DRAWERS)) drawer.checked = false;
}

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest(MENUS);
  const drawer = document.querySelector(DRAWERS);
  closeMenus(null);
  closeDrawers();
  if (menu) menu.querySelector("summary").focus();
  else if (drawer) drawer.focus();
});

addEventListener("click", (event) => {
  closeMenus(event.target.closest("details"));
  const histories = event.target.closest(".all-histories");
  if (histories) {
    const isOpen = histories.getAttribute("aria-pressed") === "false";
    histories.setAttribute("aria-pressed", isOpen);
    for (const one of all(".article-changes > details")) one.open = isOpen;
  }
  const link = event.target.closest("a");
  if (!link) return;
  if (link.closest(".sidebar-drawer, .toc-drawer")) closeDrawers();
  // The page that chooses a language offers this one first.
  if (link.closest(".language-menu")) store("language", link.lang);
});

// A menu or drawer that the focus has left would cover what has it now.
addEventListener("focusin", ({ target }) => {
  closeMenus(target.closest("details"));
  if (!target.closest(".sidebar-drawer, .toc-drawer, .drawer-switch")) closeDrawers();
});

addEventListener("change", ({ target }) => {
  const drawers = { __navigation: ".sidebar-drawer", __toc: ".toc-drawer" };
  if (!(target.id in drawers) || !target.checked) return;
  for (const other of all(DRAWERS)) if (other !== target) other.checked = false;
  document.querySelector(drawers[target.id]).querySelector("a, input")?.focus();
});

// The page in another language or version is fetched when a reader is about to choose it.
const prefetched = new Set();

function prefetch(event) {
  const link = event.target.closest?.(".language-menu a, .version-menu a, .status-notice a, .tools-places a");
  if (!link || !link.protocol.startsWith("http")) return;
  const address = link.href.split("#")[0];
  if (address === location.href.split("#")[0] || prefetched.has(address)) return;
  prefetched.add(address);
  // A link that says prefetch is known to some browsers only, and Firefox holds it against default-src.
  fetch(address).then((page) => page.text()).catch(() => {});
}

for (const name of ["pointerover", "focusin", "touchstart"]) {
  document.addEventListener(name, prefetch, { passive: true });
}
// What was asked of a page is asked of it in another language too.
function keepQuery() {
  if (!document.querySelector(".redline-form, .redline-views, .date-form")) return;
  for (const link of all(".language-menu a")) link.search = location.search;
}

addEventListener("DOMContentLoaded", keepQuery);
addEventListener("DOMContentLoaded", fillMenu);
addEventListener("DOMContentLoaded", followReading);
