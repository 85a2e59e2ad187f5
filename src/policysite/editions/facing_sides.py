"""A comparison as the two sides of a table of old and new: what each row has on the left, and on the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from policysite.editions.edition import ProvisionLayout
from policysite.redline import Op, touched_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.editions.edition import BlockLayout
    from policysite.redline import (
        ArticleChange,
        BlockChange,
        ChangeKind,
        ProvisionChange,
        Row,
        TwoTexts,
    )
    from policysite.redline.facing_rows import LeftOut

_LONG = 800
"""Characters of a side from which on a row goes over the end of a page."""
OLD, NEW = "old", "new"
_NO_LAYOUTS: Mapping[str, Mapping[str, ProvisionLayout]] = MappingProxyType({})
_NOT_ON = {OLD: Op.INSERTED, NEW: Op.DELETED}
Marked = tuple[tuple[str, str], ...]
"""Words with what became of them: ``equal``, ``touched``, ``deleted`` or ``inserted``."""


@dataclass
class SideText:
    """A paragraph; ``note`` says which of its sentences is new or gone on the other side, empty for none."""

    kind: ClassVar[str] = "text"
    words: Marked
    note: str = ""
    foreign: bool = False

    @property
    def all_words(self) -> Marked:
        """Its words."""
        return self.words


class SideCell(NamedTuple):
    """A cell of a row; ``is_below``: it is a part of the cell above."""

    words: Marked
    across: int
    is_below: bool
    is_head: bool


class SideRow(NamedTuple):
    """A row of a table."""

    cells: tuple[SideCell, ...]
    foreign: bool


@dataclass
class SideTable:
    """A table, as far as it is on this side."""

    kind: ClassVar[str] = "grid"
    rows: tuple[SideRow, ...]

    @property
    def all_words(self) -> Marked:
        """The words of all of its cells."""
        return tuple(words for row in self.rows for cell in row.cells for words in cell.words)


@dataclass
class Side:
    """What one side of a row has; ``links`` are the addresses that only this side leads to, ``omitted``: a table was lost there."""

    mark: str = ""
    mark_differs: bool = False
    blocks: list[SideText | SideTable] = field(default_factory=list)
    links: tuple[str, ...] = ()
    omitted: bool = False

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(len(text) for block in self.blocks for _, text in block.all_words)


class Heading(NamedTuple):
    """A heading: its number as it is printed, what stands behind that, and its title."""

    number: str
    number_differs: bool
    space: str
    title: Marked
    foreign: bool


class FacingPair(NamedTuple):
    """A row of the table; a side is None where it has nothing, which it says by itself unless it ``is_within`` something that does.

    ``left_out`` stands before it if anything does, and it is left out itself if ``is_folded``. ``differs`` is ``source`` or ``translation`` where something changed there alone. ``whole``: all of it is on one side only.
    """

    id: str
    depth: int
    change: ProvisionChange
    kinds: tuple[ChangeKind, ...]
    left_out: LeftOut | None
    is_folded: bool
    is_within: bool
    differs: str
    old: Side | None
    new: Side | None

    @property
    def is_long(self) -> bool:
        """Whether it may be higher than what a page has left."""
        return any(side.length > _LONG for side in (self.old, self.new) if side)

    @property
    def whole(self) -> bool:
        """Whether all of it is on one side only."""
        return self.old is None or self.new is None


class FacingArticle(NamedTuple):
    """An article that changed; a heading is None on the side that does not have it."""

    article: ArticleChange
    old: Heading | None
    new: Heading | None
    rows: tuple[FacingPair, ...]


def changed_articles(two: TwoTexts) -> Iterator[ArticleChange]:
    """Yield the articles that differ, and the words before the first one if they do, in the order of the text."""
    for article in two.shown.articles:
        if article.kinds or two.article_differs(article):
            yield article


class FacingSides:
    """The articles of a comparison that changed, side by side; *layouts* of both sides by provision id say which rows are heads."""

    def __init__(
        self, two: TwoTexts, layouts: Mapping[str, Mapping[str, ProvisionLayout]] = _NO_LAYOUTS
    ) -> None:
        self.two, self.layouts = two, layouts

    def articles(self) -> list[FacingArticle]:
        """Return the articles that changed, be it in the source language alone."""
        return [*map(self._article, changed_articles(self.two))]

    def _article(self, article: ArticleChange) -> FacingArticle:
        rows = tuple(
            FacingPair(
                line.row.provision.id if line.row.depth and not line.row.continued else "",
                line.row.depth,
                line.row.provision,
                _kinds(line.row),
                line.left_out,
                line.role == "folded",
                line.is_within,
                self.two.differs(line.row),
                self._side(line.row, OLD),
                self._side(line.row, NEW),
            )
            for line in self.two.facing(article)
        )
        return FacingArticle(
            article,
            self._heading(article.provision, OLD),
            self._heading(article.provision, NEW),
            rows,
        )

    def _heading(self, change: ProvisionChange, side: str) -> Heading | None:
        here = change.old if side == OLD else change.new
        if here is None:
            return None
        numbered = bool(here.citation) and here.title != here.heading
        citations = {one.citation for one in (change.old, change.new) if one}
        space = "" if here.heading.startswith(f"{here.citation}{here.title}") else " "
        title = self.two.old_title(change) if side == OLD else self.two.touched(change.title)
        return Heading(
            here.citation if numbered else "",
            len(citations) > 1,
            space if numbered else "",
            _on_side(title, side),
            here.heading_is_foreign,
        )

    def _side(self, row: Row, side: str) -> Side | None:
        change = row.provision
        provision = change.old if side == OLD else change.new
        if provision is None:
            return None
        if row.continued:
            return Side(blocks=list(self._blocks(row, side)))
        marks = {one.mark for one in (change.old, change.new) if one}
        links = tuple(text for op, text in change.links if op is not _NOT_ON[side])
        return Side(
            provision.mark,
            len(marks) > 1,
            list(self._blocks(row, side)),
            links,
            bool(provision.omitted),
        )

    def _blocks(self, row: Row, side: str) -> Iterator[SideText | SideTable]:
        provision = row.provision.old if side == OLD else row.provision.new
        layouts = self.layouts.get(side, {})
        layout = layouts.get(provision.id if provision else "", ProvisionLayout())
        laid = [one for one in (layout.after if row.continued else layout.text) if not one.omitted]
        here = [block for block in row.blocks if (block.old if side == OLD else block.new)]
        # What was split off has only a part of the blocks that its layout is of.
        known: Sequence[BlockLayout | None] = laid if len(laid) == len(here) else [None] * len(here)
        for is_row, found in groupby(
            zip(here, known, strict=True), key=lambda pair: pair[0].is_row
        ):
            if is_row:
                yield SideTable(tuple(_row(block, one, side) for block, one in found))
            else:
                yield from (self._text(block, side) for block, _ in found)

    def _text(self, block: BlockChange, side: str) -> SideText:
        note = self.two.note(block)
        said = note and (note.op is Op.INSERTED) == (side == OLD)
        name = f"{'proviso' if note.is_proviso else 'sentence'}-{note.op}" if note and said else ""
        return SideText(
            _on_side(self.two.touched(block.cells[0].changes), side), name, block.foreign
        )


def _kinds(row: Row) -> tuple[ChangeKind, ...]:
    """Return what is said of a row beside its words, which say that they were amended."""
    kinds = row.provision.kinds
    return () if row.continued or not row.depth or kinds == ("amended",) else kinds


def _on_side(changes: Marked, side: str) -> Marked:
    """Return what a *side* has of *changes*."""
    found: list[tuple[str, str]] = []
    for op, text in changes:
        words = text.strip(" ")
        if op in _NOT_ON.values() and words:
            # The space around words stays between them and what is said of them.
            start = len(text) - len(text.lstrip(" "))
            spaces = text[:start], text[start + len(words) :]
            parts = [(Op.EQUAL.value, spaces[0]), (op, words), (Op.EQUAL.value, spaces[1])]
        else:
            parts = [(op, text)]
        found += parts if op != _NOT_ON[side] else []
    return tuple((op, text) for op, text in found if text)


def _row(block: BlockChange, layout: BlockLayout | None, side: str) -> SideRow:
    is_head = bool(layout and layout.is_head)
    cells = tuple(
        SideCell(
            _on_side(touched_words(cell.changes), side), place.columns, place.is_below, is_head
        )
        for cell, place in block.laid_out(side)
        if cell.op is not _NOT_ON[side]
    )
    return SideRow(cells, block.foreign)
