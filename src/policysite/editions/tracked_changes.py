"""Two versions in one text with tracked changes: with all of them accepted it is the new one, with all rejected the old one.

Nothing here knows how they are written into a file. What the order of lines and the places of marks owe to programs that read them is in
:mod:`policysite.editions.paragraph_marks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.edition_lines import Merge, Paragraph, Table
from policysite.editions.line_pairs import LinePairs
from policysite.redline import Op, word_changes
from policysite.redline.sequences import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edition_lines import Key, Line, Row
    from policysite.editions.pieces_of_text import Pieces
    from policysite.redline import Comparison

TAB = "\t"


class Run(NamedTuple):
    """Words of one kind: in both texts or in one of them, and where they lead."""

    op: Op
    text: str
    link: str = ""


Runs = tuple[Run, ...]


@dataclass
class TrackedParagraph:
    """A paragraph. ``mark`` says in which texts it ends: where it does not, its words go on into the next one.

    ``style`` and ``old_style`` are those of the two texts. ``move`` names the other place of the same words; empty for none. ``names`` is the id
    of the provision of the new text that it begins.
    """

    runs: Runs
    mark: Op
    style: str
    old_style: str
    names: str = ""
    foreign: bool = False
    move: str = ""


class TrackedCell(NamedTuple):
    """A cell of a table."""

    runs: Runs
    across: int = 1
    merge: Merge = Merge.NONE


class TrackedRow(NamedTuple):
    """A row of a table, in both texts or in one of them."""

    op: Op
    cells: tuple[TrackedCell, ...]
    is_head: bool = False
    foreign: bool = False


@dataclass
class TrackedTable:
    """A table; it is in one text alone if all of its rows are."""

    rows: tuple[TrackedRow, ...]
    columns: int


Tracked = TrackedParagraph | TrackedTable


def unchanged(lines: Sequence[Line]) -> list[Tracked]:
    """Return *lines* without any change."""
    return [
        _table(line, Op.EQUAL) if isinstance(line, Table) else _alone(line, Op.EQUAL)
        for line in lines
    ]


def tracked(comparison: Comparison, old: Sequence[Line], new: Sequence[Line]) -> list[Tracked]:
    """Return the changes from *old* to *new*, of which *comparison* is what became of the provisions.

    Lines that stand for each other are amended in their place as far as they kept their order; the same words in another place have moved.
    """
    pairs = LinePairs(comparison, old, new)
    return list(_Merge(old, new, pairs).all())


class _Merge:
    def __init__(self, old: Sequence[Line], new: Sequence[Line], pairs: LinePairs) -> None:
        self.old, self.new, self.rows = old, new, pairs.rows
        by_new = sorted((j, i) for i, j in pairs.lines)
        kept = in_order([i for _, i in by_new])
        self.kept = [(i, j) for place, (j, i) in enumerate(by_new) if place in kept]
        self.moves: dict[tuple[str, int], str] = {}
        for place, (j, i) in enumerate(by_new):
            if place not in kept and _is_same(old[i], new[j]):
                name = f"move{len(self.moves) // 2 + 1}"
                self.moves["old", i] = self.moves["new", j] = name

    def all(self) -> Iterator[Tracked]:
        here = there = 0
        for i, j in [*self.kept, (len(self.old), len(self.new))]:
            yield from self._gap(range(here, i), range(there, j))
            if i < len(self.old):
                yield self._pair(self.old[i], self.new[j])
            here, there = i + 1, j + 1

    def _gap(self, gone: range, come: range) -> Iterator[Tracked]:
        """Yield what only one of the texts has; a table takes the place of a table, so that none has to go or come beside another."""
        tables = [
            [p for p in places if isinstance(lines[p], Table)]
            for lines, places in ((self.old, gone), (self.new, come))
        ]
        here, there = gone.start, come.start
        for i, j in zip(*tables, strict=False):
            yield from self._single(range(here, i), range(there, j))
            yield self._pair(self.old[i], self.new[j])
            # Behind it is an empty line.
            yield self._pair(self.old[i + 1], self.new[j + 1])
            here, there = i + 2, j + 2
        yield from self._single(range(here, gone.stop), range(there, come.stop))

    def _single(self, gone: range, come: range) -> Iterator[Tracked]:
        for side, lines, places, op in (
            ("old", self.old, gone, Op.DELETED),
            ("new", self.new, come, Op.INSERTED),
        ):
            for place in places:
                line = lines[place]
                if isinstance(line, Table):
                    yield _table(line, op)
                else:
                    yield _alone(line, op, self.moves.get((side, place), ""))

    def _pair(self, old: Line, new: Line) -> Tracked:
        if isinstance(old, Table) and isinstance(new, Table):
            return _tables(old, new, self.rows)
        if isinstance(old, Paragraph) and isinstance(new, Paragraph):
            runs = (*_marks(old.mark, new.mark), *_words(old.pieces, new.pieces))
            return TrackedParagraph(
                joined(runs), Op.EQUAL, new.style, old.style, new.names, new.foreign
            )
        raise TypeError("a table and a paragraph are no pair")


def _is_same(old: Line, new: Line) -> bool:
    if not isinstance(old, Paragraph) or not isinstance(new, Paragraph):
        return False
    # What moved and was amended would hide the amendment.
    return bool(old.printed) and (old.mark, old.pieces, old.style) == (
        new.mark,
        new.pieces,
        new.style,
    )


def _alone(line: Paragraph, op: Op, move: str = "") -> TrackedParagraph:
    mark = (Run(op, f"{line.mark}{TAB}"),) if line.mark else ()
    names = line.names if op is not Op.DELETED else ""
    runs = joined((*mark, *_whole(line.pieces, op)))
    return TrackedParagraph(runs, op, line.style, line.style, names, line.foreign, move)


def _whole(pieces: Pieces, op: Op) -> Runs:
    return tuple(Run(op, *piece) for piece in pieces)


def _marks(old: str, new: str) -> Iterator[Run]:
    if old != new:
        yield Run(Op.DELETED, old if new else f"{old}{TAB}")
        yield Run(Op.INSERTED, new if old else f"{new}{TAB}")
        yield Run(Op.EQUAL, TAB if old and new else "")
    elif new:
        yield Run(Op.EQUAL, f"{new}{TAB}")


def _words(old: Pieces, new: Pieces) -> Iterator[Run]:
    """Yield the words of both texts; the same words that lead elsewhere are other ones, as a file has no other way to say it."""
    before, after = _characters(old), _characters(new)
    here = there = 0
    for op, text in word_changes("".join(p.text for p in old), "".join(p.text for p in new)):
        for place, character in enumerate(text):
            links = (
                before[here + place] if op is not Op.INSERTED else "",
                after[there + place] if op is not Op.DELETED else "",
            )
            if op is not Op.EQUAL:
                yield Run(op, character, links[op is Op.INSERTED])
            elif links[0] == links[1]:
                yield Run(op, character, links[0])
            else:
                yield Run(Op.DELETED, character, links[0])
                yield Run(Op.INSERTED, character, links[1])
        here += len(text) if op is not Op.INSERTED else 0
        there += len(text) if op is not Op.DELETED else 0


def _characters(pieces: Pieces) -> list[str]:
    """Return where each character leads."""
    return [piece.link for piece in pieces for _ in piece.text]


def joined(runs: Sequence[Run]) -> Runs:
    """Return *runs* with what stands beside its like put together; between words that stayed, what was deleted comes first."""
    found: list[Run] = []
    changed: dict[Op, list[Run]] = {Op.DELETED: [], Op.INSERTED: []}
    for run in (*runs, Run(Op.EQUAL, "")):
        if run.op is not Op.EQUAL:
            _append(changed[run.op], run)
            continue
        for several in changed.values():
            for one in several:
                _append(found, one)
            several.clear()
        _append(found, run)
    return tuple(found)


def _append(found: list[Run], run: Run) -> None:
    if not run.text:
        return
    last = found[-1] if found else None
    if last and (last.op, last.link) == (run.op, run.link):
        found[-1] = Run(run.op, last.text + run.text, run.link)
    else:
        found.append(run)


def _table(table: Table, op: Op) -> TrackedTable:
    return TrackedTable(tuple(_row(row, op) for row in table.rows), table.columns)


def _row(row: Row, op: Op) -> TrackedRow:
    cells = tuple(
        TrackedCell(joined(_whole(cell.pieces, op)), cell.across, cell.merge) for cell in row.cells
    )
    return TrackedRow(op, cells, row.is_head, row.foreign)


def _tables(old: Table, new: Table, pairs: dict[Key, Key]) -> TrackedTable:
    """Return a table in the place of another; if its columns are others, all of its rows are."""
    columns = max(old.columns, new.columns)
    if old.columns != new.columns:
        gone = [_row(row, Op.DELETED) for row in old.rows]
        return TrackedTable((*gone, *(_row(row, Op.INSERTED) for row in new.rows)), columns)
    places = {row.key: place for place, row in enumerate(old.rows)}
    both = [
        (places[pairs[row.key]], place)
        for place, row in enumerate(new.rows)
        if pairs.get(row.key) in places and row.shape == old.rows[places[pairs[row.key]]].shape
    ]
    kept = in_order([i for i, _ in both])
    rows: list[TrackedRow] = []
    here = there = 0
    ends = (len(old.rows), len(new.rows))
    for i, j in [*(pair for place, pair in enumerate(both) if place in kept), ends]:
        rows += (_row(row, Op.DELETED) for row in old.rows[here:i])
        rows += (_row(row, Op.INSERTED) for row in new.rows[there:j])
        if (i, j) != ends:
            rows.append(_rows(old.rows[i], new.rows[j]))
        here, there = i + 1, j + 1
    return TrackedTable(tuple(rows), columns)


def _rows(old: Row, new: Row) -> TrackedRow:
    # Where a cell begins to go on below in one text, rows of both may come below it.
    cells = tuple(
        TrackedCell(
            joined(tuple(_words(one.pieces, other.pieces))),
            other.across,
            one.merge if other.merge is Merge.NONE else other.merge,
        )
        for one, other in zip(old.cells, new.cells, strict=True)
    )
    return TrackedRow(Op.EQUAL, cells, new.is_head, new.foreign)
