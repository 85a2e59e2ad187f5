// Keeps the reader on the same provision when language or version changes, and remembers the colours.
// Every link works without this script; it only adds the fragment.
"use strict";

// Light, dark, or as the system has it. Set before anything is drawn.
const THEMES = ["auto", "light", "dark"];

function storedTheme() {
  try {
    const theme = localStorage.getItem("theme");
    return THEMES.includes(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

function setTheme(theme) {
  document.body.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // The choice lasts for this page only.
  }
}

document.body.dataset.theme = storedTheme();
document.documentElement.classList.add("js");

function nextTheme() {
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = systemIsDark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  setTheme(order[(order.indexOf(document.body.dataset.theme) + 1) % order.length]);
}

// Marks the article that is being read in the list of contents.
function followReading() {
  const links = new Map(
    [...document.querySelectorAll(".toc-tree a")].map((link) => [link.hash.slice(1), link.parentElement]),
  );
  const sections = [...document.querySelectorAll("article section section[id]")];
  const visible = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) visible.add(entry.target);
      else visible.delete(entry.target);
    }
    const current = sections.find((section) => visible.has(section));
    for (const [id, item] of links) {
      item.classList.toggle("scroll-current", current !== undefined && id === current.id);
    }
  });
  for (const section of sections) observer.observe(section);
}

// The parts of an id, the whole first: art-9-para-2 is [art-9-para-2, art-9].
function withAncestors(id) {
  const found = [];
  const step = /^(.*)-(?:para|point|indent)-\d+(?:-\d+)?$/;
  for (let current = id; current; current = (step.exec(current) || [])[1]) found.push(current);
  return found;
}

function currentId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

// What the provision is called in the version that a link leads to.
function translated(id, link) {
  const moved = link.dataset.moved ? JSON.parse(link.dataset.moved) : {};
  const old = withAncestors(id).find((part) => part in moved);
  if (old === undefined) return id;
  return moved[old] ? moved[old] + id.slice(old.length) : `absent-${id}`;
}

function addFragments() {
  const id = currentId();
  for (const link of document.querySelectorAll("a[data-keep-fragment]")) {
    const page = link.getAttribute("href").split("#")[0];
    link.setAttribute("href", id ? `${page}#${encodeURIComponent(translated(id, link))}` : page);
  }
}

// Where the page lacks the provision, shows the nearest one that contains it, and says so.
function arrive() {
  addFragments();
  for (const old of document.querySelectorAll(".nearest")) old.classList.remove("nearest");
  const note = document.getElementById("arrival");
  if (!note) return;
  note.hidden = true;
  const id = currentId();
  if (!id || document.getElementById(id)) return;
  if (!/^(?:absent-)?(?:art|add|ann)-\d/.test(id)) return;
  const nearest = withAncestors(id)
    .map((part) => document.getElementById(part))
    .find(Boolean);
  note.textContent = nearest ? note.dataset.nearest : note.dataset.missing;
  note.hidden = false;
  if (nearest) {
    nearest.classList.add("nearest");
    nearest.prepend(note);
    nearest.scrollIntoView();
  } else {
    note.scrollIntoView({ block: "center" });
  }
}

// Menus close with Escape and with a click elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll(".version-menu[open], .article-links[open]")) {
    if (menu !== except) menu.open = false;
  }
}

function start() {
  for (const button of document.querySelectorAll(".theme-toggle")) {
    button.addEventListener("click", nextTheme);
  }
  followReading();
  arrive();
}

addEventListener("hashchange", arrive);
document.addEventListener("DOMContentLoaded", start);
document.addEventListener("click", (event) => closeMenus(event.target.closest("details")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest("details[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});
