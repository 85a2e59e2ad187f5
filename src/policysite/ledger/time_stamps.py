"""The time stamps of a ledger: files beside it, each named by how much of the ledger it is for.

``ledger.json.12-3.tsa.example.org.tsr`` is the answer of a time-stamping authority (RFC 3161) to the digest of the statement
of the ledger with its first 12 entries and 3 releases. A name proves nothing: what is compared is the digest.
``schemas/timestamps.schema.json`` describes the list of them that a site has.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.base.strict_json import read_json
from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FORMAT = "policysite-timestamps-1"
_SUFFIX = ".tsr"
_NAME = re.compile(r"([0-9]{1,9})-([0-9]{1,9})\.([a-z0-9][a-z0-9.-]{0,79})\.tsr")
_MOST_LETTERS = 80


@dataclass(frozen=True, order=True)
class TimeStampName:
    """What the name of a time stamp says: how many ``entries`` and ``releases`` it is for, and by which ``authority``."""

    entries: int
    releases: int
    authority: str

    def __str__(self) -> str:
        """Return what follows the name of the ledger in that of the file."""
        return f"{self.entries}-{self.releases}.{self.authority}{_SUFFIX}"


def authority_name(address: str) -> str:
    """Return what names the authority at *address* in the name of a file."""
    plain = address.lower().partition("://")[2] or address.lower()
    name = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
    return name[:_MOST_LETTERS].strip("-.") or "authority"


def time_stamp_name(text: str) -> TimeStampName | None:
    """Return what *text* says, which follows the name of the ledger in that of a file; None if it names no time stamp."""
    match = _NAME.fullmatch(text)
    return TimeStampName(int(match[1]), int(match[2]), match[3]) if match else None


def time_stamps_beside(ledger: Path) -> dict[TimeStampName, Path]:
    """Return the time stamps beside the file of a *ledger*, in order."""
    found = {}
    for path in ledger.parent.glob(f"{ledger.name}.*{_SUFFIX}"):
        name = time_stamp_name(path.name.removeprefix(f"{ledger.name}."))
        if name and path.is_file():
            found[name] = path
    return dict(sorted(found.items()))


def written_list(policy: str, names: Iterable[TimeStampName]) -> str:
    """Return the list of the time stamps of a policy, as a site has it."""
    stamps = [
        {
            "file": addresses.time_stamp_file(policy, str(name)),
            "entries": name.entries,
            "releases": name.releases,
        }
        for name in names
    ]
    data = {"format": FORMAT, "policy": policy, "timeStamps": stamps}
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"


def read_list(content: bytes, policy: str) -> list[TimeStampName]:
    """Return the time stamps that the list of a site names.

    :raises ValueError: if it is no such list.
    """
    data: Any = read_json(content)
    try:
        if data["format"] != FORMAT or data["policy"] != policy:
            raise ValueError(f"expected the format {FORMAT} and the policy {policy}")
        files = [str(stamp["file"]) for stamp in data["timeStamps"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    found = [_named(file, policy) for file in files]
    if data != json.loads(written_list(policy, found)):
        raise ValueError("it says more, or something else, than the names of its files")
    return found


def _named(file: str, policy: str) -> TimeStampName:
    name = time_stamp_name(file.removeprefix(addresses.time_stamp_file(policy, "")))
    if name is None:
        raise ValueError(f"found the file {file!r:.80}")
    return name
