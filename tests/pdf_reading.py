"""Reading PDF files for tests: what they say of how they are built, and the words in that order, from the characters on the pages."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

JOINER = "\u2060"
BLOCKS = ("H1", "H2", "H3", "H4", "H5", "H6", "P", "Lbl", "TH", "TD")
_PAIR = re.compile(r"<([0-9a-f]+)> <([0-9a-f]+)>", re.IGNORECASE)


@dataclass
class Tag:
    """An element of the structure, with its own ``words`` and those of what is in it, and the ``attributes`` that it has."""

    kind: str
    attributes: dict[str, Any]
    lang: str = ""
    id: str = ""
    alt: str = ""
    kids: list[Tag | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its words, without the joiners that keep lines from ending in them."""
        return "".join(kid if isinstance(kid, str) else kid.words for kid in self.kids)

    @property
    def inner(self) -> list[Tag]:
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def walk(self) -> Iterator[Tag]:
        yield self
        for kid in self.inner:
            yield from kid.walk()

    def of(self, *kinds: str) -> list[Tag]:
        """Return the elements of these kinds in it."""
        return [tag for tag in self.walk() if tag.kind in kinds]

    def children(self) -> list[str]:
        """Return the kinds of what is in it directly, past what says nothing of it."""
        found = []
        for kid in self.inner:
            found += kid.children() if kid.kind in {"NonStruct", "Div"} else [kid.kind]
        return found


class Pdf:
    """A PDF file."""

    def __init__(self, content: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(content))
        self.root: Any = self.file.Root

    @cached_property
    def words_on_pages(self) -> list[dict[int | None, str]]:
        """The words of each page by their numbers; those that nobody is read have none."""
        return [dict(_words(page)) for page in self.file.pages]

    @cached_property
    def tags(self) -> Tag:
        """The structure, from the document on."""
        pages = {page.obj.objgen: number for number, page in enumerate(self.file.pages)}
        return self._tag(self.root.StructTreeRoot.K[0], pages, None)

    def _tag(self, element: Any, pages: dict[Any, int], page: int | None) -> Tag:
        page = pages[element.Pg.objgen] if "/Pg" in element else page
        attributes = element.get("/A", pikepdf.Dictionary())
        tag = Tag(
            str(element.S)[1:],
            {str(name)[1:]: value for name, value in attributes.items()},
            str(element.get("/Lang", "")),
            str(element.get("/ID", "")),
            str(element.get("/Alt", "")),
        )
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                assert page is not None
                tag.kids.append(self.words_on_pages[page][kid])
            elif kid.get("/Type") == "/MCR":
                tag.kids.append(self.words_on_pages[pages[kid.Pg.objgen]][int(kid.MCID)])
            elif kid.get("/Type") != "/OBJR":
                assert kid.P.objgen == element.objgen
                tag.kids.append(self._tag(kid, pages, page))
        return tag

    def blocks(self) -> list[str]:
        """Return the words of headings, paragraphs, marks and cells in the order in which they are read."""
        return [tag.words for tag in self.tags.of(*BLOCKS) if not tag.of(*BLOCKS)[1:] and tag.words]

    @property
    def places(self) -> list[str]:
        """The names of the places in it that can be linked to."""
        return [str(name) for name in self.root.Names.Dests.Names[::2]]

    @property
    def attached(self) -> dict[str, bytes]:
        """The files that are attached, by name."""
        return {name: file.get_file().read_bytes() for name, file in self.file.attachments.items()}

    @property
    def bookmarks(self) -> list[str]:
        """The titles of the outline, in order."""
        found: list[str] = []
        with self.file.open_outline() as outline:
            waiting = list(reversed(outline.root))
            while waiting:
                item = waiting.pop()
                found.append(item.title)
                waiting += reversed(item.children)
        return found

    def fonts(self) -> Iterator[Any]:
        """Yield the fonts of all pages, each once."""
        seen = set()
        for page in self.file.pages:
            for font in page.obj.Resources.Font.values():
                if font.objgen not in seen:
                    seen.add(font.objgen)
                    yield font


def _words(page: Any) -> Iterator[tuple[int | None, str]]:
    """Yield the words of a page with their numbers."""
    fonts = {name: _characters(font) for name, font in page.obj.Resources.Font.items()}
    found: dict[int | None, str] = {None: ""}
    open_: list[int | None] = []
    table: dict[str, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name == "BDC":
            open_.append(int(operands[1].MCID))
            found[open_[-1]] = ""
        elif name == "BMC":
            open_.append(None)
        elif name == "EMC":
            open_.pop()
        elif name == "Tf":
            table = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"}:
            shown = operands[0] if name == "TJ" else operands
            assert open_, "words that are neither tagged nor said to be none"
            number = next((one for one in reversed(open_) if one is not None), None)
            found[number] += "".join(_decoded(part, table) for part in shown)
    assert not open_
    yield from ((number, words.replace(JOINER, "")) for number, words in found.items())


def _characters(font: Any) -> dict[str, str]:
    """Return the characters of a font by their codes, as it says itself."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    return {code.lower(): bytes.fromhex(to).decode("utf-16-be") for code, to in _PAIR.findall(text)}


def _decoded(part: Any, table: dict[str, str]) -> str:
    if not isinstance(part, pikepdf.String):
        return ""
    codes = bytes(part).hex()
    return "".join(table[codes[place : place + 4]] for place in range(0, len(codes), 4))
