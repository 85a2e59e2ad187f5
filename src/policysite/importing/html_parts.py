"""Parts of a page that a browser treats in a way of its own: shadow roots, drawings, folded parts, and places that links lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

import lxml.html

from policysite.importing.html_words import line_of
from policysite.importing.pandoc_inlines import TARGET
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_SHOWN = 80
_SILENT = {"style", "script", "title", "desc", "metadata"}
_ROOT = "shadowrootmode"
_MOST_NAMES = 20_000
_HOLDERS = {"table", "tr", "tbody", "thead", "ol", "ul"}
_WITHOUT_WORDS = {*_HOLDERS, "hr", "br", "img"}
"""They have no words of their own to put a name before."""


def opened(body: HtmlElement) -> Iterator[Note]:
    """Put the words of shadow roots where a browser shows them, and yield notes on these and on parts that are not read."""
    for template in list(body.iter("template")):
        host = template.getparent()
        if template.get(_ROOT, "").lower() in {"open", "closed"} and host is not None:
            if words := _words(template):
                yield Note(
                    "Words of a shadow root were read, without its own style: what that hid, struck out or drew is not known. "
                    f"They begin “{words}”.",
                    line_of(template),
                )
            _open(template, host)
        elif words := _words(template):
            yield Note(f"Left out, a template of scripts: “{words}”.", line_of(template))
    for element in body.iter("svg", "noscript", "details", "ruby"):
        words = _words(element)
        if words and element.tag == "svg":
            yield Note(f"Left out, words in a drawing: “{words}”.", line_of(element))
        elif words and element.tag == "noscript":
            yield Note(f"Left out, seen only without scripts: “{words}”.", line_of(element))
        elif words and element.tag == "ruby":
            yield Note(
                f"Words had others above them (ruby); here they are one after the other: “{words}”.",
                line_of(element),
            )
        elif words and element.get("open") is None:
            yield Note(
                f"Kept, although it is folded until a reader opens it: “{words}”.",
                line_of(element),
            )


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(_texts(element)).split())[:_SHOWN]


def _texts(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for inner in element.iterchildren("*"):
        if inner.tag not in _SILENT:
            yield from _texts(inner)
        yield inner.tail or ""


def _open(template: HtmlElement, host: HtmlElement) -> None:
    """Replace what is in *host* by its shadow root, with what was in it at the places that this has for it."""
    light = [child for child in host if child is not template]
    words = [(host.text, None), *((child.tail, child) for child in host)]
    host.text = None
    for child in list(host):
        child.tail = None
        host.remove(child)
    for style in list(template.iter("style", "link", "script")):
        style.drop_tree()
    for inner in template.iter("*"):
        for name in ("class", "id"):
            inner.attrib.pop(name, None)
    for slot in list(template.iter("slot")):
        name = slot.get("name", "")
        given = [child for child in light if (child.get("slot") or "") == name]
        loose = " ".join(filter(None, (text for text, _ in words))) if not name else ""
        if given or loose.strip():
            for child in list(slot):
                slot.remove(child)
            slot.text = loose
            slot.extend(given)
            light = [child for child in light if child not in given]
            words = [] if not name else words
        slot.tag = "div" if given else "span"
    host.text = template.text
    host.extend(list(template))


def name_targets(body: HtmlElement) -> None:
    """Put the names that links inside the page lead to at the beginning of what they name."""
    links = [str(link.get("href") or "") for link in body.iter("a")]
    asked = {
        name for href in links if href[:1] == "#" for name in (href[1:], unquote(href[1:]))
    } - {""}
    if not asked or len(asked) > _MOST_NAMES:
        return
    for element in list(body.iter("*")):
        names = {element.get("id"), element.get("name") if element.tag == "a" else None} & asked
        for name in sorted(n for n in names if n):
            mark = lxml.html.Element("span")
            mark.set(f"data-{TARGET}", name)
            if element.tag in _WITHOUT_WORDS:
                parent = element.getparent()
                if parent is not None and parent.tag not in _HOLDERS:
                    element.addprevious(mark)
                continue
            mark.tail, element.text = element.text, None
            element.insert(0, mark)
