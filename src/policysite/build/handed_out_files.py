"""Writing what is handed out, such as editions and notices: where the user says, but not over what the site is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files import staging
from policysite.files.disk_errors import writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SOURCES = ("conf.py", "docs", "locales", "_static", "_templates")


def check_places(root: Path, places: Iterable[Path]) -> None:
    """See that files or folders can be written at *places* without harm to the project in *root*.

    :raises PolicysiteError: with all places that are among its sources, or something else than a file or a folder: a device, a pipe.
    """
    problems = [problem for place in places for problem in _place_problems(root, place)]
    if problems:
        raise PolicysiteError(problems)


def write_files(root: Path, files: Mapping[Path, bytes]) -> None:
    """Write *files*, which are all made by now; where one is a link, what it leads to. Folders are made as they are needed.

    :raises PolicysiteError: as :func:`check_places`, and nothing is written then; or if one cannot be written.
    """
    check_places(root, files)
    for file, content in files.items():
        with writable(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            staging.write(file.resolve(), content)


def _place_problems(root: Path, place: Path) -> Iterator[Problem]:
    target = place.resolve()
    sources = [
        source for name in _SOURCES if target.is_relative_to(source := (root / name).resolve())
    ]
    if sources:
        yield Problem(
            f"{place}",
            0,
            Code.OUTPUT,
            f"The site is made of what is in {sources[0].name}; nothing is handed out into it.",
            "Name another place: --output.",
        )
    elif place.exists() and not (place.is_file() or place.is_dir()):
        yield Problem(
            f"{place}",
            0,
            Code.OUTPUT,
            "Found a device, a pipe or a socket; expected a file, or nothing.",
            "Name a file: --output.",
        )
