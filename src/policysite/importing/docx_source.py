"""A DOCX file as it is, before pandoc reads it: whether it is one, what pandoc leaves out of it, and its words."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import lxml.etree

from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_READ = [f"{_W}{name}" for name in ("p", "t", "footnoteReference", "endnoteReference")]
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCUMENT = "word/document.xml"
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_LARGEST = 100_000_000
"""Bytes of all parts, unpacked; images are among them."""
_LARGEST_TEXT = 10_000_000
"""Bytes of a part that holds words, unpacked. A long policy has a tenth of that."""


_MOST_COLUMNS = 1_000
_MOST_CELLS = 100_000


class NoDocxError(ValueError):
    """The file is not a readable DOCX; the message says why."""


def checked(content: bytes) -> tuple[list[Note], str]:
    """Return notes on what a DOCX holds besides its text, and its words; those of a footnote are after its paragraph.

    :raises NoDocxError: if it is not a DOCX, is larger than any text, or has tracked changes that are not accepted.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise NoDocxError("unpacked, it is larger than any text")
            names = archive.namelist()
            if _DOCUMENT not in names:
                raise NoDocxError(f"it has no part {_DOCUMENT!r}")
            document = _part(archive, _DOCUMENT)
            around = [n for n in names if n.startswith(("word/header", "word/footer"))]
            notes = [note for name in around for note in _around(name, _part(archive, name))]
            footnotes = {
                (kind, number): words
                for kind, name in _NOTES.items()
                if name in names
                for number, words in _footnotes(kind, _part(archive, name))
            }
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
        raise NoDocxError("it has tracked changes; accept or reject all of them, and save it")
    _check_tables(document)
    return notes, _words(document, footnotes)


def _check_tables(document: lxml.etree._Element) -> None:
    """Refuse tables that would take all memory: a cell may say of itself that it goes over any number of columns.

    :raises NoDocxError: if there is one.
    """
    for table in document.iter(f"{_W}tbl"):
        rows = width = 0
        for row in table.iter(f"{_W}tr"):
            rows += 1
            spans = [str(s.get(f"{_W}val", "1")) for s in row.iter(f"{_W}gridSpan")]
            over = sum(int(span[:12]) for span in spans if span.isdecimal())
            width = max(width, over + sum(1 for _ in row.iter(f"{_W}tc")))
        if width > _MOST_COLUMNS or rows * width > _MOST_CELLS:
            raise NoDocxError(
                f"a table has {rows:,} rows and {width:,} columns; expected at most {_MOST_COLUMNS:,} columns and "
                f"{_MOST_CELLS:,} cells"
            )


def _part(archive: zipfile.ZipFile, name: str) -> lxml.etree._Element:
    """Return a part with words.

    :raises NoDocxError: before anything is made of it, if it is larger than that of any text.
    """
    size = archive.getinfo(name).file_size
    if size > _LARGEST_TEXT:
        raise NoDocxError(
            f"its part {name!r} has {size:,} bytes, unpacked; that of a text has at most {_LARGEST_TEXT:,}"
        )
    return _tree(archive.read(name))


def _tree(content: bytes) -> lxml.etree._Element:
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    return lxml.etree.fromstring(content, parser)


def _words(
    part: lxml.etree._Element, footnotes: Mapping[tuple[str, str], str] | None = None
) -> str:
    """Return the words of *part*, with those of *footnotes* where they come in what pandoc reads."""
    found: list[str] = []
    waiting: list[str] = []
    nested = 0
    for event, element in lxml.etree.iterwalk(part, events=("start", "end"), tag=_READ):
        kind = lxml.etree.QName(element).localname
        if kind == "p":
            # A paragraph may be in another one, in a text box.
            nested += 1 if event == "start" else -1
            if not nested:
                found += waiting
                waiting = []
        elif event == "start" and next(element.iterancestors(_MC_FALLBACK), None) is None:
            if kind == "t":
                found.append(element.text or "")
            elif footnotes:
                number = element.get(f"{_W}id", "")
                waiting.append(footnotes.get((kind.removesuffix("Reference"), number), ""))
    return " ".join(found)


def _footnotes(kind: str, part: lxml.etree._Element) -> Iterator[tuple[str, str]]:
    for footnote in part.iter(f"{_W}{kind}"):
        yield footnote.get(f"{_W}id", ""), _words(footnote)


def _around(name: str, part: lxml.etree._Element) -> Iterator[Note]:
    if words := _words(part).strip():
        yield Note(f"Left out, {name.removeprefix('word/')}: “{words[:80]}”.")
