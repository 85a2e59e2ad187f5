"""The software that builds: two machines make the same pages if it is the same on both."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any

from policysite.base import digests
from policysite.base.package import PACKAGE
from policysite.files.folders import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DISTRIBUTION = "policysite"
_KINDS = (".dist-info", ".egg-info")


@dataclass(frozen=True)
class Software:
    """What a machine builds with: a digest of policysite's own code, and the versions of Python and of packages.

    ``packages`` has None for what is not installed, as for packages that only another operating system needs.
    """

    policysite: str
    python: str
    packages: Mapping[str, str | None]

    def differences(self, expected: Software) -> list[str]:
        """Return what is not as *expected*, as parts of a sentence."""
        found = []
        if self.policysite != expected.policysite:
            found.append("another policysite than here")
        if self.python != expected.python:
            found.append(f"Python {self.python}, expected {expected.python}")
        for name, version in expected.packages.items():
            here = self.packages.get(name)
            if here != version:
                found.append(f"{name} {here or 'missing'}, expected {version or 'none'}")
        return found

    def as_json(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def installed(packages: Sequence[str]) -> Software:
    """Return the software of this machine, with the versions of *packages*; it is looked up each time."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Software(code_digest(), version, {name: _version(name) for name in packages})


def code_digest() -> str:
    """Return a digest of the installed policysite: its code, templates, assets and data."""
    return digest_of(PACKAGE, [PACKAGE], (), follow_links=True)


def software_digest() -> str:
    """Return a digest of everything that this process would build with: this package, Python, and all that is installed.

    Any package counts, needed or not: one name of a folder each is read, so that asking costs nothing.
    """
    return digests.of_facts((code_digest(), sys.version_info, sorted(set(_distributions()))))


def _distributions() -> Iterator[str]:
    """Yield the folders of what is installed, as ``sphinx-9.0.4.dist-info``; those of Linux distributions may be older."""
    for place in sys.path:
        # One of them may be an archive, or not be there.
        if os.path.isdir(place or "."):  # noqa: PTH112 - it is asked for each command
            yield from (name for name in os.listdir(place or ".") if name.endswith(_KINDS))  # noqa: PTH208


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def required(extra: str = "") -> list[str]:
    """Return the names of the packages that policysite rests on, directly or not, in order; with those of its *extra*."""
    # Only many machines ask.
    from packaging.requirements import Requirement  # noqa: PLC0415

    found: set[str] = set()
    waiting = [Requirement(f"{DISTRIBUTION}[{extra}]" if extra else DISTRIBUTION)]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if f"{requirement}" in seen:
            continue
        seen.add(f"{requirement}")
        found.add(requirement.name.lower())
        for line in _requires(requirement.name):
            needed = Requirement(line)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(needed)
    return sorted(found - {DISTRIBUTION})


def _requires(package: str) -> list[str]:
    try:
        return metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return []
