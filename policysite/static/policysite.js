// Keeps the reader on the same provision when language or version changes.
// Every link works without this script; it only adds the fragment.
"use strict";

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

addEventListener("hashchange", arrive);
document.addEventListener("click", (event) => closeMenus(event.target.closest("details")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest("details[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});
arrive();
