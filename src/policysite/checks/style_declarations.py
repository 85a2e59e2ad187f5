"""Whether a declaration of a style sheet may stand where it does: its property, its value, and what its colours hide."""

from __future__ import annotations

import importlib.util
import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tinycss2

from policysite.base.package import PACKAGE
from policysite.base.problems import excerpt
from policysite.checks import style_values
from policysite.checks.style_colours import (
    DARK,
    LIGHT,
    Colour,
    Palette,
    Role,
    read_colour,
    role_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policysite.checks.style_selectors import Place

_MOST_WORDS = 200_000
"""Words of values, with those of custom properties in their place. A brand has some hundred."""
_MOST_COLOURS = 200
"""Colours of texts, and of backgrounds: each is held against each."""
_BLANK = {"whitespace", "comment"}
_NAME = re.compile(r"--[\w-]+")
_KEPT = {
    Role.TEXT: {"inherit", "currentcolor", "unset", "revert", "revert-layer"},
    Role.BACKGROUND: {
        "inherit",
        "initial",
        "unset",
        "revert",
        "revert-layer",
        "none",
        "transparent",
    },
}
_HIDES = "which could hide, move, cover or change a text"


class TooMuchError(ValueError):
    """A style sheet with more than any has; it says what, and *line* where."""

    def __init__(self, line: int, what: str) -> None:
        self.line = line
        super().__init__(what)


class Declarations:
    """The declarations of one style sheet, while it is read; ``palette`` collects their colours."""

    def __init__(self) -> None:
        self.palette = Palette()
        self._variables: defaultdict[str, list[Any]] = defaultdict(list)
        self._words = 0

    def note_variables(self, rules: Iterable[Any]) -> None:
        """Note what the custom properties of the sheet are set to, wherever that stands in *rules*."""
        waiting = list(rules)
        while waiting:
            rule = waiting.pop()
            if rule.type == "declaration" and rule.name.startswith("--"):
                self._variables[rule.name] += rule.value
            elif rule.type in {"qualified-rule", "at-rule"} and rule.content:
                waiting += tinycss2.parse_blocks_contents(rule.content, True, True)  # noqa: FBT003

    def wrong(self, name: str, declaration: Any, place: Place) -> str:
        """Return why *declaration*, of the property *name*, may not stand at *place*; empty if it may.

        :raises TooMuchError: if all values of the sheet together are larger than those of any.
        """
        line = declaration.source_line
        values = [v for v in self._resolved(declaration.value, line) if v.type not in _BLANK]
        if name.startswith("--color-"):
            return self._colour_variable(name, values, line, place)
        if name in {"color", "background", "background-color"}:
            role = Role.TEXT if name == "color" else Role.BACKGROUND
            if place.is_furniture:
                return ""
            self.palette.note_dark(role, place.for_dark)
            for_all = frozenset[str]() if declaration.important else place.for_all
            return self._colours(role, values, line, place, for_all)
        return _wrong_plain(name, values, place)

    def _colour_variable(self, name: str, values: Sequence[Any], line: int, place: Place) -> str:
        role = role_of(name)
        if role in {Role.LINE, Role.FURNITURE}:
            return ""
        if not place.is_conditional:
            self.palette.replaced |= {(name, s.state) for s in place.selectors if s.is_body}
        if name in used_properties() and all(
            s.is_body and s.state == "plain" for s in place.selectors
        ):
            # For dark pages the theme has a value of its own, which wins.
            place = replace(place, modes=place.modes & {LIGHT})
        return self._colours(role, values, line, place)

    def _colours(
        self,
        role: Role,
        values: Sequence[Any],
        line: int,
        place: Place,
        for_all: frozenset[str] = frozenset(),
    ) -> str:
        """Note the colours among *values*; return the first that is not known to be seen."""
        for value in values:
            if value.type == "ident" and value.lower_value in _KEPT[role]:
                continue
            if variable := style_values.variable_of(value):
                if not variable.startswith("--color-") or role_of(variable) is not role:
                    return f"with the colour {variable!r}, which is not one of a {role}"
                continue
            for part, modes in _for_modes(value, place.modes):
                colour = read_colour(part)
                if colour is None:
                    shown = excerpt(part.serialize())
                    return f"with {shown}, which is no colour that is known here; expected one like #3949ab"
                if len(self.palette.colours(role)) >= _MOST_COLOURS:
                    raise TooMuchError(line, f"more than {_MOST_COLOURS} colours of a {role}")
                self.palette.add(role, Colour(part.serialize(), line, *colour, modes, for_all))
        return ""

    def _resolved(self, values: Iterable[Any], line: int) -> Iterator[Any]:
        """Yield *values*, with all values of the sheet's own custom properties in the place of these."""
        seen: set[str] = set()
        waiting = list(values)[::-1]
        while waiting:
            value = waiting.pop()
            self._words += 1
            if self._words > _MOST_WORDS:
                raise TooMuchError(line, f"more than {_MOST_WORDS:,} words in all values together")
            name = style_values.variable_of(value)
            if not name or name.startswith(("--color-", "--font-")) or name not in self._variables:
                yield value
            elif name not in seen:
                seen.add(name)
                waiting += self._variables[name][::-1]
            if name:
                # What stands there if there is none: var(--name, this).
                comma = next((n for n, v in enumerate(value.arguments) if v == ","), None)
                waiting += [] if comma is None else value.arguments[comma + 1 :][::-1]


def everything_in(values: Iterable[Any]) -> Iterator[Any]:
    """Yield *values*, and what stands in their brackets and functions, in order."""
    waiting = list(values)[::-1]
    while waiting:
        value = waiting.pop()
        yield value
        waiting += (getattr(value, "content", None) or getattr(value, "arguments", None) or [])[
            ::-1
        ]


def _for_modes(value: Any, modes: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """Yield the colours of *value*, each with the pages that it is for: ``light-dark(…)`` has two."""
    if value.type != "function" or value.lower_name != "light-dark":
        yield value, modes
        return
    inner = [v for v in value.arguments if v.type not in _BLANK and v != ","]
    for part, mode in zip(inner, (LIGHT, DARK), strict=False):
        yield part, modes & {mode}


def _wrong_plain(name: str, values: Sequence[Any], place: Place) -> str:
    """Return why *values* may not be those of a property that gives no colour to a text; empty if they may."""
    if name.startswith("--"):
        return _wrong_variable(name, values)
    if name == "content":
        return _wrong_content(values, place)
    if name in {"font", "font-size"}:
        return _wrong_size(name, values, place)
    return _wrong_property(name, values, place)


def _wrong_variable(name: str, values: Sequence[Any]) -> str:
    if name.startswith("--font-stack"):
        return _outside(style_values.wrong_family(values))
    if bounds := style_values.bounds_of_property(name):
        return _outside(bounds.first_outside(values))
    # The sheet's own ones are looked at where they are asked for.
    is_own = name.startswith("--icon-") or name not in used_properties()
    return "" if is_own else f"which is the engine's own, {_HIDES.removeprefix('which ')}"


def _wrong_content(values: Sequence[Any], place: Place) -> str:
    """Return what is wrong with the property ``content``: beside the text it may draw a sign, in it nothing."""
    may_draw = bool(place.selectors) and all(s.is_link_or_heading for s in place.selectors)
    for value in values:
        if value.type == "ident" and value.lower_value in {"none", "normal"}:
            continue
        words = value.value if value.type == "string" else "a value"
        if any(map(str.isalnum, words)) or (words.strip() and not may_draw):
            return "which adds words to the text"
    return ""


def _wrong_size(name: str, values: Sequence[Any], place: Place) -> str:
    once = bool(place.selectors) and all(s.is_single or s.is_furniture for s in place.selectors)
    size = style_values.FONT_SIZE_ONCE if once else style_values.FONT_SIZE
    wrong = style_values.wrong_font(values, size) if name == "font" else size.first_outside(values)
    return f"which could make letters too small to be read ({wrong})" if wrong else ""


def _wrong_property(name: str, values: Sequence[Any], place: Place) -> str:
    if place.is_furniture and (bounds := style_values.OF_FURNITURE.get(name)):
        return _outside(bounds.first_outside(values))
    is_line = name.startswith("text-decoration")
    if is_line and not all(s.is_link_or_heading for s in place.selectors):
        return "which could strike a text out, or undo what shows that it was struck out"
    if name == "font-family":
        return _outside(style_values.wrong_family(values))
    if bounds := style_values.PROPERTIES.get(name):
        return _outside(bounds.first_outside(values))
    return _HIDES


def _outside(wrong: str) -> str:
    return f"{_HIDES} ({wrong})" if wrong else ""


@cache
def used_properties() -> frozenset[str]:
    """Return the custom properties that the theme and the engine ask for."""
    folders = [PACKAGE / "assets" / "styles", PACKAGE / "static"]
    theme = importlib.util.find_spec("furo")
    if theme is not None and theme.origin is not None:
        folders.append(Path(theme.origin).parent / "theme" / "furo" / "static" / "styles")
    texts = (file.read_text("utf-8") for folder in folders for file in sorted(folder.glob("*.css")))
    return frozenset(name for text in texts for name in _NAME.findall(text))
