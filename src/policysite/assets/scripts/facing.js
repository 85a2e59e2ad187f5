// A comparison as a table of old and new, as policysite/redline/facing_rows.py has it; a test holds both together.

// Whether the words of a row have to be seen on both sides; a number or a heading is seen elsewhere.
function isChangedInTable(row, difference) {
  const { old, fresh, parted, kinds } = row.change;
  if (difference || !old || !fresh || parted || (row.depth && kinds.includes("moved"))) return true;
  if (!row.continued && (htmlOfLinks(row) || (old.omitted || 0) !== (fresh.omitted || 0))) return true;
  return row.blocks.some(isChangedBlock);
}

function marksOf({ change: { old, fresh }, continued, depth }) {
  if (continued || !depth || !old || !fresh) return ["", ""];
  return [old.mark || "", fresh.mark || ""];
}

// The rows with what each does in the table; `rows` are those of the article that have words.
function facingRows(article, rows, differenceOf) {
  const depths = rows.map((row) => row.depth + (row.continued ? 1 : 0));
  const changed = rows.map((row) => isChangedInTable(row, differenceOf(row)));
  const ends = depths.map((depth, place) => {
    const end = depths.findIndex((other, at) => at > place && other <= depth);
    return end < 0 ? rows.length : end;
  });
  const whole = ends.map((end, place) => !changed.slice(place, end).includes(true));
  const isMarked = (place) => marksOf(rows[place]).every(Boolean);
  const kindsOf = (place) => rows[place].change.kinds.join();
  const goesOn = (last, next) =>
    next < rows.length &&
    whole[next] &&
    depths[last] === depths[next] &&
    isMarked(last) === isMarked(next) &&
    kindsOf(last) === kindsOf(next);
  const leftOut = new Map();
  const folded = new Set();
  for (let place = 0; place < rows.length; ) {
    if (!whole[place]) {
      place += 1;
      continue;
    }
    const run = [place];
    while (goesOn(run.at(-1), ends[run.at(-1)])) run.push(ends[run.at(-1)]);
    const [first, last] = [marksOf(rows[place]), marksOf(rows[run.at(-1)])];
    leftOut.set(place, { count: run.length, old: [first[0], last[0]], fresh: [first[1], last[1]] });
    const end = ends[run.at(-1)];
    for (; place < end; place += 1) folded.add(place);
  }
  const sidesOf = ({ old, fresh }) => `${old ? 1 : 0}${fresh ? 1 : 0}`;
  const around = [];
  return rows.map((row, place) => {
    while (around.length && around.at(-1)[0] >= depths[place]) around.pop();
    const sides = sidesOf(row.change);
    const isWithin = sides === (around.at(-1)?.[1] ?? sidesOf(article.change)) && sides !== "11";
    around.push([depths[place], sides]);
    const role = folded.has(place) ? "folded" : changed[place] ? "changed" : "lead";
    return { row, role, leftOut: leftOut.get(place), isWithin };
  });
}

// Changes with what stayed of a word of which a part changed, in scripts that write particles onto words.
function touchedWords(changes) {
  const letters = Object.keys(comparable.particles).join("");
  const starts = new RegExp(`^[${letters}]+`, "u");
  const ends = new RegExp(`[${letters}\\p{Nd}]+$`, "u");
  return changes.flatMap(({ op, text }, place) => {
    if (op !== "equal") return [{ op, text }];
    const before = changes.slice(Math.max(0, place - 2), place).some((one) => /[\p{L}\p{N}]$/u.test(one.text));
    const after = changes.slice(place + 1, place + 3).some((one) => /^[\p{L}\p{N}]/u.test(one.text));
    const head = (before && starts.exec(text)?.[0]) || "";
    const rest = text.slice(head.length);
    const tail = (after && ends.exec(rest)?.[0]) || "";
    const parts = [
      { op: "touched", text: head },
      { op, text: rest.slice(0, rest.length - tail.length) },
      { op: "touched", text: tail },
    ];
    return parts.filter((part) => part.text);
  });
}

// That a paragraph won or lost its last sentences.
function sentenceNote(block, provisos) {
  if (!block.old || !block.fresh || isRow(block.old) || isRow(block.fresh)) return null;
  const [before, last] = block.cells[0].changes.slice(-2);
  if (!last || last.op === "equal" || before.op !== "equal") return null;
  const text = last.text.trim();
  if (![before.text.trimEnd(), text].every((one) => /[.!?。！？]$/u.test(one))) return null;
  return { op: last.op, isProviso: provisos.some((word) => text.startsWith(word)) };
}
