"""A DOCX file as it is, before pandoc reads it: whether it is one, what pandoc leaves out of it, and its words."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import lxml.etree

from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCUMENT = "word/document.xml"
_LARGEST = 100_000_000
"""Bytes of all parts, unpacked."""


class NoDocxError(ValueError):
    """The file is no DOCX that can be read; the message says why."""


def checked(content: bytes) -> tuple[list[Note], str]:
    """Return notes on what a DOCX holds besides its text, and its words; the words are empty if it has footnotes.

    :raises NoDocxError: if it is none, is larger than any text, or holds changes that nobody has accepted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise NoDocxError("unpacked, it is larger than any text")
            names = archive.namelist()
            if _DOCUMENT not in names:
                raise NoDocxError(f"it has no part {_DOCUMENT!r}")
            document = _tree(archive.read(_DOCUMENT))
            around = [n for n in names if n.startswith(("word/header", "word/footer"))]
            notes = [note for name in around for note in _around(name, _tree(archive.read(name)))]
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        lxml.etree.XMLSyntaxError,
    ) as error:
        raise NoDocxError(f"it cannot be unpacked ({error})") from error
    if (
        next(document.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"), None)
        is not None
    ):
        raise NoDocxError("it holds tracked changes; accept or reject all of them, and save it")
    has_footnotes = next(document.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"), None)
    return notes, "" if has_footnotes is not None else _words(document)


def _tree(content: bytes) -> lxml.etree._Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    return lxml.etree.fromstring(content, parser)


def _words(document: lxml.etree._Element) -> str:
    return " ".join(
        text.text or ""
        for text in document.iter(f"{_W}t")
        if next(text.iterancestors(_MC_FALLBACK), None) is None
    )


def _around(name: str, part: lxml.etree._Element) -> Iterator[Note]:
    if words := _words(part).strip():
        yield Note(f"Left out, {name.removeprefix('word/')}: “{words[:80]}”.")
