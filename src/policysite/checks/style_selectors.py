"""Where a rule of a style sheet counts: what its selectors can match, and on which pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import tinycss2

from policysite.checks.style_colours import BOTH, DARK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FURNITURE = (
    "sidebar-", "toc-", "mobile-header", "header-", "theme-toggle", "theme-icon", "back-to-top", "bottom-of-page",
    "related-", "left-details", "right-details", "icons", "search-form", "skip-to-content",
)  # fmt: skip
"""Beginnings of classes of what stands beside a text. No text has them, which is checked, and nothing in them is a text."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SINGLE = {*_HEADINGS, "small", "sub", "sup", "code", "caption", "figcaption", "button", "input", "label", "summary"}  # fmt: skip
_COMBINATORS = (">", "+", "~", "||")
_PREFERS = re.compile(r"(screen and )?\( ?prefers-color-scheme ?: ?(light|dark) ?\)")


@dataclass(frozen=True)
class Selector:
    """One selector of a rule: the ``element`` and the ``classes`` that it is for, and the theme that it asks ``body`` for.

    ``state`` says which pages ``body`` is to be of, if that is all that it is to be: ``plain``, ``is dark``, ``not light``. ``inside``
    is what is asked for besides, inside ``body``; empty if the selector is for ``body`` itself.
    """

    text: str
    element: str
    classes: tuple[str, ...]
    is_theme: str = ""
    not_theme: str = ""
    state: str = ""
    inside: str = ""

    @property
    def is_body(self) -> bool:
        """Whether it is for ``body``, on all pages or on those of a theme."""
        return bool(self.state) and not self.inside

    @property
    def is_furniture(self) -> bool:
        """Whether it can match nothing but what stands beside the text."""
        return any(name.startswith(FURNITURE) for name in self.classes)

    @property
    def is_single(self) -> bool:
        """Whether it is for elements of a kind that do not stand in each other."""
        return self.element in _SINGLE

    @property
    def is_link_or_heading(self) -> bool:
        """Whether it is for links and headings, or for what stands beside the text."""
        return self.element in {"a", *_HEADINGS} or self.is_furniture

    def modes(self, prefers: str, *, on_screen: bool) -> frozenset[str]:
        """Return the pages on which it can match, where the reader *prefers* light or dark ones; paper is light."""
        if self.is_theme == LIGHT or (self.not_theme == DARK and prefers == LIGHT):
            return frozenset({LIGHT})
        if on_screen and (self.is_theme == DARK or (self.not_theme == LIGHT and prefers == DARK)):
            return frozenset({DARK})
        return BOTH


@dataclass(frozen=True)
class Place:
    """Where a declaration stands: for which ``selectors``, and on which pages (``modes``).

    ``on_screen``: not on paper. ``prefers`` is what the reader has asked the browser for. ``is_conditional``: it counts only if
    something holds that is not looked at.
    """

    selectors: tuple[Selector, ...] = ()
    modes: frozenset[str] = BOTH
    on_screen: bool = False
    prefers: str = ""
    is_conditional: bool = False

    @property
    def is_furniture(self) -> bool:
        """Whether it can match nothing but what stands beside the text."""
        return bool(self.selectors) and all(s.is_furniture for s in self.selectors)

    @property
    def for_all(self) -> frozenset[str]:
        """What the rule is for inside ``body``, if it is for pages of all themes."""
        is_plain = all(s.state == "plain" and s.inside for s in self.selectors)
        return frozenset(s.inside for s in self.selectors) if is_plain else frozenset()

    @property
    def for_dark(self) -> Iterator[tuple[str, str]]:
        """What the rule is for inside ``body`` on dark pages, each with those that it is for; nothing if that depends on more."""
        if not self.is_conditional and self.on_screen:
            for selector in self.selectors:
                if selector.state == f"is {DARK}" or self.prefers == DARK:
                    yield selector.inside, selector.state

    def for_selectors(self, selectors: tuple[Selector, ...]) -> Place:
        """Return the place inside a rule with these *selectors*."""
        found = frozenset[str]().union(
            *(s.modes(self.prefers, on_screen=self.on_screen) for s in selectors)
        )
        return replace(self, selectors=selectors, modes=self.modes & found or self.modes)

    def under(self, condition: str) -> Place:
        """Return the place inside ``@media`` with that *condition*; one that is not known says nothing of the pages."""
        words = " ".join(condition.lower().split())
        if words == "print":
            return replace(self, modes=self.modes & {LIGHT} or self.modes, is_conditional=True)
        if words in {"screen", "not print"}:
            return replace(self, on_screen=True)
        if found := _PREFERS.fullmatch(words):
            # Browsers print as for readers who prefer light pages, whatever they prefer on the screen.
            on_screen = self.on_screen or bool(found[1]) or found[2] == DARK
            return replace(self, on_screen=on_screen, prefers=found[2])
        return replace(self, is_conditional=True)


def selectors_of(prelude: Sequence[Any], around: Sequence[Selector]) -> tuple[Selector, ...]:
    """Return the selectors of a rule, none if one of them is empty; *around* are those of the rule that it stands in."""
    parts: list[list[Any]] = [[]]
    for piece in prelude:
        if piece == ",":
            parts.append([])
        elif piece.type != "comment":
            parts[-1].append(piece)
    if not all(_compounds(part)[0] for part in parts):
        return ()
    return tuple(selector for part in parts for selector in _nested(part, around))


def _nested(part: Sequence[Any], around: Sequence[Selector]) -> list[Selector]:
    """Return what is known of a selector with what is known from the rule around it: ``&`` stands for that."""
    selector = _selector(part)
    same = any(piece == "&" for piece in _compounds(part)[-1])
    return [
        Selector(
            f"{outer.text} {selector.text}",
            selector.element or (outer.element if same else ""),
            (*selector.classes, *(outer.classes if same else ())),
            selector.is_theme or outer.is_theme,
            selector.not_theme or outer.not_theme,
            "" if same else outer.state,
            f"{outer.inside} {selector.inside}".strip(),
        )
        for outer in around
    ] or [selector]


def _selector(part: Sequence[Any]) -> Selector:
    compounds = _compounds(part)
    element, classes = _subject(compounds[-1])
    themes = {"is": "", "not": ""}
    for compound in compounds:
        if _subject(compound)[0] == "body":
            themes |= _themes(compound)
    text = " ".join(tinycss2.serialize(part).split())
    state, inside = "plain", text
    if _subject(compounds[0])[0] == "body":
        state = _state(compounds[0], themes)
        inside = text.removeprefix(tinycss2.serialize(compounds[0])).strip()
    return Selector(text, element, classes, themes["is"], themes["not"], state, inside)


def _compounds(part: Sequence[Any]) -> list[list[Any]]:
    """Return the parts of a selector between its combinators; the last is the element that the rule is for."""
    compounds: list[list[Any]] = [[]]
    for piece in part:
        if piece.type == "whitespace" or any(piece == sign for sign in _COMBINATORS):
            compounds.append([])
        else:
            compounds[-1].append(piece)
    return [compound for compound in compounds if compound] or [[]]


def _subject(compound: Sequence[Any]) -> tuple[str, tuple[str, ...]]:
    """Return the element and the classes that a part of a selector asks for itself, not by ``:is(…)`` or ``:not(…)``."""
    element, classes, before = "", [], None
    for piece in compound:
        if piece.type == "ident":
            if before == ".":
                classes.append(piece.value)
            elif before is None:
                element = piece.lower_value
        before = piece
    return element, tuple(classes)


def _themes(compound: Sequence[Any]) -> dict[str, str]:
    """Return the theme that ``[data-theme="…"]`` asks for, and the one that ``:not([data-theme="…"])`` excludes."""
    found: dict[str, str] = {}
    for place, piece in enumerate(compound):
        if piece.type == "[] block" and (theme := _theme(piece.content)):
            found["is"] = theme
        elif (
            piece.type == "function"
            and piece.lower_name == "not"
            and place
            and compound[place - 1] == ":"
        ):
            blocks = [p for p in piece.arguments if p.type != "whitespace"]
            is_block = len(blocks) == 1 and blocks[0].type == "[] block"
            if is_block and (theme := _theme(blocks[0].content)):
                found["not"] = theme
    return found


def _theme(content: Sequence[Any]) -> str:
    pieces = [piece for piece in content if piece.type != "whitespace"]
    if len(pieces) != 3 or tinycss2.serialize(pieces[:2]).lower() != "data-theme=":
        return ""
    value = str(getattr(pieces[2], "value", ""))
    return value if value in BOTH else ""


def _state(compound: Sequence[Any], themes: Mapping[str, str]) -> str:
    """Return which pages ``body`` with nothing but a theme is for; empty if *compound* asks for more."""
    rest = [piece for piece in compound[1:] if piece != ":"]
    known = [f"{word} {theme}" for word, theme in themes.items() if theme]
    if len(compound) == 1:
        return "plain"
    return known[0] if len(rest) == len(known) == 1 else ""
