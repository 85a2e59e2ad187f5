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

addEventListener("DOMContentLoaded", () => {
  for (const form of all(".date-form")) {
    const field = form.elements.on;
    form.hidden = false;
    field.max = "9999-12-31";
    const asked = new URLSearchParams(location.search).get("on") || "";
    if (/^\d{4}-\d\d-\d\d$/.test(asked)) {
      field.value = asked;
      if (field.value) answerDate(form, asked);
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answerDate(form, field.value);
      // So that the answer has an address.
      if (location.protocol.startsWith("http")) history.replaceState(null, "", `?on=${field.value}`);
      keepQuery();
    });
  }
});
