"""The numbers that Word draws before paragraphs, as its numbering part says them: ``제1조``, ``1.2``, ``(a)``, ``①``.

ECMA-376, part 1, 17.9 says how they are counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.importing.counter_styles import drawn, word_style
from policysite.importing.docx_parts import NUMBERING, W, is_on, value, whole

if TYPE_CHECKING:
    import lxml.etree

    from policysite.importing.docx_parts import Parts
    from policysite.importing.docx_styles import Styles

_LEVELS = 9
_PART = re.compile(r"%([1-9])")
_LONGEST = 200
BULLET = "-"


@dataclass(frozen=True)
class Level:
    """One level of a list. ``restart`` is the level, from 1, after which it begins again; None for any that is higher."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int | None = None
    is_legal: bool = False
    suffix: str = "tab"


@dataclass
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """What Word draws: ``text`` before the words, on ``level`` of a list, from 0. ``is_known``: its form is known here."""

    text: str
    level: int
    is_known: bool = True
    is_first: bool = False
    gap: str = " "


class Numbering:
    """Counts the paragraphs of a document, in their order."""

    def __init__(self, parts: Parts, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._own_levels: dict[tuple[str, int], Level] = {}
        self._seen: set[str] = set()
        root = parts.trees.get(NUMBERING)
        if root is None:
            return
        links = {}
        for abstract in root.iter(f"{W}abstractNum"):
            key = str(abstract.get(f"{W}abstractNumId", ""))
            self._lists[key] = _List({_place(e): _level(e) for e in abstract.findall(f"{W}lvl")})
            if style := value(abstract.find(f"{W}numStyleLink")):
                links[key] = style
        for number in root.iter(f"{W}num"):
            self._take(number)
        for key, style in links.items():
            target = self._list_of.get(styles.list_of(style), "")
            if target in self._lists and target not in links:
                self._lists[key] = self._lists[target]

    def _take(self, number: lxml.etree._Element) -> None:
        key = str(number.get(f"{W}numId", ""))
        self._list_of[key] = value(number.find(f"{W}abstractNumId"))
        for override in number.findall(f"{W}lvlOverride"):
            place = _place(override)
            start = override.find(f"{W}startOverride")
            if start is not None:
                self._starts[key, place] = whole(value(start), 1)
            level = override.find(f"{W}lvl")
            if level is not None:
                self._own_levels[key, place] = _level(level)

    def draw(self, paragraph: lxml.etree._Element) -> Drawn | None:
        """Return what Word draws before *paragraph*, the next one; None if it is in no list."""
        key, stated, style = self._styles.numbering(paragraph)
        found = self._lists.get(self._list_of.get(key, "?"))
        if found is None:
            return None
        place = whole(stated) if stated else self._place_of(found, style)
        if not 0 <= place < _LEVELS:
            return None
        level = self._level(key, found, place)
        if level is None:
            return None
        is_first = key not in self._seen
        self._seen.add(key)
        self._count(key, found, place)
        if level.form == "bullet":
            return Drawn(BULLET, place)
        return self._drawn(key, found, place, level, is_first=is_first)

    def _place_of(self, found: _List, style: str) -> int:
        return next(
            (place for place, level in found.levels.items() if style and level.style == style), 0
        )

    def _level(self, key: str, found: _List, place: int) -> Level | None:
        return self._own_levels.get((key, place), found.levels.get(place))

    def _count(self, key: str, found: _List, place: int) -> None:
        """Count one paragraph on the level *place* of a list."""
        start = self._starts.pop((key, place), None)
        level = self._level(key, found, place) or Level()
        if start is not None:
            found.counts[place] = start
        elif place in found.counts:
            found.counts[place] += 1
        else:
            found.counts[place] = level.start
        for higher in range(place):
            found.counts.setdefault(higher, (self._level(key, found, higher) or Level()).start)
        for deeper in [d for d in found.counts if d > place]:
            restart = (self._level(key, found, deeper) or Level()).restart
            if restart is None or place < restart:
                del found.counts[deeper]

    def _drawn(self, key: str, found: _List, place: int, level: Level, *, is_first: bool) -> Drawn:
        known = True

        def part(match: re.Match[str]) -> str:
            nonlocal known
            of = int(match[1]) - 1
            other = self._level(key, found, of) or Level()
            if other.form == "none":
                return ""
            number = found.counts.get(of, other.start)
            form = "decimal" if level.is_legal else word_style(other.form)
            shown = drawn(number, form) if form else None
            known = known and shown is not None
            return str(number) if shown is None else shown

        text = _PART.sub(part, level.text[:_LONGEST])
        gap = "" if level.suffix == "nothing" else " "
        return Drawn(text.strip(), place, known, is_first, gap)


def _place(element: lxml.etree._Element) -> int:
    return whole(str(element.get(f"{W}ilvl", "0")))


def _level(element: lxml.etree._Element) -> Level:
    restart = element.find(f"{W}lvlRestart")
    # A form of the user's own is in an alternative, with one that older programs know beside it.
    form = next(iter(element.iter(f"{W}numFmt")), None)
    return Level(
        start=whole(value(element.find(f"{W}start"), "0")),
        form=value(form, "decimal"),
        text=value(element.find(f"{W}lvlText")),
        style=value(element.find(f"{W}pStyle")),
        restart=None if restart is None else whole(value(restart)),
        is_legal=is_on(element.find(f"{W}isLgl")),
        suffix=value(element.find(f"{W}suff"), "tab"),
    )
