"""Declarations of a style, as far as they decide which words a reader sees, and how.

A value that no browser knows is no declaration, so it is left out here as it is there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import tinycss2
import tinycss2.color4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

INHERITED = {
    "visibility": "visible", "font-size": "medium", "color": "canvastext", "text-transform": "none",
    "font-variant-caps": "normal", "list-style-type": "disc", "white-space": "normal", "text-indent": "0",
    "font-weight": "normal", "font-style": "normal",
}  # fmt: skip
"""Properties that what is inside has too, with their values at the beginning."""
_OWN = {
    "display": "inline", "opacity": "1", "content-visibility": "visible", "text-decoration-line": "none", "content": "normal",
    "counter-reset": "none", "counter-set": "none", "counter-increment": "none", "position": "static", "left": "auto",
    "top": "auto", "right": "auto", "bottom": "auto", "clip": "auto", "clip-path": "none", "width": "auto", "height": "auto",
    "max-width": "none", "max-height": "none", "overflow": "visible", "transform": "none", "background-color": "transparent",
    "float": "none", "margin-left": "0", "margin-top": "0", "background-image": "none", "scale": "none", "translate": "none",
}  # fmt: skip
INITIAL = {**INHERITED, **_OWN}
WIDE = {"inherit", "initial", "unset", "revert", "revert-layer"}
_DISPLAYS = {
    "none", "contents", "inline", "block", "inline-block", "flow-root", "list-item", "flex", "inline-flex", "grid",
    "inline-grid", "table", "inline-table", "table-row", "table-cell", "table-row-group", "table-header-group",
    "table-footer-group", "table-column", "table-column-group", "table-caption", "ruby", "ruby-base", "ruby-text",
    "ruby-base-container", "ruby-text-container", "flow", "run-in", "math", "-webkit-box", "-webkit-inline-box", "-moz-box",
    "-webkit-flex", "-ms-flexbox", "-ms-grid", "-webkit-inline-flex", "-ms-inline-flexbox",
}  # fmt: skip
_WORDS: dict[str, set[str]] = {
    "display": _DISPLAYS,
    "visibility": {"visible", "hidden", "collapse"},
    "content-visibility": {"visible", "hidden", "auto"},
    "text-transform": {"none", "capitalize", "uppercase", "lowercase", "full-width", "full-size-kana", "math-auto"},
    "font-variant-caps": {"normal", "small-caps", "all-small-caps", "petite-caps", "all-petite-caps", "unicase", "titling-caps"},
    "text-decoration-line": {"none", "underline", "overline", "line-through", "blink", "spelling-error", "grammar-error"},
    "white-space": {"normal", "pre", "nowrap", "pre-wrap", "pre-line", "break-spaces", "collapse", "preserve", "preserve-breaks",
                    "preserve-spaces", "wrap"},
    "position": {"static", "relative", "absolute", "fixed", "sticky", "-webkit-sticky"},
    "overflow": {"visible", "hidden", "clip", "scroll", "auto", "overlay"},
    "float": {"none", "left", "right", "inline-start", "inline-end"},
}  # fmt: skip
_WEIGHTS = {"normal", "bold", "bolder", "lighter"}
_SLANTS = {"normal", "italic", "oblique"}
_BOLD = 600
_CAPS = _WORDS["font-variant-caps"] - {"normal"}
_LINES = _WORDS["text-decoration-line"]
_LISTS_SKIPPED = {"inside", "outside"}
_INSET = ("top", "right", "bottom", "left")
_NUMBER = re.compile(r"([+-]?(?:[0-9]*\.)?[0-9]+(?:e[+-]?[0-9]+)?)([a-z%]*)")
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "rem": 16.0, "vw": 12.8, "vh": 8.0,
    "vmin": 8.0, "vmax": 12.8, "em": 16.0, "ex": 8.0, "ch": 8.0,
}  # fmt: skip
_SIZES = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0,
    "xxx-large": 48.0,
}  # fmt: skip


class Declaration(NamedTuple):
    """One property. ``tokens`` are those of its value; ``text`` is the value in small letters, with single spaces."""

    name: str
    text: str
    tokens: tuple[Any, ...]
    important: bool


def declarations_of(parsed: Iterable[Any]) -> Iterator[Declaration]:
    """Yield what *parsed* declarations say, shorthands in their parts, and properties of the page's own (``--x``) as they are."""
    for one in parsed:
        if one.type == "declaration":
            name = one.name if one.name.startswith("--") else one.lower_name
            yield from expanded(name, tuple(one.value), important=one.important)


def inline_declarations(style: str) -> list[Declaration]:
    """Return the declarations of a ``style`` attribute."""
    parsed = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return list(declarations_of(d for d in parsed if d.type == "declaration"))


def expanded(name: str, tokens: Sequence[Any], *, important: bool) -> Iterator[Declaration]:
    """Yield the properties that are looked at here and that *name* sets."""
    bare = [t for t in tokens if t.type != "comment"]
    text = " ".join(tinycss2.serialize(bare).split())
    low = text if name.startswith("--") else text.lower()
    for part, value in _parts(name.removeprefix("-webkit-"), low, bare):
        if "var(" in value or value in WIDE or _is_valid(part, value):
            yield Declaration(part, value, tuple(bare), important)


def _parts(name: str, text: str, tokens: Sequence[Any]) -> Iterator[tuple[str, str]]:
    if name.startswith("--") or name in INITIAL:
        yield name, text
    elif name == "all" and text in WIDE:
        yield from ((each, text) for each in INITIAL)
    elif name in _SHORT:
        is_whole = text in WIDE or "var(" in text
        for part, pick in _SHORT[name].items():
            yield part, text if is_whole else pick(text, tokens)


def _decoration(text: str, _: Sequence[Any]) -> str:
    return " ".join(w for w in text.split() if w in _LINES) or "none"


def _list_style(_: str, tokens: Sequence[Any]) -> str:
    found = [
        tinycss2.serialize([t]).strip()
        for t in tokens
        if t.type in {"ident", "string", "function"}
        and tinycss2.serialize([t]).lower() not in _LISTS_SKIPPED
        and not (t.type == "function" and t.lower_name == "url")
    ]
    return next((f for f in found if f.lower() != "none"), "none" if found else "disc")


def _font_size(text: str, _: Sequence[Any]) -> str:
    sizes = [w.split("/")[0] for w in text.split()]
    is_size = (
        word
        for word in sizes
        if word in _SIZES
        or word in {"smaller", "larger"}
        or ((m := _NUMBER.fullmatch(word)) and (m[2] or float(m[1]) == 0))
    )
    return next(is_size, "medium")


def _caps(text: str, _: Sequence[Any]) -> str:
    return next((word for word in text.split() if word in _CAPS), "normal")


def _weight(text: str, _: Sequence[Any]) -> str:
    return next((word for word in text.split() if word in _WEIGHTS or _is_weight(word)), "normal")


def _is_weight(word: str) -> bool:
    return word.isascii() and word.isdecimal() and 1 <= int(word[:5]) <= 1000


def _slant(text: str, _: Sequence[Any]) -> str:
    return next((word for word in text.split() if word in _SLANTS), "normal")


def _background(_: str, tokens: Sequence[Any]) -> str:
    colours = (t for t in tokens if tinycss2.color4.parse_color(t) is not None)
    return next((tinycss2.serialize([t]).lower() for t in colours), "transparent")


def _picture(text: str, _: Sequence[Any]) -> str:
    return "url()" if "url(" in text or "gradient(" in text or "image-set(" in text else "none"


def _overflow(text: str, _: Sequence[Any]) -> str:
    return text.split(maxsplit=1)[0] if text else "visible"


def _side(place: int) -> Callable[[str, Sequence[Any]], str]:
    def pick(text: str, _: Sequence[Any]) -> str:
        words = text.split() or ["auto"]
        return words[
            place if place < len(words) else max(place - 2, 0) if place - 2 < len(words) else 0
        ]

    return pick


_SHORT: Mapping[str, Mapping[str, Callable[[str, Sequence[Any]], str]]] = {
    "text-decoration": {"text-decoration-line": _decoration},
    "list-style": {"list-style-type": _list_style},
    "font": {
        "font-size": _font_size,
        "font-variant-caps": _caps,
        "font-weight": _weight,
        "font-style": _slant,
    },
    "font-variant": {"font-variant-caps": _caps},
    "background": {"background-color": _background, "background-image": _picture},
    "margin": {"margin-top": _side(0), "margin-left": _side(3)},
    "overflow-x": {"overflow": _overflow},
    "overflow-y": {"overflow": _overflow},
    "white-space-collapse": {"white-space": lambda text, _: text},
    "inset": {name: _side(place) for place, name in enumerate(_INSET)},
}


def _is_valid(name: str, text: str) -> bool:
    if name in _WORDS:
        words = text.split()
        return bool(words) and set(words) <= _WORDS[name]
    if name == "opacity":
        return number_of(text) is not None or text.startswith(("calc(", "min(", "max(", "clamp("))
    if name == "font-size":
        return (
            text in _SIZES
            or text in {"smaller", "larger", "math"}
            or "(" in text
            or size_in(text, 16.0) is not None
        )
    if name == "font-weight":
        return text in _WEIGHTS or _is_weight(text)
    if name in {"color", "background-color"}:
        return (
            "(" in text or text == "currentcolor" or tinycss2.color4.parse_color(text) is not None
        )
    return bool(text)


def number_of(text: str) -> float | None:
    """Return a number or a share of a hundred; None if *text* is neither."""
    match = _NUMBER.fullmatch(text)
    if match is None or match[2] not in {"", "%"}:
        return None
    return float(match[1]) / (100 if match[2] else 1)


def pixels(text: str) -> float | None:
    """Return a length in pixels, about; None if *text* is none."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    if not match[2]:
        return 0.0 if float(match[1]) == 0 else None
    size = _PIXELS.get(match[2])
    return None if size is None else float(match[1]) * size


def size_in(text: str, around: float) -> float | None:
    """Return the size of letters in pixels, where those around them have *around*; None if it is not known."""
    if text in _SIZES:
        return _SIZES[text]
    if text in {"smaller", "larger"}:
        return around / 1.2 if text == "smaller" else around * 1.2
    match = _NUMBER.fullmatch(text)
    if match and match[2] in {"em", "%", "ex", "ch"}:
        return float(match[1]) * around * {"em": 1.0, "%": 0.01}.get(match[2], 0.5)
    return pixels(text)


def is_bold(weight: str) -> bool:
    """Whether letters of a ``font-weight`` are bold."""
    return weight in {"bold", "bolder"} or (weight.isdecimal() and int(weight) >= _BOLD)


def offset(text: str) -> float:
    """Return how far something is moved, in pixels, about; a share is one of a window. 0 if that is not known."""
    share = number_of(text) if text.endswith("%") else None
    return share * 1280.0 if share is not None else pixels(text) or 0.0


@lru_cache(maxsize=1_000)
def colour_of(text: str) -> tuple[int, ...] | None:
    """Return red, green, blue and opacity of a colour, from 0 to 255; None if that is not known."""
    parsed = tinycss2.color4.parse_color(text)
    if parsed is None or parsed == "currentcolor" or parsed.space not in {"srgb", "hsl", "hwb"}:
        return None
    red, green, blue, alpha = parsed.to("srgb")
    return tuple(round(255 * (part or 0)) for part in (red, green, blue, alpha))


def is_see_through(colour: str) -> bool:
    """Whether nothing is seen of *colour*."""
    parsed = tinycss2.color4.parse_color(colour)
    return parsed is not None and parsed != "currentcolor" and float(parsed.alpha) == 0


def may_hide(declaration: Declaration) -> bool:
    """Whether *declaration* may take words away from readers, strike them out, or draw others."""
    name, text = declaration.name, declaration.text
    if name == "content":
        return text not in {"none", "normal", '""', "''"}
    hiding = {
        "display": "none", "visibility": "hidden", "content-visibility": "hidden", "text-decoration-line": "line-through",
    }  # fmt: skip
    if name in hiding:
        return hiding[name] in text or "collapse" in text
    return (name == "opacity" and number_of(text) == 0) or (
        name == "font-size" and size_in(text, 16.0) == 0
    )
