"""The tracked changes of a Word file as people see them: what somebody took away and typed in one place is one change, with a number."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.edited_file import FileRow
from policysite.editions.tracked_changes import TAB
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from policysite.editions.edited_file import EditedFile, FileParagraph, Revisions


class ChangeSort(StrEnum):
    """What a change does, in words for a list."""

    WORDS = ""
    COMES = "new paragraph"
    GOES = "paragraph deleted"
    ROW_COMES = "new row"
    ROW_GOES = "row deleted"
    CELL = "column changed"
    LEVEL = "level"
    MOVED = "moved"
    SPLIT = "paragraph split"
    JOINED = "paragraphs joined"


@dataclass
class OpenChange:
    """A change that nobody has accepted or rejected: its ``revisions``, the ``paragraph`` of the file where it begins, and the words that it takes away and brings."""

    author: str
    day: str
    paragraph: int
    revisions: set[int] = field(default_factory=set)
    old: str = ""
    new: str = ""
    sort: ChangeSort = ChangeSort.WORDS
    number: int = 0

    def __str__(self) -> str:
        """Return what it does, in one line."""
        if self.sort is ChangeSort.LEVEL:
            return f"{self.sort}: {self.old} → {self.new}"
        if self.sort is ChangeSort.WORDS:
            return in_words(self.old, self.new)
        words = " → ".join(filter(None, map(_shown, (self.old, self.new))))
        return ": ".join(filter(None, (self.sort.value, words)))


def in_words(old: str, new: str) -> str:
    """Return what it means that *new* stands for *old*; one of them may be empty."""
    gone, come = _shown(old), _shown(new)
    return (
        f"{gone} → {come}" if gone and come else f"deleted {gone}" if gone else f"inserted {come}"
    )


def differing(old: str, new: str) -> tuple[str, str]:
    """Return the words from the first that differ to the last."""
    before, after = old.split(" "), new.split(" ")
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return " ".join(before), " ".join(after)


def _shown(text: str) -> str:
    words = text.replace(TAB, " ").replace(LINE, " / ")
    return f"“{words if len(words) <= 160 else f'{words[:157]}…'}”" if words.strip() else ""


class _Atom(NamedTuple):
    """Words or the mark of a paragraph that somebody tracked."""

    paragraph: FileParagraph
    text: str
    revisions: Revisions
    is_mark: bool
    begins: bool


def open_changes(file: EditedFile, own: AbstractSet[int]) -> list[OpenChange]:
    """Return the changes of *file*, in their order, numbered from 1, without the revisions that are our *own*."""
    found = _Changes(file, own)
    ordered = sorted(found.all, key=lambda change: (change.paragraph, min(change.revisions)))
    for number, change in enumerate(ordered, start=1):
        change.number = number
    return ordered


class _Changes:
    def __init__(self, file: EditedFile, own: AbstractSet[int]) -> None:
        self.file, self.own = file, own
        self.all: list[OpenChange] = []
        self._moves: dict[tuple[str, str], OpenChange] = {}
        self._in_rows: set[int] = set()
        for part in file.body:
            if isinstance(part, FileRow):
                self._row(part)
        authors = dict.fromkeys(
            r.author for n, r in enumerate(file.revisions) if n not in own | self._in_rows
        )
        for author in authors:
            for run in self._runs(author):
                for several in _chunks(run):
                    self._change(author, several)
        self._levels()

    def _is(self, revision: int, author: str) -> bool:
        return (
            revision not in self.own
            and revision not in self._in_rows
            and self.file.revisions[revision].author == author
        )

    def _row(self, row: FileRow) -> None:
        """Take a row that comes or goes, with what is tracked in it by the same hand, and cells that do."""
        paragraphs = [p for cell in row.cells for p in cell.paragraphs]
        tracked = [r for r in row.revisions if r not in self.own]
        cells = [r for cell in row.cells for r in cell.revisions if r not in self.own]
        for several, sorts in (
            (tracked, (ChangeSort.ROW_COMES, ChangeSort.ROW_GOES)),
            (cells, (ChangeSort.CELL, ChangeSort.CELL)),
        ):
            if not several or not paragraphs:
                continue
            first = self.file.revisions[several[0]]
            inside = {
                r
                for p in paragraphs
                for r in (*(r for w in p.words for r in w.revisions), *p.end)
                if self._is(r, first.author) and self.file.revisions[r].comes == first.comes
            }
            text = " | ".join(
                "".join(w.text for p in c.paragraphs for w in p.words) for c in row.cells
            )
            sort = sorts[0] if first.comes else sorts[1]
            change = OpenChange(first.author, first.day, paragraphs[0].number, sort=sort)
            change.revisions = {*several, *(inside if several is tracked else ())}
            change.old, change.new = ("", text) if first.comes else (text, "")
            self._in_rows |= change.revisions
            self.all.append(change)

    def _containers(self) -> Iterator[Sequence[FileParagraph]]:
        """Yield paragraphs that words may go on in: those between tables, and those of each cell."""
        waiting: list[FileParagraph] = []
        for part in self.file.body:
            if isinstance(part, FileRow):
                yield waiting
                waiting = []
                yield from (cell.paragraphs for cell in part.cells)
            else:
                waiting.append(part)
        yield waiting

    def _runs(self, author: str) -> Iterator[list[_Atom]]:
        """Yield what stands beside each other and was tracked by *author*."""
        for paragraphs in self._containers():
            run: list[_Atom] = []
            for atom in self._atoms(paragraphs):
                if any(self._is(r, author) for r in atom.revisions):
                    run.append(atom)
                elif atom.text or atom.is_mark:
                    yield run
                    run = []
            yield run

    def _atoms(self, paragraphs: Iterable[FileParagraph]) -> Iterator[_Atom]:
        for paragraph in paragraphs:
            for place, words in enumerate(paragraph.words):
                yield _Atom(paragraph, words.text, words.revisions, False, place == 0)  # noqa: FBT003
            yield _Atom(paragraph, "", paragraph.end, True, not paragraph.words)  # noqa: FBT003

    def _change(self, author: str, atoms: Sequence[_Atom]) -> None:
        revisions = {r for atom in atoms for r in atom.revisions if self._is(r, author)}
        first = self.file.revisions[min(revisions)]
        move = next(
            (self.file.revisions[r].move for r in sorted(revisions) if self.file.revisions[r].move),
            "",
        )
        worded = next((a for a in atoms if a.text), atoms[0])
        change = OpenChange(author, first.day, worded.paragraph.number)
        if move:
            change = self._moves.setdefault((author, move), change)
            change.sort = ChangeSort.MOVED
        change.revisions |= revisions
        for atom in atoms:
            comes = [self.file.revisions[r].comes for r in atom.revisions if self._is(r, author)]
            if comes[-1]:
                change.new += atom.text
            else:
                change.old += atom.text
        if move:
            change.old = ""
        else:
            change.sort = self._sort(change, atoms)
        if change not in self.all:
            self.all.append(change)

    def _sort(self, change: OpenChange, atoms: Sequence[_Atom]) -> ChangeSort:
        marks = [atom for atom in atoms if atom.is_mark]
        if not marks or (change.old and change.new):
            return ChangeSort.WORDS
        if change.new:
            return ChangeSort.COMES
        if change.old:
            return ChangeSort.GOES
        comes = self.file.revisions[marks[0].revisions[-1]].comes
        return ChangeSort.SPLIT if comes else ChangeSort.JOINED

    def _levels(self) -> None:
        for paragraph in self.file.paragraphs():
            if paragraph.level is None or paragraph.level in self.own:
                continue
            revision = self.file.revisions[paragraph.level]
            self.all.append(
                OpenChange(
                    revision.author,
                    revision.day,
                    paragraph.number,
                    {paragraph.level},
                    paragraph.old_style,
                    paragraph.style,
                    ChangeSort.LEVEL,
                )
            )


def _chunks(run: Sequence[_Atom]) -> Iterator[Sequence[_Atom]]:
    """Yield the changes of which *run* is made up: each paragraph that comes or goes is one.

    A paragraph is its words with the mark behind them; where the first words are only the end of a paragraph, as where somebody pressed Enter behind
    it, with the mark before them.
    """
    found: list[_Atom] = []
    mark_first = bool(run) and not (run[0].begins and not run[0].is_mark)
    for atom in run:
        if mark_first and atom.is_mark and found:
            yield found
            found = []
        found.append(atom)
        if not mark_first and atom.is_mark:
            yield found
            found = []
    if found:
        yield found
