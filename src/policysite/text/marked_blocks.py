"""The blocks of one place as the search of their marks takes them: marked paragraphs, lists with the marks of their items, and what has none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.languages.marks import LONGEST, Mark, is_date, marks_of
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import parts
from policysite.text.blocks import Block, BlockKind
from policysite.text.mark_prefix import readings_of, without_mark
from policysite.text.mark_search import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.text.heading_tree import Heading
    from policysite.text.provision_id_list import ProvisionIds

MOST_STEPS = 10
"""Steps in the id of a provision that may have others inside."""
POINTS = ("n.", "n)")
_BEHIND = ("circ", "ga.")
"""Kinds that begin behind another mark with a space between."""
_DASHES = "—–"
_LIST_MARK = re.compile(r"[ \t]*([0-9]{1,9})[.)]")


@dataclass(frozen=True)
class Place:
    """Where marks are: below a heading, or in a provision with a mark.

    ``id`` is what their ids begin with, ``parent`` the provision they are in, ``level`` and ``kind`` those of the mark or heading above, ``pieces`` its number in
    full. ``in_points``: a point or a dash is above in the article; ``indented``: it is in an item. ``around`` are the last marks of the places around this one.
    """

    id: str
    parent: str = ""
    level: str = ""
    kind: str = ""
    pieces: tuple[str, ...] = ()
    in_points: bool = False
    indented: bool = False
    around: tuple[Mark, ...] = ()

    @property
    def is_below_words(self) -> bool:
        """Whether it is that of a heading without a number."""
        return not self.level and not self.kind and self.id == self.parent != ""

    @classmethod
    def of_heading(cls, provision_id: str, heading: Heading) -> Place:
        """Return the place below *heading*."""
        return cls(provision_id, provision_id, heading.level, "", heading.pieces)


@dataclass(eq=False)
class Unit:
    """A block of a place, with its mark or without; ``items`` are those of a list of Markdown, each with its mark; ``glue`` joins it to a mark behind it."""

    block: Block
    entry: Entry = field(default_factory=Entry)
    items: tuple[tuple[Block, Mark], ...] = ()
    glue: str | None = None
    made: Block | None = None
    place: Place | None = None


class MarkedBlocks:
    """Reads the blocks of places of one document for *ids*, which takes what is wrong with them."""

    def __init__(self, ids: ProvisionIds) -> None:
        self.ids = ids
        # What a kind of marks counts, if its author says so by its first one.
        self._levels = {
            mark.kind: level
            for first, level in ids.rules.levels.items()
            for mark in marks_of(first, ids.language)
            if mark.begins
        }

    def of(self, block: Block, place: Place) -> Iterator[Unit]:
        """Yield what *block* of *place* is: a mark, several behind each other, the marks of a list, or none."""
        if block.kind is BlockKind.PARAGRAPH:
            readings = self._chosen(readings_of(block, self.ids.language), block)
            if readings:
                yield from self._behind(Unit(block, Entry(readings)))
                return
        if block.kind is BlockKind.NUMBERED and (date := self._date(block)):
            yield Unit(date)
            return
        if not place.indented:
            self._check_indent(block)
        if block.kind is BlockKind.NUMBERED and (items := self._items(block)):
            kind = items[0][1].kind
            first, last = items[0][1], items[-1][1]
            yield Unit(block, Entry((first,), (last._replace(kind=kind),), listed=True), items)
            return
        yield Unit(block, Entry(is_list=block.kind is BlockKind.BULLETS))

    def _behind(self, unit: Unit) -> Iterator[Unit]:
        """Yield the marks that stand directly behind the first one of a paragraph: (1)(a), 1.—(1), ① 가."""
        yield unit
        text, count = unit.block.text.lstrip(), 0
        while True:
            first = unit.entry.readings[0]
            text = text[first.width :]
            rest = text.lstrip(_DASHES)
            inner = tuple(
                mark for mark in marks_of(rest[:LONGEST], self.ids.language) if mark.begins
            )
            if not inner or not (inner[0].kind in _BEHIND or rest.startswith(("(", "（"))):
                return
            # The paragraph belongs to the last of them.
            unit.glue, text, count = text[: len(text) - len(rest)], rest, count + 1
            if count > MOST_STEPS:
                self.too_deep(unit.block)
                return
            unit = Unit(unit.block, Entry(inner, behind=True))
            yield unit

    def too_deep(self, block: Block) -> None:
        """Report marks that are deeper in each other than those of any text."""
        self.ids.report(
            block.line,
            Code.TOO_LARGE,
            "Found marks behind each other, or points in each other, deeper than any text has.",
            "Write words behind each mark.",
        )

    def _chosen(self, readings: tuple[Mark, ...], block: Block) -> tuple[Mark, ...]:
        """Return the readings that the author left with an id, and those of a level that the author names once."""
        found = tuple(
            mark._replace(level=self._levels.get(mark.kind, mark.level)) for mark in readings
        )
        if block.explicit and found[1:]:
            given = parts(explicit)[-1].level if (explicit := self._given(block)) else ""
            return tuple(mark for mark in found if mark.level == given) or found
        return found

    def _given(self, block: Block) -> str:
        return next((given for _, given in block.explicit if given.count("-")), "")

    def _items(self, numbered: Block) -> tuple[tuple[Block, Mark], ...]:
        """Return the items of a list with their marks; none if it cannot be numbered."""
        kind = f"n{numbered.mark}"
        level = self._levels.get(kind, "point")
        found = []
        for number, item in enumerate(numbered.children, start=numbered.start):
            if number == 0:
                self.ids.report(
                    item.line,
                    Code.PROVISION_ORDER,
                    "Found the mark '0'; provisions are numbered from 1.",
                    "Correct the numbers of the list.",
                )
                return ()
            text = self._printed(item, f"{number}{numbered.mark}")
            found.append((item, Mark(kind, Number(number), text, level, 0)))
        return self._merged(found) or tuple(found)

    def _merged(self, items: Sequence[tuple[Block, Mark]]) -> tuple[tuple[Block, Mark], ...]:
        """Return the marks of items that print a second one of the same number: "1. ①" is one mark."""
        found = []
        for item, mark in items:
            inner = [self._inner(block) for block in item.children]
            first = inner[0] if inner else None
            again = any(other and first and other.kind == first.kind for other in inner[1:])
            if (
                first is None
                or again
                or str(first.number) != str(mark.number)
                or first.kind in POINTS
            ):
                return ()
            found.append((item, first._replace(text=f"{mark.text} {first.text}")))
        if len({mark.kind for _, mark in found}) != 1:
            return ()
        for item, _mark in items:
            inner_mark = self._inner(item.children[0])
            if inner_mark:
                without_mark(item.children[0], inner_mark)
        return tuple(found)

    def _inner(self, block: Block) -> Mark | None:
        readings = (
            readings_of(block, self.ids.language) if block.kind is BlockKind.PARAGRAPH else ()
        )
        return readings[0] if readings else None

    def _date(self, numbered: Block) -> Block | None:
        """Return the paragraph that *numbered* is if its numbers are those of a date: "2031. 5. 3."."""
        line = self.ids.source[numbered.line - 1 : numbered.line]
        paragraph = numbered
        while (
            paragraph.kind in {BlockKind.NUMBERED, BlockKind.ITEM} and len(paragraph.children) == 1
        ):
            paragraph = paragraph.children[0]
        if not line or paragraph.kind is not BlockKind.PARAGRAPH:
            return None
        source = line[0].strip()
        first = paragraph.raw.split("\n")[0]
        if not is_date(source, self.ids.language) or not source.endswith(first):
            return None
        paragraph.restore(source[: len(source) - len(first)])
        return paragraph

    def _printed(self, item: Block, counted: str) -> str:
        """Return the mark that is in the source, which Markdown may count differently."""
        line, source = item.line, self.ids.source
        match = _LIST_MARK.match(source[line - 1]) if line <= len(source) else None
        printed = match[0].strip() if match else ""
        if printed != counted:
            self.ids.miscounted[line] = printed, counted
            self.ids.report(
                line,
                Code.PROVISION_MARK,
                f"Found the mark {printed or '(none)'!r} where the list counts {counted!r}.",
                f"Write {counted!r}; if it is no mark, write its dot or bracket as '&#46;' or '&#41;'.",
            )
        return counted

    def _check_indent(self, block: Block) -> None:
        """Find a block that was meant to continue the point above, but is not indented enough."""
        lines = self.ids.source
        source = lines[block.line - 1] if block.line <= len(lines) else ""
        if source[:1] in {" ", "\t"} and source.strip():
            self.ids.report(
                block.line,
                Code.PROVISION_MARK,
                f"Found {source.strip()[:20]!r} indented, but not enough to belong to the point above.",
                "Indent it as far as the text of that point: 3 spaces after '1.', 4 after '10.'.",
            )
