// The page of all versions: what applied on a day, and everything that has changed since. The list below says the same.

function answerDate(form, day) {
  const answer = form.querySelector(".date-answer");
  const rows = all(`table[data-policy="${form.dataset.policy}"] tr[data-version]`);
  const inForceOn = (wanted) => rows.find(({ dataset }) => statusOn(dataset, wanted) === "in-force");
  const row = inForceOn(day);
  const parts = [row ? form.dataset.applied.replace("{number}", row.dataset.version) : form.dataset.none];
  parts[0] = parts[0].replace("{day}", inWords(day));
  const add = (href, words) => {
    const link = document.createElement("a");
    link.href = href;
    link.append(words);
    parts.push(" ", link);
  };
  if (row) {
    add(row.querySelector("th a").getAttribute("href"), form.dataset.read);
    const inForce = inForceOn(today());
    if (row === inForce) parts.push(" ", form.dataset.same);
    else if (!inForce) parts.push(" ", form.dataset.nothing);
    else if (row.dataset.since) add(row.dataset.since, form.dataset.changed);
    else parts.push(" ", form.dataset.unheld);
  }
  answer.replaceChildren(...parts);
}

// The day that was typed, as 2026-12-31: digits in the order of the language, or with the year first; "" for none.
function typedDay(typed, order) {
  const numbers = typed.normalize("NFKC").replace(/\p{Nd}/gu, digit).match(/\d+/g) || [];
  const parts = numbers.length === 1 && numbers[0].length === 8 ? /(....)(..)(..)/.exec(numbers[0]).slice(1) : numbers;
  if (parts.length !== 3) return "";
  const places = parts[0].length === 4 ? "ymd" : order;
  let [year, month, day] = [..."ymd"].map((part) => Number(parts[places.indexOf(part)]));
  if (month > 12) [month, day] = [day, month];
  const found = new Date(Date.UTC(year, month - 1, day));
  return year > 999 && found.getUTCMonth() === month - 1 ? found.toISOString().slice(0, 10) : "";
}

addEventListener("DOMContentLoaded", () => {
  for (const form of all(".date-form")) {
    const field = form.elements.on;
    const asked = new URLSearchParams(location.search).get("on") || "";
    if (/^\d{4}-\d\d-\d\d$/.test(asked)) {
      field.value = asked;
      if (typedDay(asked, "ymd") === asked) answerDate(form, asked);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const day = typedDay(field.value, field.dataset.order);
      field.setAttribute("aria-invalid", day === "");
      if (!day) {
        form.querySelector(".date-answer").textContent = form.dataset.unread;
        return;
      }
      answerDate(form, day);
      // So that the answer has an address.
      if (location.protocol.startsWith("http")) history.replaceState(null, "", `?on=${day}`);
      keepQuery();
    });
  }
});
