"""The parts of a DOCX file, unpacked within bounds, and packed again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import lxml.etree

if TYPE_CHECKING:
    from collections.abc import Mapping

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_LARGEST = 100_000_000
"""Bytes of all parts, unpacked; images are among them."""
_LARGEST_TEXT = 10_000_000
"""Bytes of a part that holds words, unpacked. A long policy has a tenth of that."""
_AROUND = ("word/header", "word/footer", "word/comments", "word/diagrams/data", "word/charts/chart")


class NoDocxError(ValueError):
    """The file is not a readable DOCX; the message says why."""


@dataclass
class Parts:
    """The parts that are read, by their names, and those ``around`` the text, which are only named."""

    trees: dict[str, lxml.etree._Element] = field(default_factory=dict)
    around: dict[str, lxml.etree._Element] = field(default_factory=dict)

    @property
    def document(self) -> lxml.etree._Element:
        """The text itself."""
        return self.trees[DOCUMENT]


def unpacked(content: bytes, *others: str) -> Parts:
    """Return the parts of a DOCX that hold words, and *others* as far as it has them.

    :raises NoDocxError: if it is not one, or is larger than any text.
    """
    found = Parts()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise NoDocxError("unpacked, it is larger than any text")
            names = archive.namelist()
            if DOCUMENT not in names:
                raise NoDocxError(f"it has no part {DOCUMENT!r}")
            for name in (DOCUMENT, STYLES, NUMBERING, *NOTES.values(), *others):
                if name in names:
                    found.trees[name] = _part(archive, name)
            for name in names:
                if name.startswith(_AROUND) and name.endswith(".xml"):
                    found.around[name] = _part(archive, name)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        lxml.etree.XMLSyntaxError,
    ) as error:
        raise NoDocxError(f"it cannot be unpacked ({error})") from error
    if found.document.tag != f"{W}document":
        raise NoDocxError(
            "it is in another form of DOCX (Strict Open XML); save it as an ordinary Word document"
        )
    return found


def _part(archive: zipfile.ZipFile, name: str) -> lxml.etree._Element:
    """Return a part with words.

    :raises NoDocxError: before anything is made of it, if it is larger than that of any text; or if it could bring in words from elsewhere.
    """
    size = archive.getinfo(name).file_size
    if size > _LARGEST_TEXT:
        raise NoDocxError(
            f"its part {name!r} has {size:,} bytes, unpacked; that of a text has at most {_LARGEST_TEXT:,}"
        )
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    found = lxml.etree.fromstring(archive.read(name), parser)
    if found.getroottree().docinfo.internalDTD is not None:
        raise NoDocxError(f"its part {name!r} declares a document type, which no Word file does")
    return found


def packed(content: bytes, trees: Mapping[str, lxml.etree._Element]) -> bytes:
    """Return the DOCX *content* with *trees* in the place of its parts of these names."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            tree = trees.get(name)
            new.writestr(
                name,
                old.read(name)
                if tree is None
                else lxml.etree.tostring(tree, encoding="UTF-8", xml_declaration=True),
            )
    return target.getvalue()


def value(element: lxml.etree._Element | None, default: str = "") -> str:
    """Return the ``w:val`` of *element*."""
    return default if element is None else str(element.get(f"{W}val", default))


def is_on(element: lxml.etree._Element | None) -> bool:
    """Whether *element*, a property that is on or off, is on."""
    return element is not None and value(element, "1").lower() not in {"0", "false", "off", "none"}


def of_paragraph(paragraph: lxml.etree._Element, path: str) -> lxml.etree._Element | None:
    """Return a property of *paragraph*; they are all in its first part, so the others need not be looked through."""
    first = paragraph[0] if len(paragraph) else None
    return None if first is None or first.tag != f"{W}pPr" else first.find(path)


def whole(text: str, default: int = 0) -> int:
    """Return *text* as a whole number; *default* if it is none, or one that no document has."""
    digits = text.strip().removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9):
        return default
    return int(text)
