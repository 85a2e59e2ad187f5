"""The word that a heading without number is given as its id: proposed once, and from then on its author's."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from policysite.languages.provision_number import is_piece
from policysite.model.provision_ids import LEVELS, is_word

if TYPE_CHECKING:
    from collections.abc import Container

_MOST_WORDS = 5
_WORDS = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile(r"['’]")


def word_for(heading: str, taken: Container[str]) -> str:
    """Return a word for *heading* that is not among *taken*: from its letters if they are Latin, else ``text-a``, ``text-b``."""
    plain = (
        unicodedata.normalize("NFKD", _APOSTROPHES.sub("", heading))
        .encode("ascii", "ignore")
        .decode()
    )
    # Letters that have no form in ASCII would leave a stump.
    latin = sum(map(str.isalpha, plain)) * 2 > sum(map(str.isalpha, heading))
    words = _WORDS.findall(plain.lower())[:_MOST_WORDS] if latin else []
    while words and words[0][0].isdigit():
        words = words[1:]
    # "Part A" would be read as a step.
    words = [w for n, w in enumerate(words) if not (n and words[n - 1] in LEVELS and is_piece(w))]
    base = "-".join(words) or "text"
    if not is_word(base):
        base = f"about-{base}" if is_word(f"about-{base}") else "text"
    candidates = (
        base,
        *(f"{base}-{_letters(n)}" for n in range(1 if base != "text" else 0, 10_000)),
    )
    return next(
        word for word in candidates if word not in taken and is_word(word) and word != "text"
    )


def _letters(number: int) -> str:
    """Return *number* in letters, so that a word does not end as the step of an id does: a, b, … z, ba."""
    rest, last = divmod(number, 26)
    return (_letters(rest) if rest else "") + chr(ord("a") + last)
