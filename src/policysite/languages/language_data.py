"""What is particular to a language, kept as data.

Adding a language needs no entry here: without one it cites provisions as English does, and writes dates
as Babel does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.dates import format_date, format_skeleton

if TYPE_CHECKING:
    import datetime as dt


_CODE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class OwnWords:
    """How a policy of a language speaks of itself: patterns for text in small letters.

    ``noun`` is what it calls itself, ``policy`` the same with the word that says that none other is meant; ``effect`` says that something takes effect, not
    that it did; ``between`` is what may not be between the two. ``number`` is a version number, as a group.
    ``effective`` and ``announced`` are before a date that is that of taking effect or of being announced, ``other`` before
    any other date of a policy's own; ``filler`` may be around all of these. ``of_policy`` follows the number of an article of this policy, ``before_article``
    precedes it.
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
    of_policy: str = "(?!)"
    before_article: str = "(?!)"


@dataclass(frozen=True)
class LanguageRules:
    """How a language cites provisions and writes dates.

    ``citation`` maps a provision level to a pattern with ``{n}`` (the number), ``{branch}`` (``-2``
    or ``의2`` for an inserted provision, else empty) and ``{mark}`` (the printed mark).
    ``branch`` is the pattern of that second number. ``date`` is a CLDR date pattern, or the name
    of one of Babel's formats; ``browser`` is the language tag under which a browser writes long dates
    the same way, empty if it is the language's own. ``endings`` are what a word of a glossary may
    have added to it in a text. ``own`` are the words by which a policy
    speaks of itself; English ones where they are not known. ``particles`` are written onto words of its script, ``letters`` of a pattern; a redline
    tells them apart.
    """

    citation: dict[str, str]
    own: OwnWords
    branch: str = "-{n}"
    date: str = "long"
    browser: str = ""
    endings: tuple[str, ...] = ()
    letters: str = ""
    particles: tuple[str, ...] = ()


# As texts print it; with which number a version is registered, the model says.
_PRINTED = r"([0-9]+(?:\.[0-9]+)*)"
# Policies in any language write "v.1.6".
_NUMBER = rf"(?:version|ver\.?|v\.?)(?:\s*:)?\s*{_PRINTED}(?![0-9])"
_NOUN = r"(?:policy|terms(?:\s+of\s+(?:service|use))?|agreement|statement|notice)"
_THIS = rf"(?:this|these|the\s+present|our)\s+(?:[\w'’-]+\s+){{0,4}}?{_NOUN}\b"
_ENGLISH_OWN = OwnWords(
    noun=_NOUN,
    # "Article 7 of this policy takes effect …" is about that article.
    policy=rf"(?<!\bof )(?<!\bin )(?<!\bunder )(?<!\bto )(?:{_THIS}|\bthis\s+version\b|\bthe\s+(?:privacy\s+)?policy\b)",
    effect=r"\btakes?\s+effect\b|\b(?:shall|will)\s+take\s+effect\b"
    r"|\b(?:is|are|becomes?|(?:shall|will)\s+be(?:come)?)\s+effective\b(?!\s+(?:until|through|till))"
    r"|\b(?:comes?|enters?)\s+in(?:to)?\s+(?:force|effect)\b|\beffective\s+(?:as\s+of|from|on|since)\b"
    r"|\b(?:applies|apply)\s+(?:as\s+of|as\s+from|from|since)\b"
    r"|\b(?:is|are|(?:shall|will)\s+be)\s+(?:enforced|implemented)\s+(?:as\s+of|as\s+from|from|on|since)\b",
    between=r"[;:]|\b(?:if|when|where|which|that|whose|of|article|paragraph|section|before|after|until)\b",
    number=_NUMBER,
    effective=r"(?:effective(?:\s+date)?|in\s+force|date\s+of\s+(?:effect|enforcement)|enforcement\s+date)",
    announced=r"(?:announced|announcement(?:\s+date)?|date\s+of\s+(?:announcement|notice)|notice\s+date|posted|published)",
    other=r"(?:last\s+)?(?:updated?|revised|revision|amended|amendment|modified|established|created)(?:\s+date)?",
    filler=r"date|as\s+of|from|since|on|and",
    of_policy=rf"(?:,?\s+of|\s+in)\s+(?:{_THIS}|this\s+document)",
)
_DEFAULT = LanguageRules(
    citation={
        "art": "Article {n}{branch}",
        "add": "Supplementary Provision {n}{branch}",
        "ann": "Annex {n}{branch}",
        "para": "{mark}",
        "point": "{mark}",
        "indent": "{mark}",
    },
    own=_ENGLISH_OWN,
    # Legal English puts the day first and spells the month, so that no reader takes it for the day.
    date="d MMMM y",
    browser="en-GB",
)
_ENGLISH = replace(_DEFAULT, endings=("s", "es", "d", "ed", "ing"))

_KOREAN_NOUN = r"[가-힣·]*(?:방침|정책|약관|지침)"
_KOREAN_POLICY = rf"(?:(?<![가-힣])(?:이(?!전)|본|현)\s*(?:[가-힣·]+\s+){{0,3}}?{_KOREAN_NOUN})"
_KOREAN_OWN = OwnWords(
    noun=_KOREAN_NOUN,
    policy=_KOREAN_POLICY,
    effect=r"(?<!까지 )(?<!까지)(?:시행|적용|발효)\s*(?:합니다|됩니다|한다|된다|함|됨|하며|되며)"
    r"|효력(?:이|을)\s*(?:발생|가)|효력[은이]\s[^.]{0,40}?발생",
    between=r"[;:]|제\s*[0-9]+\s*조|경우|까지",
    number=rf"(?:{_NUMBER}|버전(?:\s*번호)?(?:\s*:)?\s*{_PRINTED}|{_PRINTED}\s*(?:버전|판))",
    effective=r"(?:시행|발효|적용)\s*(?:일자|연월일|일)?",
    announced=r"(?:공고|공지|게시|고지)\s*(?:일자|일)?",
    other=r"(?:최종\s*|최근\s*)?(?:개정|수정|변경|제정|작성)\s*(?:일자|일)?",
    filler=r"부터|일자|날짜|자로|은|는|및",
    before_article=rf"{_KOREAN_POLICY}(?:의)?\s*",
)

# Case markers, topic markers and the like, from the most common ones; the longest at the end of a word is taken.
_KOREAN_PARTICLES = """
    은 는 이 가 을 를 의 에 와 과 도 로 만 에서 에게 으로 부터 까지 이나 라도 이며 에는 에도 에만 에게는 에게서
    에서는 에서의 에서도 으로는 으로서 으로써 로서 로써 로는 로부터 으로부터 와의 과의 와는 과는 까지의 부터는
    까지는 만을 만이 만의 보다 처럼 마다 조차 밖에 이라도 이나마 하고 라고 이라고 라는 이라는 라 하며
"""

_RULES = {
    "en": _ENGLISH,
    "ko": LanguageRules(
        citation={
            "art": "제{n}조{branch}",
            "add": "부칙 제{n}호{branch}",
            "ann": "별표 {n}{branch}",
            "para": "제{n}항{branch}",
            "point": "제{n}호{branch}",
            "indent": "{mark}",
        },
        branch="의{n}",
        letters="가-힣",
        own=_KOREAN_OWN,
        particles=tuple(_KOREAN_PARTICLES.split()),
    ),
}


def rules(language: str) -> LanguageRules:
    """Return the rules of *language*, falling back to the default ones."""
    base = language.replace("-", "_").partition("_")[0]
    return _RULES.get(base, LanguageRules(_DEFAULT.citation, _DEFAULT.own))


def particles() -> dict[str, tuple[str, ...]]:
    """Return the particles that are written onto words, by the letters of those words, as in a pattern."""
    return {known.letters: known.particles for known in _RULES.values() if known.letters}


def has_own_rules(language: str) -> bool:
    """Whether there are rules for *language*, so that its headings can be read too."""
    return language.replace("-", "_").partition("_")[0] in _RULES


def tag(code: str) -> str:
    """Return the language tag (BCP 47) of a language code, as pages have it: ``zh-TW`` for ``zh_TW``."""
    return code.replace("_", "-")


def is_known(language: str) -> bool:
    """Whether *language* (``ko``, ``zh_TW``, ``pt-BR``) is a language of the CLDR."""
    if not _CODE.fullmatch(language):
        return False
    try:
        _locale(language)
    except (UnknownLocaleError, ValueError):
        return False
    return True


def own_name(language: str) -> str:
    """Return what *language* calls itself: ``한국어``, ``français``."""
    return str(_locale(language).get_display_name() or language)


@lru_cache(maxsize=20_000)
def date_in_words(day: dt.date, language: str) -> str:
    """Return *day* as a reader of *language* writes it: ``27 December 2024``, ``2024년 12월 27일``."""
    return format_date(day, rules(language).date, locale=_locale(language))


def month_in_words(day: dt.date, language: str) -> str:
    """Return the month of *day* as it is written in *language*: ``November 2026``, ``2026년 11월``."""
    return format_skeleton("yMMMM", day, locale=_locale(language))


def script(language: str) -> str:
    """Return the script that *language* is written in, by its code (ISO 15924): ``Latn``, ``Cyrl``."""
    locale, likely = _locale(language), get_global("likely_subtags")
    guess = likely.get(str(locale)) or likely.get(locale.language) or str(locale)
    # Babel drops a script that goes without saying.
    return locale.script or parse_locale(guess)[2] or ""


def direction(language: str) -> str:
    """Return the direction in which *language* is written: ``ltr`` or ``rtl``."""
    return "rtl" if _locale(language).character_order == "right-to-left" else "ltr"


def with_territory(language: str) -> str:
    """Return *language* with the territory where most of its readers are: ``ko_KR``, ``zh_TW``.

    The Open Graph protocol names languages like this. A language of the whole world (``001``) has none.
    """
    locale, likely = _locale(language), get_global("likely_subtags")
    guess = likely.get(str(locale)) or likely.get(locale.language) or language
    territory = locale.territory or _locale(guess).territory or ""
    return f"{locale.language}_{territory}" if territory.isalpha() else locale.language


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
