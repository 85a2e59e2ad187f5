"""The attribute ``dir`` of an element in another language than what is around it."""

from __future__ import annotations

from markupsafe import Markup

from policysite.languages.language_data import direction


def dir_attribute(language: str, around: str = "ltr") -> Markup:
    """Return the attribute ``dir`` for an element in *language*, empty if what is *around* it has the same direction."""
    there = direction(language) if language else around
    return Markup("") if there == around else Markup(' dir="{}"').format(there)
