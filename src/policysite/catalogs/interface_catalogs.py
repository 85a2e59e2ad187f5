"""What is asked of the catalogs with words of the interface: a site's own, and those that were made before the engine had any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, excerpt
from policysite.catalogs.catalog_files import Catalog, line_of
from policysite.catalogs.message_pair import Fault, Pair
from policysite.catalogs.message_rules import check_words
from policysite.locale.interface_words import (
    DOMAIN,
    Message,
    forms_of,
    known_messages,
    message_of,
    number_of_forms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polib

    from policysite.catalogs.glossary import Glossary
    from policysite.catalogs.translations import Translations

_MSGIDS_REMEDY = (
    "Write the msgid as it is in the engine's policysite.pot, with its context, or remove it."
)


def interface_faults(entry: polib.POEntry, catalog: Catalog, glossary: Glossary) -> Iterator[Fault]:
    """Yield what is wrong with *entry*, by which a site says a word of the interface otherwise than the engine."""
    message = message_of(entry)
    if message not in known_messages():
        found = "The engine does not have this message, so its translation is on no page."
        yield Fault(Code.CATALOG_UNREACHED, found, _MSGIDS_REMEDY)
        return
    forms = forms_of(entry)
    if entry.fuzzy or not forms:
        return
    expected = number_of_forms(catalog.language) if message.plural else 1
    if len(forms) != expected:
        found = f"Found {len(forms)} plural forms; {catalog.language} has {expected}."
        yield Fault(Code.CATALOG_SYNTAX, found, "Write all forms, msgstr[0] first.")
    yield from dict.fromkeys(_wrong_words(message, forms, catalog.language, glossary))


def _wrong_words(
    message: Message, forms: tuple[str, ...], language: str, glossary: Glossary
) -> Iterator[Fault]:
    for number, form in enumerate(forms):
        source = message.msgid if number == 0 or not message.plural else message.plural
        yield from check_words(Pair(source, form, "", language), glossary)


def unspoken_words(translations: Translations) -> Iterator[Problem]:
    """Yield that words of the interface are not in the language of *translations*, if any are not."""
    words = translations.words
    if not words.is_spoken:
        count = len(known_messages() - words.said.keys())
        yield Problem(
            translations.path(DOMAIN),
            0,
            Code.CATALOG_INCOMPLETE,
            f"{count} words of the interface are not in {translations.language!r}: pages would have them in English.",
            "Translate them there, or set policysite_require_interface = False.",
        )


def words_left_behind(catalog: Catalog) -> Iterator[Problem]:
    """Yield that the *catalog* of a site's own templates has words that the engine says by itself, if it has any."""
    found = [entry for entry in catalog.live if message_of(entry) in known_messages()]
    if found:
        yield Problem(
            catalog.path,
            line_of(found[0]),
            Code.CATALOG_UNREACHED,
            f"{excerpt(found[0].msgid)} is a word of the interface, which the engine translates by itself; the catalog has "
            f"{len(found)} of them.",
            f"Run 'policysite update-po --language {catalog.language}': it keeps those that differ in {DOMAIN}.po.",
        )
