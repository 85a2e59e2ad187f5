"""How a heading is cited: by its label, by its number alone, or by its words; and how a text names one that is not there."""

from __future__ import annotations

from policysite.languages.labels import (
    bare_labels,
    is_of,
    is_understood_everywhere,
    label_of_heading,
    number_at_beginning,
)
from policysite.languages.language_files import table
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import Part


def label_text(heading: str, language: str) -> str:
    """Return the label with a word that *heading* begins with, or an empty string."""
    label = label_of_heading(heading, language)
    return label.text if label else ""


def cited_heading(heading: str, root: Part, language: str) -> tuple[str, bool]:
    """Return how the heading of *root* is cited, and whether it has a label of *language*.

    A heading without a label that is known is cited up to its number, one without number by its words.
    """
    if found := label_of_heading(heading, language):
        # A heading that is untranslated is cited as its own language does.
        return found.text, is_of(found, language)
    if not heading:
        return named(root, language), True
    if bare := bare_labels(heading, language):
        return bare[0].text, False
    if label := number_at_beginning(heading, root.number.main):
        return label, False
    before, after = table(language, "writing")["quotes"]
    return f"{before}{heading.strip().rstrip(':：')}{after}", False


def named(root: Part, language: str) -> str:
    """Return the label of *root* where there is no text that prints it, as in messages: ``Article 9``, 제9조."""
    rules = table(language, "citation")
    pieces = root.number.pieces
    branch = rules["branch"].format(n=root.number.branch) if len(pieces) > 1 else ""
    pattern = rules.get(root.level, "{n}{branch}")
    return str(pattern.format(n=pieces[0] if pieces else "", branch=branch))


def own_form(number: int, language: str) -> str:
    """Return how a heading of article *number* begins in *language*, empty if it is as in every text, or not known."""
    own = named(Part("art", Number(number)), language)
    is_known = label_of_heading(own, language) is not None
    return own if is_known and not is_understood_everywhere(language) else ""
