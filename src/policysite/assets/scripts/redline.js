// The redline, as policysite/redline has it: the same provisions, blocks and words, for versions that no page compares.
// A test holds both together.

const ALIKE = 300;
const TOO_MANY_WORDS = 250000;
const TOO_MANY_BLOCKS = 10000;
const FEW = 2;

// Scripts without spaces between words, as policysite/languages/spaceless_scripts.py has them.
const HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3105-\\u312f\\u31a0-\\u31bf\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const HAN_NUMERALS = "〇零一二三四五六七八九十百千万萬億亿兆两兩";
const HIRAGANA = "\\u3041-\\u3096\\u309d-\\u309f";
const KATAKANA = "\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9f";
const SYLLABIC =
  "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ece\\u0edc-\\u0edf\\u1780-\\u17d3\\u17d7\\u17dc\\u17dd" +
  "\\u1000-\\u103f\\u1050-\\u108f\\u109a-\\u109f\\ua9e0-\\ua9ef\\ua9fa-\\ua9fe\\uaa60-\\uaa7f";
const SPACELESS = HAN + HIRAGANA + KATAKANA + SYLLABIC;
const PICTURES = "[\\u2190-\\u2bff\\u3030\\u303d\\u3297\\u3299\\u{1f000}-\\u{1faff}]";
const MARK = "[\\p{M}\\u200c\\u200d\\u{1f3fb}-\\u{1f3ff}\\u{e0020}-\\u{e007f}]";
const SYLLABLES = [
  `[\\u0e40-\\u0e44]?[\\u0e01-\\u0e2e]${MARK}*[\\u0e30\\u0e32\\u0e33\\u0e45]*`,
  `[\\u0ec0-\\u0ec4]?[\\u0e81-\\u0eae\\u0edc-\\u0edf]${MARK}*[\\u0eb0\\u0eb2\\u0eb3\\u0ebd]*`,
  `[\\u1780-\\u17b3](?:\\u17d2[\\u1780-\\u17b3]|${MARK})*`,
  `[\\u1000-\\u102a\\u103f](?:\\u1039[\\u1000-\\u1021]|${MARK})*` +
    `(?:[\\u1000-\\u1021](?:\\u1039[\\u1000-\\u1021]|\\u1037?\\u103a)${MARK}*)*`,
];
const BARE = new RegExp(`^(?![${HAN_NUMERALS}])[${HAN}${HIRAGANA}${SYLLABIC}]`, "u");
const WEAK = new RegExp(`^[${HIRAGANA}${SYLLABIC}]`, "u");
let TOKEN;
let PIECES;
let LEADING;

// What the patterns of policysite/redline/word_changes.py are made of is in the page.
function setPatterns({ space, particles }) {
  const letters = Object.keys(particles).join("");
  const known = Object.entries(particles).map(
    ([own, endings]) => `[${own}]{2,}?(?=(?:${endings.join("|")})(?![${own}]))|[${own}]+`,
  );
  const forms = [
    `\\p{Nd}+(?:(?:[.,\\u066b\\u066c]|(?<=[０-９])[．，](?=[０-９]))\\p{Nd}+)*${MARK}*`,
    ...known,
    `[${HAN_NUMERALS}]+${MARK}*`,
    `(?:[${KATAKANA}]${MARK}*)+`,
    `(?:(?![${letters}${SPACELESS}])[\\p{L}\\p{Nl}\\p{No}]${MARK}*)+`,
    ...SYLLABLES,
    "[\\u{1f1e6}-\\u{1f1ff}]{2}",
    `.${MARK}*(?:(?<=\\u200d)${PICTURES}${MARK}*)*`,
  ];
  TOKEN = new RegExp(`[${space}]*(?:${forms.join("|")})|[${space}]+`, "gsu");
  const sentence = new RegExp(`.+?(?:[.!?。](?=[${space}])|[。！？។။]|$)`, "gsu");
  const clause = new RegExp(`.+?(?:[、，；：]|(?<=[${SPACELESS}])(?=[${space}])|$)`, "gsu");
  PIECES = [sentence, clause];
  LEADING = new RegExp(`^[${space}]*`, "u");
}

const tokens = (text) => text.match(TOKEN) || [];
const isWord = (token) => /[\p{L}\p{N}]/u.test(token);
const countWords = (list) => list.filter(isWord).length;

// What a text can be recognised by: its words, or each two characters where words have no spaces between them.
function wordsOf(text) {
  const found = [];
  let run = [];
  for (const token of [...tokens(text), ""]) {
    if (run.length && !BARE.test(token)) {
      const pairs = run.slice(1).map((other, place) => run[place] + other);
      found.push(...(pairs.length ? pairs : run));
      run = [];
    }
    const word = token.trim();
    if (BARE.test(word)) run.push(word);
    else if (isWord(word)) found.push(word);
  }
  return found;
}

// Stretches of two lists of strings that are equal or stand for each other (Ratcliff and Obershelp, as Python's difflib).
function stretches(old, fresh) {
  const places = new Map();
  fresh.forEach((item, place) => {
    if (!places.has(item)) places.set(item, []);
    places.get(item).push(place);
  });
  const longest = (oldStart, oldEnd, newStart, newEnd) => {
    let best = [oldStart, newStart, 0];
    let lengths = new Map();
    for (let here = oldStart; here < oldEnd; here += 1) {
      const next = new Map();
      for (const there of places.get(old[here]) || []) {
        if (there < newStart) continue;
        if (there >= newEnd) break;
        const length = (lengths.get(there - 1) || 0) + 1;
        next.set(there, length);
        if (length > best[2]) best = [here - length + 1, there - length + 1, length];
      }
      lengths = next;
    }
    return best;
  };
  const matches = [];
  const open = [[0, old.length, 0, fresh.length]];
  while (open.length) {
    const [oldStart, oldEnd, newStart, newEnd] = open.pop();
    const [here, there, length] = longest(oldStart, oldEnd, newStart, newEnd);
    if (!length) continue;
    matches.push([here, there, length]);
    if (oldStart < here && newStart < there) open.push([oldStart, here, newStart, there]);
    if (here + length < oldEnd && there + length < newEnd) open.push([here + length, oldEnd, there + length, newEnd]);
  }
  matches.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  matches.push([old.length, fresh.length, 0]);
  const found = [];
  let here = 0;
  let there = 0;
  for (const [oldStart, newStart, length] of matches) {
    if (here < oldStart || there < newStart) {
      found.push({ equal: false, old: old.slice(here, oldStart), fresh: fresh.slice(there, newStart), here, there });
    }
    const last = found.at(-1);
    const part = { equal: true, old: old.slice(oldStart, oldStart + length), fresh: fresh.slice(newStart, newStart + length), here: oldStart, there: newStart };
    if (length && last?.equal) {
      last.old.push(...part.old);
      last.fresh.push(...part.fresh);
    } else if (length) found.push(part);
    here = oldStart + length;
    there = newStart + length;
  }
  return found;
}

// The positions of the longest rising run.
function inOrder(places) {
  const ends = [];
  const positions = [];
  const before = [];
  places.forEach((place, position) => {
    let length = ends.findIndex((end) => end >= place);
    if (length < 0) length = ends.length;
    before.push(length ? positions[length - 1] : -1);
    ends[length] = place;
    positions[length] = position;
  });
  const found = new Set();
  for (let at = positions.length ? positions.at(-1) : -1; at >= 0; at = before[at]) found.add(at);
  return found;
}

// Words ----------------------------------------------------------------------------------------------

const change = (op, text) => (text ? [{ op, text }] : []);

function wordChanges(old, fresh) {
  if (old === fresh) return change("equal", old);
  if (!old || !fresh) return [...change("deleted", old), ...change("inserted", fresh)];
  const changes = slid(joined(matched(tokens(` ${old}`), tokens(` ${fresh}`), PIECES)));
  return [...change("equal", changes[0].text.slice(1)), ...changes.slice(1)];
}

function matched(before, after, pieces) {
  if (before.length * after.length <= TOO_MANY_WORDS) return stretches(before, after);
  let most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  most -= start;
  let end = 0;
  while (end < most && before.at(-end - 1) === after.at(-end - 1)) end += 1;
  const [old, fresh] = [before, after].map((list) => list.slice(start, list.length - end));
  const inner = () => {
    if (old.length * fresh.length <= TOO_MANY_WORDS) return stretches(old, fresh);
    return pieces.length ? matchedByPiece(old.join(""), fresh.join(""), pieces) : [{ equal: false, old, fresh }];
  };
  const same = (list) => ({ equal: true, old: list, fresh: list });
  return [same(before.slice(0, start)), ...inner(), same(before.slice(before.length - end))];
}

function matchedByPiece(old, fresh, [piece, ...smaller]) {
  return stretches(old.match(piece) || [], fresh.match(piece) || []).flatMap((stretch) => {
    if (stretch.equal) return [stretch];
    if (stretch.old.length === stretch.fresh.length) {
      return stretch.old.flatMap((one, place) => matched(tokens(one), tokens(stretch.fresh[place]), smaller));
    }
    return matched(tokens(stretch.old.join("")), tokens(stretch.fresh.join("")), smaller);
  });
}

function joined(found) {
  const edits = [];
  let kept = [];
  for (const { equal, old, fresh } of found) {
    if (equal) {
      kept = [...kept, ...old];
      continue;
    }
    let edit = { kept, deleted: old, inserted: fresh };
    kept = [];
    if (edits.length && (!edit.kept.length || isSmall(edits.at(-1), edit))) {
      const last = edits.pop();
      edit = {
        kept: last.kept,
        deleted: [...last.deleted, ...edit.kept, ...edit.deleted],
        inserted: [...last.inserted, ...edit.kept, ...edit.inserted],
      };
    }
    edits.push(edit);
  }
  const changes = edits.flatMap((edit, place) => fromASentence(edit, edits[place + 1]?.kept || kept));
  return [...changes, ...change("equal", kept.join(""))];
}

function fromASentence(edit, after) {
  let { kept, deleted, inserted } = edit;
  if (!deleted.length || !inserted.length) {
    let words = deleted.length ? deleted : inserted;
    const back = stepsBeside([...kept].reverse(), [...words].reverse(), true);
    const forward = back ? 0 : stepsBeside(after, words, false);
    if (back) {
      words = [...kept.slice(-back), ...words.slice(0, -back)];
      after.unshift(...kept.slice(-back));
      kept = kept.slice(0, -back);
    } else if (forward) {
      kept = [...kept, ...words.slice(0, forward)];
      words = [...words.slice(forward), ...after.splice(0, forward)];
    }
    if (deleted.length) deleted = words;
    else inserted = words;
  }
  return [...change("equal", kept.join("")), ...change("deleted", deleted.join("")), ...change("inserted", inserted.join(""))];
}

function stepsBeside(beside, words, first) {
  const isEnd = (word) => [".", "!", "?", "。", "！", "？"].includes(word);
  for (let steps = 0; steps < Math.min(beside.length, words.length); steps += 1) {
    if (first && isEnd(beside[steps])) return steps;
    if (beside[steps] !== words[steps]) return 0;
    if (isEnd(beside[steps])) return steps + 1;
  }
  return 0;
}

const isWeak = (kept) => kept.length <= FEW && kept.every((token) => WEAK.test(token));

function isSmall(last, edit) {
  const kept = countWords(edit.kept);
  const [here, there] = [last, edit].map(({ deleted, inserted }) => Math.max(countWords(deleted), countWords(inserted)));
  return (
    (kept < Math.min(here, there) || (isWeak(edit.kept) && kept < Math.max(here, there))) &&
    last.deleted.length + edit.deleted.length > 0 &&
    last.inserted.length + edit.inserted.length > 0
  );
}

function grouped(changes, key) {
  const groups = [];
  for (const one of changes) {
    if (groups.length && key(groups.at(-1)[0]) === key(one)) groups.at(-1).push(one);
    else groups.push([one]);
  }
  return groups;
}

function commonStart(one, other) {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

function slid(changes) {
  const groups = grouped(changes, ({ op }) => op === "equal");
  const found = [];
  groups.forEach((group, place) => {
    const space = LEADING.exec(group[0].text)[0];
    if (group[0].op === "equal") found.push(...group);
    else if (group.length === 2) {
      const common = commonStart(space, group[1].text);
      found.push(...change("equal", common));
      for (const { op, text } of group) found.push(...change(op, text.slice(common.length)));
    } else {
      const following = groups[place + 1]?.[0].text || "";
      const common = commonStart(space, following);
      found.push(...change("equal", common));
      found.push({ op: group[0].op, text: group[0].text.slice(common.length) + common });
      if (common) groups[place + 1] = [{ op: "equal", text: following.slice(common.length) }];
    }
  });
  return grouped(
    found.filter(({ text }) => text),
    ({ op }) => op,
  ).map((group) => ({ op: group[0].op, text: group.map(({ text }) => text).join("") }));
}

// Blocks ---------------------------------------------------------------------------------------------

const cellsOf = (block) => block.text.split("\t");
const isRow = (block) => block.text.includes("\t");
const keyOf = (block) => `${block.foreign ? 1 : 0}${block.shape}\n${block.text}`;
const isChangedBlock = ({ old, fresh, lost }) => !lost && (!old || !fresh || keyOf(old) !== keyOf(fresh));

function blockChanges(old, fresh) {
  return stretches(old.map(keyOf), fresh.map(keyOf)).flatMap((stretch) => {
    const before = old.slice(stretch.here, stretch.here + stretch.old.length);
    const after = fresh.slice(stretch.there, stretch.there + stretch.fresh.length);
    const pairs = stretch.equal ? before.map((block, place) => [block, after[place]]) : pairsOf(before, after);
    return pairs.map(([one, other]) => ({ old: one, fresh: other, cells: cellChanges(one, other) }));
  });
}

// The rows of as many tables as are lost in the one text, and not in the other, are not compared.
function withoutLost(changes, lost) {
  let left = Math.abs(lost);
  let inTable = false;
  return changes.map((change) => {
    const alone = (!change.fresh && change.old) || (!change.old && change.fresh);
    const isOne = alone && isRow(alone) && !change.fresh === lost > 0;
    if (!inTable && isOne && left) {
      inTable = true;
      left -= 1;
    } else if (!isOne) inTable = false;
    if (!inTable) return change;
    const cells = cellsOf(alone).map((text) => ({ op: "equal", changes: text ? [{ op: "equal", text }] : [] }));
    return { ...change, cells, lost: true };
  });
}

function pairsOf(old, fresh) {
  const found = [];
  let here = 0;
  let there = 0;
  for (const [one, other] of [...matchesOf(old, fresh), [old.length, fresh.length]]) {
    for (const block of old.slice(here, one)) found.push([block, null]);
    for (const block of fresh.slice(there, other)) found.push([null, block]);
    if (one < old.length) found.push([old[one], fresh[other]]);
    here = one + 1;
    there = other + 1;
  }
  return found;
}

function matchesOf(old, fresh) {
  if (old.length * fresh.length > TOO_MANY_BLOCKS) {
    const both = [...Array(Math.min(old.length, fresh.length)).keys()];
    return both.filter((place) => likeness(old[place], fresh[place])).map((place) => [place, place]);
  }
  const best = Array.from({ length: old.length + 1 }, () => Array(fresh.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const alike = likeness(old[i], fresh[j]);
      best[i][j] = Math.max(alike && alike + best[i + 1][j + 1], best[i + 1][j], best[i][j + 1]);
    }
  }
  const found = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < fresh.length) {
    const alike = likeness(old[i], fresh[j]);
    if (alike && best[i][j] === alike + best[i + 1][j + 1]) {
      found.push([i, j]);
      i += 1;
      j += 1;
    } else if (best[i][j] === best[i + 1][j]) i += 1;
    else j += 1;
  }
  return found;
}

function likeness(old, fresh) {
  if (isRow(old) !== isRow(fresh) || old.foreign !== fresh.foreign) return 0;
  const counts = (text) => {
    const found = new Map();
    for (const word of wordsOf(text)) found.set(word, (found.get(word) || 0) + 1);
    return found;
  };
  const [before, after] = [counts(old.text), counts(fresh.text)];
  const total = (found) => [...found.values()].reduce((sum, count) => sum + count, 0);
  const common = [...before].reduce((sum, [word, count]) => sum + Math.min(count, after.get(word) || 0), 0);
  const alike = Math.floor((2000 * common) / Math.max(total(before) + total(after), 1));
  return alike >= ALIKE ? alike : 0;
}

function cellChanges(old, fresh) {
  const alone = (op, text) => ({ op, changes: change(op, text) });
  if (!old || !fresh) return cellsOf(old || fresh).map((text) => alone(old ? "deleted" : "inserted", text));
  const both = (one, other) => ({ op: "equal", changes: wordChanges(one, other) });
  const [before, after] = [cellsOf(old), cellsOf(fresh)];
  if (before.length === after.length) return before.map((text, place) => both(text, after[place]));
  return stretches(before, after).flatMap((stretch) => {
    const common = Math.min(stretch.old.length, stretch.fresh.length);
    return [
      ...stretch.old.slice(0, common).map((text, place) => both(text, stretch.fresh[place])),
      ...stretch.old.slice(common).map((text) => alone("deleted", text)),
      ...stretch.fresh.slice(common).map((text) => alone("inserted", text)),
    ];
  });
}

// Provisions -----------------------------------------------------------------------------------------

const isProvision = (id) => id !== "top";
const innermost = (id, ids) => withAncestors(id).find((part) => ids.includes(part));

// The id that a provision had in the version before, or undefined; as policysite/model/renumbering.py has it.
function idBefore(id, moved) {
  const key = innermost(id, Object.keys(moved));
  if (key !== undefined) return moved[key] === "new" ? undefined : moved[key] + id.slice(key.length);
  return innermost(id, Object.values(moved)) === undefined ? id : undefined;
}

function idAfter(id, moved) {
  const value = innermost(id, Object.values(moved));
  if (value === undefined) return innermost(id, Object.keys(moved)) === undefined ? id : undefined;
  const parts = Object.keys(moved).filter((key) => moved[key] === value);
  const found = (parts.includes(value) ? value : parts[0]) + id.slice(value.length);
  return idBefore(found, moved) === id ? found : undefined;
}

// What each column of a row is, as policysite/text/table_shapes.py has it: a part of the cell on the left or above, or its own.
function rowShapes(tables) {
  const found = [];
  for (const { first, rows, columns, cells } of tables) {
    for (let row = 0; row < rows; row += 1) found[first + row] = ".".repeat(columns);
    for (const { row, column, rows: down = 1, columns: over = 1 } of cells) {
      for (let place = row; place < row + down; place += 1) {
        const shape = found[first + place];
        const part = (place > row ? "^" : ".") + "<".repeat(over - 1);
        found[first + place] = shape.slice(0, column) + part + shape.slice(column + over);
      }
    }
  }
  return found;
}

// The cells of a row that a side shows, each with over how many columns it goes and whether it is a part of the one above.
function laidOut(block, side) {
  const isNew = side === "new";
  const cells = block.cells.filter((cell) => isNew || cell.op !== "inserted");
  const own = [...((isNew && block.fresh) || block.old).shape];
  const isGone = (cell) => isNew && block.fresh && cell.op === "deleted";
  const shape = cells.map((cell) => (isGone(cell) ? "." : own.shift()));
  const filled = cells.map((cell) => cell.changes.some(({ op }) => isNew || op !== "inserted"));
  const found = [];
  cells.forEach((cell, place) => {
    if (place && shape[place] === "<" && !filled[place]) found.at(-1).columns += 1;
    else found.push({ cell, columns: 1, isBelow: shape[place] === "^" && !filled[place] });
  });
  return found;
}

// A provision as it is in its file, with its blocks.
function withBlocks(provision) {
  const foreign = provision.foreign || [];
  const shapes = rowShapes(provision.tables || []);
  const blocks = (text, first) =>
    (text ? text.split("\n") : []).map((line, place) => ({
      text: line,
      foreign: foreign.includes(first + place),
      shape: shapes[first + place] || "",
    }));
  const text = blocks(provision.text, 0);
  return { ...provision, links: provision.links || [], blocks: text, after: blocks(provision.after, text.length) };
}

// How each provision changed; `steps` are the moved records from the version after the old one to the new one.
function compareTexts(oldText, newText, steps) {
  const olds = new Map(oldText.map((provision) => [provision.id, withBlocks(provision)]));
  const news = new Map(newText.map((provision) => [provision.id, withBlocks(provision)]));
  const origin = new Map();
  const parts = new Map();
  for (const id of news.keys()) {
    const from = isProvision(id) ? steps.reduceRight((found, moved) => found && idBefore(found, moved), id) : id;
    if (!olds.has(from)) continue;
    origin.set(id, from);
    parts.set(from, [...(parts.get(from) || []), id]);
  }
  const position = new Map([...olds.keys()].map((id, place) => [id, place]));
  const main = new Map();
  for (const [id, ids] of parts) {
    const later = ids.length > 1 && isProvision(id) ? steps.reduce((found, moved) => found && idAfter(found, moved), id) : id;
    main.set(id, ids.includes(later) ? later : ids[0]);
  }
  const mainPart = (id) => main.get(id);
  // Around a heading there is none: what is below it is compared by itself.
  const container = (id, known) =>
    known.get(id).heading ? undefined : [known.get(id).in, ...withAncestors(id).slice(1)].find((part) => known.has(part));
  const now = (id) => (id === undefined ? undefined : mainPart(id) || `was-${id}`);

  const families = new Map();
  const moved = new Set();
  for (const [id, from] of origin) {
    if (id !== mainPart(from)) continue;
    const around = container(id, news);
    if (now(container(from, olds)) === around) families.set(around, [...(families.get(around) || []), id]);
    else moved.add(id);
  }
  for (const family of families.values()) {
    const kept = inOrder(family.map((id) => position.get(origin.get(id))));
    family.forEach((id, place) => {
      if (!kept.has(place)) moved.add(id);
    });
  }

  const number = (id) => id.slice(isProvision(id) ? (withAncestors(id)[1] || "").length : 0);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const changes = new Map();
  for (const [id, fresh] of news) {
    if (origin.has(id)) continue;
    changes.set(id, {
      id,
      old: null,
      fresh,
      kinds: ["inserted"],
      title: wordChanges("", fresh.title || ""),
      blocks: blockChanges([], fresh.blocks),
      after: blockChanges([], fresh.after),
      parted: false,
    });
  }
  for (const [from, ids] of parts) {
    const old = olds.get(from);
    const shared = ids.map((id) => news.get(id));
    const texts = sharedChanges(old.blocks, shared.map(({ blocks }) => blocks));
    const afters = sharedChanges(old.after, shared.map(({ after }) => after));
    const lost = shared.reduce((sum, { omitted }) => sum + (omitted || 0), 0) - (old.omitted || 0);
    if (lost) {
      const together = withoutLost([...texts, ...afters].flat(), lost);
      for (const list of [texts, afters]) list.forEach((part, place) => (list[place] = together.splice(0, part.length)));
    }
    shared.forEach((fresh, place) => {
      const parted = fresh.id !== mainPart(from);
      const kinds = [];
      const isChanged = [...texts[place], ...afters[place]].some(isChangedBlock);
      const others = !parted && ((old.title || "") !== (fresh.title || "") || (old.omitted || 0) !== (fresh.omitted || 0) || !same(old.links, fresh.links));
      if (isChanged || others) kinds.push("amended");
      if (moved.has(fresh.id) || parted) kinds.push("moved");
      else if (number(from) !== number(fresh.id)) kinds.push("renumbered");
      const title = wordChanges(parted ? "" : old.title || "", fresh.title || "");
      changes.set(fresh.id, { id: fresh.id, old, fresh, kinds, title, blocks: texts[place], after: afters[place], parted });
    });
  }

  const places = new Map();
  const roots = [];
  const goneFirst = [];
  const placeOf = (own, around) => ({ change: own, around, inner: [], goneFirst: [], goneBehind: [] });
  for (const id of news.keys()) {
    const around = container(id, news);
    places.set(id, placeOf(changes.get(id), around));
    (around === undefined ? roots : places.get(around).inner).push(places.get(id));
  }
  const before = new Map();
  for (const [id, old] of olds) {
    const around = container(id, olds);
    const place = places.get(mainPart(id));
    if (place) {
      if (place.around === now(around)) before.set(around, place);
      continue;
    }
    const gone = {
      id: `was-${id}`,
      old,
      fresh: null,
      kinds: ["deleted"],
      title: wordChanges(old.title || "", ""),
      blocks: blockChanges(old.blocks, []),
      after: blockChanges(old.after, []),
      parted: false,
    };
    places.set(gone.id, placeOf(gone, now(around)));
    if (before.has(around)) before.get(around).goneBehind.push(places.get(gone.id));
    else (now(around) === undefined ? goneFirst : places.get(now(around)).goneFirst).push(places.get(gone.id));
  }
  return inOrderOfText(goneFirst, roots).map(articleOf);
}

const inOrderOfText = (gone, list) => [...gone, ...list.flatMap((place) => [place, ...place.goneBehind])];

function sharedChanges(old, parts) {
  const found = parts.map(() => []);
  let here = 0;
  let left = parts[0].length;
  for (const block of blockChanges(old, parts.flat())) {
    while (block.fresh && left === 0) {
      here += 1;
      left = parts[here].length;
    }
    found[here].push(block);
    if (block.fresh) left -= 1;
  }
  return found;
}

function articleOf(place) {
  const rowsOf = ({ change: own, inner, goneFirst }, depth) => [
    { change: own, continued: false, depth, blocks: own.blocks },
    ...inOrderOfText(goneFirst, inner).flatMap((one) => rowsOf(one, depth + 1)),
    ...(own.after.length ? [{ change: own, continued: true, depth, blocks: own.after }] : []),
  ];
  const rows = rowsOf(place, 0);
  let { kinds } = place.change;
  if (kinds.every((kind) => kind === "renumbered" || kind === "moved")) {
    kinds = [...(rows.some((row) => row.change !== place.change && row.change.kinds.length) ? ["amended"] : []), ...kinds];
  }
  return { change: place.change, kinds, rows };
}
