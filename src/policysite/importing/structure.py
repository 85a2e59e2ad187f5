"""Recognising the title, the headings and the provisions in the pieces of a text, as the site will number them.

What is recognised is an entry with its place in the Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policysite.importing import inner_links, page_front
from policysite.importing.heading_levels import HeadingLevels
from policysite.importing.mark_nesting import MarkNesting
from policysite.importing.piece_marks import OWN_LINES, with_counter
from policysite.importing.pieces import Note, Piece, Span, plain, short, split
from policysite.importing.printed_marks import DASH, Heading, mark_of, may_be_title
from policysite.importing.recognised_text import (
    Entry,
    NoArticlesError,
    NoTitleError,
    PieceKind,
    Structure,
)
from policysite.languages.labels import printed_label
from policysite.model.provision_ids import ARTICLES, BOXES, CONTAINERS, step_of_heading
from policysite.text import heading_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.languages.provision_number import Number
    from policysite.model.provision_ids import Part

_LONG = 250
_RUNS_ON = "The text goes on behind the heading; it became a paragraph."
_SENTENCES = "A heading that is as long as a paragraph became one."
_BOLD = "No heading of the text is marked as one; this bold line was read as a heading."


def recognise(
    pieces: Sequence[Piece],
    title: str = "",
    language: str = "",
    restart: Mapping[str, str] | None = None,
) -> Structure:
    """Return the structure of a text in *language*. *title* is used if the text has none of its own; *restart* says where numbers begin again.

    :raises NoTitleError: if it has no title, and none is given.
    :raises NoArticlesError: if no heading is recognised in it.
    """
    walk = _Walk(language)
    kept = page_front.without_contents(list(pieces), walk.drop, language)
    body = walk.before(kept, title)
    # What leads to the title only leads around the page.
    walk.names = inner_links.names_in(body)
    walk.look_for_headings(body)
    for piece in body:
        walk.piece(piece)
    if not any(block.level for block in walk.blocks):
        raise NoArticlesError(next((p.text for p in body if p.heading), ""))
    walk.finish(restart or {})
    return walk.structure


@dataclass
class _Block:
    """A piece in its place; ``level`` is that of a heading in Markdown, or 0."""

    piece: Piece
    level: int = 0


class _Walk:
    """Goes through the pieces once. ``_later`` are notes for the block that comes next, ``_names`` names for links to it.

    ``names`` are those of all pieces.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self.structure = Structure()
        self.blocks: list[_Block] = []
        self.names: frozenset[str] = frozenset()
        self._names: list[str] = []
        self._later: list[Note] = []
        self._levels = HeadingLevels(language)
        self._last: dict[tuple[str, str], Number] = {}
        self._box = ""
        self._begins_again = False
        self._bold_lines = False

    def drop(self, piece: Piece, why: str) -> None:
        """Leave *piece* out, and say so at what comes after it."""
        shown = short(piece.text or "a table")
        self._later += [*piece.notes, Note(f"Left out, {why}: “{shown}”.", piece.line)]
        self._names += piece.targets
        self.structure.dropped.append(piece)

    def before(self, pieces: list[Piece], title: str) -> list[Piece]:
        """Find the title, and return the pieces after it."""
        place = page_front.title_of(pieces, self._language)
        if place is None:
            if not title:
                raise NoTitleError
            self._later.append(
                Note(f"The text has no title; it got {title!r}, which the file had before.")
            )
            self._title(Piece((Span(title),)))
            self.structure.has_given_title = True
            return pieces
        for piece in pieces[:place]:
            self.drop(piece, "before the title")
        found = pieces[place]
        if title and found.text != title:
            found = found.noted(f"The title was {title!r} in the file before.")
        self._title(found)
        rest = pieces[place + 1 :]
        if rest and rest[0].heading and rest[0].text == found.text:
            self.drop(rest[0], "the title once more")
            return rest[1:]
        return rest

    def _title(self, piece: Piece) -> None:
        taken = self._with_what_waits(piece)
        self.structure.entries.append(
            Entry(PieceKind.TITLE, replace(taken, spans=plain(piece.spans)), level=1)
        )

    def look_for_headings(self, pieces: Sequence[Piece]) -> None:
        """See whether bold lines are all the headings that there are."""
        self._bold_lines = not any(
            piece.heading
            or (
                (found := page_front.heading_in(piece, self._language))
                and found.is_likely
                and found.step.level not in BOXES
            )
            for piece in pieces
        )

    def _with_what_waits(self, piece: Piece) -> Piece:
        notes = [*self._later, *piece.notes]
        if self.blocks and self.blocks[-1].level:
            # A heading ends with its line in any case.
            notes = [note for note in notes if note.message not in OWN_LINES]
        piece = replace(piece, notes=tuple(notes), targets=(*self._names, *piece.targets))
        self._later, self._names = [], []
        return piece

    def _take(self, piece: Piece, level: int = 0) -> None:
        self.blocks.append(_Block(self._with_what_waits(piece), level))

    def piece(self, piece: Piece) -> None:
        """Take the next piece."""
        if piece.table:
            self._take(piece)
            return
        is_after_heading = any(block.level for block in self.blocks)
        if inner_links.is_navigation(piece) and not (
            is_after_heading and inner_links.leads_into(piece, self.names)
        ):
            self.drop(piece, "a link inside the page")
            return
        heading = page_front.heading_in(piece, self._language)
        if heading and self._is_heading(heading, piece):
            self._heading(heading, piece)
        elif piece.heading and len(piece.text) > _LONG and not may_be_title(piece.text):
            self._take(piece.noted(_SENTENCES))
        elif piece.heading and not self._is_item(piece):
            self._heading(None, piece)
        elif self._is_bold_heading(piece):
            self._heading(None, piece.noted(_BOLD))
        else:
            self._take(piece.noted(*self._not_taken(heading, piece.text)))

    # Headings ----------------------------------------------------------------------------------------

    def _is_item(self, piece: Piece) -> bool:
        mark = mark_of(piece.text, self._language)
        return mark is not None and mark.kind == DASH

    def _is_bold_heading(self, piece: Piece) -> bool:
        is_dash = piece.counter == "-"
        return self._bold_lines and piece.is_bold and not is_dash and may_be_title(piece.text)

    def _is_heading(self, heading: Heading, piece: Piece) -> bool:
        stands_out = bool(piece.heading) or piece.is_bold
        if heading.runs_on and not stands_out:
            return self._follows(heading.step) or heading.step.level not in ARTICLES
        is_next = heading.is_bare and self._follows(heading.step)
        return heading.sure or stands_out or is_next

    def _follows(self, step: Part) -> bool:
        """Whether *step* may come next: after the last one, as the first one in an annex, or where numbers may begin again."""
        number, last = step.number, self._last.get((self._box, step.level))
        is_first = self._begins_again or step.level in CONTAINERS
        return (
            number.follows(last)
            or (is_first and number.is_first)
            or (bool(self._box) and number.follows(self._last.get(("", step.level))))
        )

    def _not_taken(self, heading: Heading | None, text: str) -> Iterator[str]:
        """Yield why *text*, which begins as a heading may, is not one."""
        step = heading.step if heading else step_of_heading(text, self._language)
        last = self._last.get((self._box, step.level)) if step else None
        if heading and heading.runs_on:
            yield (
                f"This begins like the heading of number {heading.step.number}, which does not follow {last or 'none'}, and "
                "text goes on behind it; it stays a paragraph, and what comes after it is numbered as part of the heading before it."
            )
        elif heading:
            yield "This may be a heading; it stays a paragraph, as it has the form of a sentence too."
        elif step and step.level in ARTICLES and (last is None or step.number > last):
            yield f"This begins like article {step.number}, which has not come yet, but has the form of a sentence; it stays a paragraph."

    def _heading(self, heading: Heading | None, piece: Piece) -> None:
        if piece.counter:
            piece = self._counted(piece)
        rest: Piece | None = None
        if heading and heading.runs_on and not piece.heading and not piece.is_bold:
            first, second = split(piece.spans, heading.width)
            rest = replace(piece, spans=second, notes=(), targets=())
            piece = replace(piece, spans=first).noted(_RUNS_ON)
        if heading:
            self._begin(heading.step)
        bare = replace(piece, spans=plain(piece.spans))
        self._take(bare, self._levels.of(bare.text, piece.heading))
        if rest:
            self.piece(rest)

    def _counted(self, piece: Piece) -> Piece:
        """Return a heading that a list draws a number before: with that, unless it has one of its own."""
        if piece.counter != "-" and not printed_label(piece.text, self._language):
            return with_counter(piece)
        self.structure.uncounted.append(piece)
        note = f"The list drew {piece.counter!r} before the heading; it was left out."
        return replace(piece, counter="").noted(note)

    def _begin(self, step: Part) -> None:
        if step.level in BOXES:
            self._box = f"{step} {len(self.blocks)}"
        self._begins_again = step.level in (*BOXES, *CONTAINERS)
        self._last[self._box, step.level] = step.number

    # Entries -----------------------------------------------------------------------------------------

    def finish(self, restart: Mapping[str, str]) -> None:
        """Write all blocks as entries; what was noted after the last of them belongs to it."""
        if self._later:
            last = self.blocks[-1]
            last.piece = replace(last.piece, notes=(*last.piece.notes, *self._later))
        headings = [
            heading_tree.Heading(block.piece.text, block.level)
            for block in self.blocks
            if block.level
        ]
        heading_tree.arrange(headings, self._language, restart)
        entries = self.structure.entries
        around: tuple[str, ...] = ()
        waiting: list[Piece] = []
        for block in self.blocks:
            if not block.level:
                waiting.append(block.piece)
                continue
            MarkNesting(entries, self._language).add(waiting, around)
            waiting, around = [], headings.pop(0).pieces
            entries.append(Entry(PieceKind.HEADING, block.piece, level=block.level))
        MarkNesting(entries, self._language).add(waiting, around)
