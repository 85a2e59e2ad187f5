"""The names by which a Word file knows provisions: bookmarks, which stay where they are when others edit the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base import digests

if TYPE_CHECKING:
    from collections.abc import Iterable

PREFIX = "ps_"
_LONG = "ps__"
_LONGEST = 40
"""Characters of a bookmark's name in Word, which are letters, digits and underscores."""


def bookmark_name(provision_id: str) -> str:
    """Return the name of the bookmark of a provision: its id with underscores, or a short one of its digest if that is too long."""
    name = PREFIX + provision_id.replace("-", "_")
    if len(name) <= _LONGEST:
        return name
    return f"{_LONG}{digests.of_text(provision_id)[:20]}"


def provisions_by_bookmark(ids: Iterable[str]) -> dict[str, str]:
    """Return the ids of provisions by the names of their bookmarks."""
    return {bookmark_name(name): name for name in ids}
