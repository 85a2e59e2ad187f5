"""The words of a text in their order, as its page shows them and as a file has them: each read from the beginning to the end, by what had no part in making it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree
from support import page

from policysite.editions.block_order import LOST
from policysite.editions.read_back import compact, read_edition
from policysite.model.edition_kinds import EditionKind
from policysite.verify.page_tools import tool_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def shown(path: Path) -> str:
    """Return what the page of a version shows of its text, without white space, with a sign where a table was lost."""
    (article,) = page(path).iter("article")
    return compact(_flat(article, _beside))


def written(kind: EditionKind, content: bytes) -> str:
    """Return the same of a file."""
    if kind is EditionKind.DOCX:
        return compact(_paragraphs(content))
    if kind is EditionKind.XML:
        return compact(_flat(etree.fromstring(content), _of_xml))
    if kind is EditionKind.XHTML:
        main = etree.fromstring(content).find("{*}body/{*}main")
        assert main is not None
        return compact(_flat(main, lambda one: LOST if one.get("class") == "note" else None))
    return compact(read_edition(kind, content).words)


def _flat(found: etree._Element, instead: Callable[[etree._Element], str | None]) -> Iterator[str]:
    """Yield all words in an element; *instead* are those in the place of one, None for its own."""
    yield found.text or ""
    for child in found:
        if isinstance(child.tag, str):
            words = instead(child)
            yield from _flat(child, instead) if words is None else [words]
        yield child.tail or ""


def _beside(found: etree._Element) -> str | None:
    """Return what stands for a tool of the page, which is no part of the text."""
    tool = tool_of(found)  # type: ignore[arg-type] # of HTML
    return None if not tool else LOST if tool == "omitted" else ""


def _of_xml(found: etree._Element) -> str | None:
    return {"meta": "", "remark": LOST}.get(etree.QName(found).localname)


def _paragraphs(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = "" if style is None else style.get(f"{_W}val", "")
        if name == "EditorialNote":
            yield LOST
        elif name not in {"Subtitle", "EndMark"}:
            yield from (text.text or "" for text in paragraph.iter(f"{_W}t"))
