"""Reading the file of a published policy, of whatever kind it is, into pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, refusal
from policysite.importing import (
    docx_parts,
    docx_source,
    fidelity,
    html_source,
    markdown_html,
    markdown_source,
    pandoc,
    pandoc_ast,
    pandoc_inlines,
    plain_text,
)
from policysite.importing.decoding import EncodingError, decoded
from policysite.importing.pieces import Note, Piece
from policysite.markdown.text_bounds import TooLargeError, check_digits, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 10_000_000
"""Bytes. A long policy has a fiftieth of that."""

_KINDS = {
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".docx": "docx",
    ".md": "markdown", ".markdown": "markdown",
    ".txt": "text", ".text": "text",
}  # fmt: skip
_SHORTER = "Save the text alone, in shorter parts; no policy has any that large."
_ID = re.compile(r"\{#[a-z][a-z0-9-]*\}")
_COMMONMARK = "commonmark+pipe_tables+strikeout+yaml_metadata_block+sourcepos+gfm_auto_identifiers"


@dataclass
class Source:
    """The pieces of a file, and notes on the file as a whole."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read_source(path: Path, language: str = "") -> Source:
    """Return what is in the file *path*, a text in *language*.

    :raises PolicysiteError: if it cannot be read reliably.
    """
    if not path.name:
        raise _refusal(
            path,
            "No file is named.",
            "Name the one that has the policy: policysite import … old.html.",
        )
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise _refusal(
            path,
            f"Found a file of the kind {path.suffix or '(none)'!r}; known are {', '.join(_KINDS)}.",
            "Save it as one of these; of a PDF, copy the text into a .txt file.",
        )
    content = content_of(path)
    try:
        source = _read(content, kind, path, language)
    except docx_parts.NoDocxError as error:
        raise _refusal(
            path, f"The file is not a readable DOCX: {error}.", "Save it again in Word."
        ) from error
    except EncodingError as error:
        raise _refusal(
            path,
            f"The file is not UTF-8: {error}.",
            "Save it as UTF-8; EUC-KR is read where it is declared.",
        ) from error
    except plain_text.WrappedError as error:
        raise PolicysiteError(_wrapped(error, path)) from error
    except html_source.NoPageError as error:
        raise _refusal(
            path, f"The file is not a web page: {error}.", "Save the page again."
        ) from error
    except pandoc_inlines.UnreadableError as error:
        raise _refusal(
            path,
            f"The text has words in a form that is not supported: {error}.",
            "Write them as paragraphs, lists or tables.",
        ) from error
    except (pandoc_ast.TooDeepError, RecursionError) as error:
        raise _refusal(
            path,
            "Blocks are nested deeper than any text is.",
            "Save the text alone, without what is around it.",
        ) from error
    if not source.pieces:
        raise _refusal(path, "The file has no text.", "Name the file that has the policy.")
    return source


def content_of(path: Path) -> bytes:
    """Return what is in the file *path*.

    :raises PolicysiteError: if it cannot be read, is empty or larger than any text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _refusal(
                path,
                f"The file has {path.stat().st_size:,} bytes; a text has at most {LARGEST:,}.",
                "Save the text alone, without images.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise _refusal(
            path,
            f"The file cannot be read: {error.strerror}.",
            "Correct the name of the file, or its permissions.",
        ) from error
    if not content.strip():
        raise _refusal(path, "The file is empty.", "Name the file that has the policy.")
    return content


def _read(content: bytes, kind: str, path: Path, language: str) -> Source:
    if kind == "docx":
        return _docx(content, path, language)
    return _text(content, kind, path, language)


def _docx(content: bytes, path: Path, language: str) -> Source:
    seen, notes, words, facts = docx_source.checked(content, language)
    tree = pandoc.tree(seen, "docx", str(path))
    pieces = pandoc_ast.pieces_of(tree, pandoc_inlines.WORD, language, facts)
    return Source(pieces, notes + _differences(words, pieces))


def _text(content: bytes, kind: str, path: Path, language: str) -> Source:
    text, encoding = decoded(content)
    notes = [Note(encoding)] if encoding else []
    try:
        if kind == "html":
            check_digits(text)
        else:
            check_size(text)
    except TooLargeError as error:
        found = f"The file has {error}."
        raise refusal(path, Code.TOO_LARGE, found, _SHORTER, line=error.line) from error
    if kind == "markdown":
        text, own = _without_ids(text)
        notes += own
    if kind == "text":
        pieces = plain_text.pieces_of(text, language)
        return Source(pieces, notes + _differences(text, pieces))
    if kind == "markdown" and not markdown_html.has_html(text):
        return Source(_markdown(text, path, language), notes)
    if kind == "markdown":
        if losses := _losses(text, path)[0]:
            raise PolicysiteError(losses)
        text = markdown_html.as_page(text, language)
    html, taken, words = html_source.prepared(text, language)
    tree = pandoc.tree(html.encode(), "html", str(path))
    pieces = pandoc_ast.pieces_of(tree, pandoc_inlines.BROWSER, language)
    return Source(pieces, notes + taken + _differences(words, pieces))


def _without_ids(text: str) -> tuple[str, list[Note]]:
    """Return Markdown without ids that are on lines of their own before a block, as this site writes them: readers never saw them."""
    lines = text.split("\n")
    notes = []
    for place, line in enumerate(lines[:-1]):
        if _ID.fullmatch(line.strip()) and lines[place + 1].strip():
            lines[place] = ""
            notes.append(Note(f"Left out, an id: “{line.strip()}”.", place + 1))
    return "\n".join(lines), notes


def _losses(text: str, path: Path) -> tuple[list[Problem], str]:
    """Return what Markdown would not keep of *text*, and the words that it shows."""
    losses, words = markdown_source.checked(text)
    return [
        Problem(str(path), loss.line, Code.IMPORT_FILE, loss.found, loss.remedy) for loss in losses
    ], words


def _markdown(text: str, path: Path, language: str) -> list[Piece]:
    """Return what pandoc reads in Markdown, if that is all that is there."""
    tree = pandoc.tree(text.encode(), _COMMONMARK, str(path))
    pieces = pandoc_ast.pieces_of(tree, language=language)
    problems, words = _losses(text, path)
    missing, surplus = fidelity.first_difference(words, pieces)
    if missing or surplus:
        found = f"Not all words of the file are read as Markdown, from “{missing or surplus}” on."
        remedy = "Write them as paragraphs, lists or tables in a copy of the file."
        problems.append(Problem(str(path), 0, Code.IMPORT_FILE, found, remedy))
    if problems:
        raise PolicysiteError(problems)
    return pieces


def _wrapped(error: plain_text.WrappedError, path: Path) -> Iterator[Problem]:
    for line, end, beginning in error.places:
        yield Problem(
            str(path),
            line,
            Code.IMPORT_TEXT,
            f"The text is wrapped at a width, and whether a space belongs between “{end}” and “{beginning}” cannot be known.",
            "Write every paragraph in one line in a copy of the file, with the spaces that were published; or end the line "
            "with a space where one belongs.",
        )


def _differences(words: str, pieces: list[Piece]) -> list[Note]:
    """Return a note if what was read is not what readers saw of the file."""
    missing, surplus = fidelity.first_difference(words, pieces)
    if missing:
        return [Note(f"Not all words of the file were read; compare it from “{missing}” on.")]
    if surplus:
        return [
            Note(f"Words were read that readers did not see; compare the text from “{surplus}” on.")
        ]
    return []


def _refusal(path: Path, found: str, remedy: str) -> PolicysiteError:
    return refusal(path, Code.IMPORT_FILE, found, remedy)
