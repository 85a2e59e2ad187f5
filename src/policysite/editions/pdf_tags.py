"""What a PDF file says of how it is built, put in order: elements over several pages are one, marks are labels, headers say of what.

WeasyPrint ends every element at the end of a page, and repeats the head of a table as one of its own. Nothing that is seen changes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import lxml.html
    from weasyprint import Document

Element = Any
"""A dictionary of a file with its ``reference``, as pydyf has it, which knows no types."""
_SCOPES = {"col": "/Column", "row": "/Row"}
_KINDS = {
    name: f"/{name.upper()}"
    for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "th", "td")
}
_KINDS |= {"ol": "/L", "table": "/Table", "a": "/Link"}
"""The elements of a page that a file must have as many of, by their tags."""
FOREIGN = "blockquote"
"""The element of a page for words in the source language, which are not translated; nothing else is one."""


class TagsError(RuntimeError):
    """A file is not built as its page is: a fault of this program, or another WeasyPrint than was tried."""


def put_in_order(
    document: Document, pdf: pydyf.PDF, page: lxml.html.HtmlElement, source: str
) -> None:
    """Put the tags of *pdf* in order, which was made of *page*, each of whose elements has an id; *source* is the source language.

    :raises TagsError: if they are not those of the page.
    """
    tags = _Tags(pdf)
    by_id = {name: element for element in page.iter() if (name := element.get("id"))}
    in_heads = {inner.get("id") for head in page.iter("thead") for inner in head.iter()}
    anchors = [
        [name for name in one.anchors if name in by_id and name not in in_heads]
        for one in document.pages
    ]
    tags.join_pages(anchors, by_id)
    tags.leave_out_what_is_repeated()
    tags.prove(page)
    for element in tags.elements():
        tags.label(element)
        tags.headers_of(element)
        tags.language(element, source)
    for element, html in zip(tags.of_kind("/TH"), page.iter("th"), strict=True):
        element["A"]["Scope"] = _SCOPES[html.get("scope", "col")]
    for element, html in zip(tags.of_kind("/L"), page.iter("ol"), strict=True):
        marks = [one.text or "" for one in html.iterfind("li/span")]
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering(marks)})
    tags.list_ids()


def numbering(marks: Sequence[str]) -> str:
    """Return how a list is numbered, in one of the names that a file has for it: by numbers if no name says it better."""
    letters = "".join(filter(str.isalnum, "".join(marks)))
    if not letters:
        return "/Disc"
    if letters.isascii() and letters.isalpha():
        return "/UpperAlpha" if letters.isupper() else "/LowerAlpha"
    return "/Decimal"


class _Tags:
    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.document = self.at(self.root["K"][0])
        # What was taken from one element goes on in another: by their references.
        self.moved: dict[bytes, bytes] = {}
        # The ids of headers that are repeated, by those that stay.
        self.headers: dict[str, str] = {}

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Element) -> list[Element]:
        return [self.at(kid) for kid in element["K"] if isinstance(kid, bytes)]

    def elements(self) -> list[Element]:
        """Return all elements in the order of the text; an element of the tree has a kind."""
        found: list[Element] = []
        waiting = [self.document]
        while waiting:
            element = waiting.pop()
            if "S" in element:
                found.append(element)
                waiting += reversed(self.kids(element)) if "K" in element else ()
        return found

    def of_kind(self, kind: str) -> list[Element]:
        """Return the elements of a *kind*."""
        return [element for element in self.elements() if element["S"] == kind]

    def prove(self, page: lxml.html.HtmlElement) -> None:
        """See that there are as many elements of each kind as on *page*."""
        found = Counter(element["S"] for element in self.elements())
        for tag, kind in _KINDS.items():
            expected = sum(1 for _ in page.iter(tag))
            if found[kind] != expected:
                raise TagsError(f"found {found[kind]} elements {kind}, expected {expected}")

    def join_pages(
        self, anchors: Sequence[Sequence[str]], by_id: Mapping[str, lxml.html.HtmlElement]
    ) -> None:
        """Join what goes over the end of a page; *anchors* are the ids on each page, by which its elements are found."""
        by_page: dict[bytes, list[bytes]] = {
            reference: [] for reference in self.pdf.page_references
        }
        for kid in self.document["K"]:
            by_page[self.at(kid)["Pg"]].append(kid)
        found: list[bytes] = []
        before: AbstractSet[str] = set()
        for names, kids in zip(anchors, by_page.values(), strict=True):
            split = before & set(names)
            outer = [
                name for name in names if name in split and _parent_id(by_id[name]) not in split
            ]
            if len(outer) > 1:
                raise TagsError(f"{outer} all go over the end of a page")
            rest = kids
            if outer:
                self._join(by_id[outer[0]], self.at(found[-1]), self.at(kids[0]), split)
                rest = kids[1:]
            found += rest
            before = set(names)
        self.document["K"] = pydyf.Array(found)

    def _join(
        self, html: lxml.html.HtmlElement, left: Element, right: Element, split: AbstractSet[str]
    ) -> None:
        """Have *right* go on in *left*; both are the element *html*."""
        if left["S"] != right["S"]:
            raise TagsError(
                f"<{html.tag!r} id={html.get('id')}> is {left['S']}, and goes on as {right['S']}"
            )
        if left["S"] == "/LI":
            self._join(html, self.kids(left)[-1], self.kids(right)[0], split)
            return
        kids = list(right["K"])
        if html.tag == "table" and kids and self.at(kids[0])["S"] == "/THead":
            self._leave_out_head(self.kids(left)[0], self.at(kids.pop(0)))
        inner = [child for child in html if child.get("id") in split]
        if html.tag == "tr":
            pairs = zip(html, self.kids(left), self.kids(right), strict=True)
            for child, one, other in pairs:
                self._join(child, one, other, split)
            kids = []
        elif inner:
            self._join(inner[0], self.at(left["K"][-1]), self.at(kids.pop(0)), split)
        self._take(left, right, kids)

    def _take(self, left: Element, right: Element, kids: Sequence[Any]) -> None:
        for kid in kids:
            if isinstance(kid, bytes):
                self.at(kid)["P"] = left.reference
                left["K"].append(kid)
            else:
                # The number of words on a page, which is not that of the element.
                left["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": right["Pg"], "MCID": kid}))
        self.moved[right.reference] = left.reference
        right.clear()

    def _leave_out_head(self, first: Element, again: Element) -> None:
        if first["S"] != again["S"]:
            raise TagsError("a table has its head on a later page, and not on the first")
        self.headers |= dict(zip(self._ids(again), self._ids(first), strict=True))

    def _ids(self, element: Element) -> Iterator[str]:
        if "ID" in element:
            yield element["ID"].string
        for kid in self.kids(element) if "S" in element else ():
            yield from self._ids(kid)

    def leave_out_what_is_repeated(self) -> None:
        """Have nobody read twice what stands on every page: heads and feet, and the heads of tables."""
        kept = {element.reference for element in self.elements()}
        pages = [self.at(reference) for reference in self.pdf.page_references]
        numbers = self.at(self.root["ParentTree"])["Nums"]
        for place, found in zip(numbers[::2], numbers[1::2], strict=True):
            if isinstance(found, bytes):
                numbers[2 * place + 1] = self._now(found)
                continue
            refs = [self._now(one) for one in found]
            out = {number for number, one in enumerate(refs) if one not in kept}
            _make_artifacts(self.at(pages[place]["Contents"]), out)
            found[:] = ["null" if number in out else one for number, one in enumerate(refs)]

    def _now(self, reference: bytes) -> bytes:
        while reference in self.moved:
            reference = self.moved[reference]
        return reference

    def label(self, element: Element) -> None:
        """Have the mark of an item, which it begins with, be the label of it."""
        if element["S"] != "/LI" or len(element["K"]) != 1:
            return
        body = self.kids(element)[0]
        mark = self.at(body["K"].pop(0))
        mark["S"], mark["P"] = "/Lbl", element.reference
        element["K"].insert(0, mark.reference)

    def headers_of(self, element: Element) -> None:
        """Have a cell be found by headers that are read."""
        for place, one in enumerate(element.get("A", {}).get("Headers", ())):
            name = self.headers.get(one.string, one.string)
            element["A"]["Headers"][place] = pydyf.String(name)

    def language(self, element: Element, source: str) -> None:
        """Say of words that are not translated in which language they are."""
        if element["S"] == "/BlockQuote":
            element["S"] = "/Span"
            element["Lang"] = pydyf.String(source)

    def list_ids(self) -> None:
        """List the elements by their ids."""
        found = sorted((e["ID"].string, e.reference) for e in self.elements() if "ID" in e)
        if found:
            names = [part for name, one in found for part in (pydyf.String(name), one)]
            self.root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})


def _parent_id(element: lxml.html.HtmlElement) -> str:
    around = element.getparent()
    return "" if around is None else around.get("id", "")


def _make_artifacts(stream: pydyf.Stream, numbers: AbstractSet[int]) -> None:
    """Have the words with these *numbers* on a page be nothing that is read."""
    parts = stream.stream
    for place, part in enumerate(parts):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in numbers:
            parts[place - 1 : place + 2] = ["/Artifact", "BMC", ""]
