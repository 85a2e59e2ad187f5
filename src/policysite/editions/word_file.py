"""A version as a Word file: clean, or with the changes from another one tracked, to be accepted and rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.editions.edition_lines import lines_of
from policysite.editions.paragraph_marks import set_marks
from policysite.editions.tracked_changes import tracked, unchanged
from policysite.editions.word_markup import WordBody
from policysite.editions.word_package import FIRST_LINK, packed
from policysite.editions.word_proof import prove

if TYPE_CHECKING:
    from policysite.editions.edition import Edition
    from policysite.redline import Comparison

AGAINST = ".."
"""Between the two versions that a file with changes is of: ``privacy/1.5..1.6/ko``."""


def word_file(edition: Edition) -> bytes:
    """Return *edition* as a DOCX file, the same bytes each time."""
    lines = lines_of(edition)
    writer = _writer(edition)
    body = writer.written(unchanged(lines))
    prove(body, lines, lines)
    return packed(edition, body, writer.addresses, identifier=edition.identifier, tracks=False)


def word_redline(old: Edition, new: Edition, comparison: Comparison) -> bytes:
    """Return the changes from *old* to *new* as a DOCX file, of which *comparison* is what became of the provisions.

    With all changes accepted it has the lines of *new*, with all rejected those of *old*.
    """
    before, after = lines_of(old), lines_of(new)
    writer = _writer(new)
    body = writer.written(set_marks(tracked(comparison, before, after)))
    prove(body, before, after)
    identifier = f"{new.policy}/{old.number}{AGAINST}{new.number}/{new.language}"
    return packed(new, body, writer.addresses, identifier=identifier, tracks=True)


def _writer(edition: Edition) -> WordBody:
    return WordBody(
        edition.publisher, edition.day, edition.language, edition.source_language, FIRST_LINK
    )
