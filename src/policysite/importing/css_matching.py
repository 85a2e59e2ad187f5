"""Elements and rules as cssselect2 matches them, which count what is looked at: a page may be written so that it takes for ever."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import cssselect2

from policysite.importing.css_rules import TooMuchStyleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from policysite.importing.css_rules import Rule

_MOST_STEPS = 30_000_000


class Steps:
    """How much has been looked at."""

    def __init__(self) -> None:
        self._count = 0

    def take(self, count: int) -> None:
        """Note that *count* more were.

        :raises TooMuchStyleError: if that is more than any page needs.
        """
        self._count += count
        if self._count > _MOST_STEPS:
            raise TooMuchStyleError("its style rules take longer to match than those of any page")


class Element(cssselect2.ElementWrapper):  # type: ignore[misc] # the library has no types
    """An element as selectors see it, which counts what they look at: compiled ones ask for these names, those of the library."""

    steps: Steps
    is_old: bool
    """Whether the page is of the old kind (quirks mode), where capitals of names do not matter."""

    @cached_property
    def id(self) -> str | None:
        """Its name."""
        name: str | None = self.etree_element.get("id")
        return name.lower() if name and self.is_old else name

    @cached_property
    def classes(self) -> set[str]:
        """Its classes."""
        names = (self.etree_element.get("class") or "").split()
        return {name.lower() for name in names} if self.is_old else set(names)

    @property
    def ancestors(self) -> Iterator[Element]:
        """The elements around it, from the inside."""
        around = self.parent
        while around is not None:
            self.steps.take(1)
            yield around
            around = around.parent

    @property
    def previous_siblings(self) -> Iterator[Element]:
        """The elements before it, from the nearest."""
        before = self.previous
        while before is not None:
            self.steps.take(1)
            yield before
            before = before.previous

    @property
    def etree_siblings(self) -> list[HtmlElement]:
        """The elements beside it, itself among them."""
        self.steps.take(len(self._beside) // 16)
        return self._beside

    @etree_siblings.setter
    def etree_siblings(self, value: list[HtmlElement]) -> None:
        self._beside = value

    def iter_children(self) -> Iterator[Element]:
        """Yield what is in it."""
        for child in super().iter_children():
            child.steps, child.is_old = self.steps, self.is_old
            self.steps.take(1)
            yield child


class Matcher(cssselect2.Matcher):  # type: ignore[misc] # the library has no types
    """The rules of a page, which counts how many are tried."""

    def __init__(self, rules: Iterable[Rule], steps: Steps) -> None:
        super().__init__()
        self._steps = steps
        for rule in rules:
            self.add_selector(rule.selector, rule)

    def add_relevant_selectors(
        self, element: Element, selectors: Sequence[Any], relevant_selectors: list[Any]
    ) -> None:
        """Add those of *selectors* that *element* is meant by."""
        self._steps.take(len(selectors))
        super().add_relevant_selectors(element, selectors, relevant_selectors)
