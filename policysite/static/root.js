// Offers the reader's language first: the one chosen before, that of the address, or that of the browser. The choice is kept
// on this device only. Nobody is sent on, and every link works without this script.
"use strict";

function chosen() {
  try {
    return localStorage.getItem("language") || "";
  } catch {
    return "";
  }
}

const choices = [...document.querySelectorAll(".languages a, .not-found")];
const wanted = [...location.pathname.split("/"), chosen(), ...navigator.languages].map((tag) => tag.toLowerCase().replace("_", "-"));
const preferred = wanted
  .map((tag) => choices.find(({ lang }) => tag === lang.toLowerCase() || tag.startsWith(`${lang.toLowerCase()}-`)))
  .find(Boolean);
if (preferred) {
  preferred.classList.add("preferred");
  const place = preferred.closest("li") || preferred;
  if (preferred.matches(".not-found")) place.parentElement.insertBefore(place, choices[0]);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".languages a");
  if (!link) return;
  try {
    localStorage.setItem("language", link.lang);
  } catch {
    // It is asked again next time.
  }
});
