"""From the pieces of a text to the text of a version, with everything about it that was not sure."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.importing import fidelity, observations
from policysite.importing.broken_lines import with_their_words
from policysite.importing.numbered_text import number
from policysite.importing.structure import recognise
from policysite.markdown.lost_text import check_source
from policysite.model.numbering_rules import NumberingRules

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from policysite.importing.pieces import Note, Piece
    from policysite.importing.recognised_text import PieceKind, Structure
    from policysite.importing.writing import Written
    from policysite.text.outline import Outline


class AlteredError(ValueError):
    """The Markdown does not say what the source says."""


class LanguageError(ValueError):
    """The text is not in the language that it must be in."""


@dataclass(frozen=True)
class Text:
    """The Markdown of a text below its front matter, and the lines, from 1, that its entries begin on: ``starts``.

    ``notes`` are its lines with sentences; ``rules`` what its front matter has to say of its numbers.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    structure: Structure
    notes: tuple[tuple[int, str], ...]
    rules: NumberingRules

    def count(self, kind: PieceKind) -> int:
        """Return how many entries of *kind* it has."""
        return sum(entry.kind is kind for entry in self.structure.entries)

    def line_in_file(self, line: int) -> int:
        """Return the line of the file that the entry on *line* was read from; 0 where it is not known."""
        place = bisect(self.starts, line)
        return self.structure.entries[place - 1].piece.line if place else 0


def compose(
    pieces: Sequence[Piece],
    notes: Sequence[Note],
    language: str,
    effective: dt.date,
    title: str = "",
    rules: NumberingRules | None = None,
    before: Outline | None = None,
) -> Text:
    """Return the text of a version that takes effect on *effective*; *title* is for a text that has none.

    *rules* are what its front matter says of its numbers; headings without number have the words that they have in *before*, another version.
    *notes* are on the file as a whole; they are put at the line that is nearest to theirs.

    :raises LanguageError: if the text cannot be in *language*.
    :raises NoTitleError: if it has no title, and none is given.
    :raises NoArticlesError: if no heading is recognised in it.
    :raises CannotWriteError: if words cannot be written as Markdown.
    :raises AlteredError: if the Markdown would say something else than the pieces.
    """
    if not observations.is_in(language, fidelity.said_by_pieces(pieces, language)):
        raise LanguageError
    rules = rules or NumberingRules()
    pieces = with_their_words(pieces, language)
    found = recognise(pieces, title, language, rules.restart)
    numbered = number(found, language, rules, before)
    written = numbered.written
    text = "\n".join(written.lines)
    if not fidelity.said_is_kept(pieces, found, text, language):
        raise AlteredError
    said = [
        *numbered.notes,
        *((line, str(note)) for line, note in written.notes),
        *((_nearest(note, found, written), str(note)) for note in notes),
        *_dates(found, written, effective, language),
        *((p.line, f"{p.message} {p.remedy}".strip()) for p in check_source(text, "")),
    ]
    notes_by_line = tuple(sorted(dict.fromkeys(said)))
    return Text(tuple(written.lines), tuple(written.starts), found, notes_by_line, numbered.rules)


def _nearest(note: Note, found: Structure, written: Written) -> int:
    """Return the line of the first entry that is after *note* in the source; the first line if none is known."""
    after = (
        line
        for entry, line in zip(found.entries, written.starts, strict=True)
        if entry.piece.line >= note.line
    )
    return next(after, written.starts[-1]) if note.line else 1


def _dates(
    found: Structure, written: Written, effective: dt.date, language: str
) -> Iterator[tuple[int, str]]:
    for place, days in observations.other_dates(found.entries, effective, language):
        yield (
            written.starts[place],
            f"Found the day {days}, where the version takes effect on {effective}; if that is the text's own day and must "
            "stay, 'waive' in the front matter says why.",
        )
