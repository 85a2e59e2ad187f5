"""A DOCX file as readers saw it, before pandoc reads it: what pandoc would leave out, or read although it is hidden.

Numbers that Word draws, levels of headings and names for links are facts about paragraphs: each of these gets a sign at its
beginning, which pandoc keeps as a word and ``pandoc_ast`` looks up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.etree

from policysite.importing import cells, docx_visible
from policysite.importing.docx_numbering import BULLET, Numbering
from policysite.importing.docx_parts import (
    DOCUMENT,
    NOTES,
    STYLES,
    NoDocxError,
    W,
    packed,
    unpacked,
)
from policysite.importing.docx_styles import Styles
from policysite.importing.pieces import Facts, Note
from policysite.importing.printed_marks import heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.importing.docx_numbering import Drawn
    from policysite.importing.docx_parts import Parts

_READ = [f"{W}{name}" for name in ("p", "t", "footnoteReference", "endnoteReference")]
_TRACKED = [
    f"{W}{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "delText")
]
_MOST_PARAGRAPHS = 20_000


def checked(content: bytes, language: str = "") -> tuple[bytes, list[Note], str, list[Facts]]:
    """Return a DOCX in *language* for pandoc, notes on what it holds besides its text, its words, and facts about its paragraphs.

    The words of a footnote are after its paragraph.

    :raises NoDocxError: if it is not a DOCX, is larger than any text, has tracked changes that are not accepted, or another
        document inside.
    """
    parts = unpacked(content)
    notes = [note for name, part in parts.around.items() for note in _around(name, part)]
    for name in (*NOTES.values(), DOCUMENT):
        if name in parts.trees:
            _check_changes(parts.trees[name])
    count = sum(1 for _ in parts.document.iter(f"{W}p"))
    if count > _MOST_PARAGRAPHS:
        raise NoDocxError(f"it has {count:,} paragraphs; expected at most {_MOST_PARAGRAPHS:,}")
    _check_tables(parts.document)
    facts = _prepared(parts, language)
    words = _words(parts.document, dict(_all_footnotes(parts)))
    docx_visible.write_signs(parts.document, facts)
    return packed(content, parts.trees), notes, words, [fact for _, fact in facts]


def _check_changes(part: lxml.etree._Element) -> None:
    if next(part.iter(_TRACKED), None) is not None:
        raise NoDocxError("it has tracked changes; accept or reject all of them, and save it")
    if next(part.iter(f"{W}altChunk"), None) is not None:
        raise NoDocxError(
            "it holds another document inside (altChunk), which becomes part of it when Word saves it"
        )


def _prepared(parts: Parts, language: str) -> list[tuple[lxml.etree._Element, Facts]]:
    """Change the text into what readers saw, and return the facts about its paragraphs."""
    styles = Styles(parts)
    found: list[tuple[lxml.etree._Element, Facts]] = []
    for name in NOTES.values():
        if name in parts.trees:
            docx_visible.show(parts.trees[name], styles)
    shown = docx_visible.show(parts.document, styles)
    numbering = Numbering(parts, styles)
    for paragraph in parts.document.iter(f"{W}p"):
        facts = Facts(heading=styles.outline_level(paragraph))
        facts.notes += shown.get(paragraph, ())
        facts.targets += docx_visible.names_in(paragraph)
        # A paragraph that is hidden as a whole is not counted.
        is_gone = (
            facts.notes and not _words(paragraph).strip() and _has_hidden_end(paragraph, styles)
        )
        if not is_gone and (drawn := numbering.draw(paragraph)):
            _number(paragraph, drawn, facts, language)
        if facts != Facts():
            found.append((paragraph, facts))
    for part in (parts.document, parts.trees.get(STYLES)):
        for properties in [] if part is None else list(part.iter(f"{W}numPr")):
            docx_visible.remove(properties)
    return found


def _has_hidden_end(paragraph: lxml.etree._Element, styles: Styles) -> bool:
    """Whether the sign at the end of a paragraph is hidden."""
    properties = paragraph.find(f"{W}pPr")
    return properties is not None and styles.is_on("vanish", properties, paragraph)


def _number(paragraph: lxml.etree._Element, drawn: Drawn, facts: Facts, language: str) -> None:
    """Write the number of a heading as text, as its words need it; that of another paragraph is a fact."""
    words = _words(paragraph)
    if drawn.is_first:
        facts.notes.append(
            Note(
                f"The numbers of this list are not text, Word draws them; written from {drawn.text!r} on."
            )
        )
    if not drawn.is_known:
        facts.notes.append(
            Note(
                f"Word draws this number in a form that is not known here; {drawn.text!r} is written: compare it."
            )
        )
    facts.depth = drawn.level + 1
    if not words.strip() and not docx_visible.has_content(paragraph):
        # Word draws a number before an empty paragraph too.
        facts.depth = 0
        if drawn.text == BULLET:
            return
        facts.notes.append(
            Note(f"Word drew {drawn.text!r} before an empty paragraph; it was left out.")
        )
        return
    if heading_of(f"{drawn.text}{drawn.gap}{words}".strip(), language) and not heading_of(
        words.strip(), language
    ):
        docx_visible.print_before(paragraph, f"{drawn.text}{drawn.gap}", alike=True)
        facts.depth = 0
    else:
        facts.counter = drawn.text


def _check_tables(document: lxml.etree._Element) -> None:
    """Refuse tables that would take all memory.

    :raises NoDocxError: if there is one.
    """
    for table in document.iter(f"{W}tbl"):
        rows = width = 0
        for row in table.iter(f"{W}tr"):
            rows += 1
            spans = [
                str(s.get(f"{W}val", "1"))
                for s in row.iter(f"{W}gridSpan", f"{W}gridBefore", f"{W}gridAfter")
            ]
            over = sum(int(span[:12]) for span in spans if span.isdecimal())
            width = max(width, over + sum(1 for _ in row.iter(f"{W}tc")))
        if why := cells.why_too_large(rows, width):
            raise NoDocxError(f"a table has {why}")


def _words(
    part: lxml.etree._Element, footnotes: Mapping[tuple[str, str], str] | None = None
) -> str:
    """Return the words of *part*, with those of *footnotes* where they come in what pandoc reads."""
    found: list[str] = []
    waiting: list[str] = []
    for event, element in lxml.etree.iterwalk(part, events=("start", "end"), tag=_READ):
        kind = lxml.etree.QName(element).localname
        if kind == "p" and event == "end":
            found += [*waiting, " "]
            waiting = []
        elif event == "start" and kind == "t":
            found.append(element.text or "")
        elif event == "start" and kind != "p" and footnotes:
            number = element.get(f"{W}id", "")
            waiting.append(footnotes.get((kind.removesuffix("Reference"), number), ""))
    return "".join(found)


def _all_footnotes(parts: Parts) -> Iterator[tuple[tuple[str, str], str]]:
    for kind, name in NOTES.items():
        if name in parts.trees:
            for footnote in parts.trees[name].iter(f"{W}{kind}"):
                yield (kind, str(footnote.get(f"{W}id", ""))), _words(footnote)


def _around(name: str, part: lxml.etree._Element) -> Iterator[Note]:
    texts = [str(t.text or "") for t in part.iter("{*}t")]
    if words := " ".join(" ".join(texts).split()):
        yield Note(f"Left out, {name.removeprefix('word/')}: “{words[:80]}”.")
