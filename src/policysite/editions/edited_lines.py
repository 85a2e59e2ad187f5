"""The lines of an edited Word file with some of its changes accepted and the others rejected, beside those of the edition that it was made from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from policysite.editions.edited_file import EditedFile, FileParagraph, FileRow
from policysite.editions.edition_lines import END_MARK, Merge, Paragraph, Style, Table
from policysite.editions.word_names import provisions_by_bookmark
from policysite.redline.sequences import stretches
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from policysite.editions.edited_file import Revisions
    from policysite.editions.edition_lines import Key, Line

    Pairs = list[tuple[int | None, int | None]]
    """Places in two texts, in the order of the second one; None where it has no such line, or the first one has none."""
    Atom = tuple[str, int, int]

_ALIKE = 50
"""Of a hundred: from here on, words that were typed anew stand for others in the same gap."""
_MOST_TRIED = 40_000
_MARK = 1_000_000


class EditedLine(NamedTuple):
    """A paragraph, or a row of the ``table`` with that number (-1 for none), with its cells; a paragraph is one.

    ``paragraphs`` are those of the file that it is made of, ``atoms`` the words of these, with how long they are.
    """

    cells: tuple[str, ...]
    style: str = ""
    table: int = -1
    is_plain: bool = True
    paragraphs: tuple[int, ...] = ()
    bookmarks: tuple[str, ...] = ()
    atoms: tuple[tuple[Atom, int], ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return not self.style

    @property
    def text(self) -> str:
        """All that it says."""
        return " | ".join(self.cells) if self.is_row else self.cells[0]

    def begins_before(self, paragraph: int) -> bool:
        """Whether it has words in front of a *paragraph* of the file."""
        if self.is_row:
            return self.paragraphs[0] < paragraph
        return any(kind == "words" and place < paragraph for (kind, place, _), _ in self.atoms)


class KnownLine(NamedTuple):
    """A line of an edition: where it stands in the text, and what it says; its ``table`` is the number of that, -1 for none."""

    key: Key
    cells: tuple[str, ...]
    style: str = ""
    names: str = ""
    table: int = -1

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return not self.style

    @property
    def is_text(self) -> bool:
        """Whether it is a part of the policy: status, notes of the editors and the mark of the end are not."""
        return bool(self.key.provision) and self.style != Style.NOTE

    @property
    def text(self) -> str:
        """All that it says."""
        return " | ".join(self.cells) if self.is_row else self.cells[0]


def known_lines(lines: Sequence[Line], end: Key) -> list[KnownLine]:
    """Return *lines* of an edition, and the mark of the end with the key *end*; empty ones say nothing."""
    found: list[KnownLine] = []
    for place, line in enumerate(lines):
        if isinstance(line, Table):
            for row in line.rows:
                own = (cell for cell in row.cells if cell.merge is not Merge.GOES_ON)
                cells = tuple("".join(p.text for p in cell.pieces) for cell in own)
                found.append(KnownLine(row.key, cells, table=place))
        elif isinstance(line, Paragraph) and line.printed:
            found.append(KnownLine(line.key, (line.printed,), line.style, line.names))
    return [*found, KnownLine(end, (END_MARK,), Style.END)]


def edited_lines(file: EditedFile, accepted: AbstractSet[int]) -> list[EditedLine]:
    """Return the lines of *file* with the revisions *accepted* and the others rejected; empty ones say nothing."""
    return [line for line in _Resolved(file, accepted).lines() if line.is_row or line.cells[0]]


class _Resolved:
    def __init__(self, file: EditedFile, accepted: AbstractSet[int]) -> None:
        self.file, self.accepted = file, accepted

    def lines(self) -> Iterator[EditedLine]:
        waiting: list[FileParagraph] = []
        for part in self.file.body:
            if isinstance(part, FileRow):
                if waiting:
                    yield self._joined(waiting)
                    waiting = []
                if self._is_there(part.revisions):
                    yield self._row(part)
                continue
            waiting.append(part)
            if self._is_there(part.end):
                yield self._joined(waiting)
                waiting = []
        if waiting:
            yield self._joined(waiting)

    def _is_there(self, revisions: Revisions) -> bool:
        return all((r in self.accepted) == self.file.revisions[r].comes for r in revisions)

    def _joined(self, paragraphs: Sequence[FileParagraph]) -> EditedLine:
        """Return paragraphs of which only the last has its mark: the style is that of it, as it is in Word."""
        last = paragraphs[-1]
        is_old = last.level is not None and last.level not in self.accepted
        atoms = tuple(self._atoms(paragraphs))
        return EditedLine(
            (self._text(paragraphs).strip(" "),),
            (last.old_style if is_old else last.style) or Style.TEXT,
            paragraphs=tuple(p.number for p in paragraphs),
            bookmarks=tuple(b for p in paragraphs for b in p.bookmarks),
            atoms=(*atoms, (("mark", last.number, 0), 1)),
        )

    def _text(self, paragraphs: Sequence[FileParagraph]) -> str:
        return "".join(w.text for p in paragraphs for w in p.words if self._is_there(w.revisions))

    def _atoms(self, paragraphs: Sequence[FileParagraph]) -> Iterator[tuple[Atom, int]]:
        for paragraph in paragraphs:
            for place, words in enumerate(paragraph.words):
                if self._is_there(words.revisions):
                    yield ("words", paragraph.number, place), 2 * len(words.text)

    def _row(self, row: FileRow) -> EditedLine:
        cells = [cell for cell in row.cells if self._is_there(cell.revisions)]
        paragraphs = [p for cell in cells for p in cell.paragraphs]
        return EditedLine(
            tuple(self._cell(cell.paragraphs) for cell in cells if not cell.is_below),
            table=row.table,
            is_plain=row.is_plain,
            paragraphs=tuple(p.number for p in paragraphs),
            atoms=((("row", row.number, 0), _MARK),),
        )

    def _cell(self, paragraphs: Sequence[FileParagraph]) -> str:
        found, waiting = [], []
        for paragraph in paragraphs:
            waiting.append(paragraph)
            if self._is_there(paragraph.end):
                found.append(self._text(waiting))
                waiting = []
        found += [self._text(waiting)] if waiting else []
        return LINE.join(found).strip(LINE)


def by_origin(before: Sequence[EditedLine], after: Sequence[EditedLine]) -> Pairs:
    """Pair the lines of one file with other changes accepted: those that have the most words of the file in common."""
    owners = {atom: place for place, line in enumerate(before) for atom, _ in line.atoms}
    shared: Counter[tuple[int, int]] = Counter()
    for place, line in enumerate(after):
        for atom, length in line.atoms:
            if atom in owners:
                shared[owners[atom], place] += length
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (i, j), _ in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0])):
        if j not in found and i not in taken and before[i].is_row == after[j].is_row:
            found[j] = i
            taken.add(i)
    return _in_order(len(before), len(after), found)


def by_text(
    before: Sequence[KnownLine], after: Sequence[EditedLine] | Sequence[KnownLine]
) -> Pairs:
    """Pair lines by what they say; between those that say the same, by bookmarks, and by how much is the same."""
    found: dict[int, int] = {}
    for span in stretches([line.cells for line in before], [line.cells for line in after]):
        old = range(span.old_start, span.old_end)
        new = range(span.new_start, span.new_end)
        if span.equal:
            found.update(zip(new, old, strict=True))
        else:
            found |= _in_gap(before, after, old, new)
    return _in_order(len(before), len(after), found)


def _in_gap(
    before: Sequence[KnownLine],
    after: Sequence[EditedLine] | Sequence[KnownLine],
    old: range,
    new: range,
) -> dict[int, int]:
    ids = provisions_by_bookmark(before[i].names for i in old if before[i].names)
    places = {before[i].names: i for i in old if before[i].names}

    def alike(i: int, j: int) -> float:
        one, other = before[i], after[j]
        if one.is_row != other.is_row:
            return 0
        named = [ids[b] for b in getattr(other, "bookmarks", ()) if b in ids]
        if named and places[named[-1]] == i:
            return 101
        ratio = fuzz.ratio(one.text, other.text)
        return ratio if ratio >= _ALIKE else 0

    if len(old) * len(new) > _MOST_TRIED:
        return {}
    return _best(old, new, alike)


def _best(old: range, new: range, alike: Callable[[int, int], float]) -> dict[int, int]:
    """Return the pairs, in order, that are the most alike together."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likes = [[alike(i, j) for j in new] for i in old]
    for x in range(len(old) - 1, -1, -1):
        for y in range(len(new) - 1, -1, -1):
            both = likes[x][y] + best[x + 1][y + 1] if likes[x][y] else 0
            best[x][y] = max(both, best[x + 1][y], best[x][y + 1])
    found: dict[int, int] = {}
    x = y = 0
    while x < len(old) and y < len(new):
        if likes[x][y] and best[x][y] == likes[x][y] + best[x + 1][y + 1]:
            found[new[y]] = old[x]
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return found


def _in_order(old: int, new: int, found: dict[int, int]) -> Pairs:
    """Return all lines of both: those that went stand behind the one that was before them."""
    pairs: Pairs = []
    left = sorted(set(range(old)) - set(found.values()))
    last = -1
    for j in range(new):
        i = found.get(j)
        if i is not None:
            last = max(last, i)
            while left and left[0] < i:
                pairs.append((left.pop(0), None))
        pairs.append((i, j))
    pairs += [(i, None) for i in left]
    return pairs


def joined_pairs(first: Pairs, second: Pairs) -> Pairs:
    """Return the pairs of lines of a first and a third text, given those of both with a second one."""
    back = {j: i for i, j in first if i is not None and j is not None}
    there = {k: back.get(j) for j, k in second if j is not None and k is not None}
    known = [i for i, _ in first if i is not None]
    last = [k for _, k in second if k is not None]
    found = {k: i for k, i in there.items() if i is not None}
    return _in_order(len(known), len(last), found)
