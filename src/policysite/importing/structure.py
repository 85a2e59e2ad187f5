"""Recognising the title, the articles and the provisions in the pieces of a text, as the site will number them.

What is recognised is an entry with its place in the Markdown. A mark that cannot be numbered, because it does not follow the one
before it, stays as the text that it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.importing import inner_links, page_front
from policysite.importing.open_provisions import DoesNotFollowError, Outline
from policysite.importing.piece_marks import OWN_LINES, hints, marked, out_of_order
from policysite.importing.pieces import (
    Note,
    Piece,
    plain,
    split,
)
from policysite.importing.printed_marks import Heading, Mark, mark_of
from policysite.importing.recognised_text import (
    Entry,
    NoArticlesError,
    NoTitleError,
    PieceKind,
    Structure,
)
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import Part, root_of_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_NO_NUMBER = (
    "A heading without an article's number became a bold paragraph: only articles are headings."
)
_IN_SUPPLEMENT = (
    "An article inside a supplementary provision has a number that the policy has too; "
    "it became a paragraph."
)
_RUNS_ON = "The text goes on behind the heading; it became a paragraph."


def recognise(pieces: Sequence[Piece], title: str = "", language: str = "") -> Structure:
    """Return the structure of a text in *language*. *title* is used if the text has none of its own.

    :raises NoTitleError: if it has no title, and none is given.
    :raises NoArticlesError: if no article is recognised in it.
    """
    walk = _Walk(language)
    kept = page_front.without_contents(list(pieces), walk.drop, language)
    body = walk.before(kept, title)
    # What leads to the title only leads around the page.
    walk.names = inner_links.names_in(body)
    for place, piece in enumerate(body):
        walk.piece(piece, body[place + 1 :])
    found = walk.structure
    if not any(entry.kind is PieceKind.ARTICLE for entry in found.entries):
        numbered = next((p.text for p in body if p.heading), "")
        raise NoArticlesError(numbered)
    walk.finish()
    found.entries = inner_links.resolved(found.entries)
    return found


class _Walk:
    """Goes through the pieces once. ``_later`` are notes for the entry that comes next, ``_names`` names for links to it.

    ``names`` are those of all pieces.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self.structure = Structure()
        self.names: frozenset[str] = frozenset()
        self._names: list[str] = []
        self._outline = Outline()
        self._later: list[Note] = []

    def drop(self, piece: Piece, why: str) -> None:
        """Leave *piece* out, and say so at what comes after it."""
        words = piece.text or "a table"
        shown = words if len(words) <= 80 else f"{words[:77]}…"
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
            self._add(PieceKind.TITLE, Piece(page_front.spans_of(title)))
            self.structure.has_given_title = True
            return pieces
        for piece in pieces[:place]:
            self.drop(piece, "before the title")
        found = pieces[place]
        if title and found.text != title:
            found = found.noted(f"The title was {title!r} in the file before.")
        self._add(PieceKind.TITLE, replace(found, spans=plain(found.spans)))
        return pieces[place + 1 :]

    def finish(self) -> None:
        """Give what was noted after the last piece to it."""
        if self._later:
            last = self.structure.entries[-1]
            notes = (*last.piece.notes, *self._later)
            self.structure.entries[-1] = replace(last, piece=replace(last.piece, notes=notes))

    def _add(
        self,
        kind: PieceKind,
        piece: Piece,
        indent: int = 0,
        mark: str = "",
        new_id: str = "",
        *,
        explicit: bool = False,
    ) -> None:
        notes = [*self._later, *piece.notes]
        if self.structure.entries and self.structure.entries[-1].kind is PieceKind.ARTICLE:
            # A heading ends with its line in any case.
            notes = [note for note in notes if note.message not in OWN_LINES]
        piece = replace(piece, notes=tuple(notes), targets=(*self._names, *piece.targets))
        self._later, self._names = [], []
        self.structure.entries.append(Entry(kind, piece, indent, mark, new_id, explicit))

    def piece(self, piece: Piece, after: Sequence[Piece]) -> None:
        """Take the next piece; *after* are those behind it."""
        if piece.table:
            self._table(piece)
            return
        if inner_links.is_navigation(piece) and not (
            self._outline.innermost and inner_links.leads_into(piece, self.names)
        ):
            self.drop(piece, "a link inside the page")
            return
        heading = page_front.heading_in(piece, self._language)
        if heading and self._is_heading(heading, piece):
            self._heading(heading, piece, after)
            return
        piece = piece.noted(*self._not_taken(heading, piece.text))
        mark, piece = marked(piece)
        if mark:
            self._numbered(mark, piece)
        elif piece.heading:
            self._plain_heading(piece, _NO_NUMBER)
        else:
            self._unmarked(piece, after)

    # Headings ----------------------------------------------------------------------------------------

    def _is_heading(self, heading: Heading, piece: Piece) -> bool:
        stands_out = bool(piece.heading) or piece.is_bold
        if heading.runs_on and not stands_out:
            return self._outline.follows(heading.root) or heading.root.level != "art"
        is_next = heading.is_bare and self._outline.follows(heading.root)
        return heading.sure or stands_out or is_next

    def _not_taken(self, heading: Heading | None, text: str) -> Iterator[str]:
        """Yield why *text*, which begins as a heading may, is not one."""
        root = heading.root if heading else root_of_heading(text, self._language)
        last = self._outline.last(root.level) if root else None
        if heading and heading.runs_on:
            yield (
                f"This begins like the heading of number {heading.root.number}, which does not follow {last or 'none'}, and "
                "text goes on behind it; it stays a paragraph, and what comes after it is numbered as part of the article before it."
            )
        elif heading:
            yield "This may be a heading; it stays a paragraph, as it has the form of a sentence too."
        elif root and root.level == "art" and (last is None or root.number > last):
            yield f"This begins like article {root.number}, which has not come yet, but has the form of a sentence; it stays a paragraph."

    def _heading(self, heading: Heading, piece: Piece, after: Sequence[Piece]) -> None:
        if piece.counter:
            self.structure.uncounted.append(piece)
            note = f"The list drew {piece.counter!r} before the heading; it was left out."
            piece = replace(piece, counter="").noted(note)
        rest: Piece | None = None
        if heading.runs_on and not piece.heading and not piece.is_bold:
            first, second = split(piece.spans, heading.width)
            rest = replace(piece, spans=second, notes=(), targets=())
            piece = replace(piece, spans=first).noted(_RUNS_ON)
        self._article(heading, piece)
        if rest:
            self.piece(rest, after)

    def _article(self, heading: Heading, piece: Piece) -> None:
        part, explicit = heading.root, heading.needs_id
        taken = self._outline.last(part.level)
        if not self._outline.follows(part):
            if taken and not heading.is_counted:
                part, explicit = Part(part.level, Number(taken.main + 1)), True
            elif self._outline.is_in_supplement and part.level == "art":
                self._plain_heading(piece, _IN_SUPPLEMENT)
                return
            else:
                piece = piece.noted(out_of_order(piece.text, taken, part))
        if explicit:
            piece = piece.noted(f"No id follows from this heading; it got {{#{part}}}.")
        self._outline.begin(part)
        bare = replace(piece, spans=plain(piece.spans))
        self._add(PieceKind.ARTICLE, bare, new_id=str(part), explicit=explicit)

    def _plain_heading(self, piece: Piece, why: str) -> None:
        self._outline.close_provisions()
        spans = tuple(span._replace(strong=True) for span in piece.spans)
        self._add(PieceKind.PARAGRAPH, replace(piece, spans=spans).noted(why))

    # Provisions and text -----------------------------------------------------------------------------

    def _numbered(self, mark: Mark, piece: Piece) -> None:
        inner = mark_of(piece.text)
        if inner and inner.kind != "dash":
            piece = piece.noted(
                f"{inner.printed!r} comes right behind {mark.printed!r}; it stays text, without an id, unless it gets a line of "
                "its own."
            )
        try:
            place = self._outline.add(mark, piece.depth)
        except DoesNotFollowError as error:
            spans = (*page_front.spans_of(f"{mark.text} "), *piece.spans)
            refused = mark.kind in {"circled", "hangul"}
            then = "a build refuses that" if refused else "it stays text, without an id"
            note = f"{mark.text!r} does not follow ({error}); {then}."
            self._add(
                PieceKind.PARAGRAPH, replace(piece, spans=spans).noted(note), self._outline.indent
            )
            return
        if mark.kind in {"circled", "hangul"}:
            self._add(PieceKind.PARAGRAPH, piece, place.indent, mark.text, place.id)
        else:
            # The mark is before the columns of what is in it.
            indent = place.indent - len(mark.text) - 1
            new_id = "" if mark.kind == "dash" else place.id
            self._add(PieceKind.ITEM, piece, indent, mark.text, new_id)

    def _table(self, piece: Piece) -> None:
        self._outline.close_lists(piece.depth)
        if piece.counter:
            # Markdown takes no table right behind a mark.
            lone = Piece(page_front.spans_of(piece.counter), piece.line, depth=piece.depth)
            note = f"{piece.counter!r} has no words of its own, only a table; it stays text, without an id."
            self._add(PieceKind.PARAGRAPH, lone.noted(note), self._outline.indent)
        self._add(PieceKind.TABLE, piece, self._outline.indent)

    def _unmarked(self, piece: Piece, after: Sequence[Piece]) -> None:
        self._outline.close_lists(piece.depth)
        notes = list(hints(piece.text))
        if piece.depth == 0 and self._outline.is_in_points():
            if not self._list_goes_on(after):
                self._outline.close_points()
            where = self._outline.innermost or "the text"
            notes.append(
                f"A paragraph without a mark after a numbered one; it was written into {where}."
            )
        self._add(PieceKind.PARAGRAPH, piece.noted(*notes), self._outline.indent)

    def _list_goes_on(self, after: Sequence[Piece]) -> bool:
        """Whether the next mark goes on with a list that is open."""
        for piece in after:
            heading = page_front.heading_in(piece, self._language)
            if heading and self._is_heading(heading, piece):
                return False
            if mark := mark_of(piece.text):
                return self._outline.goes_on(mark, piece.depth)
        return False
