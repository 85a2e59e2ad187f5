"""Importing a published translation of a version: from its file to the catalog of the version, or beside a record until that has its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib

from policysite.authoring.catalog_filling import fill
from policysite.authoring.composed_source import composed_source, source_in
from policysite.authoring.translation_import_report import TranslationSummary, problems_of
from policysite.base.problems import Code, PolicysiteError, Problem, quoted, refusal
from policysite.build.extract_messages import extract_messages
from policysite.catalogs.catalog_files import Catalog, line_of
from policysite.catalogs.check_catalogs import check_catalog
from policysite.catalogs.contexts import key_of
from policysite.catalogs.update_catalog import Memory, new_catalog, update_catalog
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.importing.translation_alignment import aligned
from policysite.model.addresses import version_page
from policysite.project.project import load_project
from policysite.project.version_document import version_document
from policysite.text.outline import read_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from policysite.catalogs.contexts import Key
    from policysite.catalogs.translations import Translations
    from policysite.importing.composing import Text
    from policysite.importing.import_source import Source
    from policysite.importing.pieces import Note
    from policysite.importing.translation_alignment import Alignment
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project

HELD = "held"
"""The folder of a language with the published translations of records, which have no catalog."""


@dataclass(frozen=True)
class TranslationRequest:
    """Which file is the translation of which version. *overwrite*: what its catalog says otherwise is replaced."""

    policy: str
    version: str
    source: Path
    language: str
    overwrite: bool = False


@dataclass(frozen=True)
class _Import:
    """A translation on its way into the project."""

    project: Project
    request: TranslationRequest
    version: PolicyVersion
    translations: Translations
    text: Text
    file_notes: tuple[Note, ...]

    @property
    def file(self) -> str:
        """The file of the translation as messages name it."""
        source, root = self.request.source, self.project.root
        return str(source.relative_to(root) if source.is_relative_to(root) else source)


def held_translation(project: Project, language: str, page: str) -> Path:
    """Return the path of the translation that the record *page* has while its source is missing."""
    return project.locales / language / HELD / f"{page}.md"


def import_translation(
    root: Path, environ: Mapping[str, str], request: TranslationRequest
) -> TranslationSummary:
    """Fill the catalog of a version with the translation in the file of *request*, as far as it fits.

    That of a record is kept as it is read, until the record has its source.

    :raises PolicysiteError: with everything that must be fixed; nothing was written.
    """
    with locks.wait_for(work_folder(root)):
        project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
        (translations,) = project.choose_translations([request.language])
        source, problems = source_in(request.source, request.language)
        version = project.register.version_of(version_page(request.policy, request.version))
        if version is None:
            problems += _no_version(project, request)
        if source is None or version is None or problems:
            raise PolicysiteError(problems)
        text = _text(request, version, source)
        found = _Import(project, request, version, translations, text, tuple(source.notes))
        return _fill(found) if version.held else _hold(found)


def _no_version(project: Project, request: TranslationRequest) -> Iterator[Problem]:
    policies = project.settings.policies
    if request.policy not in policies:
        found = (
            f"Found the policy {request.policy or '(nothing)'!r}; the site has {quoted(policies)}."
        )
        remedy = "Name one of them."
    else:
        numbers = [version.number for version in project.register.policies[request.policy].versions]
        found = (
            f"There is no version {request.version or '(nothing)'!r} that a text could be a translation of; "
            f"the policy has {quoted(numbers)}."
        )
        remedy = "Import the text in the source language first, or write a record."
    yield Problem(str(request.source), 0, Code.IMPORT_TARGET, found, remedy)


def _text(request: TranslationRequest, version: PolicyVersion, source: Source) -> Text:
    return composed_source(
        source, request.source, request.language, version.effective, is_translation=True
    )


def _hold(found: _Import) -> TranslationSummary:
    """Keep the translation of a record, as it was read, beside the catalogs."""
    project, request = found.project, found.request
    path = held_translation(project, request.language, found.version.page)
    name = path.relative_to(project.root).as_posix()
    text = "\n".join([*found.text.lines, ""])
    if path.is_file() and path.read_text("utf-8") != text and not request.overwrite:
        said = f"A translation of version {found.version.number} is held already, and says something else."
        raise refusal(name, Code.IMPORT_TARGET, said, "Compare the two; --overwrite replaces it.")
    with writable(name):
        path.parent.mkdir(parents=True, exist_ok=True)
        staging.write(path, text, durably=True)
    return TranslationSummary(name, found.version, request.language, notes=_notes(found))


def _notes(found: _Import) -> tuple[str, ...]:
    """Return what was not sure when the file was read; what its numbers are is said by the source."""
    read = [note for entry in found.text.structure.entries for note in entry.piece.notes]
    return tuple(dict.fromkeys(map(str, [*found.file_notes, *read])))


def _fill(found: _Import) -> TranslationSummary:
    catalog = _catalog(found)
    alignment = _alignment(found)
    glossary, wrong = found.translations.glossary
    if wrong:
        raise PolicysiteError(wrong)
    source = found.project.settings.source_language
    filling = fill(catalog, alignment.fits, (glossary, source), overwrite=found.request.overwrite)
    text = str(catalog.file)
    faults = _faults(catalog, text, set(filling.filled), found)
    listed = problems_of(
        alignment,
        filling,
        found.file,
        found.text.line_in_file,
        found.version.path,
        catalog.path,
    )
    path = found.project.root / catalog.path
    if filling.filled:
        with writable(catalog.path):
            path.parent.mkdir(parents=True, exist_ok=True)
            staging.write(path, text, durably=True)
    problems = (*listed, *faults)
    held = held_translation(found.project, found.request.language, found.version.page)
    if not problems and held.is_file() and held.samefile(found.request.source):
        # Its catalog has all of it now.
        held.unlink()
    recorded = found.project.ledgers[found.version.policy].texts
    return TranslationSummary(
        catalog.path,
        found.version,
        found.request.language,
        entries=len(catalog.live),
        filled=len(filling.filled),
        same=filling.same,
        left=sum(entry.fuzzy or not entry.msgstr for entry in catalog.live),
        problems=problems,
        notes=_notes(found),
        remarks=tuple(
            f"{found.file}:{found.text.line_in_file(line)}: {said}"
            for line, said in alignment.remarks
        ),
        frozen=(found.version.number, found.request.language) in recorded,
        is_filled=True,
    )


def _catalog(found: _Import) -> Catalog:
    """Return the catalog of the version with an entry for each message of its text.

    Other versions fill nothing in yet: what was published for this one goes before.
    """
    page, translations = found.version.page, found.translations
    messages = extract_messages(found.project)[page]
    known: Catalog | Problem
    if translations.file(page).is_file():
        known = translations.read(page)
    else:
        known = new_catalog(
            found.project.name,
            found.request.language,
            page,
            translations.path(page),
            found.project.register.day,
        )
    problems = [known] if isinstance(known, Problem) else list(known.repeated())
    if isinstance(known, Problem) or problems:
        raise PolicysiteError(problems)
    return update_catalog(known, messages, Memory([]), found.version.moved).catalog


def _alignment(found: _Import) -> Alignment:
    version, text = found.version, found.text
    document = read_document(
        "\n".join(text.lines), "", held=True, language=found.request.language, rules=text.rules
    )
    source = version_document(found.project, version)
    return aligned(source.blocks, document.blocks, earlier_days(found.project, version))


def earlier_days(project: Project, version: PolicyVersion) -> dict[str, dt.date]:
    """Return the days on which the versions before *version* took effect, by number."""
    earlier = project.register.policies[version.policy].earlier(version)
    return {v.number: v.effective for v in earlier}


def _faults(
    catalog: Catalog, text: str, filled: Collection[Key], found: _Import
) -> Iterator[Problem]:
    """Yield what a check of catalogs finds in the entries that were filled, with their lines in *text*."""
    file = polib.pofile(f"{text}\n", encoding="utf-8", wrapwidth=0)
    written = Catalog(catalog.language, catalog.domain, catalog.path, file)
    lines = {line_of(entry) for entry in written.live if key_of(entry) in filled}
    glossary, source = found.translations.glossary[0], found.project.settings.source_language
    report = check_catalog(written, glossary, source, complete=False)
    yield from (problem for problem in report.problems if problem.line in lines)
