"""Everything that can be known before publishing, without building: what ``make check`` does."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.base.waivers import waivers_of
from policysite.catalogs.check_catalogs import check_language
from policysite.catalogs.coverage import (
    missing_entries,
    missing_problem,
    stale_problems,
    update_command,
)
from policysite.catalogs.translations import INTERFACE, TEMPLATES
from policysite.checks.dangling_references import translated_references
from policysite.checks.frozen_remedies import with_corrections
from policysite.checks.ledger_check import changed_frozen, ledger_problems, unfrozen
from policysite.checks.notice_period import announced_later
from policysite.checks.requirement_checks import check_requirements
from policysite.checks.stale_references import translation_findings, translation_problem
from policysite.checks.statement_rules import STILL_TO_COME
from policysite.checks.static_files import check_brought_files
from policysite.checks.version_checks import Findings, VersionChecks
from policysite.files.project_file import is_there, list_files, read
from policysite.markdown.lost_text import check_source
from policysite.model.front_matter import LARGEST_SOURCE, FrontMatter
from policysite.model.register_reader import NOT_VERSIONS, missing_documents, only_drafts
from policysite.project.project import language_of_texts, load_project
from policysite.text.outline import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.translations import Translations
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.message_templates import Message

_WORDS = (INTERFACE, TEMPLATES)


@dataclass(frozen=True)
class ProjectReport:
    """What the check of a project found; ``texts`` and ``catalogs`` count what was checked."""

    found: Findings
    texts: int = 0
    catalogs: int = 0


@dataclass
class _Scope:
    """What is to be checked: documents by name, catalogs by language and domain.

    Beside the versions that changed, ``following`` are those whose records are about them, ``mentioning`` those whose
    texts may name their provisions. ``requirements`` says whether the maps of requirements are among it.
    """

    documents: set[str] = field(default_factory=set)
    catalogs: dict[str, set[str]] = field(default_factory=dict)
    following: list[PolicyVersion] = field(default_factory=list)
    mentioning: list[PolicyVersion] = field(default_factory=list)
    requirements: bool = True


def check_project(
    root: Path,
    environ: Mapping[str, str],
    files: Sequence[str] = (),
    repository: Path | None = None,
) -> ProjectReport:
    """Check the project in *root*, drafts included: all of it, or what *files* touch, paths relative to *root*.

    Settings, register and ledgers are always read whole. Nothing is built or written. *repository* is where the project
    lies in its git repository, if that is not *root*: a ledger must extend the committed one.
    """
    paths, missing = _paths(root, files)
    try:
        project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
    except PolicysiteError as error:
        texts = list(_texts_alone(root, paths if files else None))
        return ProjectReport(Findings([*error.problems, *missing, *texts]))
    everything = not files or "conf.py" in paths
    scope = _everything(project) if everything else _touched(project, paths)
    found = Findings([*missing, *ledger_problems(project, repository or root)])
    found.notes += changed_frozen(project, repository or root, paths)
    if everything or any(Path(path).parts[0] not in {"docs", "locales"} for path in paths):
        found.problems += check_brought_files(project.root, project.docs, project.brought)
    if everything:
        found.notes += [*unfrozen(project, coming=True), *announced_later(project)]
        policies = project.register.policies.values()
        found.notes += [
            only_drafts(p.versions[0]) for p in policies if all(v.draft for v in p.versions)
        ]
    return _Check(project, scope, found).run()


def _paths(root: Path, files: Sequence[str]) -> tuple[set[str], list[Problem]]:
    """Return *files* relative to *root*, and which of them are not there."""
    found: set[str] = set()
    missing: list[Problem] = []
    for name in files:
        path = (root / name).absolute()
        shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else name
        if path.is_file():
            found.add(shown)
        else:
            remedy = "Correct the name; a path begins at the project's folder."
            problem = Problem(shown, 0, Code.NO_SUCH_FILE, "There is no such file.", remedy)
            missing.append(problem)
    return found, missing


def _texts_alone(root: Path, paths: set[str] | None) -> Iterator[Problem]:
    """Check what the texts show by themselves, where there is no register to check them against."""
    docs, language = root / "docs", language_of_texts(root)
    for file in list_files(root, docs).names(".md"):
        path = file.relative_to(root).as_posix()
        is_version = file.parent.parent == docs and file.stem not in NOT_VERSIONS
        if not is_version or (paths is not None and path not in paths):
            continue
        matter = FrontMatter(file, root, required=True)
        if not matter.problems:
            text = read(root, file, LARGEST_SOURCE).decode("utf-8-sig")
            held = matter.values.get("text") != "not-held"
            yield from check_source(text, path)
            rules = matter.numbering_rules
            document = read_document(text, path, held=held, language=language, rules=rules)
            # The labels of a language that is not known are none.
            if language or document.outline.articles:
                yield from document.problems


def _everything(project: Project) -> _Scope:
    documents = set(project.completeness.documents)
    return _Scope(documents, {name: {*_WORDS, *documents} for name in project.translations})


def _touched(project: Project, paths: set[str]) -> _Scope:
    scope, known = _Scope(requirements=False), set(project.completeness.documents)
    for path in paths:
        parts = Path(path).with_suffix("").parts
        scope.requirements |= parts[0] == "docs" and len(parts) == 3
        if parts[0] == "docs" and (docname := "/".join(parts[1:])) in known:
            scope.documents.add(docname)
            for language in project.translations:
                scope.catalogs.setdefault(language, set()).add(docname)
        elif parts[0] == "locales" and len(parts) > 2 and parts[1] in project.translations:
            # A glossary is for all catalogs of its language.
            domain = "/".join(parts[3:])
            domains = {domain} if domain else {*_WORDS, *known}
            scope.catalogs.setdefault(parts[1], set()).update(domains)
    for name in scope.documents:
        if version := project.register.version_of(name):
            _add_neighbours(project, version, scope)
    return scope


def _add_neighbours(project: Project, version: PolicyVersion, scope: _Scope) -> None:
    policy = project.register.policies[version.policy]
    for other in policy.versions:
        if version in (policy.before(other), policy.nearest_held_before(other)):
            scope.following.append(other)
        if f"{version.number}#".encode() in read(project.root, project.root / other.path):
            scope.mentioning.append(other)


class _Check:
    """Checks what is in the scope, and collects what it finds."""

    def __init__(self, project: Project, scope: _Scope, found: Findings) -> None:
        self.project = project
        self.scope = scope
        self.found = found
        documents = project.completeness.documents
        self.versions = VersionChecks(
            project.root, project.docs, project.settings, project.register, frozenset(documents)
        )
        # Each language has a catalog of the same ones.
        self.messages = cache(self._messages)

    def run(self) -> ProjectReport:
        """Check everything in the scope."""
        project, found = self.project, self.found
        found.problems += missing_documents(project.root, project.docs, project.register.policies)
        for docname in sorted(self.scope.documents):
            version = project.register.version_of(docname)
            if version:
                self.versions.check(version, found)
            else:
                self._check_document(docname)
        for version in self.scope.following:
            found.problems += self.versions.moves(version)
        for version in self.scope.mentioning:
            found.problems += self.versions.references(version)
        if self.scope.requirements:
            check_requirements(project, lambda v: self.versions.outline(v).lines, found)
        catalogs = 0
        for language in [project.settings.source_language, *project.translations]:
            # Of the source language there are none but the words of the interface.
            is_source = language == project.settings.source_language
            domains = {INTERFACE} if is_source else self.scope.catalogs.get(language, set())
            report = check_language(project.completeness, language, domains)
            found.problems += report.problems
            found.waivers += report.waivers
            for domain in sorted(domains):
                catalogs += self._check_catalog(project.completeness.translations(language), domain)
        found.problems = with_corrections(project, found.problems)
        found.notes = with_corrections(project, found.notes)
        return ProjectReport(found, len(self.scope.documents), catalogs)

    def _check_document(self, docname: str) -> None:
        """Check a document that is not a policy version."""
        path, outline = self.versions.path_of(docname), self.versions.document(docname).outline
        self.found.problems += self.versions.as_written(docname)
        self.found.problems += self.versions.links(path, docname, outline)
        self.found.problems += self.versions.document_references(path, docname)

    def _check_catalog(self, translations: Translations, domain: str) -> int:
        """Check a catalog against its document; return the number of catalogs that were read."""
        project, completeness = self.project, self.project.completeness
        complete = completeness.needed(translations.language).get(domain, False)
        catalog = translations.catalog(domain)
        if domain == INTERFACE:
            return int(catalog is not None)
        path = translations.path(domain)
        messages = self.messages(domain)
        if catalog is None:
            if messages and not complete and not is_there(translations.file(domain)):
                self._note_open(path, f"There is no catalog yet for {domain}")
            return 0
        update = update_command(translations.language, in_use=project.register.is_in_use(domain))
        missing = list(missing_entries(catalog, messages))
        if messages:
            version = project.register.version_of(domain)
            # A draft is work that is not done, and its catalog follows when it is.
            into = self.found.notes if version and version.draft else self.found.problems
            into += stale_problems(catalog, messages, update, version.moved if version else {})
            if version:
                into += self._references(translations, catalog, version)
        if complete:
            source = f"docs/{domain}.md"
            self.found.problems += [missing_problem(m, catalog, source, update) for m in missing]
        else:
            open_ = [e for e in catalog.live if e.fuzzy or not e.msgstr.strip()]
            waived = [e for e in open_ if Code.CATALOG_INCOMPLETE in waivers_of(e)[0]]
            if count := len(open_) - len(waived) + len(missing):
                messages_are = "1 message is" if count == 1 else f"{count} messages are"
                self._note_open(path, f"{messages_are} not translated yet")
        return 1

    def _references(
        self, translations: Translations, catalog: Catalog, version: PolicyVersion
    ) -> Iterator[Problem]:
        """Yield what is wrong with the references in a translation of *version*, less what its catalog waives."""
        settings = self.project.settings
        dangling = translated_references(
            self.versions.document(version.page),
            catalog,
            settings.source_language,
            implied=settings.policies[version.policy].link_references,
        )
        known = self.versions.stale.in_translation(version, translations)
        stale = translation_findings(catalog, known)
        self.found.waivers += [*dangling.waivers, *stale.waivers]
        yield from dangling.problems
        doubtful = {translation_problem(one, catalog) for one in known if not one.certain}
        yield from (problem for problem in stale.problems if problem not in doubtful)
        if self.project.register.status(version) in STILL_TO_COME:
            self.found.notes += [problem for problem in stale.problems if problem in doubtful]

    def _messages(self, domain: str) -> tuple[Message, ...]:
        """Return the messages of the document *domain*; none for the words of the interface."""
        is_document = domain in self.project.completeness.documents
        return self.versions.messages(domain) if is_document else ()

    def _note_open(self, path: str, found: str) -> None:
        remedy = (
            "See policysite translation-status; a version in force must be translated completely."
        )
        self.found.notes.append(Problem(path, 0, Code.CATALOG_INCOMPLETE, f"{found}.", remedy))
