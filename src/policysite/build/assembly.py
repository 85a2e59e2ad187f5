"""Putting a site together: the languages, each as soon as it is built, and the files of the whole site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.build.edition_files import copy_editions
from policysite.build.site_files import write_site_files
from policysite.files.folders import copy_files, names_below, share_unchanged
from policysite.proofread.page_reading import PAGES, read_pages
from policysite.proofread.proofread_site import proofread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policysite.build.edition_files import EditionFile
    from policysite.project.project import Project
    from policysite.proofread.page_reading import ReadPage


class Assembly:
    """The site of *project*, in the folder *new*, from what *work* keeps of its languages.

    *earlier* is the site as the last build left it, if it is there: what is unchanged since it was built need not be
    written again.
    """

    def __init__(self, project: Project, work: Path, new: Path, earlier: Path | None) -> None:
        self.project = project
        self.work = work
        self._new = new
        self._earlier = earlier
        self._copied: set[str] = set()
        self._read: dict[str, ReadPage] = {}
        self.editions: Sequence[EditionFile] = ()
        """What is offered beside the pages of versions."""

    def add(self, language: str) -> None:
        """Take what was built of *language*."""
        made = self.work / language / "html"
        names = [name for name in names_below(made) if not _is_left_out(name)]
        copy_files(names, made, self._new / language, self._earlier and self._earlier / language)
        self._copied |= {f"{language}/{name}" for name in names}
        pages = read_pages(made, self.work / language / PAGES)
        self._read |= {f"{language}/{name}": page for name, page in pages.items()}

    def finish(self, titles: Mapping[str, Mapping[str, str]]) -> None:
        """Add what belongs to no language, and read the whole.

        :raises PolicysiteError: with what is wrong with the site.
        """
        copy_editions(self.editions, self._new)
        write_site_files(self.project, titles, self._new)
        if self._earlier:
            others = (name for name in names_below(self._new) if name not in self._copied)
            share_unchanged(others, self._new, self._earlier)
        if problems := proofread(self.project, self._new, self._read):
            raise PolicysiteError(problems)


def _is_left_out(name: str) -> bool:
    """Whether a file that Sphinx writes is nothing for readers."""
    return name.rpartition("/")[2].startswith(".buildinfo") or name.endswith(".map")
