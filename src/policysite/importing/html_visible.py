"""Which words of a page readers saw, and how: its style is worked out, and what follows from it is written into the page.

What was hidden gets the attribute ``UNSEEN`` with the reason, what was struck out stands in ``s``, what was drawn is written, and
what was on lines of its own is a block. Names, classes and rules are not needed any more after that.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.importing import css_hiding
from policysite.importing.css_cascade import Cascade, Style
from policysite.importing.css_counters import Counters
from policysite.importing.css_values import colour_of, is_bold
from policysite.importing.html_lists import print_mark
from policysite.importing.html_words import break_lines, line_of, words_of, wrap
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from policysite.importing.css_matching import Element

UNSEEN = "data-unseen"
"""Says why what is in an element was never seen."""
_IN_A_LINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong "
    "sub sup time tt u var"
)
_INLINE = frozenset(_IN_A_LINE.split())
_BOLD_TAGS = {"b", "strong"}
_BOLD_AROUND = {*_BOLD_TAGS, "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_SLANTED_TAGS = {"i", "em", "cite", "dfn", "var"}
_STRUCK_TAGS = {"s", "strike", "del"}
_OUT_OF_LINE = {"inline-block", "inline-flex", "inline-grid", "inline-table"}
_IN_LINE = {"inline", "contents", "ruby", "none", *_OUT_OF_LINE}
_KEPT_LINES = ("pre", "pre-wrap", "pre-line", "break-spaces", "preserve", "preserve-breaks")
_SHOWN = 60


@dataclass
class _Seen:
    """What the style says of an element, before anything is changed."""

    element: HtmlElement
    why: str = ""
    why_words: str = ""
    doubt: str = ""
    is_struck: bool = False
    behind: tuple[int, ...] | None = css_hiding.WHITE
    is_same: bool = False
    """Whether its letters have the colour of what is behind them."""
    style: Style = field(default_factory=dict)
    around: Style = field(default_factory=dict)
    before: str = ""
    after: str = ""
    drawn: bool = True
    """Whether all that is drawn before and after is known."""


def write_what_is_seen(
    page: HtmlElement, *, is_old: bool = False
) -> list[tuple[HtmlElement, Note]]:
    """Change *page* into what a reader at a desk saw of it, and return notes on what that changed, with the elements they are on.

    *is_old* says that capitals of names do not matter in its rules.

    :raises TooMuchStyleError: if it has more style than can be looked at.
    """
    for element in page.iter("*"):
        element.attrib.pop(UNSEEN, None)
    cascade = Cascade(page, is_old=is_old)
    counters = Counters()
    seen = list(_walk(cascade, counters, cascade.root(), _Seen(page)))
    told: set[HtmlElement | None] = set()
    changes = [(one.element, note) for one in seen for note in _written(one, told)]
    return [*((page, note) for note in cascade.notes), *changes]


def _walk(cascade: Cascade, counters: Counters, element: Element, around: _Seen) -> Iterator[_Seen]:
    """Yield what is seen of *element* and of all in it, in the order of the page."""
    tree: HtmlElement = element.etree_element
    styles = cascade.styles_of(element, around.style)
    style = styles[""]
    found = _Seen(tree, style=style, around=around.style)
    found.why = css_hiding.why_unseen(style, around.style)
    if not found.why and css_hiding.is_faded(style) and tree.tag in _INLINE:
        found.why = "see-through on the page"
    found.doubt = "" if found.why else css_hiding.why_doubtful(style, around.style)
    found.why_words = css_hiding.why_words_unseen(style)
    found.behind = css_hiding.colour_behind(style, around.behind)
    found.is_same = found.behind is not None and colour_of(style["color"]) == found.behind
    if found.is_same and not around.is_same and not found.doubt:
        found.doubt = "its letters have the colour of what is behind them"
    parted = (
        style["display"] in _OUT_OF_LINE
        or style["float"] != "none"
        or style["position"] in css_hiding.OUT_OF_FLOW
    )
    found.is_struck = (around.is_struck and not parted) or "line-through" in style[
        "text-decoration-line"
    ]
    yield found
    if style["display"] == "none":
        return
    counters.enter(style, around.element)
    if not found.why and not found.why_words:
        found.before = _drawn(found, styles, counters, ("before", "marker"))
    for inner in element.iter_children():
        yield from _walk(cascade, counters, inner, found)
    if not found.why and not found.why_words:
        found.after = _drawn(found, styles, counters, ("after",))
    counters.leave(tree)


def _drawn(
    seen: _Seen, styles: dict[str, Style], counters: Counters, parts: tuple[str, ...]
) -> str:
    """Return what the style draws beside an element."""
    found = ""
    for part in parts:
        style = styles.get(part)
        if (
            style is None
            or style["content"] in {"normal", "none"}
            or css_hiding.why_unseen(style, seen.style)
        ):
            continue
        counters.enter(style, seen.element)
        text, known = counters.text(style["content"], seen.element)
        seen.drawn = seen.drawn and known
        if not css_hiding.why_words_unseen(style):
            found += "".join(c for c in text if unicodedata.category(c) not in {"Co", "Cc", "Cf"})
    return found


def _written(seen: _Seen, told: set[HtmlElement | None]) -> Iterator[Note]:
    """Write what is seen of an element; *told* are the lists and tables that have been noted."""
    element, style = seen.element, seen.style
    if seen.why:
        element.set(UNSEEN, seen.why)
        return
    if seen.doubt and (words := words_of(element)):
        yield Note(f"Kept, although {seen.doubt}: “{words[:_SHOWN]}”.", line_of(element))
    yield from _drawn_table(seen, told)
    _shape(element, style, seen.around)
    yield from _words(seen)
    yield from _beside(seen, told)


def _drawn_table(seen: _Seen, told: set[HtmlElement | None]) -> Iterator[Note]:
    """Say where the style alone makes a table; *told* are what is around those that have been noted."""
    row = seen.element.getparent()
    if (
        seen.style["display"] != "table-cell"
        or seen.element.tag in {"td", "th"}
        or seen.element.getprevious() is None
        or row is None
    ):
        return
    around = row.getparent() if seen.around.get("display") == "table-row" else row
    if around not in told and (words := words_of(around if around is not None else row)):
        told.add(around)
        yield Note(
            f"The page's style shows these words as a table; here they are paragraphs: “{words[:_SHOWN]}”.",
            line_of(seen.element),
        )


def _shape(element: HtmlElement, style: Style, around: Style) -> None:
    """Make blocks of what was on lines of its own, and words of what was not; say how a list is numbered."""
    display = style["display"].removeprefix("-webkit-")
    if (
        element.tag in _INLINE
        and display.split()[0] not in _IN_LINE
        and element.get("href") is None
    ):
        element.tag = "div"
    elif (
        element.tag in _STRUCK_TAGS
        or _is_plain_again(element, style)
        or (element.tag == "div" and display == "inline")
    ):
        element.tag = "span"
    form = style["list-style-type"]
    element.attrib.pop("style", None)
    if element.tag in {"ol", "ul", "menu", "dir"}:
        if form != ("decimal" if element.tag == "ol" else "disc"):
            element.set("style", f"list-style-type: {form}")
    elif element.tag == "li" and display != "list-item":
        element.set("style", "list-style-type: none")
    elif element.tag == "li" and form != around.get("list-style-type"):
        element.set("style", f"list-style-type: {form}")


def _is_plain_again(element: HtmlElement, style: Style) -> bool:
    """Whether an element that makes words bold or slanted does not do so here."""
    return (element.tag in _BOLD_TAGS and not is_bold(style["font-weight"])) or (
        element.tag in _SLANTED_TAGS and style["font-style"] == "normal"
    )


def _looks(seen: _Seen) -> Iterator[str]:
    """Yield the elements that say how the words right in an element look, and that are not around them yet."""
    around = {e.tag for e in (seen.element, *seen.element.iterancestors())}
    if seen.is_struck:
        yield "s"
    if is_bold(seen.style["font-weight"]) and not around & _BOLD_AROUND:
        yield "b"
    if seen.style["font-style"] != "normal" and not around & {*_SLANTED_TAGS, "address"}:
        yield "i"


def _words(seen: _Seen) -> Iterator[Note]:
    """Write what the style does to the words right in an element."""
    element, style = seen.element, seen.style
    keeps_lines = style["white-space"].split()[0] in _KEPT_LINES and not any(
        e.tag in {"pre", "textarea"} for e in (element, *element.iterancestors())
    )
    changed, looks = [], list(_looks(seen))
    for holder, behind in [(element, False), *((child, True) for child in element)]:
        text = (holder.tail if behind else holder.text) or ""
        if not text.strip():
            continue
        if seen.why_words:
            wrap(holder, text, "span", is_tail=behind).set(UNSEEN, seen.why_words)
            continue
        if css_hiding.shown(text, style) != text:
            changed.append(" ".join(text.split()))
        inner, is_tail = holder, behind
        for look in looks:
            inner, is_tail = wrap(inner, text, look, is_tail=is_tail), False
        if keeps_lines and "\n" in text.strip("\n"):
            break_lines(inner, text.strip("\n"), is_tail=is_tail)
    if changed:
        yield Note(
            f"The page's style showed these words in other letters (capitals, or small ones): “{' '.join(changed)[:_SHOWN]}”; "
            "they are as the file has them.",
            line_of(element),
        )


def _beside(seen: _Seen, told: set[HtmlElement | None]) -> Iterator[Note]:
    """Write what the style draws before and after the words of an element, if that is more than a sign beside them."""
    element = seen.element
    is_item = element.tag == "li"
    for text, is_before in ((seen.before, True), (seen.after, False)):
        if not (any(c.isalnum() for c in text) or (is_item and is_before and text.strip())):
            continue
        if is_item and is_before:
            print_mark(element, f"{text.strip()} ")
            element.set("style", "list-style-type: none")
            if element.getparent() not in told and any(c.isalnum() for c in text):
                told.add(element.getparent())
                yield Note(
                    f"The numbers of this list are not text, the page's style draws them; written from {text.strip()!r} on.",
                    line_of(element),
                )
            continue
        if is_before:
            element.text = f"{text}{element.text or ''}"
        elif len(element):
            element[-1].tail = f"{element[-1].tail or ''}{text}"
        else:
            element.text = f"{element.text or ''}{text}"
        yield Note(
            f"“{text.strip()}” is not text, the page's style draws it; it was written.",
            line_of(element),
        )
    if not seen.drawn:
        yield Note(
            "The page's style draws something beside these words in a form that is not known here: compare them with what "
            "readers saw.",
            line_of(element),
        )
