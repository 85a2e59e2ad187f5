"""What the CLDR knows of a language's dates, months and units of time, as patterns for its texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from babel.dates import get_date_format, get_month_names
from babel.units import format_unit

from policysite.text.facts.language_facts import DAY, YEAR
from policysite.text.facts.letters import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel import Locale

_CLDR = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")


def sign(symbol: str) -> str:
    """Return a sign of numbers or dates as :func:`plain` leaves it in a text."""
    return " " if symbol.isspace() else plain(symbol)


def months(locale: Locale, *widths: Literal["wide", "abbreviated"]) -> dict[str, int]:
    """Return the names of the months, as the CLDR writes them and with capital letters."""
    found: dict[str, int] = {}
    for width in widths:
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, locale).items():
                bare = name.rstrip(".")
                found |= dict.fromkeys((bare, bare.capitalize(), bare.upper()), number)
    return found


def dates(locale: Locale) -> Iterator[str]:
    """Yield the date patterns of the CLDR, those with the most fields first."""
    skeletons = locale.datetime_skeletons
    for width in ("full", "long", "medium", "short"):
        yield _from_cldr(get_date_format(width, locale).pattern)
    for name in ("yMMMMd", "yMMMd", "yMMMM", "yMMM", "MMMMd", "MMMd"):
        if name in skeletons:
            yield _from_cldr(skeletons[name].pattern)


def _from_cldr(pattern: str) -> str:
    """Return a date pattern of the CLDR as a regular expression, without the day of the week."""
    numeric = not re.search("MMM|LLL", pattern)
    parts: list[str] = []
    for match in _CLDR.finditer(pattern.replace("\u200f", "")):
        field, letter = match[0], match[2]
        if letter in {"E", "c", "G"}:
            continue
        if letter is None:
            literal = match[1] or field
            parts.append(re.sub(r"\\?[\s,،]+", r"[\\s,،]{0,2}", re.escape(sign(literal))))
        elif letter in {"y", "Y"}:
            # Two digits for a year, but not in what may be a version such as 24.1.2.
            short = "|[0-9]{2}" if field == "yy" and "/" in pattern else ""
            parts.append(rf"(?P<y>{YEAR}{short})")
        elif letter == "d":
            parts.append(DAY if numeric else rf"{DAY}(?:er|\.|º|ª)?")
        else:
            parts.append("NAMES" if len(field) > 2 else "(?P<m>[0-9]{1,2})")
    while parts and not re.search(r"\?P<|NAMES", parts[0]):
        del parts[0]
    if not re.search(r"\?P<|NAMES", parts[-1]):
        parts[-1] = f"(?:{parts[-1]})?"
    return "".join(parts)


def units(locale: Locale) -> dict[str, str]:
    """Return the words with which the CLDR counts each unit: ``3 mois``, ``1 mois``."""
    words: dict[str, str] = {}
    for unit in ("year", "month", "week", "day", "hour", "minute", "second"):
        for count in (1, 2, 3, 5, 11, 100):
            for width in ("long", "short"):
                written = format_unit(count, f"duration-{unit}", width, locale=locale)
                word = written.replace(str(count), "").strip().rstrip(".").lower()
                # One letter may be short for anything; "duration-year" is what Babel does not know.
                known = str(count) in written and not word.startswith("duration-")
                if known and (len(word) > 1 or word > "\u2e80"):
                    words.setdefault(word, unit)
    return words
