// Light, dark, or as the system has it. Set before anything is drawn.
"use strict";

const THEMES = ["auto", "light", "dark"];

// Local storage may be forbidden; then a choice lasts for this page only.
function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // See above.
  }
}

const theme = stored("theme");
document.body.dataset.theme = THEMES.includes(theme) ? theme : "auto";
document.documentElement.classList.add("js");

function nextTheme() {
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = systemIsDark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  const next = order[(order.indexOf(document.body.dataset.theme) + 1) % order.length];
  document.body.dataset.theme = next;
  store("theme", next);
}

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

addEventListener("DOMContentLoaded", () => {
  for (const button of all(".theme-toggle")) button.addEventListener("click", nextTheme);
});
