"""The order of a text: where its paragraphs, rows and lost tables stand, those after the provisions in their own one too, which may be between two lists.

What is recorded of a provision are its words, those before the provisions in it apart from those after, and how many tables were lost. Its layout has the rest: among which blocks a
table was lost, and right behind which provision a block stands. A page shows that, and the ledger does not know it.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.edition import ProvisionLayout
from policysite.text.provision_text import containers_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.editions.edition import BlockLayout
    from policysite.text.provision_text import Block, ProvisionText

LOST = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands among words where a table was lost."""


class Placed(NamedTuple):
    """A block of a provision in its place: in its ``part`` (``text`` or ``after``) the one at ``place``, from 0, of those with words, or of the lost tables.

    ``block`` is None for a lost table.
    """

    provision: ProvisionText
    part: str
    place: int
    block: Block | None
    layout: BlockLayout


class InOrder(NamedTuple):
    """A provision with its ``own`` blocks, and those ``behind`` it that are after the provisions in another one."""

    provision: ProvisionText
    own: tuple[Placed, ...]
    behind: tuple[Placed, ...]


def in_order(
    provisions: Sequence[ProvisionText], layouts: Mapping[str, ProvisionLayout]
) -> Iterator[InOrder]:
    """Yield *provisions* in the order of the text with all blocks where they stand. A block whose layout does not say behind what is behind the last provision in its own.

    :raises ValueError: if the layouts are not those of the text.
    """
    last: dict[str, str] = {}
    for name, around in containers_of(provisions).items():
        last |= dict.fromkeys((name, *around), name)
    own: dict[str, tuple[Placed, ...]] = {}
    behind: dict[str, list[Placed]] = defaultdict(list)
    # What is further inside ends first.
    for provision in reversed(provisions):
        layout = layouts.get(provision.id, ProvisionLayout())
        own[provision.id] = tuple(_placed(provision, "text", provision.blocks, layout.text))
        for placed in _placed(provision, "after", provision.blocks_after, layout.after):
            behind[placed.layout.behind or last[provision.id]].append(placed)
    for provision in provisions:
        yield InOrder(provision, own[provision.id], tuple(behind.pop(provision.id, ())))
    if behind:
        raise ValueError(f"blocks stand behind {', '.join(behind)}, which is no provision")


def _placed(
    provision: ProvisionText, part: str, blocks: Sequence[Block], layout: Sequence[BlockLayout]
) -> Iterator[Placed]:
    count = sum(not one.omitted for one in layout)
    if count == 1 and not blocks:
        # Of a table that is one row without words nothing is recorded.
        layout, count = [one for one in layout if one.omitted], 0
    if count != len(blocks):
        raise ValueError(f"{provision.id}: {count} blocks are set, and there are {len(blocks)}")
    words = iter(blocks)
    numbers = {True: itertools.count(), False: itertools.count()}
    for one in layout:
        block = None if one.omitted else next(words)
        yield Placed(provision, part, next(numbers[one.omitted]), block, one)


class ProvisionWords(NamedTuple):
    """Words that stand together, and the id of the provision that they are of; :data:`LOST` for a lost table."""

    provision: str
    text: str


def words_in_order(
    provisions: Sequence[ProvisionText], layouts: Mapping[str, ProvisionLayout]
) -> Iterator[ProvisionWords]:
    """Yield the words of a text as an edition of it has them: headings, paragraphs with their marks, and lines of cells.

    :raises ValueError: if the layouts are not those of the text.
    """
    for provision, own, behind in in_order(provisions, layouts):
        first, *rest = [line for placed in own for line in _lines(placed.block)] or [""]
        for text in (provision.heading, f"{provision.mark} {first}".strip(), *rest):
            if text:
                yield ProvisionWords(provision.id, text)
        for placed in behind:
            for text in filter(None, _lines(placed.block)):
                yield ProvisionWords(placed.provision.id, text)


def _lines(block: Block | None) -> list[str]:
    if block is None:
        return [LOST]
    return [line for cell in block.cells for line in cell.split(LINE)]
