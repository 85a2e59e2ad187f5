// The page on which a reader compares any two versions. The markup is that of policysite/templates/policysite/redline.html.

const comparable = JSON.parse(document.getElementById("redline-data").textContent);
const sayings = document.getElementById("redline-words").content;
// Words of a catalog are words, whatever they look like.
const worded = (selector) => escaped(sayings.querySelector(selector).textContent);
const said = (name) => worded(`[data-word="${name}"]`);
const kindName = (name) => worded(`[data-kind="${name}"]`);
// How a language counts, say both its catalog and the browser, by the names that the CLDR has for the kinds of numbers.
const pluralKind = new Intl.PluralRules(document.documentElement.lang);
const listed = (parts) =>
  parts.slice(1).reduce((some, more) => said("listed").replace("{some}", () => some).replace("{more}", () => more), parts[0] || "");
const counted = (name, count) =>
  worded(`[data-counted="${name}"][data-plural="${pluralKind.select(count)}"]`).replace("{count}", count);
const hidden = (words) => `<span class="sr-only">${words}</span>`;
const nothing = () => '<span class="nothing">—</span>';
const facingWord = (name) => `<span class="facing-word">${said(`facing-${name}`)}</span>`;
const was = (words) => `<span class="was">${words}</span>`;
const side = (number) => `<span class="side">${number}</span>`;
const onlySource = () => `<span class="kind kind-source">${said("only-source")}</span>`;
const idAttribute = (id) => ` id="${id}"`;
const langAttribute = (lang) => (lang ? ` lang="${lang}"${comparable.direction ? ` dir="${comparable.direction}"` : ""}` : "");

// Texts that were loaded, by language and number. They are scripts, so that the page works from a folder too.
const policyTexts = new Map();

function addPolicyText(text) {
  policyTexts.set(`${text.language} ${text.version}`, text.provisions);
}

function load(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

function htmlOfText(changes, everything) {
  return changes
    .map(({ op, text }) => {
      if (op === "equal") return escaped(text);
      if (op === "touched") return `<span class="touched">${escaped(text)}</span>`;
      const [element, word] = op === "deleted" ? ["del", "deleted"] : ["ins", "inserted"];
      if (op === "inserted" && !everything) return "";
      const [start, end] = [hidden(said(word) + " "), hidden(" " + said("end"))];
      return `<${element}>${start}${escaped(text)}${end}</${element}>`;
    })
    .join("");
}

function htmlOfKinds(change, kinds) {
  const names = kinds.map((name) => `<span class="kind kind-${name}">${kindName(name)}</span> `).join("");
  const from = (word) => was(said(word).replace("{place}", () => escaped(change.old.citation)));
  if (change.parted) return names + from("parted");
  const isElsewhere = change.old && change.fresh && change.old.citation !== change.fresh.citation;
  return names + (isElsewhere && kinds.some((kind) => kind === "renumbered" || kind === "moved") ? from("formerly") : "");
}

// What the table of old and new says beside a paragraph of which the last sentences are new or gone.
function htmlOfNote(block, side) {
  const note = sentenceNote(block, comparable.provisos);
  if (!note || (note.op === "inserted") !== (side === "old")) return "";
  return " " + facingWord(`${note.isProviso ? "proviso" : "sentence"}-${note.op}`);
}

function htmlOfLeftOut({ count, old, fresh }, depth, sides) {
  const marks = ([first, last]) => {
    if (count === 1 || !first) return escaped(first);
    const words = said(count === 2 ? "two-marks" : "marks");
    return words.replace("{first}", () => escaped(first)).replace("{last}", () => escaped(last));
  };
  const touched = old.join() === fresh.join() ? "" : " touched";
  const cell = (name, ends, number) =>
    `<div class="${name}">${side(number)}<div class="words"><p><span class="facing-marks${touched}">${marks(ends)}</span> ${facingWord(name)}</p></div></div>`;
  return `<div class="redline-row facing-range depth-${depth}">${cell("old", old, sides[0])}${cell("new", fresh, sides[1])}</div>`;
}

function htmlOfBlocks(blocks, side, foreign, isFacing) {
  const shown = isFacing ? touchedWords : (changes) => changes;
  let html = "";
  let inTable = false;
  for (const block of blocks) {
    if (side === "old" ? !block.old : block.lost && !block.fresh) continue;
    const isTableRow = [block.old, block.fresh].some((one) => one && isRow(one));
    const gone = block.fresh || block.lost ? "" : ' class="gone"';
    const lang = langAttribute((block.fresh || block.old).foreign && foreign);
    if (inTable && !isTableRow) html += "</tbody></table>";
    if (isTableRow) {
      if (!inTable) html += '<table class="redline-table"><tbody>';
      const cellHtml = laidOut(block, side).map(({ cell, columns, isBelow }) => {
        const over = columns > 1 ? ` colspan="${columns}"` : "";
        const isGone = cell.op === "deleted" && block.fresh;
        const name = isGone ? ' class="gone"' : isBelow ? ' class="joined"' : "";
        const start = `<td${over}${name}>`;
        return start + htmlOfText(shown(cell.changes), side === "new").replaceAll("\u2028", "\n") + "</td>";
      });
      html += `<tr${gone}${lang}>` + cellHtml.join("") + "</tr>";
    } else {
      html += `<p${gone}${lang}>${htmlOfText(shown(block.cells[0].changes), side === "new")}${isFacing ? htmlOfNote(block, side) : ""}</p>`;
    }
    inTable = isTableRow;
  }
  return html + (inTable ? "</tbody></table>" : "");
}

function htmlOfSide(row, side, foreign, isFacing) {
  const { old, fresh } = row.change;
  const touched = isFacing && old && fresh && (old.mark || "") !== (fresh.mark || "") ? " touched" : "";
  const provision = side === "old" ? row.change.old : row.change.fresh || row.change.old;
  const mark = provision?.mark && !row.continued ? `<span class="printed-mark${touched}">${escaped(provision.mark)}</span>` : "";
  return `${mark}<div class="words">${htmlOfBlocks(row.blocks, side, foreign, isFacing)}</div>`;
}

function htmlOfLinks({ change, continued }) {
  const before = change.old?.links || [];
  const after = change.fresh?.links || [];
  if (continued || JSON.stringify(before) === JSON.stringify(after)) return "";
  const links = [
    ...before.filter((link) => !after.includes(link)).map((text) => ({ op: "deleted", text })),
    ...after.filter((link) => !before.includes(link)).map((text) => ({ op: "inserted", text })),
  ];
  if (!links.length) return "";
  const html = links.map((link) => " " + htmlOfText([link], true)).join("");
  return `<p class="redline-links">${said("links")}${html}</p>`;
}

// The places of the blocks that changed; -1 is the title, -2 the links.
function changedPlaces(row) {
  const places = [...row.blocks.keys()].filter((place) => isChangedBlock(row.blocks[place]));
  if (row.continued) return places;
  if (row.change.title.some(({ op }) => op !== "equal")) places.push(-1);
  if (htmlOfLinks(row)) places.push(-2);
  return places;
}

// "source" or "translation" if something changed only there.
function differs(row, pair) {
  if (!pair || !row.change.old || !row.change.fresh) return "";
  let [here, there] = [row, pair].map(changedPlaces);
  if (row.blocks.length !== pair.blocks.length) [here, there] = [here, there].map((places) => (places.length ? [true] : []));
  if (there.some((place) => !here.includes(place))) return "source";
  return here.some((place) => !there.includes(place)) ? "translation" : "";
}

function htmlOfRow(row, pair, foreign, sides, line) {
  const { change, continued, depth } = row;
  const difference = differs(row, pair);
  const isChanged = change.kinds.length || difference;
  const id = depth && !continued ? idAttribute(change.id) : "";
  const notThere = (name) => (line.isWithin ? "" : facingWord(name));
  const role = line && line.role !== "changed" ? ` ${line.role}` : "";
  const [oldSide, newSide] = sides.map(side);
  let html = `<div class="redline-row depth-${depth} ${isChanged ? "changed" : "same"}${role}"${id}>`;
  if (change.kinds.length && depth && change.kinds.join() !== "amended" && !continued) {
    html += `<p class="kinds">${htmlOfKinds(change, change.kinds)}</p>`;
  }
  if (!isChanged && line?.role === "lead") {
    html += `<div class="old">${oldSide}${htmlOfSide(row, "old", foreign)}</div><div class="new">${newSide}${htmlOfSide(row, "new", foreign)}</div>`;
  } else if (!isChanged) html += `<div class="both">${htmlOfSide(row, "new", foreign)}</div>`;
  else {
    html += `<div class="old">${oldSide}${change.old ? htmlOfSide(row, "old", foreign, true) : notThere("inserted")}</div>`;
    html += `<div class="new${change.fresh ? "" : " gone"}">${newSide}${htmlOfSide(row, "new", foreign, true)}</div>`;
    if (!change.fresh) html += `<div class="nothing-new">${newSide}${notThere("deleted")}</div>`;
    if (pair) {
      const none = nothing();
      html += `<div class="source old"${langAttribute(foreign)}>${oldSide}${pair.change.old ? htmlOfSide(pair, "old", "") : none}</div>`;
      html += `<div class="source new"${langAttribute(foreign)}>${newSide}${pair.change.fresh ? htmlOfSide(pair, "new", "") : none}</div>`;
    }
    if (difference) html += `<p class="differs">${said(difference)}</p>`;
    html += htmlOfLinks(row);
  }
  if (!continued && (change.old?.omitted || change.fresh?.omitted)) {
    html += `<p class="redline-omitted">${said("omitted")}</p>`;
  }
  return `${html}</div>`;
}

function htmlOfHeading({ old, fresh }, shown, title, everything, foreign) {
  // As the text prints it: with the space that is there, or with none.
  const space = (shown.heading || "").startsWith(shown.citation + shown.title) ? "" : " ";
  const touched = old && fresh && old.citation !== fresh.citation ? " touched" : "";
  const number = shown.citation && shown.title !== shown.heading ? `<span class="number${touched}">${escaped(shown.citation)}</span>${space}` : "";
  const whole = number + htmlOfText(title, everything);
  return shown.foreign?.includes(-1) && foreign ? `<span${langAttribute(foreign)}>${whole}</span>` : whole;
}

function htmlOfHeadings(change, foreign) {
  const { old, fresh } = change;
  const title = touchedWords(change.title);
  const oldTitle = change.parted ? [{ op: "equal", text: old.title || "" }] : title;
  let html = "";
  if (!old) html += `<p class="old">${facingWord("inserted")}</p>`;
  else if (fresh) html += `<p class="old${old.heading === fresh.heading ? " same" : ""}">${htmlOfHeading(change, old, oldTitle, false, foreign)}</p>`;
  html += `<h2${fresh ? "" : ' class="gone"'}>${htmlOfHeading(change, fresh || old, title, true, foreign)}</h2>`;
  return html + (fresh ? "" : `<p class="nothing-new">${facingWord("deleted")}</p>`);
}

function htmlOfArticle(article, pairs, pageOf, foreign, sides) {
  const { change, kinds } = article;
  const shown = change.fresh || change.old;
  const heading = htmlOfHeading(change, shown, change.title, true, foreign);
  const rows = article.rows.filter((row) => row.depth || row.blocks.length || htmlOfLinks(row));
  const pairOf = (row) => pairs.get(`${row.change.id} ${row.continued}`);
  if (kinds.length || article.rows.some((row) => differs(row, pairOf(row)))) {
    const link = `<a href="${pageOf(change)}#${shown.id}">${said("read")}</a>`;
    const htmlOfLine = (line) =>
      (line.leftOut ? htmlOfLeftOut(line.leftOut, line.row.depth, sides) : "") +
      htmlOfRow(line.row, pairOf(line.row), foreign, sides, line);
    const html = facingRows(article, rows, (row) => differs(row, pairOf(row))).map(htmlOfLine).join("");
    const kindLine = `<p class="kinds">${htmlOfKinds(change, kinds)}${kinds.length ? "" : onlySource()} ${link}</p>`;
    return `<section class="redline-article ${kinds.join(" ")}" id="${change.id}"><div class="facing-heading">${htmlOfHeadings(change, foreign)}${kindLine}</div>${html}</section>`;
  }
  const html = rows.map((row) => htmlOfRow(row, undefined, foreign, sides)).join("");
  return `<details class="redline-article same" id="${change.id}" open><summary><span class="heading">${heading}</span> <span class="kind">${said("unchanged")}</span></summary>${html}</details>`;
}

// What changed where, with links to it.
function htmlOfList(articles, pairs) {
  const isChanged = ({ kinds, rows }) =>
    kinds.length || rows.some((row) => differs(row, pairs.get(`${row.change.id} ${row.continued}`)));
  const items = articles.filter(isChanged).map(({ change, kinds }) => {
    const shown = change.fresh || change.old;
    const lang = langAttribute(comparable.source && shown.foreign?.includes(-1) && comparable.source);
    const link = `<a href="#${change.id}"${lang}>${escaped(shown.citation || shown.heading)}</a>`;
    return `<li>${link} ${htmlOfKinds(change, kinds)}${kinds.length ? "" : onlySource()}</li>`;
  });
  return '<ul class="redline-list">' + items.join("") + "</ul>";
}

function htmlOfSummary(articles, pairs) {
  const numbered = articles.filter(({ change }) => isProvision((change.fresh || change.old).id));
  const kinds = ["inserted", "deleted", "amended", "renumbered", "moved"];
  const counts = kinds
    .map((kind) => [kind, numbered.filter((article) => article.kinds.includes(kind)).length])
    .filter(([, count]) => count);
  const introduction = articles.some((article) => article.kinds.length && !numbered.includes(article));
  const unchanged = numbered.filter((article) => !article.kinds.length).length;
  if (counts.length && unchanged) counts.push(["unchanged", unchanged]);
  const all = listed(counts.map(([kind, count]) => counted(kind, count)));
  let html = "";
  if (counts.length) html += `<span class="counts">${said("articles").replace("{counts}", () => all)}</span>`;
  if (introduction) html += ` <span class="introduction">${said("introduction")}</span>`;
  const rows = articles.flatMap((article) => article.rows);
  const isMissed = (row) => differs(row, pairs.get(`${row.change.id} ${row.continued}`)) === "source";
  const missed = new Set(rows.filter(isMissed).map((row) => row.change.id)).size;
  const lines = [`<p class="redline-summary">${html || said("same")}</p>`];
  if (missed) lines.push(`<p class="differs">${said("missed").replace("{count}", missed)}</p>`);
  else if (comparable.source && html) lines.push(`<p class="followed">${said("followed")}</p>`);
  if (html || missed) lines.push(htmlOfList(articles, pairs));
  return lines.join("");
}

async function compareVersions(old, fresh) {
  const head = (version) => sayings.querySelector(`.redline-head[data-version="${version.version}"]`);
  const heads = `<div class="redline-heads">${head(old).outerHTML}${head(fresh).outerHTML}</div>`;
  const unheld = [old, fresh].filter(({ held }) => !held);
  if (unheld.length) {
    const note = sayings.querySelector('[data-word="not-held"]').innerHTML;
    return heads + unheld.map(({ version }) => note.replace("{number}", version)).join("");
  }
  const folders = { [comparable.language]: "../", ...(comparable.source ? { [comparable.source]: comparable.sourceFolder } : {}) };
  const wanted = Object.entries(folders).flatMap(([language, folder]) =>
    [old, fresh].filter(({ version }) => !policyTexts.has(`${language} ${version}`)).map(({ version }) => `${folder}${version}.text.js`),
  );
  await Promise.all([...new Set(wanted)].map(load));
  const steps = comparable.versions.slice(comparable.versions.indexOf(old) + 1, comparable.versions.indexOf(fresh) + 1).map(({ moved }) => moved);
  const compareIn = (language) =>
    compareTexts(policyTexts.get(`${language} ${old.version}`), policyTexts.get(`${language} ${fresh.version}`), steps);
  const articles = compareIn(comparable.language);
  const sources = comparable.source ? compareIn(comparable.source) : [];
  const pairs = new Map(
    sources.flatMap((article) => article.rows).map((row) => [`${row.change.id} ${row.continued}`, row]),
  );
  const pageOf = (change) => head(change.fresh ? fresh : old).querySelector("a").getAttribute("href");
  const sides = [old.version, fresh.version];
  const html = articles.map((article) => htmlOfArticle(article, pairs, pageOf, comparable.source, sides)).join("");
  const between = comparable.versions.slice(comparable.versions.indexOf(old) + 1, comparable.versions.indexOf(fresh));
  const missing = between.filter(({ held }) => !held).map(({ version }) => version);
  const gap = sayings.querySelector('[data-word="gap"]').innerHTML.replace("{versions}", listed(missing));
  const views = sayings.querySelector('[data-word="views"]').innerHTML;
  return `${views}<div class="redline">${htmlOfSummary(articles, pairs)}${missing.length ? gap : ""}${heads}${html}</div>`;
}

async function startComparison() {
  setPatterns(comparable);
  const form = document.querySelector(".redline-form");
  const result = document.querySelector(".redline-result");
  const status = document.querySelector(".redline-said");
  const asked = new URLSearchParams(location.search);
  const chosen = ["old", "new"].map((name) => comparable.versions.find(({ version }) => version === asked.get(name)));
  const held = comparable.versions.filter((version) => version.held);
  const offered = [held.at(-2) || comparable.versions[0], held.at(-1) || comparable.versions.at(-1)];
  const inOrderOfTime = (pair) => pair.sort((one, other) => comparable.versions.indexOf(one) - comparable.versions.indexOf(other));
  const [old, fresh] = chosen.every(Boolean) ? inOrderOfTime(chosen) : offered;
  form.elements.old.value = old.version;
  form.elements.new.value = fresh.version;
  if (!chosen.every(Boolean)) return;
  // What is below the comparison would jump when that comes.
  const choices = document.querySelector(".choices");
  choices.hidden = true;
  try {
    result.innerHTML = await compareVersions(old, fresh);
  } catch {
    status.textContent = status.dataset.failed;
    return;
  } finally {
    choices.hidden = false;
  }
  result.hidden = false;
  const own = comparable.pages[`${old.version} ${fresh.version}`];
  if (own) {
    const line = document.createElement("p");
    const link = document.createElement("a");
    link.href = own;
    link.dataset.keepView = "";
    link.innerHTML = said("permanent");
    line.append(link);
    result.prepend(line);
  }
  showView();
  const summary = result.querySelector(".redline-summary, .redline-not-held");
  status.className = "sr-only";
  status.textContent = summary.textContent;
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

addEventListener("DOMContentLoaded", startComparison);
