// What opens the tools of a provision: its printed mark or the number of its heading, and a button of each heading. The tools
// themselves, and what typed links mean, are another script: few readers ask for it, and it is loaded when they do.

const ownAddress = document.currentScript.src;
let tools;

// Resolves when the other script is there; the site names it with its digest.
function loadTools() {
  tools ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("tools.js", ownAddress);
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return tools;
}

// What each provision is called, by its link.
const labels = new Map();
const isOfHeading = (link) => link.parentElement.matches("section");

function nameOpener(link, name) {
  const label = labels.get(link);
  if (!isOfHeading(link)) {
    link.parentElement.querySelector(":scope > .printed-mark").title = name;
    return;
  }
  link.setAttribute("role", "button");
  link.setAttribute("aria-label", name);
  link.setAttribute("aria-haspopup", "dialog");
  link.setAttribute("aria-expanded", "false");
  // The label that the heading prints, or all of it.
  const text = link.parentElement.querySelector(":scope > :is(h1, h2, h3)").firstChild;
  const number = document.createElement("span");
  number.title = name;
  if (text.textContent.startsWith(label) && text.splitText && text.length > label.length) {
    text.splitText(label.length);
    number.className = "heading-number";
  }
  text.replaceWith(number);
  number.append(text);
}

addEventListener("DOMContentLoaded", () => {
  const panel = document.getElementById("tools");
  if (!panel?.showPopover) return;
  for (const link of all("article .headerlink")) {
    const label = link.getAttribute("aria-label");
    labels.set(link, label);
    nameOpener(link, panel.dataset.named.replace("{provision}", () => label));
  }
  const article = document.querySelector("article");
  // Where the script cannot be had, the link is a link.
  const ask = (event, link, at) => {
    event.preventDefault();
    loadTools().then(
      () => openTools(link, at, event.detail),
      () => location.assign(link.href),
    );
  };
  article.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const at = event.target.closest(".provision[id] > p > .printed-mark, section > :is(h1, h2, h3) > span, .headerlink");
    const link = at && (at.matches(".headerlink") ? at : at.closest("p, section").querySelector(":scope > .headerlink"));
    if (link && getSelection().isCollapsed) ask(event, link, at);
  });
  article.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches(".headerlink")) ask(event, event.target, event.target);
  });
});
