"""What was read: pieces, in the order of the text, and what was not sure about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# No reader sees them: zero width, soft hyphen, marks of direction, control characters.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
BROKEN_LINE = "A line break became the end of a paragraph."
SOFT_LINE = "A line that begins like a mark or a heading, in the middle of a paragraph, became one of its own."
BOLD_LINE = "The bold first line of a paragraph was read as its heading, and became one of its own."
# An ideographic space is shown as it is; Japanese has it behind marks and labels.
_SPACES = re.compile(r"[^\S\u3000]+")
_ENDS = " \u3000"
_LONGEST_SHOWN = 80


class Span(NamedTuple):
    """Words of one look. ``link`` is the address that they lead to, or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Note:
    """Something that was not sure. ``line`` is that of the source, from 1, or 0 where it is not known."""

    message: str
    line: int = 0

    def __str__(self) -> str:
        """Return the message, with the line if it is known."""
        return f"{self.message} (line {self.line} of the source)" if self.line else self.message


@dataclass
class Facts:
    """What is known of a paragraph besides its words: its level as a heading, and the lists and the mark that it has in them."""

    heading: int = 0
    depth: int = 0
    counter: str = ""
    notes: list[Note] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


class SIGN:
    """A sign for facts about a paragraph, in characters that stand for nothing: a number between two of them."""

    _BEGIN, _END = "\U0010fffc", "\U0010fffd"
    PATTERN = re.compile(f"{_BEGIN}([0-9]+){_END} ?")

    @classmethod
    def of(cls, place: int) -> str:
        """Return the sign for the facts at *place*."""
        return f"{cls._BEGIN}{place}{cls._END}"

    @classmethod
    def has(cls, text: str) -> bool:
        """Whether *text* has one of the two characters."""
        return cls._BEGIN in text or cls._END in text

    @classmethod
    def without(cls, text: str) -> str:
        """Return *text* without them."""
        return text.replace(cls._BEGIN, "").replace(cls._END, "")


@dataclass(frozen=True)
class Cell:
    """A cell in its place, from 0, with its lines; ``head`` is ``row`` or ``col`` if it is a header of these."""

    pieces: tuple[Piece, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: str = ""

    @property
    def text(self) -> str:
        """The words of all lines, with the marks that lists draw before them."""
        return "".join(f"{piece.counter}{piece.text}" for piece in self.pieces)


@dataclass(frozen=True)
class Table:
    """The cells of a table, row by row, each as one line; all rows are of one length. ``heads`` is how many of them are its head.

    ``cells`` are the same as they were published, where that is more than such rows have.
    """

    rows: tuple[tuple[Spans, ...], ...]
    heads: int = 0
    cells: tuple[Cell, ...] = ()

    @property
    def text(self) -> str:
        """The words of all cells."""
        if self.cells:
            return "".join(cell.text for cell in self.cells)
        return text_of(span for row in self.rows for cell in row for span in cell)

    def changed(self, change: Callable[[Spans], Spans]) -> Table:
        """Return the table with the words of its cells as *change* makes them."""
        return replace(
            self,
            rows=tuple(tuple(map(change, row)) for row in self.rows),
            cells=tuple(
                replace(c, pieces=tuple(replace(p, spans=change(p.spans)) for p in c.pieces))
                for c in self.cells
            ),
        )


@dataclass(frozen=True)
class Piece:
    """A paragraph, a heading or a table.

    ``heading`` is the level of a heading, or 0. ``depth`` counts the lists that the piece is in, ``counter`` is the
    mark that the list draws before it: ``3.``, ``-`` for a bullet, or empty. ``line`` is that of the source, or 0.
    ``targets`` are the names by which links inside the text lead to it.
    """

    spans: Spans = ()
    line: int = 0
    heading: int = 0
    depth: int = 0
    counter: str = ""
    table: Table | None = None
    notes: tuple[Note, ...] = field(default=())
    targets: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words, without those of a table."""
        return text_of(self.spans)

    @property
    def is_bold(self) -> bool:
        """Whether all words are bold."""
        return all_bold(self.spans)

    def noted(self, *messages: str) -> Piece:
        """Return the piece with more notes."""
        return replace(self, notes=(*self.notes, *(Note(m, self.line) for m in messages)))


def text_of(spans: Iterable[Span]) -> str:
    """Return the words of *spans*."""
    return "".join(span.text for span in spans)


def short(words: str) -> str:
    """Return *words* for a note, cut where they are long."""
    return words if len(words) <= _LONGEST_SHOWN else f"{words[: _LONGEST_SHOWN - 3]}…"


def all_bold(spans: Iterable[Span]) -> bool:
    """Whether there are words in *spans*, and all of them are bold."""
    words = [span for span in spans if span.text.strip()]
    return bool(words) and all(span.strong for span in words)


def tidy(spans: Iterable[Span]) -> Spans:
    """Return *spans* with white space folded as a browser does, without any at both ends; alike neighbours are one."""
    found: list[Span] = []
    for span in spans:
        text = _SPACES.sub(" ", span.text)
        if not found:
            text = text.lstrip(_ENDS)
        elif found[-1].text.endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            continue
        if found and found[-1][1:] == span[1:]:
            found[-1] = span._replace(text=found[-1].text + text)
        else:
            found.append(span._replace(text=text))
    while found and not found[-1].text.rstrip(_ENDS):
        found.pop()
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip(_ENDS))
    return tuple(found)


def without(spans: Spans, width: int) -> Spans:
    """Return *spans* without their first *width* characters."""
    found: list[Span] = []
    for span in spans:
        found.append(span._replace(text=span.text[width:]))
        width = max(0, width - len(span.text))
    return tidy(found)


def split(spans: Spans, width: int) -> tuple[Spans, Spans]:
    """Return the first *width* characters of *spans*, and the rest."""
    first: list[Span] = []
    left = width
    for span in spans:
        first.append(span._replace(text=span.text[:left]))
        left = max(0, left - len(span.text))
    return tidy(first), without(spans, width)


def plain(spans: Spans) -> Spans:
    """Return *spans* without bold and italics."""
    return tidy(span._replace(strong=False, emphasis=False) for span in spans)


def clean(text: str) -> tuple[str, str]:
    """Return *text* without invisible characters, NFC-normalized, and a note on what that changed."""
    seen = _UNSEEN.sub("", text)
    composed = unicodedata.normalize("NFC", seen)
    if composed != seen:
        return composed, "The text was NFC-normalized (Unicode)."
    unseen = sorted(set(_UNSEEN.findall(text)) - set("\u00ad\u200b\u2060\ufeff"))
    names = ", ".join(f"U+{ord(character):04X}" for character in unseen)
    return seen, f"Invisible characters were removed: {names}." if names else ""
