"""Which provision the pieces below one heading are, or are in: by the lists of the source, and by the search for marks.

A mark that neither goes on nor begins, or would be read in two ways, stays the text that it is; one that leaves a gap, or stands twice,
was published so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policysite.importing.piece_marks import hints, marked
from policysite.importing.pieces import Piece, Span, tidy
from policysite.importing.printed_marks import DASH, LISTED, PrintedMark
from policysite.importing.recognised_text import Entry, PieceKind
from policysite.languages.marks import DECIMAL, LONGEST, marks_of
from policysite.text.mark_search import Entry as Searched
from policysite.text.mark_search import Found, Placed, Step, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.languages.marks import Mark

_MOST_PASSES = 6
_BEHIND = ("circ", "ga.")
_DASHES = "—–"


@dataclass(eq=False)
class _Unit:
    """A piece with its mark or without, and ``inner``, what the source has in its item.

    ``entry`` and ``column`` say where it was written; ``is_left``: nothing is in it any more.
    """

    piece: Piece
    mark: PrintedMark | None = None
    inner: list[Piece] = field(default_factory=list)
    behind: list[tuple[Mark, ...]] = field(default_factory=list)
    parent: int = -1
    is_left: bool = False
    entry: int = -1
    column: int = 0

    @property
    def is_listed(self) -> bool:
        """Whether Markdown makes a list of it."""
        return self.mark is not None and self.mark.kind in LISTED

    def as_text(self, *notes: str) -> None:
        """Make the mark words of the piece again."""
        if self.mark:
            spans = (Span(f"{self.mark.text}{self.mark.gap}"), *self.piece.spans)
            self.piece = replace(self.piece, spans=tidy(spans)).noted(*notes)
        self.mark, self.behind = None, []


class MarkNesting:
    """Writes the pieces below one heading behind *entries*, which has that heading last, or only the title."""

    def __init__(self, entries: list[Entry], language: str) -> None:
        self.entries = entries
        self._language = language
        self._heading = len(entries) - 1
        self._lists: dict[int, tuple[str, int]] = {}

    def add(self, pieces: Sequence[Piece], around: tuple[str, ...]) -> None:
        """Write *pieces*, in a provision whose number has the pieces *around*."""
        self._place(pieces, 0, around, self._heading)

    def _place(
        self, pieces: Sequence[Piece], column: int, around: tuple[str, ...], parent: int
    ) -> None:
        units = list(self._units(pieces))
        self._settle(units, around)
        open_items: list[_Unit] = []
        for number, unit in enumerate(units):
            is_loose = unit.mark is None and unit.piece.depth == 0
            says_where = is_loose and number > 0 and _in_points(units, number - 1)
            if is_loose:
                self._leave_lists(units, number)
            unit.parent = _outside_of_ended(units, unit.parent)
            above = units[unit.parent] if unit.parent >= 0 else None
            indent = above.column if above else column
            inside = above.entry if above else parent
            # A block that is not indented as far ends an item.
            while open_items and open_items[-1].column > indent:
                open_items.pop().is_left = True
            self._write(unit, indent, inside, says_where=says_where)
            if unit.column > indent:
                open_items.append(unit)
            if unit.inner:
                number_of_item = unit.mark.number.pieces if unit.mark else ()
                self._place(unit.inner, unit.column, number_of_item, unit.entry)

    def _units(self, pieces: Sequence[Piece]) -> Iterator[_Unit]:
        place = 0
        while place < len(pieces):
            piece = pieces[place]
            place += 1
            mark, bare = (None, piece) if piece.table else marked(piece, self._language)
            unit = _Unit(bare, mark)
            if unit.is_listed or (mark and mark.kind == DASH):
                # Markdown's items hold what the items of the source hold.
                while piece.counter and place < len(pieces) and _is_inside(pieces[place], piece):
                    unit.inner.append(pieces[place])
                    place += 1
            elif mark:
                unit.behind = list(_behind(mark, piece.text, self._language))
            yield unit

    def _settle(self, units: list[_Unit], around: tuple[str, ...]) -> None:
        """Find the parents of *units*; marks that cannot be numbered become words."""
        for _ in range(_MOST_PASSES):
            searched, owners = _searched(units)
            found = search(searched, around)
            for place, placed in enumerate(found.placed):
                if not searched[place].behind:
                    above = owners[placed.parent] if placed.parent >= 0 else -1
                    units[owners[place]].parent = above
            wrong = list(_unnumbered(found))
            if not wrong:
                # An initial, "S. Smith", is no mark.
                for place, placed in enumerate(found.placed):
                    if placed.mark is None and searched[place].readings:
                        units[owners[place]].as_text()
                return
            for place in wrong:
                mark = units[owners[place]].mark
                last = _before(found.placed, place)
                units[owners[place]].as_text(
                    f"{mark.text if mark else ''!r} does not follow ({last or 'no number'} is before it); it stays text, without an id."
                )

    def _leave_lists(self, units: list[_Unit], number: int) -> None:
        """Take a paragraph out of a list of the text that does not go on behind it."""
        unit = units[number]
        while unit.parent >= 0 and units[unit.parent].is_listed:
            point = units[unit.parent]
            later = (
                u for u in units[number + 1 :] if u.parent == point.parent and _alike(u, point)
            )
            after = next(later, None)
            if after and after.mark and point.mark and not after.mark.readings[0].begins:
                return
            point.is_left = True
            unit.parent = point.parent

    # Writing -----------------------------------------------------------------------------------------

    def _write(self, unit: _Unit, indent: int, parent: int, *, says_where: bool) -> None:
        piece, mark = unit.piece, unit.mark
        unit.entry, unit.column = len(self.entries), indent
        if piece.table:
            self._table(piece, indent, parent)
        elif mark is None:
            self._leave(indent)
            noted = piece.noted(*hints(piece.text))
            entry = Entry(PieceKind.PARAGRAPH, noted, indent, parent=parent, says_where=says_where)
            self.entries.append(entry)
        elif mark.kind == DASH or (mark.kind in LISTED and self._counts(mark, indent)):
            end = mark.text[-1]
            self._leave(indent + 1)
            self._lists[indent] = end, mark.number.main
            unit.column = indent + len(mark.text) + 1
            self.entries.append(Entry(PieceKind.ITEM, piece, indent, mark.text, parent=parent))
        else:
            self._leave(indent)
            escaped = mark.kind in LISTED and mark.text[:-1].isdigit()
            self.entries.append(
                Entry(
                    PieceKind.PARAGRAPH, piece, indent, mark.text, mark.gap, escaped=escaped, parent=parent
                )
            )  # fmt: skip
        unit.entry = len(self.entries) - 1

    def _table(self, piece: Piece, indent: int, parent: int) -> None:
        self._leave(indent)
        if piece.counter:
            # Markdown takes no table right behind a mark.
            lone = Piece((Span(piece.counter),), piece.line, depth=piece.depth)
            note = f"{piece.counter!r} has no words of its own, only a table; it stays text, without an id."
            entry = Entry(PieceKind.PARAGRAPH, lone.noted(note), indent, parent=parent)
            self.entries.append(entry)
        self.entries.append(Entry(PieceKind.TABLE, piece, indent, parent=parent))

    def _leave(self, column: int) -> None:
        """Close the lists that a block in *column* is not in."""
        self._lists = {at: state for at, state in self._lists.items() if at < column}

    def _counts(self, mark: PrintedMark, indent: int) -> bool:
        """Whether Markdown counts *mark* as it is printed, in a list at *indent*."""
        end, last = self._lists.get(indent, ("", 0))
        number = mark.number
        if number.branch:
            return False
        return end != mark.text[-1] or number.main == last + 1


def _outside_of_ended(units: Sequence[_Unit], parent: int) -> int:
    """Return *parent*, or what is around the outermost item around it that has ended."""
    place = parent
    while place >= 0:
        unit = units[place]
        if unit.is_left:
            parent = unit.parent
        place = unit.parent
    return parent


def _is_inside(piece: Piece, item: Piece) -> bool:
    return piece.depth > item.depth or (piece.depth == item.depth and not piece.counter)


def _behind(mark: PrintedMark, text: str, language: str) -> Iterator[tuple[Mark, ...]]:
    """Yield the marks that stand directly behind *mark*, as the site reads them: (1)(a), 1.—(1)."""
    width = mark.width
    while True:
        text = text[width:].lstrip(_DASHES)
        inner = tuple(one for one in marks_of(text[:LONGEST], language) if one.begins)
        if not inner or not (inner[0].kind in _BEHIND or text.startswith(("(", "（"))):
            return
        yield inner
        width = inner[0].width


def _searched(units: Sequence[_Unit]) -> tuple[list[Searched], list[int]]:
    """Return what is searched, and the unit that each of it is of."""
    found: list[Searched] = []
    owners: list[int] = []
    for place, unit in enumerate(units):
        mark = unit.mark
        if mark is None:
            found.append(Searched())
        elif mark.kind == DASH:
            found.append(Searched(is_list=True))
        else:
            listed = bool(unit.inner) or (unit.is_listed and unit.piece.depth > 0)
            found.append(Searched(mark.readings, listed=listed))
        found += [Searched(inner, behind=True) for inner in unit.behind]
        owners += [place] * (1 + len(unit.behind))
    return found, owners


def _unnumbered(found: Found) -> Iterator[int]:
    """Yield the places of marks that nothing leads to, and of lists that begin again where that may mean two things."""
    known: set[tuple[int, str]] = set()
    for place, placed in enumerate(found.placed):
        if placed.mark is None:
            continue
        own = placed.parent, placed.mark.kind
        is_decimal = placed.mark.kind.startswith(DECIMAL)
        if placed.step is Step.GAP and (is_decimal or own not in known):
            yield place
        else:
            known.add(own)
    yield from (n for n, _ in found.doubtful if found.placed[n].step is Step.AGAIN)


def _before(placed: Sequence[Placed], place: int) -> str:
    """Return the number of the last mark of its kind before one."""
    mark = placed[place].mark
    same = (
        p.mark for p in reversed(placed[:place]) if p.mark and mark and p.mark.kind == mark.kind
    )
    last = next(same, None)
    return ".".join(last.number.pieces) if last else ""


def _alike(unit: _Unit, other: _Unit) -> bool:
    return unit.mark is not None and other.mark is not None and unit.mark.kind == other.mark.kind


def _in_points(units: Sequence[_Unit], number: int) -> bool:
    """Whether a unit is in a point that is no item of the source, or is one."""
    while number >= 0:
        unit = units[number]
        if unit.piece.depth == 0 and (unit.is_listed or (unit.mark and unit.mark.kind == DASH)):
            return True
        number = unit.parent
    return False
