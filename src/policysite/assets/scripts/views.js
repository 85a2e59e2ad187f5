// How a comparison is shown, in one text or old beside new, is in the address: it stays when the page is loaded again, and
// goes on to the next comparison and to other languages. Where there is room, old stands beside new.

const ROOM = "(min-width: 64rem)";

function showView() {
  const views = document.querySelector("fieldset.redline-views");
  if (!views) return;
  const asked = new URLSearchParams(location.search);
  const choices = [...views.querySelectorAll("[name=view]")];
  const wanted = asked.get("view") || (matchMedia(ROOM).matches ? "columns" : "inline");
  const whole = views.querySelector("[name=unchanged]");
  (choices.find(({ value }) => value === wanted) || choices[0]).checked = true;
  whole.checked = asked.has("unchanged");
  const apply = () => {
    if (whole.checked) faceUnchanged();
    keepView(asked);
  };
  views.addEventListener("change", () => {
    asked.set("view", choices.find(({ checked }) => checked).value);
    if (whole.checked) asked.set("unchanged", "1");
    else asked.delete("unchanged");
    // A page in a folder has no address of its own to change.
    if (location.protocol.startsWith("http")) history.replaceState(history.state, "", `?${asked}${location.hash}`);
    keepQuery();
    apply();
  });
  // The rest of the page may not be there yet.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", apply);
  else apply();
}

// What is the same in both is on the page once, and on both sides of the whole table.
function faceUnchanged() {
  for (const both of document.querySelectorAll(".redline-row > .both:only-of-type")) {
    const copy = both.cloneNode(true);
    copy.classList.add("again");
    both.after(copy);
  }
}

// Links to other comparisons show them in the same way, and so does the form that compares any two.
function keepView(asked) {
  const kept = ["view", "unchanged"].filter((name) => asked.has(name));
  for (const link of document.querySelectorAll("a[data-keep-view]")) {
    const address = new URL(link.href);
    for (const name of ["view", "unchanged"]) address.searchParams.delete(name);
    for (const name of kept) address.searchParams.set(name, asked.get(name));
    link.href = address;
  }
  const form = document.querySelector(".redline-form");
  if (!form) return;
  for (const field of form.querySelectorAll("[type=hidden]")) field.remove();
  for (const name of kept) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: asked.get(name) }));
}

showView();
