"""The colours of a style sheet: whether every text can be read on every background that is set.

A text in the colour of what is behind it is hidden. Which rule wins where is not worked out: whatever colour a rule gives to a
text must be seen on the page and on each background that a rule gives, in light pages, in dark ones, and on paper, which is light.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import tinycss2.color4

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

LIGHT, DARK = "light", "dark"
BOTH = frozenset({LIGHT, DARK})
LEAST = 2.0
"""The contrast below which a text counts as hidden. Good pages have 4.5, which is measured on the finished page."""

# What pages have without a style sheet of the site, text and background, as the theme gives them.
PAGE = {
    LIGHT: ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),
    DARK: ((0.81, 0.82, 0.82), (0.075, 0.078, 0.086)),
}
TEXT_COLOUR, PAGE_COLOUR = "--color-foreground-primary", "--color-background-primary"
"""The custom properties of the theme for the two."""

_LINES = ("border", "shadow", "underline", "overlay")
# Menus, tools and what else stands beside a text; and what no policy has.
_FURNITURE = (
    "sidebar",
    "toc",
    "header",
    "announcement",
    "api",
    "card",
    "admonition",
    "topic",
    "guilabel",
)

# Dark pages are those that a reader asks for, and those of a reader who prefers them and asks for no light ones.
_DARK = frozenset({"is dark", "not light"})

Rgb = tuple[float, float, float]


class Role(StrEnum):
    """What a colour is for."""

    TEXT = "text"
    BACKGROUND = "background"
    LINE = "line"
    FURNITURE = "furniture"


def role_of(name: str) -> Role:
    """Return what the custom property *name*, one for a colour, is for."""
    words = name.removeprefix("--color-").split("-")
    if words[0] in _FURNITURE:
        return Role.FURNITURE
    if any(word in words for word in _LINES):
        return Role.LINE
    is_text = "text" in words or "foreground" in words
    is_background = "background" in words or words[0] in {"highlight", "highlighted"}
    return Role.BACKGROUND if is_background and not is_text else Role.TEXT


class Colour(NamedTuple):
    """A colour as it is written at a line: ``rgb`` and ``alpha`` from 0 to 1, ``modes`` the pages that it is for.

    ``for_all`` are the selectors of its rule, if that is for pages of all themes, and others may go before it.
    """

    written: str
    line: int
    rgb: Rgb
    alpha: float
    modes: frozenset[str]
    for_all: frozenset[str] = frozenset()


def read_colour(token: Any) -> tuple[Rgb, float] | None:
    """Return the colour that *token* is, or None if it is none that is read here."""
    if token.type == "ident" and token.lower_value == "initial":
        return (0.0, 0.0, 0.0), 1.0
    try:
        colour = tinycss2.color4.parse_color(token)
        if colour is None or colour == "currentcolor":
            return None
        red, green, blue = (
            min(max(part or 0.0, 0.0), 1.0) for part in colour.to("srgb").coordinates
        )
    except NotImplementedError:
        return None
    return (red, green, blue), float(colour.alpha or 0.0)


@dataclass
class Palette:
    """The colours that the rules of a style sheet give to texts and backgrounds."""

    _colours: dict[Role, dict[Colour, Colour]] = field(default_factory=dict)
    replaced: set[tuple[str, str]] = field(default_factory=set)
    """Custom properties of the page that are set anew, each with the state of ``body`` for which they are."""

    dark: dict[tuple[Role, str], set[str]] = field(default_factory=dict)
    """What has a colour of its own on dark pages, with those of them on which it has."""

    def note_dark(self, role: Role, rules: Iterable[tuple[str, str]]) -> None:
        """Note *rules* of dark pages, selectors with the pages that they are for, that set a colour for *role*."""
        for inside, state in rules:
            self.dark.setdefault((role, inside), set()).add(state)

    def add(self, role: Role, colour: Colour) -> None:
        """Note a *colour* for *role*; of those that are the same the first counts."""
        known = self._colours.setdefault(role, {})
        known.setdefault(colour._replace(line=0), colour)

    def colours(self, role: Role) -> Collection[Colour]:
        """Return the colours for *role* so far."""
        return self._colours.get(role, {}).values()

    def hidden(self) -> Iterator[tuple[int, str]]:
        """Yield the line of each colour in which a text could not be seen, and what is wrong with it."""
        for mode, (page_text, page_background) in PAGE.items():
            texts = self._once(Role.TEXT, mode)
            backgrounds = self._once(Role.BACKGROUND, mode)
            if not self._is_replaced(PAGE_COLOUR, mode):
                backgrounds.append(_of_page(page_background, mode))
            if not self._is_replaced(TEXT_COLOUR, mode):
                texts.append(_of_page(page_text, mode))
            for text in texts:
                for background in backgrounds:
                    if text.line or background.line:
                        yield from _hidden(text, background, mode, page_background)

    def _once(self, role: Role, mode: str) -> list[Colour]:
        """Return the colours for *role* that pages of that *mode* have, each once."""
        found: dict[tuple[Rgb, float], Colour] = {}
        for colour in self.colours(role):
            if mode in colour.modes and not (mode == DARK and self._has_dark(role, colour)):
                found.setdefault((colour.rgb, colour.alpha), colour)
        return list(found.values())

    def _has_dark(self, role: Role, colour: Colour) -> bool:
        """Whether on all dark pages another colour goes before this one: those rules ask for more."""
        known = (self.dark.get((role, inside), set()) for inside in colour.for_all)
        return bool(colour.for_all) and all(states >= _DARK for states in known)

    def _is_replaced(self, name: str, mode: str) -> bool:
        """Whether what the theme has for *name* is seen on no page of that *mode*."""
        states = {"plain"} if mode == LIGHT else _DARK
        return all((name, state) in self.replaced for state in states)


def _of_page(rgb: Rgb, mode: str) -> Colour:
    return Colour("", 0, rgb, 1.0, frozenset({mode}))


def _hidden(text: Colour, background: Colour, mode: str, page: Rgb) -> Iterator[tuple[int, str]]:
    behind = _over(background.rgb, background.alpha, page)
    contrast = _contrast(_over(text.rgb, text.alpha, behind), behind)
    if contrast < LEAST:
        paper = " or on paper" if mode == LIGHT else ""
        of_text = f"the text colour {text.written!r}" if text.line else "the text of the page"
        where = f" (line {background.line})" if text.line else ""
        behind_it = (
            f"the background {background.written!r}{where}" if background.line else "the page"
        )
        yield (
            text.line or background.line,
            f"Found {of_text} on {behind_it}: their contrast on a {mode} page{paper} is {contrast:.1f}; "
            f"expected {LEAST:g} or more.",
        )


def _over(colour: Rgb, alpha: float, behind: Rgb) -> Rgb:
    red, green, blue = (alpha * c + (1 - alpha) * b for c, b in zip(colour, behind, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
