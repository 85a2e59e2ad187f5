"""References in the words of a text to provisions of its own that are not there: in the source, and in each translation.

``references.py`` has those that are written as roles and links, ``stale_references.py`` those that lead to another provision now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.catalogs.catalog_files import line_of
from policysite.catalogs.contexts import key_of, named_entry
from policysite.checks.entry_waivers import TranslationFindings, waive_entries
from policysite.checks.referring_texts import source_texts, translated_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polib

    from policysite.catalogs.catalog_files import Catalog
    from policysite.checks.referring_texts import Referring, ReferringTexts
    from policysite.text.blocks import Block
    from policysite.text.outline import Document

_FEW = 6
_ANOTHER = "where another text is meant, name it beside the number"


def source_references(top: Block, path: str, language: str, *, implied: bool) -> Iterator[Problem]:
    """Yield references in the text below the title *top* to provisions that are not there; the blocks must be numbered.

    *implied*: also where the text does not say that it speaks of itself, as the policy asks for.
    """
    texts = source_texts(top, language)
    for passage in texts.passages:
        for found in _dangling(passage, texts, implied=implied):
            yield Problem(
                path,
                passage.line,
                Code.TEXT_REFERENCE,
                _message(*found),
                f"Correct the number; {_ANOTHER}; where the text must stay as it is, say why in the front matter: "
                f'waive: {{{Code.TEXT_REFERENCE}: "…"}}.',
            )


def translated_references(
    document: Document, catalog: Catalog, source_language: str, *, implied: bool
) -> TranslationFindings:
    """Return references in the translations of *catalog* to provisions that *document* has not, and what waives them."""
    if document.top is None:
        return TranslationFindings()
    texts = translated_texts(document.top, catalog, source_language)
    found: dict[tuple[str, str], Problem] = {}
    for passage in texts.passages:
        entry = passage.entry
        if entry is None or key_of(entry) in found:
            continue
        one = next(_dangling(passage, texts, implied=implied), None)
        if one is not None:
            found[key_of(entry)] = _problem(catalog, entry, one)
    return waive_entries(catalog, found, Code.TEXT_REFERENCE)


def _problem(catalog: Catalog, entry: polib.POEntry, found: tuple[str, str]) -> Problem:
    remedy = (
        f"Correct the number; {_ANOTHER}; if it is right as it is, write "
        f"'# waive {Code.TEXT_REFERENCE}: reason' above the entry."
    )
    message = f"{named_entry(entry)}: {_message(*found)}"
    return Problem(catalog.path, line_of(entry), Code.TEXT_REFERENCE, message, remedy)


def _message(found: str, known: str) -> str:
    return f"Found {found!r} of this policy, which has no such provision; {known}."


def _dangling(
    passage: Referring, texts: ReferringTexts, *, implied: bool
) -> Iterator[tuple[str, str]]:
    """Yield what in *passage* refers to a provision that is not there, and which there are."""
    for reference, found, target in texts.references(passage):
        if target.missing and (reference.explicit or implied):
            marks = target.known
            shown = ", ".join(marks) if len(marks) <= _FEW else f"{marks[0]} to {marks[-1]}"
            inside = passage.words[reference.start : target.end]
            yield found, f"{inside if inside not in {'', found} else 'it'} has {shown}"
