"""Making the changes of an edited Word file in the source of a draft, line by line, or saying why one cannot be made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from policysite.authoring.edited_word import AROUND, differs
from policysite.authoring.source_units import folded_cell, placed
from policysite.authoring.written_lines import CannotEditError, heading_depth
from policysite.base.problems import excerpt
from policysite.editions.edited_lines import by_origin, by_text, joined_pairs
from policysite.editions.open_changes import ChangeSort

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policysite.authoring.edited_word import EditedWord
    from policysite.authoring.source_edit import SourceEdit
    from policysite.authoring.source_units import SourceUnit
    from policysite.editions.edited_lines import EditedLine, KnownLine
    from policysite.editions.open_changes import OpenChange

_ELSEWHERE = "the draft says something else there"


class DraftChanges:
    """Makes the changes of *word* in *edit*, the source of a draft of which *lines* are what its edition says.

    A line is changed only where the draft says what the version says that the file was made from; what it says already stays. ``problems`` are changes that could
    not be made, each with its provision.
    """

    def __init__(self, word: EditedWord, lines: Sequence[KnownLine], edit: SourceEdit) -> None:
        self.word, self.lines, self.edit = word, lines, edit
        self.problems: list[str] = []
        pairs = by_text(word.known, lines)
        self._there = {i: j for i, j in pairs if i is not None and j is not None}
        self._own = set(range(len(lines))) - set(self._there.values())
        self._typed = placed(lines, edit.units)

    def make(self, wanted: Sequence[EditedLine]) -> None:
        """Have the draft say what the file says with the changes accepted that are taken: the lines *wanted*."""
        behind: int | None = None
        above: EditedLine | None = None
        rows: dict[int, list[int]] = {}
        pairs = joined_pairs(self.word.pairs, by_origin(self.word.rejected, wanted))
        for i, j in pairs:
            known = self.word.known[i] if i is not None else None
            line = wanted[j] if j is not None else None
            if known and not known.is_text:
                continue
            if i is None or known is None:
                if line:
                    self._try(behind, partial(self._insert, behind, above, line), line)
            elif line is None and known.is_row:
                rows.setdefault(known.table, []).append(i)
            elif line is None:
                self._try(i, partial(self._delete, i))
            elif differs(known, line):
                self._try(i, partial(self._amend, i, line))
            if i is not None and self._there.get(i) in self._typed:
                behind = i
            above = line or above
        for places in rows.values():
            self._try(places[0], partial(self._delete_rows, places))

    def note_others(self, taken: Sequence[OpenChange]) -> None:
        """Say of changes that are none of the text why they are not made."""
        for change in taken:
            why = ""
            known = self.word.known_line(change)
            if known and not known.is_text:
                why = "it is no text of the policy"
            elif change.sort is ChangeSort.LEVEL and not (
                heading_depth(change.old) and heading_depth(change.new)
            ):
                why = "the level of a paragraph follows from its mark"
            if why:
                self.problems.append(f"{self.word.place_of(change)}: {change}: {why}")

    def _try(
        self, place: int | None, change: Callable[[], None], line: EditedLine | None = None
    ) -> None:
        """Make a *change* of the line *place* of the version, or put *line* behind it; or say why not."""
        try:
            change()
        except CannotEditError as error:
            name = self.word.known[place].key.provision if place is not None else ""
            words = line or (self.word.known[place] if place is not None else None)
            shown = excerpt(words.text.replace("\t", " ")) if words else ""
            where = f"after {name}" if line and name else name or AROUND
            self.problems.append(f"{where}: {shown}: {error}")

    def _unit(self, place: int, now: Sequence[str] | None) -> tuple[SourceUnit, bool] | None:
        """Return where a line of the version is typed; None if it says already what it is to say *now*, or is gone that is to go.

        :raises CannotEditError: if the draft says something else there.
        """
        there = self._there.get(place)
        if there is None:
            if now is None and not self._has_own(place):
                return None
            raise CannotEditError(_ELSEWHERE)
        said = self.lines[there].cells
        if said != self.word.known[place].cells:
            if now is not None and _is_same(said, now):
                return None
            raise CannotEditError(f"{_ELSEWHERE}: {excerpt(self.lines[there].text)}")
        if there not in self._typed:
            raise CannotEditError("its words, or their order, are made by the site")
        return self._typed[there]

    def _has_own(self, place: int) -> bool:
        """Whether the draft has a line of its own where the line *place* of the version would be."""
        before = next((self._there[i] for i in range(place, -1, -1) if i in self._there), -1)
        after = (self._there[i] for i in range(place, len(self.word.known)) if i in self._there)
        return not self._own.isdisjoint(range(before + 1, next(after, len(self.lines))))

    def _amend(self, place: int, line: EditedLine) -> None:
        if found := self._unit(place, line.cells):
            unit, is_exact = found
            if not is_exact:
                raise CannotEditError("some of its words come from elsewhere, by a reference")
            self.edit.amend(unit, line)

    def _delete(self, place: int) -> None:
        if found := self._unit(place, None):
            self.edit.delete(found[0])

    def _delete_rows(self, places: Sequence[int]) -> None:
        units = [found[0] for place in places if (found := self._unit(place, None))]
        if units:
            self.edit.delete_rows(units)

    def _insert(self, behind: int | None, above: EditedLine | None, line: EditedLine) -> None:
        if behind is None:
            raise CannotEditError("nothing of the text is before it")
        there = self._there[behind]
        following = self.lines[there + 1] if there + 1 in self._own else None
        if following and _is_same(following.cells, line.cells):
            return
        begins = line.is_row and not (above and above.is_row and above.table == line.table)
        self.edit.insert(self._typed[there][0], line, begins_table=begins)


def _is_same(cells: Sequence[str], others: Sequence[str]) -> bool:
    return [*map(folded_cell, cells)] == [*map(folded_cell, others)]
