"""The rules for one message; each has a code.

The first keep a page complete and a site safe: nothing that a translation contains may be dropped, run, or read a file. The rest
compare what it says with what the source says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import Code, excerpt, quoted
from policysite.catalogs.meaning_rules import (
    added_names,
    changed_countries,
    changed_negation,
    changed_sentences,
    changed_words,
    shown,
)
from policysite.catalogs.wording import (
    has_words,
    is_normal,
    leading_mark,
    left_untranslated,
    unseen_characters,
    without_mark,
)
from policysite.markdown.message_markup import (
    Mark,
    links_without_words,
    markup,
    prose,
    visible_text,
    why_dropped,
    why_too_large,
)
from policysite.text.facts import ValueKind, differences, values
from policysite.text.version_pattern import (
    DATE_PLACEHOLDERS,
    expand,
    placeholders,
    unknown_placeholders,
    without_placeholders,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.catalogs.glossary import Glossary

_PERCENT = re.compile(r"%(?:\(\w+\))?.?")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>?|<[!?]|\"")
# A day on which month and day tell themselves apart, and could be either.
_PROBE = dt.date(2031, 5, 3)
# A translation that is so much longer is not one, and would take minutes to check.
_LONGER, _LONG = 20, 1000
_KINDS = {
    ValueKind.PROVISION: (Code.CATALOG_NUMBER, "provisions"),
    ValueKind.NUMBER: (Code.CATALOG_FIGURE, "numbers"),
    ValueKind.DATE: (Code.CATALOG_DATE, "dates"),
    ValueKind.PERIOD: (Code.CATALOG_PERIOD, "periods"),
    ValueKind.PHONE: (Code.CATALOG_CONTACT, "telephone numbers"),
    ValueKind.EMAIL: (Code.CATALOG_CONTACT, "e-mail addresses"),
    ValueKind.ADDRESS: (Code.CATALOG_CONTACT, "web addresses"),
}
_MARKUP_REMEDIES = {
    Code.CATALOG_HTML: "Write it in words; HTML has no place in a translation.",
    Code.CATALOG_SUBSTITUTION: "Write the words themselves; '{{' and '}}' would run as code.",
    Code.CATALOG_PATH: "Remove it; a translation has no access to files.",
    Code.CATALOG_EMPHASIS: "Emphasise as the msgid does; before a particle write {strong}`…` or "
    "{emphasis}`…`, and '\\*' for a star that is to be printed.",
    Code.CATALOG_LINK: "Link to the same addresses as the msgid.",
}


class Fault(NamedTuple):
    """What is wrong with one message, before its place is known."""

    code: Code
    message: str
    remedy: str


class Pair(NamedTuple):
    """A message and its translation, with their languages."""

    msgid: str
    msgstr: str
    source_language: str
    language: str


def check_words(pair: Pair, glossary: Glossary) -> Iterator[Fault]:
    """Check a message of the interface, which templates print as HTML, also inside attributes.

    Without a source language it may say the same as the msgid: it is in whatever language.
    """
    if too_large := list(_check_size(pair)):
        yield from too_large
        return
    for pattern, code in ((_HTML, Code.CATALOG_HTML), (_PERCENT, Code.CATALOG_PLACEHOLDER)):
        expected, found = (Counter(pattern.findall(t)) for t in (pair.msgid, pair.msgstr))
        if expected != found:
            yield Fault(
                code,
                f"Found {quoted(sorted(found.elements())) or 'none'}; expected "
                f"{quoted(sorted(expected.elements())) or 'none'}.",
                "Use the same ones as the msgid.",
            )
    yield from _check_characters(pair)
    if pair.source_language:
        yield from _check_untranslated(pair.msgid, pair.msgstr, glossary)


def check_text(pair: Pair, glossary: Glossary) -> Iterator[Fault]:
    """Check a message of a document, which Sphinx parses as MyST."""
    if too_large := list(_check_size(pair)):
        yield from too_large
        return
    if len(pair.msgstr) > _LONGER * len(pair.msgid) + _LONG:
        found = f"The translation has {len(pair.msgstr)} characters, the msgid {len(pair.msgid)}."
        yield Fault(Code.CATALOG_LENGTH, found, "Write what the msgid says, and no more.")
        return
    yield from _check_characters(pair)
    if dropped := why_dropped(pair.msgstr):
        code, reason = dropped
        found = f"The translation {reason}, so Sphinx would not publish all of it."
        yield Fault(code, found, _how_to_keep(pair))
        return
    yield from _check_markup(markup(pair.msgid), markup(pair.msgstr))
    for target in links_without_words(pair.msgstr):
        found = f"Found a link to {excerpt(target)} without words, which no reader sees."
        yield Fault(Code.CATALOG_MARKUP, found, "Write the words in its brackets.")
    wrong_placeholders = list(_check_placeholders(pair))
    yield from wrong_placeholders
    source, translation = visible_text(pair.msgid), visible_text(pair.msgstr)
    if not is_normal(translation):
        return
    yield from _check_mark(source, translation)
    yield from _check_values(pair, without_mark(source), without_mark(translation))
    if not wrong_placeholders:
        yield from _check_pattern_date(pair, source, translation)
    yield from _check_meaning(pair, source, translation)
    yield from _check_untranslated(
        prose(pair.msgid), prose(pair.msgstr), glossary, language=pair.language
    )
    yield from _check_terms(source, translation, glossary)


def _check_size(pair: Pair) -> Iterator[Fault]:
    """Find a message, or its translation, that would take minutes to check."""
    for what, message in (("translation", pair.msgstr), ("msgid", pair.msgid)):
        if found := why_too_large(message):
            remedy = "Write it in shorter parts; no policy has any that large."
            yield Fault(Code.CATALOG_LENGTH, f"The {what} has {found}.", remedy)


def _how_to_keep(pair: Pair) -> str:
    """Return how a translation can be written that Sphinx would not publish whole."""
    mark = leading_mark(pair.msgstr)
    if mark and not leading_mark(pair.msgid):
        return f"Remove {mark!r} from its beginning: the site prints the mark of the source."
    return (
        "Write one paragraph; put a backslash before a sign that begins it, as in '1\\. ' "
        "(in a text editor two)."
    )


def _check_characters(pair: Pair) -> Iterator[Fault]:
    # An entity (&shy;) is seen by its name in the catalog, and not at all on the page.
    written, read = pair.msgstr, visible_text(pair.msgstr)
    unseen = Counter(unseen_characters(written, pair.language))
    unseen |= Counter(unseen_characters(read, pair.language))
    unseen -= Counter(unseen_characters(pair.msgid, pair.language))
    if unseen:
        yield Fault(
            Code.CATALOG_CHARACTER,
            f"Found {quoted(sorted(unseen))}, an invisible or bidirectional-control character.",
            "Remove the character, or type the words again.",
        )
    if not is_normal(written) or not is_normal(read):
        # What is compared letter by letter would differ too.
        yield Fault(
            Code.CATALOG_NFC,
            "The text is not NFC-normalized (Unicode), so a search would not find it.",
            "Type the words again, or save the file in NFC; macOS stores file names in another form.",
        )


def _check_markup(expected: Counter[Mark], found: Counter[Mark]) -> Iterator[Fault]:
    more, less = found - expected, expected - found
    for code in sorted({mark.code for mark in (more | less)}):
        remedy = _MARKUP_REMEDIES.get(
            code, "Use the same roles, images, footnotes and code as the msgid."
        )
        added, lost = _marks(more, code), _marks(less, code)
        if code is Code.CATALOG_EMPHASIS and set(added) <= {"*", "_"} and not lost:
            yield Fault(code, f"{quoted(sorted(set(added)))} would be printed literally.", remedy)
        else:
            differs = f"Found {quoted(added) or 'nothing'} where the msgid has {quoted(lost) or 'nothing'}."
            yield Fault(code, differs, remedy)


def _marks(marks: Counter[Mark], code: Code) -> list[str]:
    return sorted(mark.text for mark in marks.elements() if mark.code == code)


def _check_placeholders(pair: Pair) -> Iterator[Fault]:
    """Check that no placeholder came or went; a month or a day may be padded or not."""
    unpadded = {"MM": "M", "DD": "D"}
    expected, found = placeholders(pair.msgid), placeholders(pair.msgstr)
    if Counter(unpadded.get(n, n) for n in expected) != Counter(unpadded.get(n, n) for n in found):
        yield Fault(
            Code.CATALOG_PLACEHOLDER,
            f"Found the placeholders {quoted(sorted(found)) or 'none'}; expected "
            f"{quoted(sorted(expected)) or 'none'}.",
            f"The date may be written with {quoted(DATE_PLACEHOLDERS)}.",
        )


def _check_mark(source: str, translation: str) -> Iterator[Fault]:
    """Check what a message begins with: the site prints the marks of provisions itself."""
    expected, found = leading_mark(source), leading_mark(translation)
    if expected != found:
        yield Fault(
            Code.CATALOG_MARK,
            f"The translation begins with {quoted([found]) if found else 'no mark'}, "
            f"the msgid with {quoted([expected]) if expected else 'none'}.",
            "Remove the mark; the site prints the one of the source.",
        )


def _check_values(pair: Pair, source: str, translation: str) -> Iterator[Fault]:
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


def _check_pattern_date(pair: Pair, source: str, translation: str) -> Iterator[Fault]:
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


def _check_meaning(pair: Pair, source: str, translation: str) -> Iterator[Fault]:
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


def _check_untranslated(
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


def _check_terms(source: str, translation: str, glossary: Glossary) -> Iterator[Fault]:
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
