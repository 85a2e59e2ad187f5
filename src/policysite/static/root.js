// Offers the reader's language first: the one chosen before, that of the address, or that of the browser. The choice is kept
// on this device only, and every link works without this script.
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

// A comparison that has no page of its own is made on the page that compares any two versions.
const pair = /^(.*\/compare\/)([\d.]+)\/([\d.]+)\.html$/.exec(location.pathname);
if (pair && document.querySelector(".not-found")) {
  location.replace(`${pair[1]}index.html?old=${pair[2]}&new=${pair[3]}${location.hash}`);
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
