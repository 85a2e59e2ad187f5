"""Drawing a flow chart that is written as Mermaid, which code hosts draw by themselves: boxes in rows, arrows downwards.

Known is what ``ARCHITECTURE.md`` has: ``a["words"] --> b["words"]`` and ``a -- "words" --> b``.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_END = r"(?P<{0}>\w+)(?:\[\"(?P<{0}_words>[^\"]+)\"\])?"
_ARROW = re.compile(
    rf"{_END.format('one')} (?:-- \"(?P<said>[^\"]+)\" )?--> {_END.format('other')}"
)
_BOX, _LINE, _GAP = (176, 56), 16, (14, 36)
_LETTERS = 24
_STYLE = (
    ".flow rect{fill:var(--color-background-primary,Canvas);stroke:currentColor;stroke-opacity:.6}"
    ".flow path{fill:none;stroke:currentColor;stroke-opacity:.6}"
    ".flow text{fill:currentColor;font-size:13px;text-anchor:middle}"
)


@dataclass
class Flow:
    """A chart: the words of its boxes by their names, and its arrows with what is said beside them."""

    boxes: dict[str, str] = field(default_factory=dict)
    arrows: dict[tuple[str, str], str] = field(default_factory=dict)


def read(text: str) -> Flow:
    """Return the chart that *text* describes.

    :raises ValueError: for a line that is not understood.
    """
    flow = Flow()
    for line in text.strip().splitlines()[1:]:
        found = _ARROW.fullmatch(line.strip())
        if found is None:
            raise ValueError(line)
        for end in ("one", "other"):
            flow.boxes[found[end]] = found[f"{end}_words"] or flow.boxes.get(found[end], "")
        flow.arrows[found["one"], found["other"]] = found["said"] or ""
    return flow


def draw(text: str, title: str) -> str:
    """Return the picture of the chart that *text* describes as SVG.

    :raises ValueError: for a line that is not understood.
    """
    flow = read(text)
    rows = _rows(flow)
    width = max(len(row) for row in rows) * (_BOX[0] + _GAP[0]) + _GAP[0]
    height = len(rows) * (_BOX[1] + _GAP[1]) - _GAP[1] + 2
    places: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(rows):
        step = width / len(row)
        for column, name in enumerate(row):
            places[name] = (step * (column + 0.5), number * (_BOX[1] + _GAP[1]) + _BOX[1] / 2 + 1)
    parts = [_arrow(places, one, other, said) for (one, other), said in flow.arrows.items()]
    parts += [_box(places[name], words) for name, words in flow.boxes.items()]
    return (
        f'<svg class="flow" role="img" aria-label="{escape(title)}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' xmlns="http://www.w3.org/2000/svg"><style>{_STYLE}</style>{"".join(parts)}</svg>'
    )


def _rows(flow: Flow) -> list[list[str]]:
    """Return the boxes by rows: each below all that lead to it, near those."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in flow.arrows:
        before[other].append(one)
    depth: dict[str, int] = {}

    def of(name: str) -> int:
        if name not in depth:
            depth[name] = 1 + max(map(of, before[name]), default=-1)
        return depth[name]

    rows: list[list[str]] = [[] for _ in range(1 + max(map(of, flow.boxes)))]
    column: dict[str, float] = {}
    for name in sorted(flow.boxes, key=of):
        rows[of(name)].append(name)
    for row in rows:
        row.sort(key=lambda name: _mean(column[one] for one in before[name]))
        column |= {name: (place + 0.5) / len(row) for place, name in enumerate(row)}
    return rows


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def _box(place: tuple[float, float], words: str) -> str:
    left, top = place[0] - _BOX[0] / 2, place[1] - _BOX[1] / 2
    lines = textwrap.wrap(words, _LETTERS)
    first = place[1] + 4.5 - _LINE * (len(lines) - 1) / 2
    text = "".join(
        f'<text x="{place[0]:.0f}" y="{first + _LINE * number:.1f}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return f'<rect x="{left:.0f}" y="{top:.0f}" width="{_BOX[0]}" height="{_BOX[1]}" rx="6"/>{text}'


def _arrow(places: dict[str, tuple[float, float]], one: str, other: str, said: str) -> str:
    (x, y), (to_x, to_y) = places[one], places[other]
    y, to_y = y + _BOX[1] / 2, to_y - _BOX[1] / 2
    middle = (y + to_y) / 2
    line = (
        f"M{x:.0f} {y:.0f}C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y - 2:.0f}"
    )
    head = f"M{to_x - 4:.0f} {to_y - 7:.0f}L{to_x:.0f} {to_y - 1:.0f}L{to_x + 4:.0f} {to_y - 7:.0f}"
    words = (
        f'<text x="{(x + to_x) / 2 + 30:.0f}" y="{middle + 4:.0f}">{escape(said)}</text>'
        if said
        else ""
    )
    return f'<path d="{line}{head}"/>{words}'
