"""The rules that compare what a translation says with what its source says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from policysite.base.problems import Code, quoted
from policysite.catalogs.meaning_rules import (
    added_names,
    changed_countries,
    changed_negation,
    changed_sentences,
    changed_words,
    shown,
)
from policysite.catalogs.message_pair import Fault
from policysite.catalogs.wording import has_words, leading_mark, left_untranslated
from policysite.text.facts import ValueKind, differences, values
from policysite.text.version_pattern import (
    expand,
    placeholders,
    unknown_placeholders,
    without_placeholders,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.catalogs.glossary import Glossary
    from policysite.catalogs.message_pair import Pair

# A day on which month and day tell themselves apart, and could be either.
_PROBE = dt.date(2031, 5, 3)
_KINDS = {
    ValueKind.PROVISION: (Code.CATALOG_NUMBER, "provisions"),
    ValueKind.NUMBER: (Code.CATALOG_FIGURE, "numbers"),
    ValueKind.DATE: (Code.CATALOG_DATE, "dates"),
    ValueKind.PERIOD: (Code.CATALOG_PERIOD, "periods"),
    ValueKind.PHONE: (Code.CATALOG_CONTACT, "telephone numbers"),
    ValueKind.EMAIL: (Code.CATALOG_CONTACT, "e-mail addresses"),
    ValueKind.ADDRESS: (Code.CATALOG_CONTACT, "web addresses"),
}


def check_mark(source: str, translation: str) -> Iterator[Fault]:
    """Check what a message begins with: the site prints the marks of provisions itself."""
    expected, found = leading_mark(source), leading_mark(translation)
    if expected != found:
        yield Fault(
            Code.CATALOG_MARK,
            f"The translation begins with {quoted([found]) if found else 'no mark'}, "
            f"the msgid with {quoted([expected]) if expected else 'none'}.",
            "Remove the mark; the site prints the one of the source.",
        )


def check_values(pair: Pair, source: str, translation: str) -> Iterator[Fault]:
    """Check that the translation states the same numbers, dates and contacts."""
    found = differences(
        without_placeholders(source),
        pair.source_language,
        without_placeholders(translation),
        pair.language,
    )
    for difference in found:
        code, name = _KINDS[difference.kind]
        missing = quoted(value.text for value in difference.missing)
        added = quoted(value.text for value in difference.added)
        yield Fault(
            code,
            f"The {name} differ: found {added or 'nothing'} where the msgid has {missing or 'nothing'}.",
            "State the same as the msgid.",
        )


def check_pattern_date(pair: Pair, source: str, translation: str) -> Iterator[Fault]:
    """Fill a pattern of dates with a probe day, and read it back: month and day may not be exchanged."""
    if not placeholders(source) or unknown_placeholders(source) | unknown_placeholders(translation):
        return
    filled = [
        {v.value for v in values(expand(text, "1.1", _PROBE), language) if v.kind is ValueKind.DATE}
        for text, language in ((source, pair.source_language), (translation, pair.language))
    ]
    if _PROBE.isoformat() in filled[0] and filled[1] and _PROBE.isoformat() not in filled[1]:
        found = quoted(sorted(filled[1]))
        yield Fault(
            Code.CATALOG_DATE,
            f"For {_PROBE.isoformat()} the translation prints {found}.",
            "Put {M} where the month stands in your language, and {D} where the day stands.",
        )


def check_meaning(pair: Pair, source: str, translation: str) -> Iterator[Fault]:
    """Check what a sentence says, as far as the data of both languages knows it."""
    languages = pair.source_language, pair.language
    remedy = "Say what the msgid says; if the translation is right, waive the rule with the reason."
    for lost, added in changed_words(source, translation, languages):
        found = (
            f"The translation says {quoted([added] if added else []) or 'nothing'} where the msgid says "
            f"{quoted([lost] if lost else []) or 'nothing'}."
        )
        yield Fault(Code.CATALOG_MEANING, found, remedy)
    if what := changed_negation(source, translation, languages):
        found = f"A negation is {what} in the translation."
        yield Fault(Code.CATALOG_MEANING, found, remedy)
    lost_countries, countries = changed_countries(source, translation, languages)
    if countries:
        found = (
            f"The translation names {shown(countries, pair.language)} where the msgid names "
            f"{shown(lost_countries, pair.source_language)}."
        )
        yield Fault(Code.CATALOG_MEANING, found, remedy)
    if names := added_names(source, without_placeholders(translation), pair.language):
        found = f"Found {quoted(names)}, which the msgid does not name."
        yield Fault(Code.CATALOG_MEANING, found, remedy)
    if what := changed_sentences(source, translation, languages):
        found = f"A sentence is {what} in the translation."
        yield Fault(Code.CATALOG_SENTENCE, found, remedy)


def check_untranslated(
    source: str, translation: str, glossary: Glossary, language: str = ""
) -> Iterator[Fault]:
    """Check that nothing was left in the source language; single words only if *language* is given."""
    if has_words(source) and not has_words(translation):
        yield Fault(Code.CATALOG_UNTRANSLATED, "The translation has no words.", "Translate it.")
    if words := left_untranslated(source, translation, language, glossary.names):
        yield Fault(
            Code.CATALOG_UNTRANSLATED,
            f"Found “{words}” as in the msgid.",
            "Translate it; a name that stays as it is belongs in the glossary, as source and target.",
        )


def check_terms(source: str, translation: str, glossary: Glossary) -> Iterator[Fault]:
    """Check that terms of the glossary are translated as it says."""
    folded = " ".join(translation.split()).casefold()
    for term in glossary.terms_in(source):
        if forbidden := term.forbidden_in(folded):
            yield Fault(
                Code.CATALOG_FORBIDDEN,
                f"Found {forbidden!r}, which {glossary.path} forbids for {term.source!r}.",
                f"Write {quoted(term.targets)}.",
            )
        elif not term.is_in(folded):
            yield Fault(
                Code.CATALOG_TERM,
                f"{term.source!r} is translated without the term of {glossary.path}.",
                f"Write {quoted(term.targets)}.",
            )
