"""What two sequences have in common, found the same way here and in the browser."""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

T = TypeVar("T", bound="Hashable")


class Span(NamedTuple):
    """``old[old_start:old_end]`` and ``new[new_start:new_end]``, which are ``equal`` or stand for each other."""

    equal: bool
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def stretches(old: Sequence[T], new: Sequence[T]) -> list[Span]:
    """Return stretches that make up both sequences, in order.

    The longest equal stretch is found first, then those on either side of it (Ratcliff and Obershelp,
    https://xlinux.nist.gov/dads/HTML/ratcliffObershelp.html): what readers take for unchanged is a whole, not letters
    that happen to be the same.
    """
    if old == new:
        return [Span(True, 0, len(old), 0, len(new))] if old else []  # noqa: FBT003
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        Span(tag == "equal", old_start, old_end, new_start, new_end)
        for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes()
    ]


def in_order(places: Sequence[int]) -> set[int]:
    """Return the positions of the longest rising run of *places*: what kept its order. *places* are all different."""
    ends: list[int] = []  # the place that ends the best run of each length
    positions: list[int] = []
    before: list[int] = []
    for position, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(positions[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        positions[length : length + 1] = [position]
    found: set[int] = set()
    position = positions[-1] if positions else -1
    while position >= 0:
        found.add(position)
        position = before[position]
    return found
