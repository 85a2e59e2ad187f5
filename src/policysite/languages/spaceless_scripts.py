r"""Scripts written without spaces between words, and what readers take for one character, as classes of a pattern.

The ranges are those of Unicode's blocks, written out: what is built and what a browser makes must be the same, whatever
version of Unicode either of them knows. ``assets/scripts/redline.js`` has them once more; a test compares both.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import groupby

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters, and Bopomofo, which stands among them."""
HAN_NUMERALS = "〇零一二三四五六七八九十百千万萬億亿兆两兩"
HIRAGANA = "\u3041-\u3096\u309d-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
LAO = "\u0e81-\u0ece\u0edc-\u0edf"
KHMER = "\u1780-\u17d3\u17d7\u17dc\u17dd"
MYANMAR = "\u1000-\u103f\u1050-\u108f\u109a-\u109f\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"
SYLLABIC = THAI + LAO + KHMER + MYANMAR
SPACELESS = HAN + HIRAGANA + KATAKANA + SYLLABIC
WIDE_DIGITS = "０-９"
PICTURES = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Signs and emoji, which a joiner may make one of."""
FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
_JOINED = "\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
"""What is no combining mark and belongs to the character before it all the same: joiners, skin tones, tags of flags."""


@cache
def marks() -> str:
    """Return what belongs to the character before it (combining marks, joiners), as a class of a pattern."""
    # Python's patterns know no categories; what Unicode has of combining marks is below U+20000, or selects a variant.
    points = (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
    found = [point for point in points if unicodedata.category(chr(point))[0] == "M"]
    runs = groupby(enumerate(found), lambda item: item[1] - item[0])
    ends = [[point for _, point in run] for _, run in runs]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ends) + _JOINED


@cache
def syllables() -> str:
    """Return the pattern of a syllable or, where that cannot be told, of one character with its marks.

    Vowels that Thai and Lao write before or after their consonant stay with it, as do the consonants that Khmer and
    Burmese write below another one or close a syllable with.
    """
    mark = f"[{marks()}]"
    khmer, myanmar = "[\u1780-\u17b3]", "[\u1000-\u1021]"
    return "|".join(
        [
            rf"[\u0e40-\u0e44]?[\u0e01-\u0e2e]{mark}*[\u0e30\u0e32\u0e33\u0e45]*",
            rf"[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc-\u0edf]{mark}*[\u0eb0\u0eb2\u0eb3\u0ebd]*",
            rf"{khmer}(?:\u17d2{khmer}|{mark})*",
            rf"[\u1000-\u102a\u103f](?:\u1039{myanmar}|{mark})*"
            rf"(?:{myanmar}(?:\u1039{myanmar}|\u1037?\u103a){mark}*)*",
        ]
    )
