"""Codes of languages and countries as other standards have them, by the CLDR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Mapping

UNKNOWN_COUNTRY = "zz"
"""What the CLDR calls a country that is not known."""
UNKNOWN_LANGUAGE = "und"


def three_letters(language: str) -> str:
    """Return the code of *language* with three letters (ISO 639-2/T): ``kor`` for ``ko``; that of none for one without."""
    code = language.replace("_", "-").partition("-")[0].lower()
    if len(code) == 3:
        return code
    aliases: Mapping[str, str] = get_global("language_aliases")
    # Among them are codes of former days, and of the standard variety of a language: those that begin as it does come first.
    found = [alias for alias, of in aliases.items() if of == code and len(alias) == 3]
    return min(
        found, key=lambda alias: (not alias.startswith(code), alias), default=UNKNOWN_LANGUAGE
    )


def country_of_time_zone(name: str) -> str:
    """Return the country of the time zone with this *name* in small letters, ``kr`` for ``Asia/Seoul``; or that of none."""
    territories: Mapping[str, str] = get_global("zone_territories")
    return territories.get(name, UNKNOWN_COUNTRY).lower()
