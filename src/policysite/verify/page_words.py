"""The words of a version as its finished page prints them: what a reader sees, to be checked against the ledger.

The pages are read as any reader of HTML would, without what made them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import lxml.etree
import lxml.html

from policysite.verify import table_words
from policysite.verify.markup_limits import check_limits
from policysite.verify.page_shape import unexpected_markup
from policysite.verify.page_tools import TOOLS, tool_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Element = lxml.html.HtmlElement

_WHITE_SPACE = re.compile(r"[ \t\n\r]+")
_DOCTYPE_LENGTH = len("<!doctype html>")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "tr", "pre", "dt", "caption", "li"}
STRAY = "(beside the provisions)"
"""The id of words that are in the text and in no provision."""
_OUTSIDE = ("http:", "https:", "mailto:", "tel:")


@dataclass(frozen=True)
class TextPage:
    """What the page of a version prints.

    ``provisions`` have of the fields of the version's file those that count for a digest; there are none if the page has no
    text. ``fingerprint`` is what the page states, empty if it states none. ``unexpected_markup`` are what has no place on such a page.
    ``behind`` has by provision, of each block in its ``after``, the id of the provision that begins right before it.
    """

    provisions: tuple[dict[str, Any], ...]
    fingerprint: str
    unexpected_markup: tuple[str, ...]
    behind: Mapping[str, tuple[str, ...]]


def parse_page(page: bytes) -> Element:
    """Return *page*, the HTML of a page, as a document.

    :raises ValueError: if it is not HTML, or too large or too deep for a page of a site.
    """
    check_limits(page)
    _check_plain(page)
    parser = lxml.html.HTMLParser(encoding="utf-8")
    try:
        return lxml.html.document_fromstring(page, parser=parser)
    except lxml.etree.LxmlError as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None


def _check_plain(page: bytes) -> None:
    """Refuse what parsers read in different ways: comments and the like, which a page of a site has none of.

    :raises ValueError: if there is any.
    """
    page.decode()
    declared = page[:_DOCTYPE_LENGTH].lower() == b"<!doctype html>"
    if page.count(b"<!") > declared or b"<?" in page or b"\0" in page:
        raise ValueError(
            "it has a comment, a declaration or a NUL, which parsers read in different ways"
        )


def read_text_page(page: bytes) -> TextPage:
    """Read *page*, the HTML of a version.

    :raises ValueError: if it is not HTML, or too large or too deep for a page of a version.
    """
    return text_of_page(parse_page(page))


def text_of_page(document: Element, tools: frozenset[str] = frozenset(TOOLS)) -> TextPage:
    """Return what the page of a version prints; *tools* are what may be in it and is not text.

    :raises ValueError: if it is too deep for a page of a version.
    """
    try:
        behind: dict[str, tuple[str, ...]] = {}
        found = [_provision(e, behind) for e in document.iter("section", "div") if _id_of(e)]
        # Words beside the provisions belong to none of them, and to no text that was recorded.
        strays = [_provision(article, {}) | {"id": STRAY} for article in document.iter("article")]
        odd = tuple(dict.fromkeys(unexpected_markup(document, tools)))
    except RecursionError:
        raise ValueError("its elements are nested too deeply") from None
    found += [stray for stray in strays if stray["heading"] or stray["text"] or stray["after"]]
    codes = [code for e in document.find_class("fingerprint") for code in e.iter("code")]
    fingerprint = codes[0].text_content().strip() if codes else ""
    return TextPage(tuple(found), fingerprint, odd, behind)


def _id_of(element: Element) -> str:
    """Return the id of an element that is a provision, or the text before the first article."""
    is_provision = element.tag == "section" or "provision" in element.classes
    return str(element.get("id", "")) if is_provision else ""


def _is_tool(element: Element) -> bool:
    return bool(tool_of(element))


def _provision(element: Element, behind: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return what is printed of a provision, and note *behind* what its blocks after others are."""
    before: list[str] = []
    after: list[str] = []
    mark, heading, found = "", "", before
    links: list[str] = []
    tables: list[dict[str, Any]] = []
    places: list[str] = []
    last = ""
    for block in _blocks(element):
        places += [last] * (len(after) - len(places))
        if not isinstance(block, str) and _id_of(block):
            found = after
            *_, last = (_id_of(one) for one in block.iter("section", "div") if _id_of(one))
            continue
        if isinstance(block, str):
            found.append(block)
            continue
        links += _links(block)
        if table_words.is_list_table(block):
            rows, shape = table_words.rows_of(block, _words)
            first = len(found) + len(before) * (found is after)
            tables.append({"first": first} | shape)
            found += rows
            continue
        if block.tag in _HEADINGS:
            heading = _words(block)
            continue
        printed = [e for e in block.find_class("printed-mark") if e.getparent() is block]
        words = _words(block)
        if printed and not before and found is before and element.tag == "div":
            mark = printed[0].text_content()
            words = words.removeprefix(mark).lstrip(" ")
        if words:
            found.append(words)
    if after:
        behind[_id_of(element)] = (*places, *[last] * (len(after) - len(places)))
    return {
        "id": _id_of(element),
        "mark": mark,
        "heading": heading,
        "text": "\n".join(before),
        "after": "\n".join(after),
        "omitted": sum("omitted" in e.classes for e in _own(element)),
        "links": links,
        "tables": tables,
    }


def _own(element: Element) -> Iterator[Element]:
    """Yield the elements inside *element* that are not inside another provision."""
    for child in element:
        if isinstance(child.tag, str) and not _id_of(child):
            yield child
            yield from _own(child)


def _blocks(element: Element) -> Iterator[Element | str]:
    """Yield the blocks inside *element*, words that are in no block, and the provisions among them."""
    yield from _loose(element.text)
    for child in element:
        if isinstance(child.tag, str) and not _is_tool(child):
            if (
                _id_of(child)
                or child.tag in _HEADINGS
                or child.tag in _BLOCKS
                or table_words.is_list_table(child)
            ):
                yield child
            else:
                yield from _blocks(child)
        yield from _loose(child.tail)


def _loose(text: str | None) -> Iterator[str]:
    if words := _WHITE_SPACE.sub(" ", text or "").strip(" "):
        yield words


def _words(block: Element) -> str:
    """Return the words of a block; the cells of a row are separated by tabs."""
    if block.tag == "tr":
        return "\t".join(_words(cell) for cell in block if cell.tag in {"td", "th"})
    return _WHITE_SPACE.sub(" ", "".join(_pieces(block))).strip(" ")


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_tool(child):
            yield from _pieces(child)
        yield child.tail or ""


def _links(block: Element) -> Iterator[str]:
    for link in block.iter("a"):
        address = link.get("href", "")
        if address.startswith("mailto:"):
            # So docutils writes it.
            address = address.replace("%40", "@")
        if address.startswith(_OUTSIDE):
            yield address
