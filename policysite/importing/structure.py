"""Recognising the title, the articles and the provisions in the pieces of a text, as the site will number them.

What is recognised is an entry with its place in the Markdown. A mark that cannot be numbered, because it does not follow the one
before it, stays as the text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from policysite.importing import front
from policysite.importing.marks import Heading, Mark, heading_of, mark_of, mark_without_id
from policysite.importing.pieces import BROKEN_LINE, Note, Piece, plain, split, without
from policysite.provision_ids import Number, Part, circled_mark, hangul_mark

if TYPE_CHECKING:
    from collections.abc import Sequence


_INNER_MARK = re.compile(r"\s[①-⑳](?=\s*\w)")


class Kind(StrEnum):
    """What an entry is in the Markdown."""

    TITLE = "title"
    ARTICLE = "article"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True)
class Entry:
    """A block of the Markdown. ``indent`` counts columns, ``mark`` is printed before the words, ``id`` is the provision's.

    ``explicit``: the id has to be written down, as it does not follow from the words.
    """

    kind: Kind
    piece: Piece
    indent: int = 0
    mark: str = ""
    id: str = ""
    explicit: bool = False


@dataclass
class Structure:
    """The entries of a text, and what was left out of it, which ``fidelity`` must know."""

    entries: list[Entry] = field(default_factory=list)
    dropped: list[Piece] = field(default_factory=list)
    uncounted: list[Piece] = field(default_factory=list)
    """Headings that a list drew a number before."""
    has_given_title: bool = False

    @property
    def ids(self) -> list[str]:
        """The ids of the provisions, in the order of the text."""
        return [entry.id for entry in self.entries if entry.id]


class NoArticlesError(ValueError):
    """No article was recognised; the message names what the text begins with instead."""


class NoTitleError(ValueError):
    """The text has no title."""


@dataclass
class _Open:
    """A provision, or a dash, that what follows may stand in."""

    kind: str
    depth: int
    indent: int
    id: str
    inside: str = "point"
    """What a list in it is numbered as."""


def recognise(pieces: Sequence[Piece], title: str = "") -> Structure:
    """Return the structure of a text. *title* is used if the text has none of its own.

    :raises NoTitleError: if it has no title, and none is given.
    :raises NoArticlesError: if no article is recognised in it.
    """
    walk = _Walk()
    body = walk.before(front.without_contents(list(pieces), walk.drop), title)
    for place, piece in enumerate(body):
        walk.piece(piece, body[place + 1 :])
    found = walk.structure
    if not any(entry.kind is Kind.ARTICLE for entry in found.entries):
        numbered = next((p.text for p in body if p.heading), "")
        raise NoArticlesError(numbered)
    walk.finish()
    return found


class _Walk:
    """Goes through the pieces once; ``_stack`` is what the next one may stand in, the innermost last."""

    def __init__(self) -> None:
        self.structure = Structure()
        self._stack: list[_Open] = []
        self._last: dict[tuple[str, str], Number] = {}
        self._article: str = ""
        self._later: list[Note] = []

    def drop(self, piece: Piece, why: str) -> None:
        """Leave *piece* out, and say so at what comes after it."""
        words = piece.text or "a table"
        shown = words if len(words) <= 80 else f"{words[:77]}…"
        self._later += [*piece.notes, Note(f"Left out, {why}: “{shown}”.", piece.line)]
        self.structure.dropped.append(piece)

    def before(self, pieces: list[Piece], title: str) -> list[Piece]:
        """Find the title, and return the pieces after it."""
        place = front.title_of(pieces)
        if place is None:
            if not title:
                raise NoTitleError
            self._later.append(
                Note(f"The text has no title; it got {title!r}, which the file had before.")
            )
            self._add(Kind.TITLE, Piece(front.spans_of(title)))
            self.structure.has_given_title = True
            return pieces
        for piece in pieces[:place]:
            self.drop(piece, "before the title")
        found = pieces[place]
        if title and found.text != title:
            found = found.noted(f"The title was {title!r} in the file before.")
        self._add(Kind.TITLE, replace(found, spans=plain(found.spans)))
        return pieces[place + 1 :]

    def finish(self) -> None:
        """Give what was noted after the last piece to it."""
        if self._later:
            last = self.structure.entries[-1]
            notes = (*last.piece.notes, *self._later)
            self.structure.entries[-1] = replace(last, piece=replace(last.piece, notes=notes))

    def _add(
        self,
        kind: Kind,
        piece: Piece,
        indent: int = 0,
        mark: str = "",
        new_id: str = "",
        *,
        explicit: bool = False,
    ) -> None:
        notes = [*self._later, *piece.notes]
        if self.structure.entries and self.structure.entries[-1].kind is Kind.ARTICLE:
            # A heading ends with its line in any case.
            notes = [note for note in notes if note.message != BROKEN_LINE]
        piece = replace(piece, notes=tuple(notes))
        self._later = []
        self.structure.entries.append(Entry(kind, piece, indent, mark, new_id, explicit))

    def piece(self, piece: Piece, after: Sequence[Piece]) -> None:
        """Take the next piece; *after* are those behind it."""
        piece = front.without_anchors(piece)
        if piece.table:
            self._table(piece)
            return
        if front.is_navigation(piece):
            self.drop(piece, "a link inside the page")
            return
        heading = front.heading_in(piece)
        if heading and self._is_heading(heading, piece):
            self._heading(heading, piece, after)
            return
        mark, piece = self._mark(piece)
        if mark and self._numbered(mark, piece):
            return
        self._unmarked(piece, after)

    # Headings ----------------------------------------------------------------------------------------

    def _is_heading(self, heading: Heading, piece: Piece) -> bool:
        stands_out = bool(piece.heading) or piece.is_bold
        if heading.runs_on and not stands_out:
            return self._follows("", heading.root) or heading.root.level != "art"
        return heading.sure or stands_out

    def _follows(self, container: str, part: Part) -> bool:
        return part.number.follows(self._last.get((container, part.level)))

    def _heading(self, heading: Heading, piece: Piece, after: Sequence[Piece]) -> None:
        if piece.counter:
            self.structure.uncounted.append(piece)
            note = f"The list drew {piece.counter!r} before the heading; it was left out."
            piece = replace(piece, counter="").noted(note)
        rest: Piece | None = None
        if heading.runs_on and not piece.heading and not piece.is_bold:
            first, second = split(piece.spans, heading.width)
            rest = replace(piece, spans=second, counter="", notes=())
            piece = replace(piece, spans=first).noted(
                "The text goes on behind the heading; it became a paragraph."
            )
        part, explicit = heading.root, heading.needs_id
        taken = self._last.get(("", part.level))
        if not self._follows("", part):
            if taken and not heading.is_counted:
                part, explicit = Part(part.level, Number(taken.main + 1)), True
            elif self._in_supplement and part.level == "art":
                self._plain_heading(
                    piece,
                    "An article inside a supplementary provision has a number that the policy has too; it became a paragraph.",
                )
                if rest:
                    self.piece(rest, after)
                return
            else:
                piece = piece.noted(self._order(str(piece.text), taken, part))
        if explicit:
            piece = piece.noted(f"No id follows from this heading; it got {{#{part}}}.")
        self._last["", part.level] = part.number
        self._article = str(part)
        self._stack = [_Open("article", -1, 0, str(part))]
        self._forget(str(part))
        self._add(
            Kind.ARTICLE,
            replace(piece, spans=plain(piece.spans)),
            new_id=str(part),
            explicit=explicit,
        )
        if rest:
            self.piece(rest, after)

    def _forget(self, container: str) -> None:
        """Begin to count inside *container* anew, should it stand twice."""
        self._last = {
            key: n
            for key, n in self._last.items()
            if not key[0].startswith(container) or not container
        }

    @property
    def _in_supplement(self) -> bool:
        return self._article.startswith("add-")

    @staticmethod
    def _order(shown: str, taken: Number | None, part: Part) -> str:
        if taken == part.number:
            return f"“{shown[:40]}” has the number of the one before it; make html refuses that."
        return f"“{shown[:40]}” comes after number {taken or 'none'}; make html refuses a number that does not follow."

    def _plain_heading(self, piece: Piece, why: str) -> None:
        spans = tuple(span._replace(strong=True) for span in piece.spans)
        if self._stack:
            self._stack = self._stack[:1]
        self._add(Kind.PARAGRAPH, replace(piece, spans=spans).noted(why))

    # Marks -------------------------------------------------------------------------------------------

    def _mark(self, piece: Piece) -> tuple[Mark | None, Piece]:
        """Return the mark of *piece*, printed or drawn by its list, and the piece without it."""
        mark = mark_of(piece.text)
        notes = tuple(n for n in piece.notes if n.message != BROKEN_LINE) if mark else piece.notes
        if mark and piece.counter and mark.takes_the_place_of(piece.counter):
            if piece.counter != mark.printed:
                notes = (
                    *notes,
                    Note(
                        f"The list drew {piece.counter!r} before the printed {mark.printed!r}; it was left out.",
                        piece.line,
                    ),
                )
            return mark, replace(
                piece, spans=without(piece.spans, mark.width), counter="", notes=notes
            )
        if piece.counter:
            drawn = mark_of(f"{piece.counter} x")
            if drawn is None:
                spans = (*front.spans_of(f"{piece.counter} "), *piece.spans)
                return None, replace(piece, spans=spans, counter="")
            return drawn, replace(piece, counter="")
        if mark:
            if mark.kind == "dash" and mark.printed != "-":
                notes = (
                    *notes,
                    Note(
                        f"The mark {mark.printed!r} is written '-', which the site knows.",
                        piece.line,
                    ),
                )
            return mark, replace(piece, spans=without(piece.spans, mark.width), notes=notes)
        return None, piece

    def _numbered(self, mark: Mark, piece: Piece) -> bool:
        """Add a piece with a mark, if it can stand here; return whether it was added."""
        if not self._stack and mark.kind != "dash":
            self._unnumbered(mark, piece, "outside of an article nothing is numbered")
            return True
        kept = self._stack
        self._close_to(mark, piece.depth)
        around = self._stack[-1] if self._stack else _Open("", -1, 0, "")
        if mark.kind == "dash":
            self._open(
                Kind.ITEM,
                _Open("dash", piece.depth, around.indent + 2, around.id, "indent"),
                mark,
                piece,
                "",
            )
            return True
        level = {"circled": "para", "hangul": "indent"}.get(mark.kind, around.inside)
        part = Part(level, Number(mark.number))
        last = self._last.get((around.id, level))
        if not part.number.follows(last):
            self._stack = kept
            self._close_to(mark, piece.depth)
            self._unnumbered(mark, piece, f"{last or 'no number'} stands before it")
            return True
        self._last[around.id, level] = part.number
        new_id = f"{around.id}-{part}"
        if mark.kind in {"circled", "hangul"}:
            new = _Open(mark.kind, piece.depth, around.indent, new_id, around.inside)
            self._open(Kind.PARAGRAPH, new, mark, piece, new_id)
        else:
            new = _Open(
                mark.kind, piece.depth, around.indent + len(mark.text) + 1, new_id, "indent"
            )
            self._open(Kind.ITEM, new, mark, piece, new_id)
        return True

    def _open(self, kind: Kind, new: _Open, mark: Mark, piece: Piece, new_id: str) -> None:
        indent = self._indent
        self._stack.append(new)
        self._add(kind, piece, indent, mark.text, new_id)

    def _close_to(self, mark: Mark, depth: int) -> None:
        """Close what *mark* ends: its own kind, with all that is inside of that; else what is deeper in lists."""
        for place, opened in enumerate(self._stack):
            if opened.kind == mark.kind and opened.depth == depth:
                self._stack = self._stack[:place]
                return
        while self._stack and self._stack[-1].depth > depth:
            self._stack.pop()
        # A dash has nothing numbered in it, unless its list has.
        while (
            mark.kind != "dash"
            and self._stack
            and self._stack[-1].kind == "dash"
            and self._stack[-1].depth == depth
        ):
            self._stack.pop()

    def _unnumbered(self, mark: Mark, piece: Piece, why: str) -> None:
        """Add a piece whose mark cannot be one here: it stays as words."""
        spans = (*front.spans_of(f"{mark.text} "), *piece.spans)
        note = f"{mark.text!r} does not follow ({why}); it stands as text, without an id."
        if circled_mark(mark.text) or hangul_mark(f"{mark.text} "):
            note = f"{mark.text!r} does not follow ({why}); make html refuses that."
        self._add(Kind.PARAGRAPH, replace(piece, spans=spans).noted(note), self._indent)

    def _table(self, piece: Piece) -> None:
        self._close_lists(piece.depth)
        if piece.counter:
            # Markdown takes no table right behind a mark.
            lone = Piece(front.spans_of(piece.counter), piece.line, depth=piece.depth)
            note = f"{piece.counter!r} has no words of its own, only a table; it stands as text, without an id."
            self._add(Kind.PARAGRAPH, lone.noted(note), self._indent)
        self._add(Kind.TABLE, piece, self._indent)

    # Text --------------------------------------------------------------------------------------------

    @property
    def _indent(self) -> int:
        return self._stack[-1].indent if self._stack else 0

    def _close_lists(self, depth: int) -> None:
        while self._stack and self._stack[-1].depth > depth:
            self._stack.pop()

    def _unmarked(self, piece: Piece, after: Sequence[Piece]) -> None:
        if piece.heading:
            self._plain_heading(
                piece,
                "A heading without an article's number became a bold paragraph: only articles are headings.",
            )
            return
        heading = heading_of(piece.text)
        if heading and not heading.runs_on:
            piece = piece.noted(
                "This may be a heading; it stands as a paragraph, as it has the form of a sentence too."
            )
        if inner := _INNER_MARK.search(piece.text):
            piece = piece.noted(
                f"{inner[0].strip()!r} stands inside a paragraph; if it begins one, put an empty line before it."
            )
        if looks := mark_without_id(piece.text):
            piece = piece.noted(
                f"{looks!r} is no mark that the site knows; it stands as text, without an id."
            )
        self._close_lists(piece.depth)
        flat = [
            opened
            for opened in self._stack
            if opened.kind in {".", ")", "dash"} and opened.depth == piece.depth
        ]
        if flat and piece.depth == 0:
            stays = self._list_goes_on(after)
            if not stays:
                self._stack = self._stack[: self._stack.index(flat[0])]
            where = self._stack[-1].id if self._stack else "the text"
            piece = piece.noted(
                f"A paragraph without a mark after a numbered one; it was written into {where}."
            )
        self._add(Kind.PARAGRAPH, piece, self._indent)

    def _list_goes_on(self, after: Sequence[Piece]) -> bool:
        """Whether the next mark goes on with a list that is open."""
        for piece in after:
            heading = front.heading_in(piece)
            if heading and self._is_heading(heading, piece):
                return False
            if mark := mark_of(piece.text):
                opened = {o.kind for o in self._stack if o.depth == piece.depth}
                return mark.kind in opened - {"circled"}
        return False
