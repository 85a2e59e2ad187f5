"""What the styles of a Word file say of a run or a paragraph: hidden, struck out, in capitals, on which level, in which list.

ECMA-376, part 1, 17.7 says how styles rest on each other, and 17.7.3 how properties that are on or off go through them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policysite.importing.docx_parts import STYLES, W, is_on, of_paragraph, value

if TYPE_CHECKING:
    import lxml.etree

    from policysite.importing.docx_parts import Parts

_DEEPEST = 50
_LEVELS = {"0", "1", "2", "3", "4", "5", "6", "7", "8"}


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
        self._stated = cache(self._find_stated)
        self._stated_value = cache(self._find_value)
        self._properties_of = cache(self._find_properties)

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
        return value(of_paragraph(paragraph, f"{W}pStyle"), self._default)

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

    def _find_stated(self, style_id: str, name: str) -> bool:
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
        return direct or next(filter(None, (self._stated_value(i, name) for i in ids)), "")

    def _find_value(self, style_id: str, name: str) -> str:
        stated = (value(s.find(f"{W}rPr/{W}{name}")) for s in self._chained(style_id))
        return next(filter(None, stated), "")

    def outline_level(self, paragraph: lxml.etree._Element) -> int:
        """Return the level of a heading, from 1, that a paragraph or its style says; 0 if it is text."""
        own = value(of_paragraph(paragraph, f"{W}outlineLvl"))
        level = own or self._properties_of(self.paragraph_style(paragraph))[0]
        return int(level) + 1 if level in _LEVELS else 0

    def numbering(self, paragraph: lxml.etree._Element) -> tuple[str, str, str]:
        """Return the list of a paragraph and the level in it, as they are stated, and the style that states the list."""
        number = value(of_paragraph(paragraph, f"{W}numPr/{W}numId"))
        level = value(of_paragraph(paragraph, f"{W}numPr/{W}ilvl"))
        if number:
            return number, level, ""
        _, number, of_style, style_id = self._properties_of(self.paragraph_style(paragraph))
        return number, level or of_style, style_id

    def _find_properties(self, style_id: str) -> tuple[str, str, str, str]:
        """Return the level of the outline, the list, the level in it and the style that states the list."""
        outline = number = level = found = ""
        for style in self._chained(style_id):
            outline = outline or value(style.find(f"{W}pPr/{W}outlineLvl"))
            level = level or value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            number = number or value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            if number and not found:
                found = str(style.get(f"{W}styleId", ""))
        return outline, number, level, found

    def list_of(self, style_id: str) -> str:
        """Return the list that a style of lists names."""
        style = self._by_id.get(style_id)
        return "" if style is None else value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
