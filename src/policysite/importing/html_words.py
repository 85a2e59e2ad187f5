"""Words of a page with their lines, and words in new elements: the tree of a page has words before and behind elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def words_of(element: HtmlElement) -> str:
    """Return the words of *element*, with single spaces."""
    return " ".join(str(element.text_content()).split())


def line_of(element: HtmlElement) -> int:
    """Return the line of *element* in the source, or of what it is in if it was not there."""
    return element.sourceline or next(
        (around.sourceline for around in element.iterancestors() if around.sourceline), 0
    )


def wrap(holder: HtmlElement, text: str, tag: str, *, is_tail: bool) -> HtmlElement:
    """Put *text*, the words right in *holder* or right behind it, into a new element, and return that."""
    wrapper = lxml.html.Element(tag)
    wrapper.text = text
    if is_tail:
        holder.tail = None
        holder.addnext(wrapper)
    else:
        holder.text = None
        holder.insert(0, wrapper)
    return wrapper


def break_lines(holder: HtmlElement, text: str, *, is_tail: bool) -> None:
    """Put line breaks where *text*, the words right in *holder* or right behind it, has ends of lines."""
    first, *rest = text.split("\n")
    if is_tail:
        holder.tail = first
    else:
        holder.text = first
    before = holder if is_tail else None
    for line in rest:
        line_break = lxml.html.Element("br")
        line_break.tail = line
        if before is None:
            holder.insert(0, line_break)
        else:
            tail, before.tail = before.tail, None
            before.addnext(line_break)
            before.tail = tail
        before = line_break
