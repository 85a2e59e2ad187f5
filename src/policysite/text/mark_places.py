"""Marked paragraphs and lists become provisions: in the place that the search found for each, with an id of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.languages.marks import DECIMAL, LONGEST, Mark, is_date, marks_of
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import ARTICLES, INTRO, Part, parts
from policysite.text import numbering_problems as said
from policysite.text.blocks import Block, BlockKind
from policysite.text.mark_prefix import readings_of, without_mark
from policysite.text.mark_search import Entry, Found, Placed, Step, search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.text.heading_tree import Heading
    from policysite.text.provision_id_list import ProvisionIds

_MOST_STEPS = 10
"""Steps in the id of a provision that may have others inside."""
_LIST_MARK = re.compile(r"[ \t]*([0-9]{1,9})[.)]")
_DECIMAL_LEVELS = ("sec", "subsec", "para", "subpara")
_POINTS = ("n.", "n)")
_BEHIND = ("circ", "ga.")
"""Kinds that begin behind another mark with a space between."""
_DASHES = "—–"


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

    @classmethod
    def of_heading(cls, provision_id: str, heading: Heading) -> Place:
        """Return the place below *heading*."""
        return cls(provision_id, provision_id, heading.level, "", heading.pieces)


@dataclass(eq=False)
class _Unit:
    """A block of a place, with its mark or without; ``items`` are those of a list of Markdown, each with its mark; ``glue`` joins it to a mark behind it."""

    block: Block
    entry: Entry = field(default_factory=Entry)
    items: tuple[tuple[Block, Mark], ...] = ()
    glue: str | None = None
    made: Block | None = None
    place: Place | None = None


class MarkPlaces:
    """Numbers the marks of one document for *ids*, which knows what is taken, and what is wrong."""

    def __init__(self, ids: ProvisionIds) -> None:
        self.ids = ids
        self._lists: Counter[tuple[str, str]] = Counter()
        self._rows: dict[tuple[int, int, str], str] = {}
        self._built_places = 0

    def number(self, container: Block, place: Place) -> None:
        """Number what is in *container*, but for the headings in it and what is below them."""
        if len(parts(place.id)) > _MOST_STEPS if place.id and place.id != INTRO else False:
            self._too_deep(container)
            return
        sections = [b for b in container.children if b.kind is BlockKind.SECTION]
        units = [
            u
            for b in container.children
            if b.kind is not BlockKind.SECTION
            for u in self._units(b, place)
        ]
        if any(unit.entry.readings for unit in units):
            found = search([unit.entry for unit in units], place.pieces)
            container.children = self._built(units, found, place)
            _count_paragraphs(container)
        for unit in units:
            if unit.block.kind is BlockKind.BULLETS and not unit.entry.readings:
                self._bullets(unit.block, unit.place or place)
        container.children += sections if any(unit.entry.readings for unit in units) else []

    # What is there ------------------------------------------------------------------------------------

    def _units(self, block: Block, place: Place) -> Iterator[_Unit]:
        if block.kind is BlockKind.PARAGRAPH:
            readings = self._chosen(readings_of(block, self.ids.language), block)
            if readings:
                yield from self._behind(_Unit(block, Entry(readings)))
                return
        if block.kind is BlockKind.NUMBERED and (date := self._date(block)):
            yield _Unit(date)
            return
        if not place.indented:
            self._check_indent(block)
        if block.kind is BlockKind.NUMBERED and (items := self._items(block)):
            kind = items[0][1].kind
            first, last = items[0][1], items[-1][1]
            yield _Unit(block, Entry((first,), (last._replace(kind=kind),), listed=True), items)
            return
        yield _Unit(block, Entry(is_list=block.kind is BlockKind.BULLETS))

    def _behind(self, unit: _Unit) -> Iterator[_Unit]:
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
            if count > _MOST_STEPS:
                self._too_deep(unit.block)
                return
            unit = _Unit(unit.block, Entry(inner, behind=True))
            yield unit

    def _too_deep(self, block: Block) -> None:
        self.ids.report(
            block.line,
            Code.TOO_LARGE,
            "Found marks behind each other, or points in each other, deeper than any text has.",
            "Write words behind each mark.",
        )

    def _chosen(self, readings: tuple[Mark, ...], block: Block) -> tuple[Mark, ...]:
        """Return the readings that the author left with an id, and those of a level that the author names once."""
        levels = self.ids.rules.levels
        found = tuple(
            mark._replace(level=levels.get(_example(mark), mark.level)) for mark in readings
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
        level = self.ids.rules.levels.get(f"1{numbered.mark}", "point")
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
                or first.kind in _POINTS
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

    # What becomes of it -------------------------------------------------------------------------------

    def _built(self, units: Sequence[_Unit], found: Found, place: Place) -> list[Block]:
        """Return the blocks of a place with provisions for its marks, each in the one it belongs to."""
        children: list[Block] = []
        doubtful = dict(found.doubtful)
        self._built_places += 1
        serial = self._built_places
        last: dict[str, Mark] = {mark.kind: mark for mark in place.around}
        for index, (unit, placed) in enumerate(zip(units, found.placed, strict=True)):
            around = units[placed.parent] if placed.parent >= 0 else None
            inside = (around.place if around else None) or place
            target = around.made.children if around and around.made else children
            unit.place = inside
            if placed.mark is None:
                target.append(unit.block)
                continue
            if index in doubtful:
                self._doubtful(units, placed, doubtful[index], unit, place)
            self._check(unit, placed, inside, last.get(placed.mark.kind), place)
            if placed.step is Step.GAP and placed.mark.kind.startswith(DECIMAL):
                target.append(unit.block)
                continue
            if unit.items:
                target.append(self._list(unit, placed, inside, serial, last))
            else:
                target.append(self._paragraph(unit, placed, inside, serial))
            last[placed.mark.kind] = unit.items[-1][1] if unit.items else placed.mark
        return children

    def _paragraph(self, unit: _Unit, placed: Placed, inside: Place, serial: int) -> Block:
        mark = placed.mark
        assert mark is not None  # noqa: S101 - who calls has looked
        made = self._new(unit.block, mark, inside, placed, serial)
        unit.made, unit.place = made, self._within(made, mark, inside)
        without_mark(unit.block, mark)
        if unit.glue is None:
            made.children = [unit.block]
        else:
            unit.block.strip(len(unit.glue))
        return made

    def _list(
        self, unit: _Unit, placed: Placed, inside: Place, serial: int, last: dict[str, Mark]
    ) -> Block:
        points = Block(
            BlockKind.PROVISIONS,
            unit.block.line,
            explicit=unit.block.explicit,
            origin=unit.block.origin,
        )
        for place, (item, mark) in enumerate(unit.items):
            step = placed.step if place == 0 else Step.GOES_ON
            assert placed.mark is not None  # noqa: S101 - who calls has looked
            made = self._new(item, mark, inside, placed._replace(mark=mark, step=step), serial)
            made.children = item.children
            within = self._within(made, mark, inside)
            within = replace(within, indented=True)
            self.number(made, replace(within, around=(*last.values(), mark)))
            points.children.append(made)
            unit.made, unit.place = made, within
        return points

    def _new(self, block: Block, mark: Mark, inside: Place, placed: Placed, serial: int) -> Block:
        """Return a provision for *block*, with the id of *block* or one from its number."""
        part = Part(self._level(mark, inside), self._counted(mark, inside))
        before = self._row(part.level, inside, placed, serial)
        explicit = self.ids.explicit_id(block)
        if explicit:
            steps = parts(explicit)
            container = "-".join(map(str, steps[:-1]))
            if not steps[-1].is_word and container not in {
                inside.id,
                before,
                _prefix(inside.id, steps),
            }:
                self.ids.report(
                    block.line,
                    Code.PROVISION_ID,
                    f"Found the id {explicit!r} on a provision of {inside.id}.",
                    f"An id here begins with {inside.id}-.",
                )
            part = steps[-1]
        new = Block(
            BlockKind.PROVISION, block.line, mark=mark.text, level=part.level, origin=block.origin
        )
        new.parent = inside.parent
        block.explicit = ()
        self.ids.identify(new, explicit or "-".join(filter(None, (before, str(part)))))
        return new

    def _row(self, level: str, inside: Place, placed: Placed, serial: int) -> str:
        """Return the id that those of one list begin with: that of what it is in, and of a second one its number."""
        assert placed.mark is not None  # noqa: S101 - who calls has looked
        key = serial, placed.parent, placed.mark.kind
        if placed.step in {Step.BEGINS, Step.AGAIN} or key not in self._rows:
            self._lists[inside.id, level] += 1
            count = self._lists[inside.id, level]
            self._rows[key] = (
                inside.id if count == 1 else "-".join(filter(None, (inside.id, f"list-{count}")))
            )
        return self._rows[key]

    def _within(self, made: Block, mark: Mark, inside: Place) -> Place:
        """Return the place inside a provision."""
        points = made.level == "point" or mark.kind in _POINTS
        return Place(
            made.id,
            made.id,
            made.level,
            mark.kind,
            mark.number.pieces,
            inside.in_points or points,
            inside.indented,
        )

    def _level(self, mark: Mark, inside: Place) -> str:
        if mark.kind.startswith(DECIMAL):
            if inside.level in _DECIMAL_LEVELS[:-1]:
                return _DECIMAL_LEVELS[_DECIMAL_LEVELS.index(inside.level) + 1]
            if inside.level in ARTICLES:
                return "para"
            return _DECIMAL_LEVELS[min(len(mark.number.pieces) - 1, 3)]
        if mark.level == "point" and inside.in_points:
            return "indent"
        if mark.kind == "(n)" and mark.level == "para" and inside.kind:
            return "item" if inside.kind == "(n)" else "indent"
        return mark.level

    def _counted(self, mark: Mark, inside: Place) -> Number:
        pieces = mark.number.pieces
        known = inside.pieces
        if (
            mark.kind.startswith(DECIMAL)
            and pieces[: len(known)] == known
            and len(pieces) > len(known)
        ):
            return Number(*pieces[len(known) :])
        return mark.number

    def _bullets(self, bullets: Block, place: Place) -> None:
        """Keep dashes as marks. They are not numbered, so they have no id."""
        bullets.kind = BlockKind.PROVISIONS
        items = []
        for item in bullets.children:
            new = Block(BlockKind.PROVISION, item.line, mark=bullets.mark, children=item.children)
            items.append(new)
            self.number(new, replace(place, in_points=True, indented=True, around=()))
        bullets.children = items

    def without_ids(self, listed: Block) -> None:
        """Keep the marks of a table of contents; what it names has its id below."""
        items = []
        for number, item in enumerate(listed.children, start=listed.start):
            mark = f"{number}{listed.mark}" if listed.kind is BlockKind.NUMBERED else listed.mark
            items.append(Block(BlockKind.PROVISION, item.line, mark=mark, children=item.children))
        listed.kind, listed.children = BlockKind.PROVISIONS, items

    # What is wrong with it ----------------------------------------------------------------------------

    def _check(
        self, unit: _Unit, placed: Placed, inside: Place, last: Mark | None, place: Place
    ) -> None:
        mark = placed.mark
        if placed.step is not Step.GAP or mark is None:
            return
        if any(m.kind == mark.kind and mark.follows(m) for m in place.around):
            self.ids.problems.append(said.belongs_above(self.ids.path, unit.block.line, mark))
            return
        declared = f"{inside.id}-{self._level(mark, inside)}-{self._counted(mark, inside)}"
        taken = self.ids.is_taken(declared)
        declared = f"{declared}-x2" if taken else declared
        if self.ids.is_declared(declared):
            return
        line = unit.block.line
        self.ids.problems.append(
            said.neither(
                self.ids.path, line, mark, last.number if last else None, inside.id, declared
            )
        )

    def _doubtful(
        self, units: Sequence[_Unit], first: Placed, second: Placed, unit: _Unit, place: Place
    ) -> None:
        """Report a mark that can be read in two ways, unless its author has said which."""
        if unit.block.explicit:
            return
        names = []
        for placed in (first, second):
            around = units[placed.parent].place if placed.parent >= 0 else place
            if placed.mark and around:
                again = "list-2" if placed.step is Step.AGAIN else ""
                part = Part(self._level(placed.mark, around), self._counted(placed.mark, around))
                names.append("-".join(filter(None, (around.id, again, str(part)))))
        if len(names) == 2 and first.mark:
            self.ids.problems.append(
                said.two_readings(self.ids.path, unit.block.line, first.mark.text, *names)
            )


def _count_paragraphs(container: Block) -> None:
    """Say of the marks in *container* below which of its unmarked paragraphs they are, if it is a heading that has several."""
    own = [b for b in container.children if b.kind is not BlockKind.SECTION]
    if (
        container.kind is not BlockKind.SECTION
        or sum(b.kind is BlockKind.PARAGRAPH for b in own) < 2
    ):
        return
    count = 0
    for block in own:
        count += block.kind is BlockKind.PARAGRAPH
        for made in (block, *(block.children if block.kind is BlockKind.PROVISIONS else ())):
            made.paragraph = count


def _example(mark: Mark) -> str:
    """Return the first mark of the kind of *mark* as an author names it: ``1.``, ``(a)``."""
    return _FIRST.get(mark.kind, mark.kind)


_FIRST = {
    **{f"n{end}": f"1{end}" for end in (".", ")", "-", "°", "、")},
    "(n)": "(1)",
    "(r)": "(i)",
    "r.": "i.",
    "r)": "i)",
    "R.": "I.",
    "R)": "I)",
    "(R)": "(I)",
    "circ": "①",
}


def _prefix(container_id: str, steps: Sequence[Part]) -> str:
    """Return the id of a container with the step of a second list, if an explicit id has one."""
    return (
        f"{container_id}-{steps[-2]}"
        if len(steps) > 2 and steps[-2].level == "list"
        else container_id
    )
