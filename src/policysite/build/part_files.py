"""A part of the site: what came of one job, in one file, to be put together with the others on another machine.

It is an archive with ``part.json``, which says what it was made of and with, the pages, and ``read.json``, what proofreading
needs to know of them. Its name tells the job and the digest, so that what was lost or damaged on the way is noticed.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.base.problems import Code, Problem
from policysite.build.jobs import LanguageResult
from policysite.files import archives
from policysite.files.folders import names_below
from policysite.project.software import Software
from policysite.proofread.page_reading import ReadPage, keep_pages, make_page, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.build.jobs import LanguageJob

_NAME = re.compile(r"(?P<job>[A-Za-z0-9_.-]+)-(?P<digest>[0-9a-f]{64})\.part\.tar\.gz")
_FACTS = "part.json"
_READ = "read.json"
_PAGES = "pages"


@dataclass(frozen=True)
class Part:
    """A part without its pages. ``sources`` is what :func:`policysite.project.fingerprint.of_sources` gave where it was made."""

    job: str
    sources: str
    software: Software
    result: LanguageResult


class PartError(Exception):
    """A part that is missing or damaged."""


def write_part(folder: Path, part: Part, job: LanguageJob) -> Path:
    """Write *part*, the result of *job*, into *folder*, and return the file; an older one of the same job is removed."""
    facts = {
        "job": part.job,
        "sources": part.sources,
        "software": part.software.as_json(),
        "result": asdict(part.result),
    }
    members: list[tuple[str, Path | bytes]] = [(_FACTS, json.dumps(facts).encode())]
    if not part.result.problems:
        read = {name: _as_lists(page) for name, page in read_pages(job.output, job.pages).items()}
        members.append((_READ, json.dumps(read, ensure_ascii=False).encode()))
        members += [(f"{_PAGES}/{name}", job.output / name) for name in names_below(job.output)]
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{part.job}.new"
    try:
        digest = archives.pack(unfinished, members)
        for older in find_parts(folder, part.job):
            older.unlink()
        return unfinished.rename(folder / f"{part.job}-{digest}.part.tar.gz")
    finally:
        unfinished.unlink(missing_ok=True)


def _as_lists(page: ReadPage) -> list[list[str]]:
    return [list(page.ids), *map(sorted, page[1:])]


def find_parts(folder: Path, job: str) -> list[Path]:
    """Return the parts of *job* in *folder*; there must be exactly one."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in found if (match := _NAME.fullmatch(path.name)) and match["job"] == job]


@dataclass(frozen=True)
class OpenPart:
    """A part that is unpacked in ``folder``."""

    part: Part
    folder: Path

    def has_pages(self) -> bool:
        """Whether there are pages in it; a result with problems has none."""
        return (self.folder / _PAGES).is_dir()

    def take_pages(self, job: LanguageJob) -> None:
        """Put the pages where *job* would have written them.

        :raises PartError: if it is not known what was read of them.
        """
        read = self._read()
        shutil.rmtree(job.folder, ignore_errors=True)
        job.folder.mkdir(parents=True)
        # The next build of this language on this machine has no doctrees to continue with, and must not try.
        job.unfinished.touch()
        (self.folder / _PAGES).rename(job.output)
        keep_pages(job.output, job.pages, read)

    def _read(self) -> dict[str, ReadPage]:
        try:
            read = json.loads((self.folder / _READ).read_text(encoding="utf-8"))
            return {
                name: make_page(ids, *sets)
                for name, (ids, *sets) in read.items()
                if (self.folder / _PAGES / name).is_file()
            }
        except (OSError, ValueError, TypeError) as error:
            raise PartError(f"its {_READ} cannot be read: {error!r}") from error


@contextlib.contextmanager
def open_part(path: Path, folder: Path) -> Iterator[OpenPart]:
    """Unpack the part *path* into *folder*, which is removed at the end.

    :raises PartError: if it is not there, or not what its name says.
    """
    match = _NAME.fullmatch(path.name)
    try:
        if match is None or digests.of_file(path) != match["digest"]:
            raise PartError("its content is not that of its name")
        archives.unpack(path, folder)
        yield OpenPart(_read_facts(folder), folder)
    except FileNotFoundError as error:
        raise PartError("it is missing") from error
    except archives.ArchiveError as error:
        raise PartError(str(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read_facts(unpacked: Path) -> Part:
    try:
        facts = json.loads((unpacked / _FACTS).read_text(encoding="utf-8"))
        result = facts["result"]
        problems = [Problem(**{**p, "code": Code(p["code"])}) for p in result["problems"]]
        return Part(
            facts["job"],
            facts["sources"],
            Software(**facts["software"]),
            LanguageResult(**{**result, "problems": tuple(problems)}),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PartError(f"its {_FACTS} cannot be read: {error!r}") from error
