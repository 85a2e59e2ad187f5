"""Which elements a part of a page may have, with which classes and attributes: a list of what is allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.languages.language_data import direction, is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import lxml.html

    Element = lxml.html.HtmlElement

_STATES = {"current-page"}
"""Classes that say where a reader is, and not what an element is."""
LINK_INSIDE = re.compile(r"(?![\s/\\])[^\s:\\]*")
"""The address of a link that leads to a place in the site."""
WORDS_ID = "status-words"
"""The id of the template that holds the words for a page's script."""
WORD_ATTRIBUTES = (
    "alt",
    "aria-label",
    "data-citation",
    "data-copied",
    "data-failed",
    "data-inside",
    "data-missing",
    "data-named",
    "data-nearest",
    "data-printed",
    "data-title",
    "placeholder",
    "title",
)
"""Attributes that readers see or hear."""


@dataclass(frozen=True)
class Shape:
    """What an element may have. ``attributes`` maps names to the values that they may have; to none if any will do."""

    classes: frozenset[str] = frozenset()
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)


def shapes(table: str) -> dict[str, Shape]:
    """Return the shapes in *table*, one element a line: ``p .caption .status-line role=note|status data-to``."""
    found = {}
    for line in filter(None, map(str.strip, table.split("\n"))):
        tag, *rest = line.split()
        classes = frozenset(word[1:] for word in rest if word.startswith("."))
        pairs = (word.partition("=") for word in rest if not word.startswith("."))
        attributes = {
            name: frozenset(values.split("|")) if equals else frozenset[str]()
            for name, equals, values in pairs
        }
        found[tag] = Shape(classes, attributes)
    return found


def elements(element: Element) -> Iterator[Element]:
    """Yield the children of *element* that are elements."""
    return (child for child in element if isinstance(child.tag, str))


def elements_before(element: Element) -> list[Element]:
    """Return the elements before *element* in its parent, the nearest first."""
    return [e for e in element.itersiblings(preceding=True) if isinstance(e.tag, str)]


def named(element: Element) -> str:
    """Return *element* for a message, without what is in it."""
    names = [f' {name}="{str(value)[:40]}"' for name, value in element.attrib.items()]
    return f"<{element.tag!s}{''.join(map(str, names))[:160]}>"


def _nothing(_element: Element) -> bool:
    return False


def odd_elements(
    element: Element, known: Mapping[str, Shape], closed: Callable[[Element], bool] = _nothing
) -> Iterator[Element]:
    """Yield those of *element* and the elements in it that *known* does not have.

    What is in these is not looked at, and neither is what is *closed*.
    """
    open_elements = [element]
    while open_elements:
        found = open_elements.pop()
        if closed(found):
            continue
        if fits(found, known.get(str(found.tag))):
            open_elements += reversed([*elements(found)])
        else:
            yield found


def wrong_direction(element: Element) -> set[str]:
    """Return ``{"dir"}`` if *element* has a direction that is not that of the language that it says it is in."""
    found, language = element.get("dir"), element.get("lang", "")
    if found is None or (is_known(language) and direction(language) == found):
        return set()
    return {"dir"}


def fits(element: Element, shape: Shape | None) -> bool:
    """Whether *element* has no classes and attributes but those of *shape*, and perhaps says its language."""
    if shape is None or not shape.classes.issuperset(element.get("class", "").split()):
        return False
    if wrong_direction(element):
        return False
    for name, value in element.attrib.items():
        if name == "dir" or (name == "lang" and is_known(str(value))):
            continue
        values = shape.attributes.get(str(name))
        if str(name) != "class" and (values is None or (values and str(value) not in values)):
            return False
    return True


def units(
    element: Element, closed: Callable[[Element], bool] = _nothing
) -> Iterator[tuple[str, str, str]]:
    """Yield the words in *element*: their place by the elements around them, the attribute if it is one, and the words.

    Words in an element that has words of its own are one unit with these. What is *closed* is left out.
    """
    open_elements = [(element, _step(element))]
    while open_elements:
        found, place = open_elements.pop()
        if closed(found):
            continue
        for name in WORD_ATTRIBUTES:
            if (value := found.get(name)) is not None and value.strip():
                yield place, name, value
        if has_loose_words(found):
            yield place, "", found.text_content()
            for inner in found.iterdescendants():
                if isinstance(inner.tag, str):
                    for name in WORD_ATTRIBUTES:
                        if value := inner.get(name):
                            yield f"{place}/{_step(inner)}", name, value
            continue
        open_elements += reversed([(child, f"{place}/{_step(child)}") for child in elements(found)])


def has_loose_words(element: Element) -> bool:
    """Whether *element* has words outside its child elements."""
    return bool(
        (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    )


def _step(element: Element) -> str:
    """Return what distinguishes an element from others in its place."""
    told = [
        element.get(name)
        for name in ("id", "data-sentence", "data-status", "data-copy")
        if element.get(name)
    ]
    return ".".join([str(element.tag), *sorted(set(element.classes) - _STATES), *map(str, told)])
