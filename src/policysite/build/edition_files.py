"""Editions of all held versions in all languages: as files of the site, or in a folder of their own."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.build.edition_facts import steady_day, without_text
from policysite.build.edition_store import EditionStore
from policysite.build.handed_out_files import check_places
from policysite.build.make_edition import (
    against,
    edition_of,
    installed_format,
    two_texts,
    words_of,
)
from policysite.build.read_texts import read_texts
from policysite.editions.edition_formats import FORMATS
from policysite.files import locks
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.model.settings import EDITION_FILES
from policysite.project.project import load_project
from policysite.project.software import software_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.build.read_texts import Texts
    from policysite.editions.edition import Edition
    from policysite.editions.edition_formats import EditionFormat
    from policysite.model.register import Policy
    from policysite.project.project import Project


@dataclass(frozen=True)
class EditionFile:
    """A file that was made: its ``name`` below the root of the site, the ``page`` of its version or of the comparison, and where it is kept."""

    language: str
    page: str
    kind: EditionKind
    kept: Path

    @property
    def name(self) -> str:
        """Its name in the site: ``ko/privacy/1.6.docx``."""
        return f"{self.language}/{addresses.edition_file(self.page, self.kind)}"

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.kept.stat().st_size


def make_editions(
    project: Project, kinds: Iterable[EditionKind], place: str = "conf.py"
) -> list[EditionFile]:
    """Make editions of these *kinds*, which were asked for at *place*, of all held versions of *project*, and of the comparisons that have pages, unless they are kept.

    What each says of the status of its version stays the same until that changes, and so do its bytes.

    :raises PolicysiteError: if something is missing to make them, or the texts have problems.
    """
    forms = [installed_format(kind, place) for kind in kinds]
    store = EditionStore(work_folder(project.root) / "editions", software_digest())
    found = [*_made(project, forms, store)] if forms else []
    store.forget_others({form.suffix for form in forms})
    return found


def _made(
    project: Project, forms: Sequence[EditionFormat], store: EditionStore
) -> Iterator[EditionFile]:
    texts = read_texts(project, layouts=True)
    for policy in project.register.policies.values():
        for language in project.settings.languages:
            editions = {
                version.number: edition_of(
                    project,
                    texts,
                    version,
                    language,
                    day=steady_day(policy, version, project.register.day),
                )
                for version in policy.versions
                if version.held
            }
            for edition in editions.values():
                for form in forms:
                    kept = store.file_of(edition, form)
                    page = addresses.version_page(policy.name, edition.number)
                    yield EditionFile(language, page, form.kind, kept)
            yield from _compared(project, texts, policy, language, editions, forms, store)
            if EditionKind.XHTML in [form.kind for form in forms] and editions:
                yield from _in_force(project, policy, language, editions, store)


def _in_force(
    project: Project,
    policy: Policy,
    language: str,
    editions: Mapping[str, Edition],
    store: EditionStore,
) -> Iterator[EditionFile]:
    """Yield the web page of the text in force at an address that stays, for apps: it follows the day of the build."""
    version = policy.in_force(project.register.day)
    page, kind = addresses.timeless_page(policy.name), EditionKind.XHTML
    if version and version.held:
        kept = store.file_of(editions[version.number], FORMATS[kind])
    else:
        *_, newest = editions.values()
        said = without_text(project, policy, language, words_of(project, language))
        kept = store.without_text(newest, said)
    yield EditionFile(language, page, kind, kept)


def _compared(
    project: Project,
    texts: Texts,
    policy: Policy,
    language: str,
    editions: Mapping[str, Edition],
    forms: Sequence[EditionFormat],
    store: EditionStore,
) -> Iterator[EditionFile]:
    """Make what changed between the versions whose comparison has a page."""
    comparing = [form for form in forms if form.compare]
    if not comparing or not project.settings.has("comparisons"):
        return
    for old, new in policy.comparison_pairs(project.register.day):
        before, after = editions[old.number], editions[new.number]
        two = two_texts(project, texts, old, new, language)
        after = against(project, after, old, language)
        page = addresses.comparison_page(policy.name, old.number, new.number)
        for form in comparing:
            kept = store.comparison_of(before, after, two, form)
            yield EditionFile(language, page, form.kind, kept)


def offered(files: Iterable[EditionFile], language: str) -> dict[str, str]:
    """Return what tells a build of *language* which *files* its pages offer, as variables of its environment."""
    sizes: dict[str, dict[str, int]] = {}
    for file in files:
        if file.language == language:
            sizes.setdefault(file.page, {})[file.kind] = file.size
    return {EDITION_FILES: json.dumps(sizes, separators=(",", ":"))} if sizes else {}


def write_editions(
    root: Path, environ: Mapping[str, str], kinds: Sequence[EditionKind], output: Path
) -> list[EditionFile]:
    """Write editions of these *kinds*, or of all that can be made here, into the folder *output*, as they are in the site.

    :raises PolicysiteError: if they cannot be made, or *output* cannot be written; none is written half.
    """
    check_places(root, [output])
    wanted = kinds or [kind for kind, form in FORMATS.items() if form.is_installed]
    with locks.wait_for(work_folder(root)):
        files = make_editions(load_project(root, environ), wanted, "policysite editions")
        with writable(output):
            copy_editions(files, output)
    return files


def copy_editions(files: Iterable[EditionFile], to: Path) -> None:
    """Copy *files* to where they are in the site, whose folder is *to*.

    :raises OSError: if one cannot be written.
    """
    for file in files:
        target = to / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.kept, target)
