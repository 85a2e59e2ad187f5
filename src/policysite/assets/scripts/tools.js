// The tools of a provision: its link, its citation, and the same provision elsewhere.
// Without this script the permalinks are plain links.

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

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

function startTools() {
  const tools = document.getElementById("tools");
  if (!tools || !tools.showPopover) return;
  tools.hidden = false;
  const part = (name) => tools.querySelector(`.tools-${name}`);
  let opener;
  let chosen;
  const labels = new Map(all("article .headerlink").map((link) => [link, link.getAttribute("aria-label")]));
  const isOfHeading = (link) => link.parentElement.matches("section");

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
    tools.querySelector("select")?.remove();
    const links = all(".headerlink", link.parentElement);
    if (!isOfHeading(link) || link.hash === "#top" || links.length < 2) return;
    const list = document.createElement("select");
    list.setAttribute("aria-label", tools.dataset.inside);
    list.append(...links.map((one) => new Option(labels.get(one))));
    list.addEventListener("change", () => choose(links[list.selectedIndex]));
    part("name").after(list);
  }

  function open(link, at) {
    opener?.setAttribute("aria-expanded", "false");
    opener = link;
    link.setAttribute("aria-expanded", "true");
    choose(link);
    inside(link);
    tools.showPopover();
    const from = at.getBoundingClientRect();
    const start = document.dir ? from.right - tools.offsetWidth : from.left;
    const left = Math.min(start, document.documentElement.clientWidth - tools.offsetWidth - 16);
    const fits = from.bottom + tools.offsetHeight + 8 < innerHeight || from.top < tools.offsetHeight;
    const wanted = fits ? from.bottom + 4 : from.top - tools.offsetHeight - 4;
    const top = Math.max(8, Math.min(wanted, innerHeight - tools.offsetHeight - 8));
    tools.style.left = `${Math.max(left, 8) + scrollX}px`;
    tools.style.top = `${top + scrollY}px`;
    tools.querySelector("select, button").focus({ preventScroll: true });
  }

  function contents(kind) {
    const id = chosen.hash.slice(1);
    const address = permanent(tools.dataset.page, id);
    if (kind === "link") return [address];
    const pattern = id === "top" ? tools.dataset.title : tools.dataset.citation;
    // The last place: a title may have braces of its own.
    const at = pattern.lastIndexOf("{provision}");
    const label = labels.get(chosen);
    const citation = at < 0 ? pattern : pattern.slice(0, at) + label + pattern.slice(at + "{provision}".length);
    const html = `<a href="${escaped(address)}" lang="${document.documentElement.lang}"${document.dir && ` dir="${document.dir}"`}>${escaped(citation)}</a>`;
    return kind === "html" ? [html] : [citation, html];
  }

  for (const [link, label] of labels) {
    const name = tools.dataset.named.replace("{provision}", () => label);
    if (!isOfHeading(link)) {
      link.parentElement.querySelector(":scope > .printed-mark").title = name;
      continue;
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
  // A click beside the tools closes them before it arrives; one on their own link must not open them again.
  let closing;
  document.addEventListener(
    "pointerdown",
    () => {
      closing = tools.matches(":popover-open") ? opener : null;
    },
    { capture: true },
  );
  document.querySelector("article").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const at = event.target.closest(".provision[id] > p > .printed-mark, section > :is(h1, h2, h3) > span, .headerlink");
    const link = at && (at.matches(".headerlink") ? at : at.closest("p, section").querySelector(":scope > .headerlink"));
    if (!link || !getSelection().isCollapsed) return;
    event.preventDefault();
    if (link === closing && event.detail) closing = null;
    else open(link, at);
  });
  document.querySelector("article").addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches(".headerlink")) {
      event.preventDefault();
      open(event.target, event.target);
    }
  });
  tools.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && opener) opener.setAttribute("aria-expanded", "false");
  });
  tools.addEventListener("click", (event) => {
    const kind = event.target.dataset.copy;
    if (event.target.closest("a")) tools.hidePopover();
    if (!kind) return;
    const [text, html] = contents(kind);
    copy(text, html).then(
      () => {
        part("said").textContent = tools.dataset.copied;
      },
      () => {
        part("said").textContent = `${tools.dataset.failed} ${text}`;
      },
    );
  });
}

addEventListener("DOMContentLoaded", startTools);
