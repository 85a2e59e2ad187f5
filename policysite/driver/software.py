"""The software that builds: two machines make the same pages if it is the same on both."""

from __future__ import annotations

import re
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.driver.fingerprint import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACKAGE = Path(__file__).parent.parent
_LOCK_FILES = PACKAGE.parent / "requirements"
_PINNED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==")


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
    return Software(
        digest_of(PACKAGE, [PACKAGE], ()), version, {name: _version(name) for name in packages}
    )


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def pinned(lock_file: str) -> list[str]:
    """Return the packages of a lock file in ``requirements/``; none if it is not there."""
    path = _LOCK_FILES / lock_file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return [match[1] for line in text.splitlines() if (match := _PINNED.match(line))]
