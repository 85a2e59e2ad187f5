"""Importing a published policy as a version: from its file to ``docs/<policy>/<version>.md``."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.days import is_day
from policysite.base.problems import Code, PolicysiteError, Problem, excerpt, quoted, refusal
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.importing.composing import AlteredError, LanguageError, compose
from policysite.importing.import_source import Source, read_source
from policysite.importing.inline import CannotWriteError
from policysite.importing.recognised_text import NoArticlesError, NoTitleError, PieceKind
from policysite.languages import language_data
from policysite.model.addresses import history_page, version_page
from policysite.model.citations import own_form
from policysite.model.front_matter import closing_fence
from policysite.model.register_reader import load_register
from policysite.model.version_names import EXPECTED, is_version_name
from policysite.project.project import Project, load_project
from policysite.skeleton.skeleton_files import history_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.model.register import PolicyVersion

_NOT_HELD = re.compile(r"^(text\s*:\s*)([\"']?)not-held\2", re.MULTILINE)


@dataclass(frozen=True)
class Request:
    """What is to be imported as what. The days are as they were typed; empty ones are those of the record."""

    policy: str
    version: str
    source: Path
    effective: str = ""
    announced: str = ""


@dataclass(frozen=True)
class ImportSummary:
    """What was written, and what was not sure: ``notes`` are lines of the file, from 1, with sentences.

    ``history`` is the page of all versions, if the policy had none.
    """

    path: str
    version: PolicyVersion
    replaced: bool
    published: bool
    translated: bool
    articles: int
    provisions: int
    tables: int
    notes: tuple[tuple[int, str], ...]
    history: str = ""

    def __str__(self) -> str:
        """Return the summary, what to review, and what to do next, one fact a line."""
        did = "its record has its text now" if self.replaced else "a new version"
        count = len(self.notes)
        lines = [
            f"{self.path}: {did}, in force from {self.version.effective}",
            *([f"{self.history}: the page of all its versions"] if self.history else []),
            f"articles      {self.articles}",
            f"provisions    {self.provisions}",
            f"tables        {self.tables}",
            f"to review     {count} {'place' if count == 1 else 'places'}{':' if count else ''}",
            *(f"{self.path}:{line}: {message}" for line, message in self.notes),
            "",
            f"Next: compare {self.path} with the published text, and correct it where needed;",
        ]
        if self.translated:
            published = " PUBLISHED=1" if self.published else ""
            lines.append(
                f"      policysite update-po{published}, and translate what policysite translation-status names;"
            )
        lines += [
            f"      policysite build, and review compare/…/{self.version.number}.html: where provisions moved, "
            "write 'moved' (see the guide for authors).",
        ]
        return "\n".join(lines)


def import_text(root: Path, environ: Mapping[str, str], request: Request) -> ImportSummary:
    """Write the text in the file of *request* as a version of the project in *root*.

    :raises PolicysiteError: with everything that must be fixed; nothing was written.
    """
    with locks.wait_for(work_folder(root)):
        try:
            drafts = {**environ, "POLICYSITE_DRAFTS": "1"}
            # The first version of a policy may be one that was published elsewhere.
            project = load_project(root, drafts, may_be_empty=[request.policy])
        except PolicysiteError as error:
            raise PolicysiteError([*_read(request.source)[1], *error.problems]) from None
        source, problems = _read(request.source, project.settings.source_language)
        if found := list(_target_problems(project, request)):
            raise PolicysiteError([*problems, *found])
        target = project.docs / request.policy / f"{request.version}.md"
        head = _head(target, request)
        version, wrong = _as_it_would_be(project, request, head)
        if source is None or version is None or problems or wrong:
            raise PolicysiteError([*problems, *wrong])
        return _write(project, target, head, version, source, request.source)


def _read(path: Path, language: str = "") -> tuple[Source | None, list[Problem]]:
    """Return what is in a file, a text in *language*, or what is wrong with it."""
    try:
        return read_source(path, language), []
    except PolicysiteError as error:
        return None, list(error.problems)


def _headings(language: str) -> str:
    """Return the forms of headings that are known in a text in *language*."""
    own = own_form(1, language)
    return f"'{own} (…)', " * bool(own) + "'Article 1 (…)' or '제1조(…)'"


def _target_problems(project: Project, request: Request) -> Iterator[Problem]:
    """Find out why *request* cannot become a version, as far as that does not depend on other versions."""
    policies = project.settings.policies
    if request.policy not in policies:
        yield _target_problem(
            request,
            f"Found the policy {request.policy or '(nothing)'!r}; the site has {quoted(policies)}.",
            "Name one of them, or add it to policysite_policies in conf.py.",
        )
    if not is_version_name(request.version):
        yield _target_problem(
            request,
            f"Found the version {request.version or '(nothing)'!r}; expected {EXPECTED}.",
            "Correct the number.",
        )
    for name, day in (("effective", request.effective), ("announced", request.announced)):
        if day and not is_day(day):
            yield _target_problem(
                request,
                f"Found the {name} day {day!r}; expected a day of the calendar, written like 2024-12-27.",
                "Correct the date.",
            )
    page = version_page(request.policy, request.version)
    record = project.register.version_of(page)
    if record is None:
        if not request.effective:
            yield _target_problem(
                request,
                "The day on which the version takes effect is missing.",
                "Name it: --effective 2024-12-27.",
            )
        return
    if record.held:
        yield Problem(
            record.path,
            0,
            Code.IMPORT_TARGET,
            "The text of this version is already held, and is not overwritten.",
            "Import the text as another version, or compare by hand.",
        )
        return
    for name, typed, stated in (
        ("effective", request.effective, record.effective),
        ("announced", request.announced, record.announced),
    ):
        if typed and stated and typed != stated.isoformat() and is_day(typed):
            yield record.problem(
                Code.IMPORT_TARGET,
                name,
                f"The record states {name}: {stated}, and {typed} was given.",
                "Correct the one that is wrong.",
            )


def _head(target: Path, request: Request) -> str:
    """Return the front matter, with its fences: that of the record, which says now that the text is held, or a new one."""
    announced = f"announced: {request.announced}\n" if request.announced else ""
    if not target.is_file():
        effective = f"effective: {request.effective}\n{announced}"
        return f'---\nversion: "{request.version}"\n{effective}text: held\n---\n'
    lines = target.read_text("utf-8-sig").splitlines()
    head = _NOT_HELD.sub(r"\1held", "\n".join(lines[: closing_fence(lines) + 1]))
    if announced and not re.search(r"^announced\s*:", head, re.MULTILINE):
        head = re.sub(r"^(effective\s*:.*\n)", rf"\1{announced}", head, count=1, flags=re.MULTILINE)
    return f"{head}\n"


def _as_it_would_be(
    project: Project, request: Request, head: str
) -> tuple[PolicyVersion | None, list[Problem]]:
    """Return the version as the register would have it, and what the register would find wrong."""
    name = Path("docs") / request.policy / f"{request.version}.md"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        shutil.copytree(project.docs, root / "docs", symlinks=True)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(head, "utf-8")
        policies = project.settings.policies
        try:
            register = load_register(
                root, root / "docs", policies, project.register.day, drafts=True
            )
        except PolicysiteError as error:
            # The file is not there yet, so it has no lines.
            return None, [
                replace(p, line=0) if p.path == name.as_posix() else p for p in error.problems
            ]
    version = register.policies[request.policy][request.version]
    if version.held:
        return version, []
    found = "The record says that its text is not held, in a form that is not supported."
    return None, [
        version.problem(Code.IMPORT_TARGET, "text", found, "Write it as 'text: not-held'.")
    ]


def _write(
    project: Project, target: Path, head: str, version: PolicyVersion, source: Source, path: Path
) -> ImportSummary:
    language = project.settings.source_language
    title = _title(target)
    try:
        text = compose(source.pieces, source.notes, language, version.effective, title)
    except LanguageError as error:
        raise _text_refusal(
            path,
            f"The text is not in {language_data.own_name(language)} ({language}), the source language of the site.",
            f"docs/ holds texts in that language: import that text, run policysite update-po, and copy the sentences of "
            f"this one into the catalogs, locales/<language>/LC_MESSAGES/{version.page}.po.",
        ) from error
    except NoArticlesError as error:
        shown = f" The text begins with {excerpt(str(error))}." if str(error) else ""
        raise _text_refusal(
            path,
            f"No article is recognised in the text, such as {_headings(language)}.{shown}",
            "Write the headings in one of these forms in a copy of the file, or paste the text by hand: see “Marks and numbers” in "
            "the guide for authors.",
        ) from error
    except NoTitleError as error:
        raise _text_refusal(
            path,
            "The text has no title: nothing stands out before the first article, and its first line is long.",
            "Write the title of the policy in the first line of a copy of the file.",
        ) from error
    except (CannotWriteError, AlteredError) as error:
        raise _text_refusal(
            path,
            f"Markdown would not say what the text says{f', at {excerpt(str(error))}' if str(error) else ''}.",
            "Report it to the maintainers; until then paste the text by hand.",
        ) from error
    replaced = target.exists()
    name = target.relative_to(project.root).as_posix()
    history = ""
    with writable(name):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            history = _history(project, version.policy)
            staging.write(target, "\n".join([head, *text.lines, ""]), durably=True)
        except OSError:
            if history:
                (project.root / history).unlink()
            raise
    offset = head.count("\n") + 1
    return ImportSummary(
        path=name,
        version=version,
        replaced=replaced,
        published=not version.draft and version.effective <= project.register.day,
        translated=len(project.settings.languages) > 1,
        articles=text.count(PieceKind.ARTICLE),
        provisions=len(text.structure.ids),
        tables=text.count(PieceKind.TABLE),
        notes=tuple((line + offset, message) for line, message in text.notes),
        history=history,
    )


def _history(project: Project, policy: str) -> str:
    """Write the page of all versions of *policy* if there is none, and return its path; empty if nothing was written.

    :raises OSError: if it cannot be written.
    """
    page = history_page(policy)
    path = project.docs / f"{page}.md"
    text = history_text(project.settings.source_language)
    if path.is_file() or not text:
        return ""
    staging.write(path, text)
    return path.relative_to(project.root).as_posix()


def _title(target: Path) -> str:
    """Return the title that is in the record, if there is one."""
    lines = target.read_text("utf-8-sig").splitlines() if target.is_file() else []
    return next((line[2:].strip() for line in lines if line.startswith("# ")), "")


def _target_problem(request: Request, found: str, remedy: str) -> Problem:
    path = f"docs/{request.policy or '…'}/{request.version or '…'}.md"
    return Problem(path, 0, Code.IMPORT_TARGET, found, remedy)


def _text_refusal(path: Path, found: str, remedy: str) -> PolicysiteError:
    return refusal(path, Code.IMPORT_TEXT, found, remedy)
