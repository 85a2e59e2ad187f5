"""What the styles of a Word file say of a run or a paragraph: hidden, struck out, in capitals, on which level, in which list.

ECMA-376, part 1, 17.7 says how styles rest on each other, and 17.7.3 how properties that are on or off go through them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policysite.importing.docx_parts import STYLES, W, is_on, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import lxml.etree

    from policysite.importing.docx_parts import Parts

_DEEPEST = 50


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, parts: Parts) -> None:
        root = parts.trees.get(STYLES)
        styles = [] if root is None else list(root.iter(f"{W}style"))
        self._by_id = {str(s.get(f"{W}styleId", "")): s for s in styles}
        self._default = next(
            (
                str(s.get(f"{W}styleId", ""))
                for s in styles
                if s.get(f"{W}type") == "paragraph" and s.get(f"{W}default") in {"1", "true"}
            ),
            "",
        )
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._chained = cache(self._chain)

    def _chain(self, style_id: str) -> tuple[lxml.etree._Element, ...]:
        """Return a style and those that it rests on, the nearest first."""
        found: list[lxml.etree._Element] = []
        while style_id in self._by_id and len(found) < _DEEPEST:
            style = self._by_id[style_id]
            if style in found:
                break
            found.append(style)
            style_id = value(style.find(f"{W}basedOn"))
        return tuple(found)

    def paragraph_style(self, paragraph: lxml.etree._Element) -> str:
        """Return the id of a paragraph's style."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle"), self._default)

    def is_on(
        self, name: str, run: lxml.etree._Element, paragraph: lxml.etree._Element | None
    ) -> bool:
        """Whether the property *name* (``vanish``) is on for a run in a paragraph."""
        direct = run.find(f"{W}rPr/{W}{name}")
        if direct is not None:
            return is_on(direct)
        if self._defaults is not None and is_on(self._defaults.find(f"{W}{name}")):
            return True
        ids = [value(run.find(f"{W}rPr/{W}rStyle"))]
        if paragraph is not None:
            ids.append(self.paragraph_style(paragraph))
        found = [self._stated(style_id, name) for style_id in ids]
        return sum(found) % 2 == 1

    def _stated(self, style_id: str, name: str) -> bool:
        for style in self._chained(style_id):
            element = style.find(f"{W}rPr/{W}{name}")
            if element is not None:
                return is_on(element)
        return False

    def run_value(
        self, name: str, run: lxml.etree._Element, paragraph: lxml.etree._Element | None
    ) -> str:
        """Return the value of the property *name* (``sz``) for a run; empty if nothing says it."""
        ids = [value(run.find(f"{W}rPr/{W}rStyle"))]
        if paragraph is not None:
            ids.append(self.paragraph_style(paragraph))
        direct = value(run.find(f"{W}rPr/{W}{name}"))
        stated = (value(s.find(f"{W}rPr/{W}{name}")) for i in ids for s in self._chained(i))
        return direct or next(filter(None, stated), "")

    def outline_level(self, paragraph: lxml.etree._Element) -> int:
        """Return the level of a heading, from 1, that a paragraph or its style says; 0 if it is text."""
        for properties in self._properties(paragraph):
            level = value(properties.find(f"{W}outlineLvl"))
            if level:
                return int(level) + 1 if level in set("012345678") else 0
        return 0

    def numbering(self, paragraph: lxml.etree._Element) -> tuple[str, str, str]:
        """Return the list of a paragraph and the level in it, as they are stated, and the style that states the list."""
        number = level = style_id = ""
        own, *styles = self._properties(paragraph)
        for properties in (own, *styles):
            number = number or value(properties.find(f"{W}numPr/{W}numId"))
            level = level or value(properties.find(f"{W}numPr/{W}ilvl"))
            if number:
                style = properties.getparent()
                is_style = style is not None and style.tag == f"{W}style"
                style_id = (
                    str(style.get(f"{W}styleId", "")) if is_style and style is not None else ""
                )
                break
        return number, level, style_id

    def _properties(self, paragraph: lxml.etree._Element) -> Iterator[lxml.etree._Element]:
        own = paragraph.find(f"{W}pPr")
        yield paragraph if own is None else own
        for style in self._chained(self.paragraph_style(paragraph)):
            properties = style.find(f"{W}pPr")
            if properties is not None:
                yield properties

    def list_of(self, style_id: str) -> str:
        """Return the list that a style of lists names."""
        style = self._by_id.get(style_id)
        return "" if style is None else value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
