"""How a paragraph without a mark is called that its author named: by the word that it defines, or by its first words."""

from __future__ import annotations

import re

_DEFINED = re.compile(
    r"""["“”„«‹‘'「『《]\s*(?P<word>[^"“”„«»‹›‘’'「」『』《》]{1,60}?)\s*["“”»›’'」』》]"""
)
_MOST_WORDS = 5
_LONGEST = 40


def opening_words(text: str) -> str:
    """Return what the paragraph *text* is called: what it begins with in quotation marks, else its first words."""
    if match := _DEFINED.match(text.strip()):
        return match["word"]
    words = text.split()
    found = ""
    for word in words[:_MOST_WORDS]:
        longer = f"{found} {word}".strip()
        if found and len(longer) > _LONGEST:
            break
        found = longer
    found = found[:_LONGEST]
    return found if found == " ".join(words) else f"{found.rstrip('.,:;、。，：')}…"
