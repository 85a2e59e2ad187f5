"""The kinds of file that an edition can be, by the suffix of their files; ``editions/edition_formats.py`` says how each is made."""

from __future__ import annotations

from enum import StrEnum


class EditionKind(StrEnum):
    """A kind of file, in the order in which they are offered."""

    DOCX = "docx"
    PDF = "pdf"
    XHTML = "xhtml"
    XML = "xml"
    MD = "md"
    TXT = "txt"
