"""The numbers that a browser draws before the items of a list, as far as the page itself says them.

https://html.spec.whatwg.org/multipage/grouping-content.html#ordinal-value says which they are, and
https://www.w3.org/TR/css-counter-styles-3/ how they look. Pandoc counts by one from ``start`` and knows few looks: a list that counts
otherwise becomes several, and a look that pandoc does not know becomes text.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import lxml.html

from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_NO_COUNTER = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_WORD = re.compile(r"[a-z-]+")
# They say where the mark is, not which it is.
_NO_FORMS = {"inside", "outside", "inherit", "initial", "unset", "url", "important"}
_BULLETS = {"disc", "circle", "square"}
_FORMS = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
_SYMBOLS = {
    "hangul": "가나다라마바사아자차카타파하",
    "hangul-consonant": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "a": "abcdefghijklmnopqrstuvwxyz",
    "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
_PANDOCS = {"", "1", "a", "A", "i", "I"}
_ZERO = "decimal-leading-zero"
_PRINTED = {_ZERO, *_SYMBOLS}
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")


def numbered(body: HtmlElement) -> Iterator[Note]:
    """Write the numbers of all lists in *body* as pandoc reads them, and yield what is not known of them."""
    for element in list(body.iter("ol", "ul")):
        items = [child for child in element if child.tag == "li"]
        style = element.get("style", "")
        if _NO_COUNTER.search(style) or all(_NO_COUNTER.search(i.get("style", "")) for i in items):
            _as_blocks(element, items)
            continue
        form = _form(element)
        if form in _BULLETS or (element.tag == "ul" and not form):
            element.tag = "ul"
            continue
        # A style sheet's form counts for both kinds of lists.
        element.tag = "ol"
        yield from _draw(element, items, form)


def _form(element: HtmlElement) -> str:
    """Return the form of the numbers: pandoc's letter for it, or the name that the page gives it; empty if it says none."""
    match = _STYLE.search(element.get("style", ""))
    words = _WORD.findall(match[1].lower()) if match else []
    named = next((word for word in words if word not in _NO_FORMS), "")
    if match and re.search("[\"']", match[1]):
        named = match[1].strip()
    return _FORMS.get(named, named) or (element.get("type", "") if element.tag == "ol" else "")


def _draw(element: HtmlElement, items: Sequence[HtmlElement], form: str) -> Iterator[Note]:
    values = _values(element, items)
    if form in _PANDOCS and (form not in _SYMBOLS or max(values, default=0) <= len(_SYMBOLS[form])):
        element.set("type", form or "1")
        _split(element, items, values)
    elif marks := [_mark(form, value) for value in values if form in _PRINTED]:
        for item, mark in zip(items, marks, strict=True):
            _print(item, f"{mark}. ")
        _as_blocks(element, items)
        yield Note(
            f"The numbers of this list are not text, the browser draws them; written from '{marks[0]}.' on.",
            element.sourceline or 0,
        )
    else:
        element.set("type", "1")
        _split(element, items, values)
        yield Note(
            f"The list is numbered in the form {form!r}, which is not known here: it was written as 1., 2. …, "
            "and readers saw other marks.",
            element.sourceline or 0,
        )


def _values(element: HtmlElement, items: Sequence[HtmlElement]) -> list[int]:
    """Return the numbers of *items*, as a browser counts them."""
    is_reversed = element.get("reversed") is not None
    following = _whole(element.get("start"))
    if following is None:
        following = len(items) if is_reversed else 1
    found = []
    for item in items:
        stated = _whole(item.get("value"))
        found.append(following if stated is None else stated)
        following = found[-1] + (-1 if is_reversed else 1)
    return found


def _whole(text: str | None) -> int | None:
    match = _NUMBER.match(text or "")
    return int(match[1]) if match else None


def _mark(form: str, value: int) -> str:
    """Return what a browser draws for *value* in a form that pandoc does not know."""
    if form == _ZERO:
        return f"{value:02}"
    symbols, found = _SYMBOLS[form], ""
    if value <= 0:
        return str(value)
    while value:
        value, place = divmod(value - 1, len(symbols))
        found = symbols[place] + found
    return found


def _print(item: HtmlElement, mark: str) -> None:
    """Write *mark* before the words of *item*, into its first paragraph if it begins with one."""
    first = item
    while not (first.text or "").strip() and len(first) and first[0].tag in {"p", "div"}:
        first = first[0]
    first.text = f"{mark}{(first.text or '').lstrip()}"


def _as_blocks(element: HtmlElement, items: Sequence[HtmlElement]) -> None:
    element.tag = "div"
    for item in items:
        item.tag = "div"


def _split(element: HtmlElement, items: Sequence[HtmlElement], values: Sequence[int]) -> None:
    """Begin a new list wherever the next number is not one more, and let each begin with its own."""
    if not items:
        return
    element.set("start", str(values[0]))
    starts = {
        item: after
        for item, (before, after) in zip(items[1:], pairwise(values), strict=True)
        if after != before + 1
    }
    current = element
    for child in list(element):
        if child in starts:
            following = lxml.html.Element("ol", start=str(starts[child]))
            if element.get("type"):
                following.set("type", element.get("type", ""))
            current.addnext(following)
            following.tail, current.tail = current.tail, None
            current = following
        if current is not element:
            current.append(child)
