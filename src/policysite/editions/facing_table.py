"""The table of old and new (신·구 조문 대비표) that stands in a notice: its rows in words, for any kind of file.

What is in a row is that of the page of comparison, and of its PDF: :class:`policysite.editions.facing_sides.FacingSides`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.facing_sides import NEW, OLD, FacingSides, SideText
from policysite.redline import ChangeKind, Op

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policysite.editions.facing_sides import (
        FacingArticle,
        FacingPair,
        Heading,
        Marked,
        SideTable,
    )
    from policysite.redline import ProvisionChange, TwoTexts
    from policysite.redline.facing_rows import LeftOut

    Say = Callable[[str], str]

_PAIR = 2


class Ink(Enum):
    """How words are set."""

    PLAIN = "plain"
    CHANGED = "changed"
    """They differ, and are underlined on both sides."""
    NOTE = "note"
    """What the table says in the place of words, or beside them."""


class Span(NamedTuple):
    """Words that are set alike."""

    text: str
    ink: Ink = Ink.PLAIN


Spans = tuple[Span, ...]


class FacingParagraph(NamedTuple):
    """A paragraph of a side, ``depth`` provisions deep, or a row of a table in it, which has ``cells``; ``foreign``: it is not translated."""

    spans: Spans
    depth: int = 0
    foreign: bool = False
    cells: tuple[Spans, ...] = ()

    @property
    def text(self) -> str:
        """Its words; cells are divided as in plain text."""
        parts = self.cells or (self.spans,)
        return " | ".join("".join(span.text for span in spans) for spans in parts)


Side = tuple[FacingParagraph, ...]


class FacingLine(NamedTuple):
    """A row of the table; ``is_heading``: an article begins with it, ``is_left_out``: it stands for provisions that did not change."""

    old: Side
    new: Side
    is_heading: bool = False
    is_left_out: bool = False


# The words are those of templates/policysite/redline.html, where translators find them.
_WORDS = {
    Op.INSERTED: "new",
    Op.DELETED: "deleted",
    OLD: "(omitted)",
    NEW: "(as before)",
    "proviso-inserted": "proviso added",
    "proviso-deleted": "proviso deleted",
    "sentence-inserted": "sentence added",
    "sentence-deleted": "sentence deleted",
}
_ONLY_IN = {
    "source": "The source text changed here; this translation did not.",
    "translation": "This translation changed here; the source text did not.",
}
_OMITTED = "A table that stood here is not held and is not compared."
_ADDRESSES = "Link address:"
_FORMERLY, _SPLIT_OFF = "formerly %(place)s", "split off from %(place)s"
_TWO, _RANGE = "%(first_mark)s and %(last_mark)s", "%(first_mark)s – %(last_mark)s"


def formerly(change: ProvisionChange, say: Say) -> str:
    """Return what a provision that has another place now was called, in a sentence's middle; empty if it has not."""
    if change.old is None:
        return ""
    place = {"place": change.old.citation}
    if change.split_off:
        return say(_SPLIT_OFF) % place
    is_elsewhere = {ChangeKind.RENUMBERED, ChangeKind.MOVED} & set(change.kinds)
    if change.new and change.old.citation != change.new.citation and is_elsewhere:
        return say(_FORMERLY) % place
    return ""


def facing_lines(two: TwoTexts, say: Say) -> tuple[FacingLine, ...]:
    """Return the rows of all articles that differ; *say* gives the words of the interface."""
    writer = _Writer(say)
    articles = FacingSides(two).articles()
    return tuple(line for article in articles for line in writer.article(article))


class _Writer:
    def __init__(self, say: Say) -> None:
        self.say = say

    def article(self, found: FacingArticle) -> Iterator[FacingLine]:
        if found.article.provision.shown.heading:
            yield self._heading(found)
        for pair in found.rows:
            if pair.left_out:
                yield self._left_out(pair.left_out, pair.depth)
            if not pair.is_folded:
                line = FacingLine(self._side(pair, OLD), self._side(pair, NEW))
                if line.old or line.new:
                    yield line

    def _heading(self, found: FacingArticle) -> FacingLine:
        old, new = found.old, found.new
        before = _title(old, is_alone=not new) if old else self._word(Op.INSERTED)
        after = _title(new, is_alone=not old) if new else self._word(Op.DELETED)
        if place := formerly(found.article.provision, self.say):
            after = (*after, Span(f" ({place})", Ink.NOTE))
        return FacingLine(
            (FacingParagraph(before, 0, bool(old and old.foreign)),),
            (FacingParagraph(after, 0, bool(new and new.foreign)),),
            is_heading=True,
        )

    def _left_out(self, found: LeftOut, depth: int) -> FacingLine:
        sides = []
        for name, ends in ((OLD, found.old), (NEW, found.new)):
            marks = self._marks(found.length, *ends)
            ink = Ink.PLAIN if found.old == found.new else Ink.CHANGED
            spans = (Span(marks, ink), Span(" ")) if marks else ()
            spans = (*spans, Span(self.say(_WORDS[name]), Ink.NOTE))
            sides.append((FacingParagraph(spans, depth),))
        return FacingLine(sides[0], sides[1], is_left_out=True)

    def _marks(self, count: int, first: str, last: str) -> str:
        """Return the marks of provisions that are left out, as the language writes a range of them."""
        if count == 1 or not first:
            return first
        pattern = _TWO if count == _PAIR else _RANGE
        return self.say(pattern) % {"first_mark": first, "last_mark": last}

    def _side(self, pair: FacingPair, side: str) -> Side:
        here = pair.old if side == OLD else pair.new
        if here is None:
            word = self._word(Op.INSERTED if side == OLD else Op.DELETED)
            return () if pair.is_within else (FacingParagraph(word, pair.depth),)
        paragraphs = [one for block in here.blocks for one in self._block(block, pair.depth)]
        if here.mark:
            mark = Span(here.mark, _ink(differs=here.mark_differs or pair.whole)), Span(" ")
            paragraphs = _marked(paragraphs, mark, pair.depth)
        if pair.differs and side == NEW:
            note = FacingParagraph((Span(self.say(_ONLY_IN[pair.differs]), Ink.NOTE),), pair.depth)
            paragraphs.insert(0, note)
        for address in here.links:
            spans = Span(f"{self.say(_ADDRESSES)} ", Ink.NOTE), Span(address, Ink.CHANGED)
            paragraphs.append(FacingParagraph(spans, pair.depth))
        if here.omitted:
            paragraphs.append(FacingParagraph((Span(self.say(_OMITTED), Ink.NOTE),), pair.depth))
        return tuple(paragraphs)

    def _block(self, block: SideText | SideTable, depth: int) -> Iterator[FacingParagraph]:
        if isinstance(block, SideText):
            # What is new is told where it was not, and what is gone where it is not.
            note = (Span(" "), *self._word(block.note)) if block.note else ()
            yield FacingParagraph((*_spans(block.words), *note), depth, block.foreign)
            return
        for row in block.rows:
            cells = tuple(_spans(cell.words) for cell in row.cells)
            yield FacingParagraph((), depth, row.foreign, cells)

    def _word(self, said: str) -> Spans:
        return (Span(f"<{self.say(_WORDS[said])}>", Ink.NOTE),)


def _title(heading: Heading, *, is_alone: bool) -> Spans:
    """Return a heading: its number, which is no part of the title that was compared, and this; *is_alone*: the other side has none."""
    number = Span(heading.number, _ink(differs=heading.number_differs or is_alone))
    return (
        *(one for one in (number, Span(heading.space)) if one.text),
        *_spans(heading.title),
    )


def _ink(*, differs: bool) -> Ink:
    return Ink.CHANGED if differs else Ink.PLAIN


def _marked(
    paragraphs: Sequence[FacingParagraph], mark: Spans, depth: int
) -> list[FacingParagraph]:
    """Return *paragraphs* with the *mark* before the first, if that is one of words."""
    if paragraphs and not paragraphs[0].cells:
        first, *others = paragraphs
        return [first._replace(spans=(*mark, *first.spans)), *others]
    return [FacingParagraph(mark[:1], depth), *paragraphs]


def _spans(words: Marked) -> Spans:
    """Return *words* as they are set: what is alike is one, and a space by itself is not underlined."""
    found: list[Span] = []
    for op, text in words:
        ink = _ink(differs=op != Op.EQUAL and bool(text.strip(" ")))
        if found and found[-1].ink is ink:
            found[-1] = Span(found[-1].text + text, ink)
        else:
            found.append(Span(text, ink))
    return tuple(found)
