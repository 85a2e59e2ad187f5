"""The editions of a site: each version and each page of comparison has those that the settings name, in each language, its page offers them all, and there are no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.editions.edition_formats import FORMATS
from policysite.model.addresses import SUFFIX, comparison_page, edition_file, timeless_page
from policysite.model.edition_kinds import EditionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from policysite.project.project import Project
    from policysite.proofread.page_reading import ReadPage


def edition_problems(
    project: Project, names: Collection[str], pages: Mapping[str, ReadPage]
) -> Iterator[Problem]:
    """Yield what is wrong with the editions among the files *names* of a site, and with the links of its *pages* to them."""
    expected: set[str] = set()
    # It offers the files of its version; programs know the address of its own.
    timeless = {*map(timeless_page, project.register.policies)}
    for page, kinds in _pages(project):
        for language in project.settings.languages:
            files = {edition_file(f"{language}/{page}", kind) for kind in kinds}
            expected |= files
            if page not in timeless:
                yield from _unlinked(f"{language}/{page}{SUFFIX}", files, pages)
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


def _pages(project: Project) -> Iterator[tuple[str, Sequence[EditionKind]]]:
    """Yield the pages that have editions, each with their kinds."""
    kinds = project.settings.editions
    comparing = [kind for kind in kinds if FORMATS[kind].compare]
    for policy in project.register.policies.values():
        held = [version for version in policy.versions if version.held]
        yield from ((version.page, kinds) for version in held)
        if EditionKind.XHTML in kinds and held:
            yield timeless_page(policy.name), [EditionKind.XHTML]
        if comparing and project.settings.has("comparisons"):
            for old, new in policy.comparison_pairs(project.register.day):
                yield comparison_page(policy.name, old.number, new.number), comparing


def _unlinked(
    name: str, files: Collection[str], pages: Mapping[str, ReadPage]
) -> Iterator[Problem]:
    page = pages.get(name)
    links = page.links if page else ()
    for file in sorted(files):
        if file.rpartition("/")[2] not in links:
            yield Problem(name, 0, Code.EDITION, f"The page does not offer {file}.", "Build again.")
