"""Importing a published policy as a version: from its file to ``docs/<policy>/<version>.md``."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.authoring.composed_source import composed_source, source_in
from policysite.authoring.import_request import request_problems
from policysite.authoring.import_steps import next_steps
from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.importing.recognised_text import PieceKind
from policysite.model.addresses import history_page
from policysite.model.front_matter import Field, closing_fence
from policysite.model.register_reader import load_register
from policysite.project.project import Project, load_project
from policysite.project.version_document import version_document
from policysite.skeleton.skeleton_files import history_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policysite.authoring.import_request import ImportRequest
    from policysite.importing.composing import Text
    from policysite.importing.import_source import Source
    from policysite.model.numbering_rules import NumberingRules
    from policysite.model.register import PolicyVersion
    from policysite.text.outline import Outline

_NOT_HELD = re.compile(r"^(text\s*:\s*)([\"']?)not-held\2", re.MULTILINE)


@dataclass(frozen=True)
class ImportSummary:
    """What was written, and what was not sure: ``notes`` are lines of the file, from 1, with sentences.

    ``history`` is the page of all versions, if the policy had none. ``next_steps`` are lines too.
    """

    path: str
    version: PolicyVersion
    replaced: bool
    headings: int
    provisions: int
    tables: int
    notes: tuple[tuple[int, str], ...]
    history: str = ""
    next_steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the summary, what to review, and what to do next, one fact a line."""
        did = "its record has its text now" if self.replaced else "a new version"
        count = len(self.notes)
        lines = [
            f"{self.path}: {did}, in force from {self.version.effective}",
            *([f"{self.history}: the page of all its versions"] if self.history else []),
            f"headings      {self.headings}",
            f"provisions    {self.provisions}",
            f"tables        {self.tables}",
            f"to review     {count} {'place' if count == 1 else 'places'}{':' if count else ''}",
            *(f"{self.path}:{line}: {message}" for line, message in self.notes),
            "",
            *self.next_steps,
        ]
        return "\n".join(lines)


def import_text(root: Path, environ: Mapping[str, str], request: ImportRequest) -> ImportSummary:
    """Write the text in the file of *request* as a version of the project in *root*.

    :raises PolicysiteError: with everything that must be fixed; nothing was written.
    """
    with locks.wait_for(work_folder(root)):
        try:
            drafts = {**environ, "POLICYSITE_DRAFTS": "1"}
            # The first version of a policy may be one that was published elsewhere.
            project = load_project(root, drafts, may_be_empty=[request.policy])
        except PolicysiteError as error:
            raise PolicysiteError([*source_in(request.source)[1], *error.problems]) from None
        source, problems = source_in(request.source, project.settings.source_language)
        if found := list(request_problems(project, request)):
            raise PolicysiteError([*problems, *found])
        target = project.docs / request.policy / f"{request.version}.md"
        head = _head(target, request)
        version, wrong = _as_it_would_be(project, request, head)
        if source is None or version is None or problems or wrong:
            raise PolicysiteError([*problems, *wrong])
        return _write(project, target, head, version, source, request.source)


def _head(target: Path, request: ImportRequest) -> str:
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
    project: Project, request: ImportRequest, head: str
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


def _composed(
    project: Project, target: Path, version: PolicyVersion, source: Source, path: Path
) -> Text:
    """Return the text that the *source* read from *path* is as *version*.

    :raises PolicysiteError: if it cannot be one.
    """
    return composed_source(
        source,
        path,
        project.settings.source_language,
        version.effective,
        title=_title(target),
        rules=version.numbering,
        before=_other_text(project, version),
    )


def _write(
    project: Project, target: Path, head: str, version: PolicyVersion, source: Source, path: Path
) -> ImportSummary:
    text = _composed(project, target, version, source, path)
    head = _with_rules(head, version.numbering, text.rules)
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
        headings=text.count(PieceKind.HEADING),
        provisions=len(text.structure.ids),
        tables=text.count(PieceKind.TABLE),
        notes=tuple((line + offset, message) for line, message in text.notes),
        history=history,
        next_steps=tuple(next_steps(project, version, replaced=replaced)),
    )


def _other_text(project: Project, version: PolicyVersion) -> Outline | None:
    """Return the provisions of the version nearest to *version* whose text is held, rather one before it."""
    policy = project.register.policies.get(version.policy)
    held = [v for v in policy.versions if v.held] if policy else []
    earlier = [v for v in held if v.effective <= version.effective]
    nearest = earlier[-1] if earlier else held[0] if held else None
    if nearest is None:
        return None
    return version_document(project, nearest).outline


def _with_rules(head: str, stated: NumberingRules, found: NumberingRules) -> str:
    """Return the front matter *head* with what was found of the numbers, besides what is *stated* there."""
    for name, before, now in (
        (Field.AS_PRINTED, stated.as_printed, found.as_printed),
        (Field.RESTART, stated.restart, found.restart),
    ):
        if now == before:
            continue
        entries = ", ".join(f"{key}: {value}" for key, value in now.items())
        line = f"{name}: {{{entries}}}\n"
        # Values below their key are lines that are indented.
        head = re.sub(rf"^{name}\s*:.*\n(?:[ \t]+.*\n)*", "", head, flags=re.MULTILINE)
        head = head.removesuffix("---\n") + f"{line}---\n"
    return head


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
