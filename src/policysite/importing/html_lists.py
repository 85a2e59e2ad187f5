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
import tinycss2

from policysite.importing.counter_styles import drawn
from policysite.importing.html_words import line_of
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

_STYLE = re.compile(r"list-style-type\s*:\s*(.*)", re.DOTALL)
_BULLETS = {"disc", "circle", "square", "disclosure-open", "disclosure-closed"}
_FORMS = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip
_PANDOCS = {"", "1", "a", "A", "i", "I"}
_LETTERS = 26
# What a browser draws behind the numbers of forms that have no full stop.
_ENDS = dict.fromkeys(
    ("cjk-earthly-branch", "cjk-heavenly-stem", "cjk-decimal", "cjk-ideographic", "hiragana", "hiragana-iroha", "katakana",
     "katakana-iroha", "japanese-informal", "japanese-formal", "simp-chinese-informal", "simp-chinese-formal",
     "trad-chinese-informal", "trad-chinese-formal"), "、",
) | dict.fromkeys(("korean-hangul-formal", "korean-hanja-informal", "korean-hanja-formal"), ",")  # fmt: skip
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})")


def numbered(body: HtmlElement) -> Iterator[Note]:
    """Write the numbers of all lists in *body* as pandoc reads them, and yield what is not known of them."""
    for element in list(body.iter("ol", "ul", "menu", "dir")):
        items = [child for child in element if child.tag == "li"]
        forms = {_stated(item) for item in items}
        if len(forms) > 1:
            yield from _mixed(element, items)
            continue
        form = next(iter(forms), "") or _form(element)
        if form == "none":
            _as_blocks(element, items)
            continue
        if form in _BULLETS or (element.tag != "ol" and not form) or _is_sign(form):
            element.tag = "ul"
            continue
        # A style sheet's form counts for both kinds of lists.
        element.tag = "ol"
        yield from _draw(element, items, form)


def _stated(element: HtmlElement) -> str:
    """Return the form that an element's style says, by pandoc's letter for it if it has one; empty if it says none."""
    match = _STYLE.match(element.get("style", ""))
    return _FORMS.get(match[1].strip(), match[1].strip()) if match else ""


def _form(element: HtmlElement) -> str:
    return _stated(element) or (element.get("type", "") if element.tag == "ol" else "")


def _string(form: str) -> str:
    """Return what a form draws that is a string of the page: ``"- "``."""
    parsed = tinycss2.parse_one_component_value(form)
    return str(parsed.value) if parsed.type == "string" else ""


def _is_sign(form: str) -> bool:
    """Whether a form draws the same sign before every item."""
    text = _string(form)
    return bool(text) and not any(c.isalnum() for c in text)


def _draw(element: HtmlElement, items: Sequence[HtmlElement], form: str) -> Iterator[Note]:
    values = _values(element, items)
    is_short = form not in {"a", "A"} or max(values, default=0) <= _LETTERS
    if form in _PANDOCS and is_short:
        element.set("type", form or "1")
        _split(element, items, values)
        return
    marks = [_mark(value, form) for value in values]
    if None not in marks:
        for item, mark in zip(items, marks, strict=True):
            print_mark(item, f"{mark} ")
        _as_blocks(element, items)
        yield Note(
            "The numbers of this list are not text, the browser draws them; written from "
            f"{(marks or [''])[0]!r} on.",
            line_of(element),
        )
        return
    element.set("type", "1")
    _split(element, items, values)
    yield Note(
        f"The list is numbered in the form {form!r}, which is not known here: it was written as 1., 2. …, "
        "and readers saw other marks.",
        line_of(element),
    )


def _mixed(element: HtmlElement, items: Sequence[HtmlElement]) -> Iterator[Note]:
    """Write the marks of a list whose items have them in several forms."""
    unknown, form = False, _form(element)
    for item, value in zip(items, _values(element, items), strict=True):
        own = _stated(item) or form or ("1" if element.tag == "ol" else "disc")
        mark = (
            "" if own == "none" else "-" if own in _BULLETS or _is_sign(own) else _mark(value, own)
        )
        unknown = unknown or mark is None
        if mark:
            print_mark(item, f"{mark} ")
    _as_blocks(element, items)
    yield Note(
        "The items of this list have marks in several forms, which are not text; "
        + (
            "not all of the forms are known here: compare them."
            if unknown
            else "they were written."
        ),
        line_of(element),
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


def _mark(value: int, form: str) -> str | None:
    """Return what a browser draws for *value*; None if the form is not known."""
    if text := _string(form):
        return text.strip()
    named = {letter: name for name, letter in reversed(_FORMS.items())}
    shown = drawn(value, named.get(form, form))
    return None if shown is None else f"{shown}{_ENDS.get(form, '.')}"


def print_mark(item: HtmlElement, mark: str) -> None:
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
