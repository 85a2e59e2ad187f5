"""A text as runs: each provision with its own paragraphs and tables, in order, so that two languages can be laid side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from policysite.model.provision_ids import is_word
from policysite.text.blocks import Block, BlockKind
from policysite.text.messages import PlaceClass, message_of, placed_blocks
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.text.message_templates import Message


class UnitKind(StrEnum):
    """What a unit is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "paragraph with a dash"
    TERM = "term that is defined"
    NOTE = "footnote"
    PATTERN = "sentence for every earlier version"
    TABLE = "table"
    OMITTED = "omitted table"
    INSIDE = "provisions"


_KINDS = {
    BlockKind.SECTION: UnitKind.HEADING,
    BlockKind.TERM: UnitKind.TERM,
}
_FIRST_OF = {BlockKind.PATTERN: UnitKind.PATTERN, BlockKind.NOTE: UnitKind.NOTE}
"""What the next paragraph is."""
_CELLS = {PlaceClass.TABLE_HEAD.value, PlaceClass.TABLE_CELL.value}


@dataclass(eq=False)
class Unit:
    """A paragraph, or a table with the messages of its ``rows``, cell by cell; a lost table has no words."""

    kind: UnitKind
    line: int
    message: Message | None = None
    rows: list[list[list[Message]]] = field(default_factory=list)

    @property
    def messages(self) -> Iterator[Message]:
        """Its messages, in order."""
        if self.message:
            yield self.message
        for row in self.rows:
            for cell in row:
                yield from cell

    @property
    def shape(self) -> str:
        """How large a table is."""
        return f"{len(self.rows)} rows of {max(map(len, self.rows), default=0)} cells"


@dataclass(eq=False)
class Run:
    """A provision and the provisions in it; ``id`` is empty for the whole.

    ``units`` are those from its beginning to the next provision, ``own`` those that are in it and in no provision inside, with one of the kind ``INSIDE``
    for these.
    """

    id: str
    line: int
    mark: str = ""
    units: list[Unit] = field(default_factory=list)
    own: list[Unit] = field(default_factory=list)
    inside: list[Run] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """What it is called by: its heading or its mark."""
        first = next(iter(self.units), None)
        if first and first.kind is UnitKind.HEADING and first.message:
            return first.message.msgid
        return self.mark

    def walk(self) -> Iterator[Run]:
        """Yield the run and all in it, in order."""
        yield self
        for run in self.inside:
            yield from run.walk()


def runs_of(document: Block) -> Run:
    """Return the runs of *document*, the blocks of a version after its provisions were numbered.

    What stands behind the last provision inside another one is among the units of that last one, and the outer one's own: which of them it
    belongs to is not always told by how a text looks.
    """
    return _Runs(document).whole


class _Runs:
    def __init__(self, document: Block) -> None:
        self.whole = Run("", document.line)
        self._by_id = {"": self.whole}
        self._current = self.whole
        self._next = UnitKind.PARAGRAPH
        # A summary is no part of what was published.
        beside = {
            id(inner)
            for block in document.walk()
            if block.kind is BlockKind.SUMMARY
            for inner in block.walk()
        }
        for block, contexts in placed_blocks(document):
            if id(block) not in beside:
                self._take(block, contexts)

    def _take(self, block: Block, contexts: tuple[str, ...]) -> None:
        # A paragraph that is named by its author looks like any other.
        is_named = block.kind is BlockKind.PROVISION and is_word(block.id) and not block.mark
        if block.id and not is_named:
            self._begin(block)
        elif block.kind is BlockKind.PROVISION and block.mark:
            self._next = UnitKind.ITEM
        self._next = _FIRST_OF.get(block.kind, self._next)
        if block.kind is BlockKind.OMITTED:
            self._add(Unit(UnitKind.OMITTED, block.line), contexts)
        elif any(child.kind is BlockKind.ROW for child in block.children):
            self._add(Unit(UnitKind.TABLE, block.line), contexts)
        elif block.kind is BlockKind.ROW:
            self._current.units[-1].rows.append([])
        elif block.kind in {BlockKind.CELL, BlockKind.HEAD_CELL}:
            self._current.units[-1].rows[-1].append([])
        message = message_of(block, contexts)
        if not message.msgid:
            return
        if contexts and contexts[-1] in _CELLS:
            self._current.units[-1].rows[-1][-1].append(message)
            return
        kind = _KINDS.get(block.kind, self._next)
        self._add(Unit(kind, block.line, message), contexts)
        self._next = UnitKind.PARAGRAPH

    def _add(self, unit: Unit, contexts: tuple[str, ...]) -> None:
        self._current.units.append(unit)
        around = self._by_id.get(TOP, self.whole)
        owner = next((self._by_id[c] for c in contexts if c in self._by_id), around)
        owner.own.append(unit)

    def _begin(self, block: Block) -> None:
        run = Run(block.id, block.line, block.mark)
        around = self._by_id.get(block.parent, self.whole)
        around.inside.append(run)
        if not around.own or around.own[-1].kind is not UnitKind.INSIDE:
            around.own.append(Unit(UnitKind.INSIDE, block.line))
        self._by_id[block.id] = self._current = run
        self._next = UnitKind.PARAGRAPH
