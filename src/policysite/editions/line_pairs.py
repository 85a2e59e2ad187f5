"""Which lines of two versions stand for each other: what the comparison of their provisions says, line by line."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policysite.editions.edition_lines import Key, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edition_lines import Line
    from policysite.redline import BlockChange, Comparison, ProvisionChange

_NAMED = ("heading", "mark")
_COUNTED = ("omitted text", "omitted after")


class LinePairs:
    """The pairs of lines of *old* and *new*, as *comparison* has them.

    ``lines`` are places in *old* and *new*, each at most once; ``rows`` are the keys of old rows of tables by those of the new ones.
    """

    def __init__(self, comparison: Comparison, old: Sequence[Line], new: Sequence[Line]) -> None:
        self.rows: dict[Key, Key] = {}
        here, there = _places(old), _places(new)
        found: dict[int, int] = {}
        taken: set[int] = set()
        for before, after in _keys(comparison, old):
            i, j = here.get(before), there.get(after)
            if i is None or j is None or type(old[i]) is not type(new[j]):
                continue
            if isinstance(old[i], Table):
                self.rows[after] = before
            if j not in found and i not in taken:
                found[j] = i
                taken.add(i)
        # What is behind tables that stand for each other does so too.
        found |= {j + 1: i + 1 for j, i in found.items() if isinstance(new[j], Table)}
        self.lines = sorted((i, j) for j, i in found.items())


def _places(lines: Sequence[Line]) -> dict[Key, int]:
    """Return the places of lines by key; those of the rows of a table are the table's."""
    found = {}
    for place, line in enumerate(lines):
        for one in line.rows if isinstance(line, Table) else (line,):
            found[one.key] = place
    return found


def _keys(comparison: Comparison, old: Sequence[Line]) -> Iterator[tuple[Key, Key]]:
    yield Key("", "status"), Key("", "status")
    # The old blocks of a provision that was split are handed out over its parts.
    handed_out: defaultdict[Key, int] = defaultdict(int)
    omitted = [
        line.key for line in old if isinstance(line, Paragraph) and line.key.part in _COUNTED
    ]
    for change in comparison.provisions:
        if change.old is None or change.new is None:
            continue
        if not change.split_off:
            yield from ((Key(change.old.id, p), Key(change.new.id, p)) for p in _NAMED)
            for key in omitted:
                if key.provision == change.old.id:
                    yield key, key._replace(provision=change.new.id)
        yield from _blocks(change, handed_out)


def _blocks(
    change: ProvisionChange, handed_out: defaultdict[Key, int]
) -> Iterator[tuple[Key, Key]]:
    before, after = change.old, change.new
    if before is None or after is None:
        return
    parts: tuple[tuple[str, Sequence[BlockChange]], ...]
    parts = (("text", change.text), ("after", change.after))
    for part, blocks in parts:
        whole = Key(before.id, part)
        place = 0
        for block in blocks:
            if block.old is not None and block.new is not None:
                yield Key(before.id, part, handed_out[whole]), Key(after.id, part, place)
            handed_out[whole] += block.old is not None
            place += block.new is not None
