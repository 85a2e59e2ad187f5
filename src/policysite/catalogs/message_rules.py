"""The rules for one message; each has a code.

Those here keep a page complete and a site safe: nothing that a translation contains may be dropped, run, or read a file. Those of
:mod:`policysite.catalogs.compared_rules` compare what it says with what the source says.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policysite.base.problems import Code, excerpt, quoted
from policysite.catalogs.compared_rules import (
    check_mark,
    check_meaning,
    check_pattern_date,
    check_terms,
    check_untranslated,
    check_values,
)
from policysite.catalogs.message_pair import Fault
from policysite.catalogs.wording import (
    is_normal,
    leading_mark,
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
from policysite.text.version_pattern import (
    DATE_PLACEHOLDERS,
    placeholders,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.catalogs.glossary import Glossary
    from policysite.catalogs.message_pair import Pair

_PERCENT = re.compile(r"%(?:\(\w+\))?.?")
_HTML = re.compile(r"</?[a-zA-Z][^>]*>?|<[!?]|\"")
# A translation that is so much longer is not one, and would take minutes to check.
_LONGER, _LONG = 20, 1000
_MARKUP_REMEDIES = {
    Code.CATALOG_HTML: "Write it in words; HTML has no place in a translation.",
    Code.CATALOG_SUBSTITUTION: "Write the words themselves; '{{' and '}}' would run as code.",
    Code.CATALOG_PATH: "Remove it; a translation has no access to files.",
    Code.CATALOG_EMPHASIS: "Emphasise as the msgid does; before a particle write {strong}`…` or "
    "{emphasis}`…`, and '\\*' for a star that is to be printed.",
    Code.CATALOG_LINK: "Link to the same addresses as the msgid.",
}


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
        yield from check_untranslated(pair.msgid, pair.msgstr, glossary)


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
    yield from check_mark(source, translation)
    yield from check_values(pair, without_mark(source), without_mark(translation))
    if not wrong_placeholders:
        yield from check_pattern_date(pair, source, translation)
    yield from check_meaning(pair, source, translation)
    yield from check_untranslated(
        prose(pair.msgid), prose(pair.msgstr), glossary, language=pair.language
    )
    yield from check_terms(source, translation, glossary)


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
