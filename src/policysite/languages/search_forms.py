"""The forms of words that a search takes for one: what a language adds to the beginning and the end of a word.

The patterns are read by the browser (``assets/scripts/search.js``), for words that are folded: small letters without
accents, points and vowel signs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.languages.language_data import TEMPLATE_LANGUAGE
from policysite.languages.language_files import known_languages, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LATIN = r"\p{Script=Latin}"
# What may be left of a word; with less it is the beginning of too many others.
_LEAST_OF_LATIN = 4

Forms = dict[str, object]


def search_forms(language: str) -> list[Forms]:
    """Return the forms of words, for each script that has some; those of *language* where languages share a script.

    Each has ``letters`` (a class of a pattern); ``steps``, patterns of which each in turn takes something from a word,
    if as much as ``least`` letters are left; ``more``, steps that say less, so that they are taken only where nothing is
    found without them; ``anywhere``, if a word may begin inside another; ``opens``, if its last syllable may have
    lost or won a consonant.
    """
    latin = table(language, "search").get("endings", table(TEMPLATE_LANGUAGE, "search")["endings"])
    return [
        *_of_own_letters(),
        {"letters": _LATIN, "least": _LEAST_OF_LATIN, "steps": list(_ending(latin))},
    ]


def _of_own_letters() -> Iterator[Forms]:
    """Yield the forms of the languages that are written in letters of their own."""
    for language in known_languages():
        search = table(language, "search")
        if "letters" in search:
            particles = table(language, "writing").get("particles", ())
            yield {**search, "steps": [*_ending(particles), *search.get("steps", ())]}


def _ending(endings: Iterable[str]) -> Iterator[str]:
    """Yield a pattern for one of *endings*, the longest that fits, if there are any."""
    if either := "|".join(sorted(endings, key=lambda ending: (-len(ending), ending))):
        yield f"(?:{either})$"
