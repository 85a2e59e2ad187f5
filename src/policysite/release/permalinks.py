"""The addresses that readers have of a release, and whether the next one still has them.

Every file of a site has an address, and every provision of a text, on the page of its version and on others. A permanent
page promises a text, with all its provisions; the page of the text in force and the pages by day promise an answer, which is
another one when another version applies, or none. Assets, which :mod:`policysite.release.release_files` copies, may go silently,
and so may pages of comparison and their files: which of them there are depends on which version is in force, and
``compare/index.html?old=…&new=…`` lasts.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.model.provision_ids import is_of_steps
from policysite.model.version_names import PATTERN
from policysite.proofread.page_reading import read_page
from policysite.release.release_files import files_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_KINDS = "|".join(EditionKind)
_PAIR = re.compile(rf"(?:.+/)?compare/{PATTERN}/{PATTERN}\.(?:html|{_KINDS})")
_COMPARED = re.compile(r"(?:.+/)?compare/")


@dataclass(frozen=True, order=True)
class Lost:
    """An address that would be lost: a page (``en/terms/1.0.html``), a provision of it (``…#art-3``), or a folder (``ja/``).

    ``count`` is how many addresses it stands for.
    """

    address: str
    count: int = 1

    def __str__(self) -> str:
        """Return the address, with how many it stands for."""
        return f"{self.address} ({self.count} addresses)" if self.count > 1 else self.address


def lost_addresses(old: Path, new: Path) -> list[Lost]:
    """Return what readers of the release *old* have and the site *new* does not."""
    before = {
        name for name in files_of(old) if not addresses.is_asset(name) and not _PAIR.fullmatch(name)
    }
    # What is built has none yet: publishing adds it.
    before.discard(addresses.MANIFEST)
    now = set(files_of(new))
    removed = before - now
    folders = {_removed_folder(name, now) for name in removed} - {""}
    found = [Lost(name) for name in removed if not _removed_folder(name, now)]
    found += [Lost(f, sum(name.startswith(f) for name in removed)) for f in folders]
    for name in _with_provisions(old, new, before & now):
        ids = _provisions(old, name) - set(read_page((new / name).read_bytes()).ids)
        found += [Lost(f"{name}#{one}") for one in ids]
    return sorted(found)


def refused(lost: Sequence[Lost], allowed: Sequence[str]) -> list[Problem]:
    """Return a problem for each address that would be lost and that was not named, and for each name that loses nothing."""
    names = [name.lstrip("/") for name in allowed]
    problems = [
        Problem(
            one.address,
            0,
            Code.PERMALINK_LOST,
            f"This address is published, and the new site has nothing there{_how_many(one)}.",
            _remedy(one.address),
        )
        for one in lost
        if not any(_covers(name, one.address) for name in names)
    ]
    problems += [
        Problem(
            name,
            0,
            Code.PERMALINK_LOST,
            "It is named as an address that may be removed, and nothing at it would be.",
            "Leave it out, or name what was meant: a page, a page with #provision, or a folder with / at its end.",
        )
        for name in names
        if not any(_covers(name, one.address) for one in lost)
    ]
    return problems


def _remedy(address: str) -> str:
    """Return what to do about an address that would be lost; for some the reason is plain."""
    if address == "sitemap.xml":
        return "The release in place knew the address of the site: set POLICYSITE_BASE_URL to the same."
    if address.endswith(".sig"):
        return "The ledger was signed, and has new entries since: policysite sign --key ~/.ssh/id_ed25519, with the key of an allowed signer."
    return f"Bring it back; if it is really to be removed for ever, name it: --allow-removed {address}."


def _how_many(lost: Lost) -> str:
    return f" ({lost.count} addresses)" if lost.count > 1 else ""


def _covers(name: str, address: str) -> bool:
    """Whether the name *name* of what may be removed covers *address*."""
    return name == address or (name.endswith("/") and address.startswith(name))


def _removed_folder(name: str, now: set[str]) -> str:
    """Return the highest folder of *name* of which nothing is left, or an empty string."""
    steps = name.split("/")[:-1]
    for depth in range(1, len(steps) + 1):
        folder = "/".join(steps[:depth]) + "/"
        if not any(other.startswith(folder) for other in now):
            return folder
    return ""


def _with_provisions(old: Path, new: Path, names: set[str]) -> Iterator[str]:
    """Yield the pages of which the provisions must stay: those that promise a text.

    The page of the text in force promises an answer: its provisions are those of a version, and with another version
    in force, or with none, they are other ones or none. The pages by day and the comparisons have no text of their own.
    """
    before, now = _in_force(old), _in_force(new)
    for name in sorted(names):
        if (
            name.endswith(addresses.SUFFIX)
            and now.get(name) == before.get(name)
            and not _COMPARED.match(name)
            and (old / name).read_bytes() != (new / name).read_bytes()
        ):
            yield name


def _in_force(site: Path) -> dict[str, str]:
    """Return the version whose text each timeless page shows, by page; pages of policies of which none is in force are not in it."""
    try:
        policies = json.loads((site / "versions.json").read_text(encoding="utf-8"))["policies"]
    except FileNotFoundError:
        return {}
    return {
        addresses.timeless_page(page.rpartition("/")[0]) + addresses.SUFFIX: version["version"]
        for policy in policies
        for version in policy["versions"]
        if version["status"] == "in-force"
        for page in version["pages"].values()
    }


def _provisions(site: Path, name: str) -> set[str]:
    """Return the ids of provisions on a page: those that nothing else can have, and the words that its data names."""
    ids = set(read_page((site / name).read_bytes()).ids)
    data = site / addresses.data_file(name.removesuffix(addresses.SUFFIX))
    try:
        known = json.loads(data.read_text(encoding="utf-8"))["provisions"]
    except (FileNotFoundError, KeyError, ValueError):
        known = []
    return {one for one in ids if is_of_steps(one)} | (ids & {one["id"] for one in known})
