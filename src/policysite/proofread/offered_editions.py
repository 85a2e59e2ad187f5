"""The editions of a site: each version has those that the settings name, in each language, its page offers them all, and there are no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.model.addresses import SUFFIX, edition_file
from policysite.model.edition_kinds import EditionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from policysite.project.project import Project
    from policysite.proofread.page_reading import ReadPage


def edition_problems(
    project: Project, names: Collection[str], pages: Mapping[str, ReadPage]
) -> Iterator[Problem]:
    """Yield what is wrong with the editions among the files *names* of a site, and with the links of its *pages* to them."""
    kinds = project.settings.editions
    expected: set[str] = set()
    for policy in project.register.policies.values():
        for version in policy.versions:
            for language in project.settings.languages if version.held else ():
                page = f"{language}/{version.page}"
                files = {edition_file(page, kind) for kind in kinds}
                expected |= files
                yield from _unlinked(f"{page}{SUFFIX}", files, pages)
    folders = tuple(
        f"{code}/{name}/"
        for code in project.settings.languages
        for name in project.register.policies
    )
    suffixes = tuple(f".{kind}" for kind in EditionKind)
    found = {name for name in names if name.startswith(folders) and name.endswith(suffixes)}
    for name in sorted(expected ^ found):
        what = "is missing" if name in expected else "is none that the settings name"
        yield Problem(
            name, 0, Code.EDITION, f"The file {what}.", "Build again: the site is not complete."
        )


def _unlinked(
    name: str, files: Collection[str], pages: Mapping[str, ReadPage]
) -> Iterator[Problem]:
    page = pages.get(name)
    links = page.links if page else ()
    for file in sorted(files):
        if file.rpartition("/")[2] not in links:
            yield Problem(name, 0, Code.EDITION, f"The page does not offer {file}.", "Build again.")
