"""The forms of words that a search takes for one: what a language adds to the beginning and the end of a word.

The patterns are read by the browser (``assets/scripts/search.js``), for words that are folded: small letters without
accents, points and vowel signs.
"""

from __future__ import annotations

from policysite.languages.language_data import particles

_LATIN = r"\p{Script=Latin}"
# What may be left of a word; with less it is the beginning of too many others.
_LEAST_OF_LATIN = 4
_LATIN_ENDINGS = {
    "en": "ies|ing|ed|es|s|e|y",
    "de": "ungen|ung|en|ern|er|es|em|e|n|s",
    "fr": "s|x|es|e|ent|er|ees|ee",
    "es": "es|s|os|as|o|a|an|en|ar|er|ir",
    "pt": "es|s|os|as|o|a|am|em|ar|er|ir",
    "it": "i|e|o|a|ono|ano|are|ere|ire",
    "id": "kan|nya|an|i",
}
_HANGUL_VERB = r"(?<=[가-힣]{2})(?:[하한할함합해했되된될됨됩돼됐받]|시[키킨킬킴킵켜켰]|당[하한할함합해했])[가-힣]{0,5}$"
"""하다, 되다, 받다, 시키다 and 당하다 after a noun, in any of their forms."""
_HANGUL_ENDINGS = (
    "(?:습니다|니다|는다|았다|었다|아서|어서|아야|어야|다|아|어"
    "|(?<=[가-힣]{2})(?:은|는|을|던|고|며|면|지|기|거나|려고|도록|므로|으며|으면|으므로))$"
)

Forms = dict[str, object]


def search_forms(language: str) -> list[Forms]:
    """Return the forms of words, for each script that has some; those of *language* where languages share a script.

    Each has ``letters`` (a class of a pattern); ``steps``, patterns of which each in turn takes something from a word,
    if as much as ``least`` letters are left; ``more``, steps that say less, so that they are taken only where nothing is
    found without them; ``anywhere``, if a word may begin inside another; ``opens``, if its last syllable may have
    lost or won a consonant.
    """
    base = language.replace("-", "_").partition("_")[0]
    latin = _LATIN_ENDINGS.get(base, "" if base == "vi" else _LATIN_ENDINGS["en"])
    return [
        *(
            {
                "letters": f"[{letters}]",
                "least": 2,
                "anywhere": True,
                "opens": True,
                "steps": [f"(?:{'|'.join(_longest_first(known))})$", _HANGUL_VERB],
                "more": [_HANGUL_ENDINGS],
            }
            for letters, known in particles().items()
        ),
        {
            "letters": r"\p{Script=Arabic}",
            "least": 3,
            "anywhere": True,
            "steps": ["^[وف]?(?:[بك]?ال|لل)"],
            "more": ["^[وفبكل]", "(?:ات|ون|ين|ان|ها|هم|نا|يه|ه|ي)$"],
        },
        {
            "letters": r"\p{Script=Hebrew}",
            "least": 3,
            "anywhere": True,
            "steps": [],
            "more": ["^(?:וה|שה|[והבלמכש])", "(?:ים|ימ|ות|יו|ה|ת|י)$"],
        },
        {
            "letters": _LATIN,
            "least": _LEAST_OF_LATIN,
            "steps": [f"(?:{'|'.join(_longest_first(latin.split('|')))})$"] if latin else [],
        },
    ]


def _longest_first(endings: tuple[str, ...] | list[str]) -> list[str]:
    return sorted(endings, key=lambda ending: (-len(ending), ending))
