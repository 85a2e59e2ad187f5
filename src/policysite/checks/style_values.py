"""What a style sheet of a site may set: properties with the values that they may have.

A list of what hides a text would never be whole; this is a list of what cannot. Lengths have bounds, as a text is pushed off the
page by a margin as well as by a position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "rem": 16.0, "em": 16.0,
           "ex": 8.0, "ch": 8.0}  # fmt: skip
_OF_LETTERS = {"em": 1.0, "ex": 0.5, "ch": 0.5}
_NONE = (1.0, 0.0)
_PICKS_ONE = {"min", "max", "clamp", "fit-content"}
_SYMBOLS = {
    "webdings",
    "wingdings",
    "wingdings 2",
    "wingdings 3",
    "symbol",
    "zapf dingbats",
    "zapfdingbats",
    "marlett",
}
_COLOURS = {
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
}


@dataclass(frozen=True)
class Bounds:
    """What the numbers of a value may be: lengths in pixels, percentages, and numbers without a unit, each with both ends.

    ``not_idents`` are words that may not stand there. ``of_letters``: the value is the size of letters, which units like em
    are parts of.
    """

    pixels: tuple[float, float]
    percent: tuple[float, float] = (0, 0)
    number: tuple[float, float] = (0, 0)
    not_idents: frozenset[str] = frozenset()
    of_letters: bool = False

    def first_outside(self, values: Iterable[Any]) -> str:
        """Return the first of *values* that lies outside, as it is written; empty if none does."""
        return next(self._outside(values), "")

    def _outside(self, tokens: Iterable[Any]) -> Iterator[str]:
        for token in tokens:
            if token.type == "function" and token.lower_name in _PICKS_ONE:
                yield from self._outside(token.arguments)
            elif token.type == "function" and not _is_colour(token):
                yield f"{token.name}(…)"
            elif token.type == "ident" and token.lower_value in self.not_idents:
                yield token.value
            elif token.type == "string":
                yield "words"
            elif token.type in {"dimension", "percentage", "number"} and not self._holds(token):
                yield str(token.serialize())

    def _holds(self, token: Any) -> bool:
        value = float(token.value)
        if token.type == "number":
            least, most = self.number
        elif token.type == "percentage":
            least, most = self.percent
        elif self.of_letters and token.lower_unit in _OF_LETTERS:
            value *= 100 * _OF_LETTERS[token.lower_unit]
            least, most = self.percent
        else:
            value *= _PIXELS.get(token.lower_unit, float("inf"))
            least, most = self.pixels
        return least <= value <= most


_SPACE = Bounds((0, 64), (0, 10))
_EDGE = Bounds((0, 16))
_LETTERS = Bounds((-0.5, 4))
_ROUND = Bounds((0, 1000), (0, 100))
_SHADOW = Bounds((-32, 32))
_FREE = Bounds((0, 0), (50, 200), (0, 1000))
_UNDERLINE = Bounds((0, 4), not_idents=frozenset({"line-through", "blink"}))
FONT_SIZE = Bounds((10, 64), (100, 300), _NONE, frozenset({"smaller", "math"}), of_letters=True)
"""Sizes of letters, where elements of the kind may stand in each other: each would make the text smaller than the one around it."""
FONT_SIZE_ONCE = Bounds((10, 64), (70, 300), _NONE, of_letters=True)
"""Sizes of letters, where they do not: headings, say."""
LINE_HEIGHT = Bounds((16, 64), (100, 300), (1, 3))
_WIDEST = Bounds((320, 2000), (50, 100), _NONE, frozenset({"min-content"}))
_ANY = Bounds((-10_000, 10_000), (-100, 1000), (-10_000, 10_000))
_DRAWN = Bounds((0, 400), (0, 100), (0, 4))

_SIDES = ("", "-top", "-right", "-bottom", "-left", "-block", "-inline", "-block-start", "-block-end", "-inline-start",
          "-inline-end")  # fmt: skip
_FONTS = """
font-display font-family font-feature-settings font-kerning font-optical-sizing font-stretch font-style font-synthesis
font-variant font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variation-settings
font-weight hyphens line-break overflow-wrap text-align text-align-last text-rendering text-size-adjust
text-transform text-wrap word-break -moz-osx-font-smoothing -webkit-font-smoothing -webkit-text-size-adjust
accent-color border-collapse break-after break-before break-inside orphans widows
"""
PROPERTIES: dict[str, Bounds] = {
    **dict.fromkeys(_FONTS.split(), _FREE),
    **{f"{name}{side}": _SPACE for name in ("margin", "padding", "scroll-margin", "scroll-padding") for side in _SIDES},
    **{f"border{side}{what}": _EDGE for side in _SIDES for what in ("", "-width", "-style", "-color")},
    **dict.fromkeys(("gap", "row-gap", "column-gap", "border-spacing"), _SPACE),
    **{f"border{corner}-radius": _ROUND for corner in ("", "-top-left", "-top-right", "-bottom-left", "-bottom-right")},
    **dict.fromkeys(("outline", "outline-width", "outline-style", "outline-color", "outline-offset"), Bounds((0, 8))),
    **dict.fromkeys(("letter-spacing", "word-spacing"), _LETTERS),
    **dict.fromkeys(("text-decoration-color", "text-decoration-style", "text-decoration-thickness", "text-underline-offset"),
                    _UNDERLINE),
    **dict.fromkeys(("text-decoration", "text-decoration-line"), _UNDERLINE),
    "box-shadow": _SHADOW,
    "text-shadow": Bounds((-4, 4)),
    "text-indent": Bounds((0, 48)),
    "line-height": LINE_HEIGHT,
    "max-width": _WIDEST,
}  # fmt: skip
"""What any rule may set, but for colours, sizes of letters and ``content``, which have rules of their own."""

OF_FURNITURE: dict[str, Bounds] = {
    **dict.fromkeys(("display", "visibility", "opacity", "object-fit", "align-items", "align-self", "justify-content",
                     "background-position", "background-repeat", "background-size", "vertical-align", "flex-wrap",
                     "white-space", "list-style", "list-style-type", "filter"), _ANY),
    **dict.fromkeys(("width", "height", "min-width", "min-height", "max-width", "max-height"), _DRAWN),
}  # fmt: skip
"""What rules may set besides, that can match nothing but what stands beside the text: menus, logo, buttons."""

_OWN = ("sidebar", "toc", "header", "api", "admonition", "code")


def wrong_font(values: Sequence[Any], size: Bounds) -> str:
    """Return what is wrong with the shorthand ``font``: a style and a weight, the size, a slash and a height, the families."""
    slash = next((place for place, sign in enumerate(values) if sign == "/"), len(values))
    # The weight is a number.
    before = [v for v in values[:slash] if v.type not in {"number", "string"}]
    after = [v for v in values[slash + 2 :] if v.type not in {"ident", "string"} and v != ","]
    return (
        size.first_outside(before)
        or LINE_HEIGHT.first_outside(values[slash + 1 : slash + 2])
        or next((v.serialize() for v in after), "")
        or wrong_family([v for v in values if v.type != "function"])
    )


def wrong_family(values: Sequence[Any]) -> str:
    """Return a font among *values* that shows other signs than the letters of the text, or what is no font."""
    words: list[str] = []
    for value in [*values, None]:
        if value is not None and value.type == "ident":
            words.append(value.lower_value)
            continue
        name = (
            value.value.lower() if value is not None and value.type == "string" else " ".join(words)
        )
        words = []
        if " ".join(name.split()) in _SYMBOLS:
            return name
        if value is None or value.type != "function":
            continue
        if not variable_of(value).startswith("--font-stack"):
            return f"{value.name}(…)"
    return ""


def _is_colour(token: Any) -> bool:
    """Whether the function *token* gives a colour, which cannot move anything."""
    return token.lower_name in _COLOURS or variable_of(token).startswith("--color-")


def variable_of(token: Any) -> str:
    """Return the name of the custom property that *token* asks for, as in ``var(--color-link)``; empty if it asks for none."""
    if token.type != "function" or token.lower_name != "var":
        return ""
    first = next((inner for inner in token.arguments if inner.type != "whitespace"), None)
    return str(first.value) if first is not None and first.type == "ident" else ""


def bounds_of_property(name: str) -> Bounds | None:
    """Return what the custom property *name* of the theme may be; None if it is none of lengths."""
    if "font-size" in name:
        return FONT_SIZE_ONCE
    return _SPACE if name.removeprefix("--").partition("-")[0] in _OWN else None
