// Finds elements as Playwright does, of which WebKit's driver knows nothing: by the steps of a locator.
const words = (element) => {
  const copy = element.cloneNode(true);
  for (const hidden of copy.querySelectorAll("script, style, noscript")) hidden.remove();
  return copy.textContent.replace(/[\u200b\u00ad]/g, "").replace(/\s+/g, " ").trim();
};
const isSeen = (element) => {
  const box = element.getBoundingClientRect();
  return element.checkVisibility() && getComputedStyle(element).visibility === "visible" && box.width > 0 && box.height > 0;
};
const ROLES = {
  status: "[role=status], output",
  button: "button, summary, [role=button], input[type=submit]",
  combobox: "select, [role=combobox]",
  dialog: "dialog, [role=dialog]",
  group: "[role=group], fieldset, details",
  link: "a[href]:not([role])",
};
const labelOf = (element) => {
  const ids = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
  return element.getAttribute("aria-label") || ids.map((id) => words(document.getElementById(id))).join(" ") || words(element);
};
const includes = (text, part) => text.toLowerCase().includes(part.replace(/\s+/g, " ").trim().toLowerCase());
const alternatives = (selector) => {
  const parts = [""];
  let depth = 0;
  for (const letter of selector) {
    depth += "([".includes(letter) - ")]".includes(letter);
    if (letter === "," && !depth) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
};
const query = (root, selector) => [...root.querySelectorAll(selector.startsWith(">") ? `:scope ${selector}` : selector)];
const select = (root, selector) => alternatives(selector).flatMap((part) => {
  const [first, ...others] = part.split(":visible");
  let found = query(root, first || "*");
  for (const other of others) {
    found = found.filter(isSeen);
    if (other) found = found.flatMap((element) => query(element, `:scope${other}`));
  }
  return found;
});
const xpath = (root, path) => {
  const found = document.evaluate(path, root, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
  return Array.from({ length: found.snapshotLength }, (_, i) => found.snapshotItem(i));
};
const STEPS = {
  css: (all, selector) => all.flatMap((element) => select(element, selector)),
  xpath: (all, path) => all.flatMap((element) => xpath(element, path)),
  text: (all, part) => all.filter((element) => includes(words(element), part)),
  has: (all, steps) => all.filter((element) => find(steps, [element]).length),
  nth: (all, n) => all.slice(n, n + 1 || undefined),
  words: (all, text) => all.flatMap((element) => query(element, "*")).filter((element) => words(element) === text)
    .filter((element, _, found) => !found.some((other) => other !== element && element.contains(other))),
  label: (all, text) => all.flatMap((element) => query(element, "label"))
    .filter((label) => includes(words(label), text)).map((label) => label.control),
  role: (all, { role, name, exact }) => all.flatMap((element) => query(element, ROLES[role]))
    .filter((element) => isSeen(element) && (exact ? labelOf(element) === name : includes(labelOf(element), name || ""))),
};
const inOrder = (all) => [...new Set(all)].sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1));
const find = (steps, roots = [document]) => steps.reduce((all, [step, value]) => inOrder(STEPS[step](all, value)), roots);
