"""The languages that a browser accepts, as folders of a site, the preferred ones first; ``deploy/nginx.conf`` does the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 10
"""How many items of the header are considered; browsers send fewer."""
# As in RFC 9110, 12.4 and 12.5.4.
_ITEM = re.compile(
    r"(?P<tag>[a-z]{2,3}(?:-[a-z0-9]{1,8})*)"
    r"(?:[ \t]*;[ \t]*q=(?P<quality>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?",
    re.IGNORECASE | re.ASCII,
)


def language_folders(header: str) -> list[str]:
    """Return the folders of the languages that an ``Accept-Language`` accepts, those of the highest quality first.

    Of a tag with a region or a script (``zh-TW``) that is first the folder of both (``zh_TW``), then that of the
    language. Malformed items are ignored, and so are languages that are not acceptable (``q=0``).
    """
    items = [_ITEM.fullmatch(item.strip(" \t")) for item in header.split(",")[:MOST]]
    rated = [(float(item["quality"] or 1), item["tag"]) for item in items if item]
    # The order of equal qualities is kept.
    wanted = sorted((pair for pair in rated if pair[0]), key=lambda pair: -pair[0])
    return [folder for _quality, tag in wanted for folder in _folders(tag)]


def _folders(tag: str) -> Iterator[str]:
    """Yield the folders of a tag, which is case-insensitive: ``zh_TW`` and ``zh`` of ``ZH-tw``."""
    language, *subtags = tag.split("-")
    narrower = subtags[0] if subtags else ""
    if len(narrower) == 2 and narrower.isalpha():
        yield f"{language.lower()}_{narrower.upper()}"
    elif len(narrower) == 3 and narrower.isdigit():
        yield f"{language.lower()}_{narrower}"
    elif len(narrower) == 4 and narrower.isalpha():
        yield f"{language.lower()}_{narrower.title()}"
    yield language.lower()
