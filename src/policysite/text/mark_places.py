"""Marked paragraphs and lists become provisions: in the place that the search found for each, with an id of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.languages.marks import DECIMAL, NAMED, Mark
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import ARTICLES, INTRO, Part, parts
from policysite.text import numbering_problems as said
from policysite.text.blocks import Block, BlockKind
from policysite.text.mark_prefix import without_mark
from policysite.text.mark_search import Found, Placed, Step, search
from policysite.text.marked_blocks import MOST_STEPS, POINTS, MarkedBlocks, Place, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.text.provision_id_list import ProvisionIds

_DECIMAL_LEVELS = ("sec", "subsec", "para", "subpara")


class MarkPlaces:
    """Numbers the marks of one document for *ids*, which knows what is taken, and what is wrong."""

    def __init__(self, ids: ProvisionIds) -> None:
        self.ids = ids
        self._blocks = MarkedBlocks(ids)
        self._lists: Counter[tuple[str, str]] = Counter()
        self._rows: dict[tuple[int, int, str], str] = {}
        self._built_places = 0
        self._running: dict[str, Mark] = {}

    def number(self, container: Block, place: Place) -> None:
        """Number what is in *container*, but for the headings in it and what is below them."""
        if place.id not in {"", INTRO} and len(parts(place.id)) > MOST_STEPS:
            self._blocks.too_deep(container)
            return
        sections = [b for b in container.children if b.kind is BlockKind.SECTION]
        own = [b for b in container.children if b.kind is not BlockKind.SECTION]
        units = [unit for block in own for unit in self._blocks.of(block, place)]
        if any(unit.entry.readings for unit in units):
            found = search([unit.entry for unit in units], place.pieces)
            container.children = [*self._built(units, found, place), *sections]
            _count_paragraphs(container)
        else:
            # A date may have looked like a list.
            container.children = [*(unit.block for unit in units), *sections]
        for unit in units:
            if unit.block.kind is BlockKind.BULLETS:
                self._bullets(unit.block, unit.place or place)

    def _built(self, units: Sequence[Unit], found: Found, place: Place) -> list[Block]:
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
            if placed.parent < 0 and place.is_below_words:
                self._running[placed.mark.kind] = last[placed.mark.kind]
        return children

    def _paragraph(self, unit: Unit, placed: Placed, inside: Place, serial: int) -> Block:
        mark = placed.mark
        assert mark is not None  # noqa: S101 - who calls has looked
        made = self._new(unit.block, mark, inside, placed, serial)
        unit.made, unit.place = made, self._within(made, mark, inside)
        if mark.kind != NAMED:
            without_mark(unit.block, mark)
        if unit.glue is None:
            made.children = [unit.block]
        else:
            made.joint = unit.glue
            unit.block.strip(len(unit.glue))
        return made

    def _list(
        self, unit: Unit, placed: Placed, inside: Place, serial: int, last: dict[str, Mark]
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
        before = self._row(part.level, inside, placed, serial) if part.level else inside.id
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
        points = made.level == "point" or (made.level == "indent" and mark.kind in POINTS)
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
        """Keep the marks of a table of contents, or of a list in a cell: what they stand before has no id here."""
        items = []
        for number, item in enumerate(listed.children, start=listed.start):
            mark = f"{number}{listed.mark}" if listed.kind is BlockKind.NUMBERED else listed.mark
            items.append(Block(BlockKind.PROVISION, item.line, mark=mark, children=item.children))
        listed.kind, listed.children = BlockKind.PROVISIONS, items

    def _check(
        self, unit: Unit, placed: Placed, inside: Place, last: Mark | None, place: Place
    ) -> None:
        mark = placed.mark
        if placed.step is not Step.GAP or mark is None:
            return
        running = self._running.get(mark.kind) if place.is_below_words and last is None else None
        if running is not None and mark.follows(running):
            # Numbers may go on below the next heading that has none itself.
            return
        if any(m.kind == mark.kind and mark.follows(m) for m in place.around):
            self.ids.problems.append(said.belongs_above(self.ids.path, unit.block.line, mark))
            return
        part = Part(self._level(mark, inside), self._counted(mark, inside))
        declared = "-".join(filter(None, (inside.id, str(part))))
        taken = self.ids.is_taken(declared)
        declared = f"{declared}-x2" if taken else declared
        if self.ids.is_declared(declared):
            return
        line = unit.block.line
        self.ids.slips[declared] = said.slip_of(mark.number, last.number if last else None)
        self.ids.problems.append(
            said.neither(
                self.ids.path, line, mark, last.number if last else None, inside.id, declared
            )
        )

    def _doubtful(
        self, units: Sequence[Unit], first: Placed, second: Placed, unit: Unit, place: Place
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
            self.ids.readings[unit.block.line] = names[0], names[1]
            self.ids.problems.append(
                said.two_readings(self.ids.path, unit.block.line, first.mark.text, *names)
            )


def _count_paragraphs(container: Block) -> None:
    """Say of the marks in *container* below which of its unmarked paragraphs they are, if it is a heading that has several."""
    own = [b for b in container.children if b.kind is not BlockKind.SECTION]
    if container.kind is not BlockKind.SECTION or sum(map(_is_unmarked, own)) < 2:
        return
    count = 0
    for block in own:
        count += _is_unmarked(block)
        for made in (block, *(block.children if block.kind is BlockKind.PROVISIONS else ())):
            made.paragraph = count


def _is_unmarked(block: Block) -> bool:
    """Whether a block is a paragraph without a mark, named or not."""
    return block.kind is BlockKind.PARAGRAPH or (
        block.kind is BlockKind.PROVISION and not block.mark
    )


def _prefix(container_id: str, steps: Sequence[Part]) -> str:
    """Return the id of a container with the step of a second list, if an explicit id has one."""
    return (
        f"{container_id}-{steps[-2]}"
        if len(steps) > 2 and steps[-2].level == "list"
        else container_id
    )
