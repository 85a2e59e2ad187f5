"""Whether the style of an element hides it, or shows its words otherwise than they are in the file."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from policysite.importing.css_values import colour_of, is_see_through, number_of, offset, pixels

if TYPE_CHECKING:
    from policysite.importing.css_cascade import Style

    Colour = tuple[int, ...]

_HIDDEN = "hidden on the page"
_OFF = "moved out of the page"
_CUT = "cut down to nothing"
_OPAQUE = 255
WHITE = (255, 255, 255, _OPAQUE)
"""What is behind a page that says nothing."""
_OFF_PAGE = -900.0
_SMALLEST = 1.0
# What stands in a line, or is a part of a table, cannot hide what is in it without being hidden itself.
_NOT_CONTAINED = {
    "inline", "contents", "ruby", "table-row", "table-row-group", "table-header-group", "table-footer-group",
    "table-column", "table-column-group",
}  # fmt: skip
OUT_OF_FLOW = {"absolute", "fixed"}
"""Positions of what is placed without regard to what is around it."""
_NO_CLIP = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)")
_INSET = re.compile(r"inset\(\s*(?:[5-9][0-9]|100)(?:\.[0-9]+)?%")
_POINT = re.compile(r"(?:circle|ellipse)\(\s*0(?:px|%)?[\s)]|polygon\(\s*(?:0(?:px|%)?[\s,]*)+\)")
_NO_SCALE = re.compile(r"scale[xy3d]*\(\s*0*(?:\.0+)?\s*[,)]")
_MOVED = re.compile(r"translate[xy3d]*\(([^)]*)\)")


def why_unseen(style: Style, around: Style) -> str:
    """Return why nothing of an element in something with the style *around* is seen; empty if something may be."""
    if style["display"] == "none" or (
        style["content-visibility"] == "hidden" and _is_box(style, around)
    ):
        return _HIDDEN
    if style["position"] in OUT_OF_FLOW:
        if any(offset(style[side]) <= _OFF_PAGE for side in ("left", "top", "right", "bottom")):
            return _OFF
        if _NO_CLIP.search(style["clip"]):
            return _CUT
    if (
        _INSET.search(style["clip-path"])
        or _POINT.search(style["clip-path"])
        or _NO_SCALE.search(style["transform"])
        or style["scale"].split()[0] in {"0", "0%"}
    ):
        return _CUT
    moved = [style["margin-left"], style["margin-top"], *style["translate"].split()]
    moved += [
        part for m in _MOVED.finditer(style["transform"]) for part in re.split(r"[\s,]+", m[1])
    ]
    if any((pixels(part) or 0.0) <= _OFF_PAGE for part in moved):
        return _OFF
    return _CUT if _is_tiny(style, "width") and _is_tiny(style, "height") else ""


def _is_box(style: Style, around: Style) -> bool:
    """Whether an element is a box of its own."""
    return (
        style["display"] not in _NOT_CONTAINED
        or style["float"] != "none"
        or style["position"] in OUT_OF_FLOW
        or around.get("display", "").endswith(("flex", "grid"))
    )


def _is_tiny(style: Style, side: str) -> bool:
    sizes = (pixels(style[side]), pixels(style[f"max-{side}"]))
    return style["overflow"] in {"hidden", "clip"} and any(
        size is not None and size <= _SMALLEST for size in sizes
    )


def why_words_unseen(style: Style) -> str:
    """Return why the words right in an element are not seen; what is inside may be, with another style."""
    if style["visibility"] != "visible":
        return _HIDDEN
    size = number_of(style["font-size"])
    if size is not None and size <= _SMALLEST:
        return "in letters of no size"
    return _OFF if (pixels(style["text-indent"]) or 0.0) <= _OFF_PAGE else ""


def why_doubtful(style: Style, around: Style) -> str:
    """Return why readers may not have seen what is in an element; empty if nothing says so."""
    if is_faded(style):
        return "it is see-through until a script or a touch changes that (opacity)"
    if _is_tiny(style, "height"):
        return "it is folded until a reader opens it"
    is_clear = style["color"] != around.get("color") and is_see_through(style["color"])
    return "its letters are see-through" if is_clear else ""


def colour_behind(style: Style, around: Colour | None) -> Colour | None:
    """Return the colour behind the words of an element in something with *around* behind it; None if it is not known."""
    if style["background-image"] != "none":
        return None
    own = colour_of(style["background-color"])
    if own is None or own[3] == 0:
        return around if own else None
    return own if own[3] == _OPAQUE else None


def is_faded(style: Style) -> bool:
    """Whether an element is see-through as a whole."""
    opacity = number_of(style["opacity"])
    return opacity is not None and opacity <= 0


def shown(text: str, style: Style) -> str:
    """Return *text* as it is shown in *style*."""
    transforms = style["text-transform"].split()
    if "uppercase" in transforms or style["font-variant-caps"] != "normal":
        text = text.upper()
    elif "lowercase" in transforms:
        text = text.lower()
    elif "capitalize" in transforms:
        text = re.sub(r"(?<!\w)(?<!\w['’])\w", lambda m: m[0].upper(), text)
    if "full-width" in transforms:
        text = "".join(_WIDE.get(c, c) for c in text)
    return text


_WIDE = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF01, 0xFF5F)}
