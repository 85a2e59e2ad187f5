"""What was taken of an edited Word file and what is open: each change and each comment with its provision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.authoring.edited_request import by_numbers
from policysite.base.problems import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policysite.authoring.edited_word import EditedWord
    from policysite.editions.open_changes import OpenChange


@dataclass(frozen=True)
class EditedSummary:
    """What became of the file ``source``: the changes ``taken`` into the draft ``path``, which is empty if nothing was to be written.

    ``problems`` are what could not be written, ``came`` and ``went`` ids of provisions.
    """

    source: Path
    word: EditedWord
    path: str = ""
    written: bool = False
    taken: tuple[OpenChange, ...] = ()
    untracked: bool = False
    problems: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()

    @property
    def open(self) -> list[OpenChange]:
        """The changes that were not taken."""
        taken = {change.number for change in self.taken}
        return [change for change in self.word.changes if change.number not in taken]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.open and not self.problems

    def __str__(self) -> str:
        """Return the summary, one fact a line."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.source}: {self.word.origin}"
        if self.path:
            yield f"{self.path}: {'changed' if self.written else 'unchanged'}"
        yield from self._changes("taken", self.taken)
        if self.untracked and self.word.untracked:
            yield f"taken, not tracked: {len(self.word.untracked)}"
            yield from (f"  {one}" for one in self.word.differences(self.word.untracked))
        yield from self._listed("not written, do it by hand", self.problems)
        yield from self._listed("provisions that came", self.came)
        yield from self._listed("provisions that went", self.went)
        yield from self._changes("open", self.open)
        yield from self._comments()
        yield from self._left_out()
        yield from self._next()

    def _changes(self, what: str, changes: Sequence[OpenChange]) -> Iterator[str]:
        if changes:
            yield f"{what}: {len(changes)}"
        width = len(f"{len(self.word.changes)}")
        for change in changes:
            who = ", ".join(filter(None, (change.author, change.day)))
            yield f"  {change.number:>{width}}  {self.word.place_of(change)}: {change} ({who})"

    def _listed(self, what: str, values: Sequence[str]) -> Iterator[str]:
        if values:
            yield f"{what}: {len(values)}"
        yield from (f"  {value}" for value in values)

    def _comments(self) -> Iterator[str]:
        if self.word.comments:
            yield f"comments: {len(self.word.comments)}"
        for comment in self.word.comments:
            who = ", ".join(filter(None, (comment.author, comment.day)))
            on = f"on {excerpt(comment.on)}: " if comment.on else ""
            yield f"  {self.word.where(comment.paragraph)}: {on}“{comment.text}” ({who})"

    def _left_out(self) -> Iterator[str]:
        file = self.word.file
        found = [
            f"{self.word.where(paragraph.number)}: {what}"
            for paragraph in file.paragraphs()
            for what in paragraph.left_out
        ]
        yield from self._listed("no text, left out", found)
        if file.formats:
            yield f"changes of a look alone, left out: {file.formats}"

    def _next(self) -> Iterator[str]:
        yield ""
        if not self.path:
            if not self.open:
                yield "The file has no changes. Nothing was written."
                return
            numbers = ",".join(by_numbers(self.open))
            yield "Nothing was written. Take changes with --accept all, some of them by their numbers"
            yield f"(--accept {numbers}), or all of a person with --accept-author NAME; in one command, as the draft changes with it."
            return
        yield f"Next: review {self.path} (git diff);"
        yield "      policysite update-po, for the translations of what changed;"
        yield "      policysite check: it names marks that do not follow, and the record 'moved' of what was renumbered."
