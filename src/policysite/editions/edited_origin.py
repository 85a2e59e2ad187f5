"""Which version an edited Word file says that it was made from: its core properties, which programs keep when they save it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.word_file import AGAINST

if TYPE_CHECKING:
    from lxml import etree

_IDENTIFIER = re.compile(r"(?P<policy>[^/\s]+)/(?P<number>[^/\s]+)/(?P<language>[A-Za-z0-9-]+)")
# LibreOffice reads keywords as words, and writes them with spaces in between.
_DIGEST = re.compile(r"sha256[:,;\s]+(?P<digest>[0-9a-f]{64})(?![0-9a-f])")


class Origin(NamedTuple):
    """A version in a language; ``against`` is the older one if the file was made with the changes since that one, ``digest`` that of the text.

    ``author`` and ``day`` are those of these changes.
    """

    policy: str
    number: str
    language: str
    digest: str
    against: str = ""
    author: str = ""
    day: str = ""

    def __str__(self) -> str:
        """Return how it is called."""
        since = f", with the changes since {self.against}" if self.against else ""
        return f"version {self.number} of {self.policy!r} ({self.language}){since}"


def origin_of(properties: etree._Element | None) -> Origin | None:
    """Return what the part ``docProps/core.xml`` of a file says, None if it does not name a version."""
    said = {
        name: next((str(one.text or "") for one in properties.iter(f"{{*}}{name}")), "")
        for name in ("identifier", "keywords", "creator", "created")
        if properties is not None
    }
    match = _IDENTIFIER.fullmatch(said.get("identifier", "").strip())
    digest = _DIGEST.search(said.get("keywords", ""))
    if match is None or digest is None:
        return None
    against, _, number = match["number"].rpartition(AGAINST)
    return Origin(
        match["policy"],
        number,
        match["language"],
        digest["digest"],
        against,
        said["creator"],
        said["created"][:10],
    )
