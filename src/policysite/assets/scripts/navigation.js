// Menus, drawers, the list of contents, and pages fetched a moment before they are asked for.

// Marks the article that is being read in the list of contents.
function followReading() {
  const items = new Map(all(".toc-tree a").map((link) => [link.hash.slice(1), link]));
  const sections = all("article section section[id]");
  const visible = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) visible.add(entry.target);
        else visible.delete(entry.target);
      }
      const current = sections.find((section) => visible.has(section));
      for (const [id, link] of items) {
        const here = current !== undefined && id === current.id;
        link.parentElement.classList.toggle("scroll-current", here);
        if (here) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-64px 0px 0px" },
  );
  for (const section of sections) observer.observe(section);
}

const MENUS = ":is(.version-menu, .article-links, details.language-menu)[open]";
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
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = address;
  document.head.append(hint);
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
addEventListener("DOMContentLoaded", followReading);
