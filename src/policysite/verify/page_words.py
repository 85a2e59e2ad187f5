"""The words of a version as its finished page prints them: what a reader sees, to be checked against the ledger.

The pages are read as any reader of HTML would, without what made them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import lxml.etree
import lxml.html

from policysite.editions.edition import BlockLayout, ProvisionLayout
from policysite.verify import table_words
from policysite.verify.markup_limits import check_limits
from policysite.verify.page_shape import unexpected_markup
from policysite.verify.page_tools import TOOLS, tool_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Element = lxml.html.HtmlElement

_WHITE_SPACE = re.compile(r"[ \t\n\r]+")
_DOCTYPE_LENGTH = len("<!doctype html>")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {"p", "tr", "pre", "dt", "caption"}
STRAY = "(beside the provisions)"
"""The id of words that are in the text and in no provision."""
_OUTSIDE = ("http:", "https:", "mailto:", "tel:")


@dataclass(frozen=True)
class TextPage:
    """What the page of a version prints.

    ``provisions`` have of the fields of the version's file those that count for a digest; there are none if the page has no
    text. ``fingerprint`` is what the page states, empty if it states none. ``unexpected_markup`` are what has no place on such a page.
    ``layouts`` are those of the provisions by id, as far as their order is concerned: lost tables among the blocks, and behind which provisions those stand that are after others.
    """

    provisions: tuple[dict[str, Any], ...]
    fingerprint: str
    unexpected_markup: tuple[str, ...]
    layouts: Mapping[str, ProvisionLayout]


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
        layouts: dict[str, ProvisionLayout] = {}
        found = [_provision(e, layouts) for e in document.iter("section", "div") if _id_of(e)]
        # Words beside the provisions belong to none of them, and to no text that was recorded.
        strays = [_provision(article, {}) | {"id": STRAY} for article in document.iter("article")]
        odd = tuple(dict.fromkeys(unexpected_markup(document, tools)))
    except RecursionError:
        raise ValueError("its elements are nested too deeply") from None
    found += [stray for stray in strays if stray["heading"] or stray["text"] or stray["after"]]
    codes = [code for e in document.find_class("fingerprint") for code in e.iter("code")]
    fingerprint = codes[0].text_content().strip() if codes else ""
    return TextPage(tuple(found), fingerprint, odd, layouts)


def _id_of(element: Element) -> str:
    """Return the id of an element that is a provision, or the text before the first article."""
    is_provision = element.tag == "section" or "provision" in element.classes
    return str(element.get("id", "")) if is_provision else ""


def _is_tool(element: Element) -> bool:
    return bool(tool_of(element))


class _Part:
    """The blocks of a provision before those in it, or after them: their words, and where they stand."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.layout: list[BlockLayout] = []

    def add(self, words: Iterable[str], behind: str) -> None:
        """Add blocks with these *words* that stand right behind another provision."""
        found = list(words)
        self.words += found
        self.layout += [BlockLayout(behind=behind)] * len(found)

    def add_lost(self, behind: str) -> None:
        """Add a lost table."""
        self.layout.append(BlockLayout(omitted=True, behind=behind))


def _provision(element: Element, layouts: dict[str, ProvisionLayout]) -> dict[str, Any]:
    """Return what is printed of a provision, and note in *layouts* in which order."""
    before, after = _Part(), _Part()
    part = before
    mark, heading, last = "", "", ""
    links: list[str] = []
    tables: list[dict[str, Any]] = []
    for block in _blocks(element):
        if isinstance(block, str):
            part.add([block], last)
        elif _id_of(block):
            part = after
            *_, last = (_id_of(one) for one in block.iter("section", "div") if _id_of(one))
        elif _is_lost(block):
            part.add_lost(last)
        elif table_words.is_list_table(block):
            links += _links(block)
            rows, shape = table_words.rows_of(block, _words)
            first = len(part.words) + len(before.words) * (part is after)
            tables.append({"first": first} | shape)
            part.add(rows, last)
        else:
            links += _links(block)
            words = _words(block)
            if block.tag in _HEADINGS:
                heading = words
                continue
            printed = [e for e in block.find_class("printed-mark") if e.getparent() is block]
            if printed and not before.words and part is before and element.tag == "div":
                mark = printed[0].text_content()
                words = words.removeprefix(mark).lstrip(" ")
            part.add(filter(None, [words]), last)
    layouts[_id_of(element)] = ProvisionLayout(tuple(before.layout), tuple(after.layout))
    return {
        "id": _id_of(element),
        "mark": mark,
        "heading": heading,
        "text": "\n".join(before.words),
        "after": "\n".join(after.words),
        "omitted": sum(one.omitted for one in (*before.layout, *after.layout)),
        "links": links,
        "tables": tables,
    }


def _is_lost(element: Element) -> bool:
    """Whether *element* is the note in the place of a lost table."""
    return tool_of(element) == "omitted"


def _blocks(element: Element) -> Iterator[Element | str]:
    """Yield the blocks inside *element*, words that are in no block, and the provisions and notes of lost tables among them."""
    yield from _loose(element.text)
    for child in element:
        if isinstance(child.tag, str) and (_is_lost(child) or not _is_tool(child)):
            if (
                _id_of(child)
                or _is_lost(child)
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
        # No text has a row without any words, such as the head of a table that needs none.
        cells = [_words(cell) for cell in block if cell.tag in {"td", "th"}]
        return "\t".join(cells) if any(cells) else ""
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
