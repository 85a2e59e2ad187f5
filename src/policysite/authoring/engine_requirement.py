"""What the requirements of a new site say of the engine: exactly the one that makes the site."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from policysite.base.problems import Code, PolicysiteError, refusal
from policysite.project.software import DISTRIBUTION

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class EngineRequirement:
    """A line of ``requirements.txt``.

    ``wheel`` is the file that has to lie beside it. ``machine_path``: the line names a folder of this machine, and is of no
    use on another one.
    """

    line: str
    wheel: Path | None = None
    machine_path: bool = False


def engine_requirement(wheel: Path | None) -> EngineRequirement:
    """Return the requirement of the engine: the file *wheel*, or what this engine was installed from.

    :raises PolicysiteError: if *wheel* is not a wheel of the engine, or if it is not known where this engine came from.
    """
    if wheel is not None:
        return _of_wheel(wheel)
    try:
        installed = metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        raise _refusal("This engine is not installed, it runs from its sources.") from None
    origin = installed.read_text("direct_url.json")
    return requirement_of(json.loads(origin) if origin else None, installed.version)


def requirement_of(origin: Mapping[str, Any] | None, version: str) -> EngineRequirement:
    """Return the requirement for an engine that came from *origin*; None is an index.

    *origin* is as in https://packaging.python.org/en/latest/specifications/direct-url-data-structure/.

    :raises PolicysiteError: if it came from a file that no longer exists.
    """
    if origin is None:
        return EngineRequirement(f"{DISTRIBUTION}=={version}")
    address = str(origin["url"])
    place = Path(unquote(urlsplit(address).path)) if address.startswith("file:") else None
    if "vcs_info" in origin:
        found = origin["vcs_info"]
        line = f"{DISTRIBUTION} @ {found['vcs']}+{address}@{found['commit_id']}"
        return EngineRequirement(line, machine_path=place is not None)
    if place is None:
        digest = origin.get("archive_info", {}).get("hashes", {}).get("sha256", "")
        return EngineRequirement(
            f"{DISTRIBUTION} @ {address}{f'#sha256={digest}' if digest else ''}"
        )
    if place.suffix == ".whl" and place.is_file():
        return _of_wheel(place)
    if not place.exists():
        raise _refusal(f"This engine was installed from {place}, which no longer exists.")
    return EngineRequirement(f"{DISTRIBUTION} @ {address}", machine_path=True)


def _of_wheel(path: Path) -> EngineRequirement:
    """Return the requirement of a wheel that lies beside it."""
    name = path.name.split("-")[0]
    if not path.is_file() or path.suffix != ".whl" or name != DISTRIBUTION:
        raise _refusal(f"{path} is not a wheel of {DISTRIBUTION}.")
    if not zipfile.is_zipfile(path):
        raise _refusal(f"{path} is damaged: it is not a zip file.")
    return EngineRequirement(f"./{path.name}", path)


def _refusal(found: str) -> PolicysiteError:
    remedy = f"Name the wheel that builds the site: --wheel {DISTRIBUTION}-….whl."
    return refusal("--wheel", Code.SITE_OPTION, found, remedy)
