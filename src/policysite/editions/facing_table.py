"""The table of old and new (신·구 조문 대비표) that stands in a notice: its rows with what is said on each side, for any kind of file.

What is in a row is that of the page of comparison: :class:`policysite.redline.TwoTexts`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from policysite.redline import ChangeKind, Op
from policysite.redline.facing_rows import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from policysite.redline import (
        ArticleChange,
        BlockChange,
        FacingRow,
        ProvisionChange,
        Row,
        SentenceNote,
        TwoTexts,
    )
    from policysite.redline.facing_rows import LeftOut
    from policysite.text.provision_text import ProvisionText

    Say = Callable[[str], str]

OLD, NEW = "old", "new"
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
    (Op.INSERTED, True): "proviso added",
    (Op.DELETED, True): "proviso deleted",
    (Op.INSERTED, False): "sentence added",
    (Op.DELETED, False): "sentence deleted",
}
_OMITTED = "A table that stood here is not held and is not compared."
_ADDRESSES = "Link address:"
_FORMERLY, _SPLIT_OFF = "formerly %(place)s", "split off from %(place)s"
_TWO, _RANGE = "%(first_mark)s and %(last_mark)s", "%(first_mark)s – %(last_mark)s"


def changed_articles(two: TwoTexts) -> Iterator[ArticleChange]:
    """Yield the articles that differ, and the words before the first one if they do, in the order of the text."""
    for article in two.shown.articles:
        if article.kinds or two.article_differs(article):
            yield article


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
    writer = _Writer(two, say)
    return tuple(line for article in changed_articles(two) for line in writer.article(article))


class _Writer:
    def __init__(self, two: TwoTexts, say: Say) -> None:
        self.two, self.say = two, say

    def article(self, article: ArticleChange) -> Iterator[FacingLine]:
        if article.provision.shown.heading:
            yield self._heading(article.provision)
        for found in self.two.facing(article):
            if found.left_out:
                yield self._left_out(found.left_out, found.row.depth)
            if found.role is not Role.FOLDED:
                line = FacingLine(self._side(found, OLD), self._side(found, NEW))
                if line.old or line.new:
                    yield line

    def _heading(self, change: ProvisionChange) -> FacingLine:
        old, new = change.old, change.new
        before = self._title(change, old, OLD) if old else self._word(Op.INSERTED)
        after = self._title(change, new, NEW) if new else self._word(Op.DELETED)
        if place := formerly(change, self.say):
            after = (*after, Span(f" ({place})", Ink.NOTE))
        foreign = change.shown.heading_is_foreign
        return FacingLine(
            (FacingParagraph(before, 0, foreign and bool(old)),),
            (FacingParagraph(after, 0, foreign and bool(new)),),
            is_heading=True,
        )

    def _title(self, change: ProvisionChange, shown: ProvisionText, side: str) -> Spans:
        """Return a heading: its number, which is no part of the title that was compared, and this."""
        title = self.two.old_title(change) if side == OLD else self.two.touched(change.title)
        spans = _spans(title, side)
        if not shown.citation or shown.title == shown.heading:
            return spans
        other = change.new if side == OLD else change.old
        is_same = other is not None and other.citation == shown.citation
        joined = shown.heading.startswith(shown.citation + shown.title)
        space = () if joined else (Span(" "),)
        return (
            Span(shown.citation, Ink.PLAIN if is_same else Ink.CHANGED),
            *space,
            *spans,
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

    def _side(self, found: FacingRow, side: str) -> Side:
        row = found.row
        change = row.provision
        provision = change.old if side == OLD else change.new
        if provision is None:
            word = Op.INSERTED if side == OLD else Op.DELETED
            return () if found.is_within else (FacingParagraph(self._word(word), row.depth),)
        blocks = [p for block in row.blocks for p in self._block(block, side, row.depth)]
        if provision.mark and not row.continued:
            blocks = _marked(blocks, self._mark(change, provision), row.depth)
        return (*blocks, *self._notes(row, side))

    def _mark(self, change: ProvisionChange, provision: ProvisionText) -> Spans:
        is_same = change.old is not None and change.new is not None
        is_same = is_same and change.old.mark == change.new.mark  # type: ignore[union-attr] # both are there
        return Span(provision.mark, Ink.PLAIN if is_same else Ink.CHANGED), Span(" ")

    def _block(self, block: BlockChange, side: str, depth: int) -> Iterator[FacingParagraph]:
        if (block.old if side == OLD else block.new) is None:
            return
        if block.is_row:
            cells = tuple(
                _spans(self.two.touched(cell.changes), side)
                for cell, _ in block.laid_out(side)
                if cell.op is not (Op.DELETED if side == NEW else Op.INSERTED)
            )
            yield FacingParagraph((), depth, block.foreign, cells)
            return
        spans = _spans(self.two.touched(block.cells[0].changes), side)
        note = self.two.note(block)
        # What is new is told where it was not, and what is gone where it is not.
        if note and (note.op is Op.INSERTED) == (side == OLD):
            spans = (*spans, Span(" "), *self._sentence(note))
        yield FacingParagraph(spans, depth, block.foreign)

    def _notes(self, row: Row, side: str) -> Iterator[FacingParagraph]:
        if row.continued:
            return
        provision = row.provision.old if side == OLD else row.provision.new
        gone = Op.INSERTED if side == OLD else Op.DELETED
        for op, address in row.provision.links:
            if op is not gone:
                spans = Span(f"{self.say(_ADDRESSES)} ", Ink.NOTE), Span(address, Ink.CHANGED)
                yield FacingParagraph(spans, row.depth)
        if provision and provision.omitted:
            yield FacingParagraph((Span(self.say(_OMITTED), Ink.NOTE),), row.depth)

    def _word(self, op: Op) -> Spans:
        return (Span(f"<{self.say(_WORDS[op])}>", Ink.NOTE),)

    def _sentence(self, note: SentenceNote) -> Spans:
        return (Span(f"<{self.say(_WORDS[note.op, note.is_proviso])}>", Ink.NOTE),)


def _marked(
    paragraphs: Sequence[FacingParagraph], mark: Spans, depth: int
) -> list[FacingParagraph]:
    """Return *paragraphs* with the *mark* before the first, if that is one of words."""
    if paragraphs and not paragraphs[0].cells:
        first, *others = paragraphs
        return [first._replace(spans=(*mark, *first.spans)), *others]
    return [FacingParagraph(mark[:1], depth), *paragraphs]


def _spans(changes: Iterable[tuple[str, str]], side: str) -> Spans:
    """Return what a *side* has of *changes*; what is only on the other one is left out."""
    gone = Op.INSERTED if side == OLD else Op.DELETED
    found: list[Span] = []
    for kind, text in changes:
        if kind == gone:
            continue
        if kind == Op.EQUAL:
            found.append(Span(text))
            continue
        # A space at the edge of what differs is not underlined.
        words = text.strip(" ")
        before, after = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
        found += [Span(before), Span(words, Ink.CHANGED), *([Span(after)] if words else [])]
    return _joined(found)


def _joined(spans: Iterable[Span]) -> Spans:
    """Return *spans* without empty ones, and those that are set alike as one."""
    found: list[Span] = []
    for span in spans:
        if span.text and found and found[-1].ink is span.ink:
            found[-1] = Span(found[-1].text + span.text, span.ink)
        elif span.text:
            found.append(span)
    return tuple(found)
