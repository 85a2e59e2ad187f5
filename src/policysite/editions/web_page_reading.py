"""Reading a version as a web page: it has the form that the engine gives it, and nothing that could hide or replace words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from policysite.editions.block_order import LOST
from policysite.editions.web_page_file import style_sheet
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_X = "{http://www.w3.org/1999/xhtml}"
_HEAD: Mapping[str, frozenset[str]] = {
    "meta": frozenset({"charset", "name", "content"}),
    "title": frozenset(),
    "style": frozenset(),
    "link": frozenset({"rel", "href"}),
}
_NAMED = frozenset({"id", "class"})
_CELL = frozenset({"scope", "colspan", "rowspan"})
_BODY: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("p", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"), _NAMED),
    **dict.fromkeys(("header", "main", "footer", "br", "thead", "tbody", "tr"), frozenset[str]()),
    **dict.fromkeys(("blockquote", "span"), frozenset({"class"})),
    **dict.fromkeys(("th", "td"), _CELL),
    "a": frozenset({"href"}),
}
_BLOCKS = {"p", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"}
_EVERYWHERE = frozenset({"lang", "dir"})
_CLASSES = frozenset({"", "digest", "foreign", "grid", "mark", "mark alone", "note", "status"})
_ADDRESSES = ("https://", "http://", "mailto:", "tel:")


class NotAWebPageError(ValueError):
    """A file that is not an edition as a web page; the message says what was found."""


class ReadWebPage(NamedTuple):
    """What a page has: the ``words`` of the text, with :data:`LOST` where it has a note of a lost table, these ``notes``, and the addresses that the text leads to."""

    words: tuple[str, ...]
    notes: tuple[str, ...]
    links: tuple[str, ...]


def read_web_page(content: bytes) -> ReadWebPage:
    """Return what is in a page.

    :raises NotAWebPageError: if it is not XML, or has anything that no edition has.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotAWebPageError(f"it is not XML: {error}") from error
    parts = [part.tag for part in root]
    body = [part.tag for part in root.iterfind(f"{_X}body/*")]
    expected = [f"{_X}{name}" for name in ("header", "main", "footer")]
    if root.tag != f"{_X}html" or parts != [f"{_X}head", f"{_X}body"] or body != expected:
        raise NotAWebPageError("it has not a header, a main part and a footer")
    _check(root[0], _HEAD)
    _check(root[1], _BODY)
    if [style.text for style in root.iter(f"{_X}style")] != [style_sheet()]:
        raise NotAWebPageError("it has another style sheet than editions have")
    main = root[1][1]
    notes = [note for note in main.iter(f"{_X}p") if note.get("class") == "note"]
    links = tuple(link.get("href", "") for link in main.iter(f"{_X}a"))
    read = ReadWebPage(tuple(_words(main)), tuple(map(_joined, notes)), links)
    if _letters([_joined(main), *[LOST] * len(notes)]) != _letters([*read.words, *read.notes]):
        raise NotAWebPageError("it has words outside of headings, paragraphs and cells")
    return read


def _letters(words: Iterable[str]) -> Counter[str]:
    return Counter("".join("".join(words).split()))


def _check(part: etree._Element, allowed: Mapping[str, frozenset[str]]) -> None:
    """Refuse elements and attributes that no edition has: with them, words could be hidden, or others be shown."""
    for element in part.iterdescendants():
        name = _name(element)
        known = allowed.get(name)
        if known is None:
            raise NotAWebPageError(f"it has {name}, which no edition has")
        for attribute, value in element.items():
            if attribute not in known | _EVERYWHERE:
                raise NotAWebPageError(f"{name} has {attribute}, which no edition has")
            if attribute == "class" and value not in _CLASSES:
                raise NotAWebPageError(f"{name} has the class {value!r}, which no edition has")
            if attribute == "href" and not value.lower().startswith(_ADDRESSES):
                raise NotAWebPageError(f"it leads to {value[:60]!r}, which is no full address")


def _name(element: etree._Element) -> str:
    return element.tag.removeprefix(_X) if isinstance(element.tag, str) else "a comment"


def _words(main: etree._Element) -> Iterator[str]:
    """Yield the words of headings, paragraphs with the marks before them, lines of cells, and the places of notes."""
    mark = ""
    for element in main.iter():
        name, kind = _name(element), element.get("class")
        if name == "span" and kind in {"mark", "mark alone"}:
            if mark:
                yield mark
            mark = _joined(element)
        elif name in _BLOCKS:
            for line in [LOST] if kind == "note" else _lines(element):
                yield f"{mark} {line}".strip()
                mark = ""
    if mark:
        yield mark


def _lines(block: etree._Element) -> Iterator[str]:
    yield from filter(None, map(str.strip, "".join(_pieces(block)).split(LINE)))


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        yield LINE if _name(part) == "br" else ""
        yield from _pieces(part)
        yield part.tail or ""


def _joined(element: etree._Element) -> str:
    return "".join(_pieces(element)).strip()
