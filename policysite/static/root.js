// Marks the reader's language on the page that chooses one. The links work without it.
"use strict";

const links = [...document.querySelectorAll(".languages a")];
const wanted = navigator.languages.map((tag) => tag.toLowerCase());
const preferred = wanted
  .map((tag) => links.find((link) => tag === link.lang.toLowerCase() || tag.startsWith(`${link.lang.toLowerCase()}-`)))
  .find(Boolean);
if (preferred) {
  preferred.classList.add("preferred");
  preferred.focus();
}
