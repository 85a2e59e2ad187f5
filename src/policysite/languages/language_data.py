"""What is particular to a language: dates, endings, and how a policy speaks of itself.

A language needs no file here: without one it writes dates as Babel does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton

from policysite.languages.language_files import (
    expanded,
    known_languages,
    locale_of,
    table,
)

if TYPE_CHECKING:
    import datetime as dt

    from babel import Locale

TEMPLATE_LANGUAGE = "en"
"""The language that the engine's own templates are written in; what a text says of itself is known in it at least."""

_CODE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*")
# As texts print it; with which number a version is registered, the model says.
_PRINTED = r"([0-9]+(?:\.[0-9]+)*)"


@dataclass(frozen=True)
class OwnWords:
    """How a policy of a language speaks of itself: patterns for text in small letters.

    ``noun`` is what it calls itself, ``policy`` the same with the word that says that none other is meant; ``effect`` says that something takes effect, not
    that it did; ``between`` is what may not be between the two. ``number`` is a version number, as a group.
    ``effective`` and ``announced`` are before a date that is that of taking effect or of being announced, ``other`` before
    any other date of a policy's own; ``filler`` may be around all of these.
    """

    noun: str
    policy: str
    effect: str
    between: str
    number: str
    effective: str
    announced: str
    other: str
    filler: str


@dataclass(frozen=True)
class LanguageRules:
    """How a language writes dates, and what may be written onto its words.

    ``date`` is a CLDR date pattern, or the name of one of Babel's formats; ``browser`` is the language tag under which a
    browser writes long dates the same way, empty if it is the language's own. ``endings`` are what a word of a glossary may
    have added to it in a text. ``own`` are the words by which a policy speaks of itself; English ones where they are not known.
    ``particles`` are written onto words of its script, ``letters`` of a pattern; a redline tells them apart. ``provisos``
    begin a sentence that makes an exception to the one before it, where its law has a name for that.
    """

    own: OwnWords
    date: str
    browser: str
    endings: tuple[str, ...]
    letters: str
    particles: tuple[str, ...]
    provisos: tuple[str, ...]


@cache
def rules(language: str) -> LanguageRules:
    """Return the rules of *language*, falling back to the default ones."""
    dates, writing = table(language, "dates"), table(language, "writing")
    return LanguageRules(
        _own_words(language),
        dates["pattern"],
        dates["browser"],
        tuple(writing.get("endings", ())),
        writing.get("letters", ""),
        tuple(writing.get("particles", ())),
        tuple(writing.get("provisos", ())),
    )


def _own_words(language: str) -> OwnWords:
    words = table(language, "self") or table(TEMPLATE_LANGUAGE, "self")
    parts = {"PRINTED": _PRINTED, **{name.upper(): pattern for name, pattern in words.items()}}
    fields = OwnWords.__dataclass_fields__
    return OwnWords(
        **{
            name: expanded(pattern, parts.__getitem__)
            for name, pattern in words.items()
            if name in fields
        }
    )


@cache
def older_encodings() -> dict[str, tuple[str, ...]]:
    """Return the encodings of older files, by language."""
    found = {
        language: table(language, "writing").get("encodings", ()) for language in known_languages()
    }
    return {language: tuple(names) for language, names in found.items() if names}


@cache
def sentence_ends() -> str:
    """Return what sentences end with where no full stop is written, in any language, as a pattern."""
    found = (table(language, "writing").get("sentence_end") for language in known_languages())
    return "|".join(filter(None, found))


@cache
def particles() -> dict[str, tuple[str, ...]]:
    """Return the particles that are written onto words, by the letters of those words, as in a pattern."""
    writing = (table(language, "writing") for language in known_languages())
    return {known["letters"]: tuple(known["particles"]) for known in writing if "letters" in known}


def tag(code: str) -> str:
    """Return the language tag (BCP 47) of a language code, as pages have it: ``zh-TW`` for ``zh_TW``."""
    return code.replace("_", "-")


def is_known(language: str) -> bool:
    """Whether *language* (``ko``, ``zh_TW``, ``pt-BR``) is a language of the CLDR."""
    if not _CODE.fullmatch(language):
        return False
    try:
        locale_of(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def own_name(language: str) -> str:
    """Return what *language* calls itself: ``한국어``, ``français``."""
    return str(locale_of(language).get_display_name() or language)


@lru_cache(maxsize=20_000)
def date_in_words(day: dt.date, language: str) -> str:
    """Return *day* as a reader of *language* writes it: ``27 December 2024``, ``2024년 12월 27일``."""
    return format_date(day, rules(language).date, locale=locale_of(language))


def month_in_words(day: dt.date, language: str) -> str:
    """Return the month of *day* as it is written in *language*: ``November 2026``, ``2026년 11월``."""
    return format_skeleton("yMMMM", day, locale=locale_of(language))


def day_in_numbers(day: dt.date, language: str) -> str:
    """Return *day* in digits as readers of *language* write it: ``27/12/2024``, ``2024. 12. 27.``."""
    return format_skeleton("yMd", day, locale=_numbers_of(language))


def order_in_numbers(language: str) -> str:
    """Return the order of year, month and day in such a day: ``ymd``, ``dmy`` or ``mdy``."""
    pattern = _numbers_of(language).datetime_skeletons["yMd"].pattern.lower()
    return "".join(sorted("ymd", key=pattern.index))


def _numbers_of(language: str) -> Locale:
    return locale_of(rules(language).browser.replace("-", "_") or language)


def direction(language: str) -> str:
    """Return the direction in which *language* is written: ``ltr`` or ``rtl``."""
    return "rtl" if locale_of(language).character_order == "right-to-left" else "ltr"


def with_territory(language: str) -> str:
    """Return *language* with the territory where most of its readers are: ``ko_KR``, ``zh_TW``.

    The Open Graph protocol names languages like this. A language of the whole world (``001``) has none.
    """
    locale, likely = locale_of(language), get_global("likely_subtags")
    guess = likely.get(str(locale)) or likely.get(locale.language) or language
    territory = locale.territory or locale_of(guess).territory or ""
    return f"{locale.language}_{territory}" if territory.isalpha() else locale.language
