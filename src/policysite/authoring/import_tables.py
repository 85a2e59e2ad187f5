"""Importing the tables that were lost: from the file of a published text to the places that a held text marks as omitted."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.authoring.composed_source import composed_source, source_in
from policysite.authoring.import_translation import earlier_days
from policysite.base.problems import Code, PolicysiteError, Problem, excerpt, refusal
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.files.project_file import read
from policysite.importing.run_pairs import paired
from policysite.importing.text_runs import UnitKind, runs_of
from policysite.importing.translation_alignment import aligned
from policysite.model.addresses import version_page
from policysite.model.front_matter import LARGEST_SOURCE
from policysite.project.project import load_project
from policysite.project.version_document import version_document
from policysite.text.outline import read_document, read_version

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.importing.composing import Text
    from policysite.importing.text_runs import Run, Unit
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.text.outline import Document


@dataclass(frozen=True)
class TablesRequest:
    """Which file has the tables of which version."""

    policy: str
    version: str
    source: Path


@dataclass(frozen=True)
class TablesSummary:
    """What was written into ``path``: ``filled`` of ``lost`` places. ``problems`` are the places that got none, and what the file says otherwise."""

    path: str
    version: PolicyVersion
    filled: int
    lost: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    frozen: bool = False
    translated: bool = False

    def __str__(self) -> str:
        """Return the summary, one fact a line."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        count, number = len(self.problems), self.version.number
        yield f"{self.path}: {'written' if self.filled else 'unchanged'}"
        yield f"tables        {self.filled} of {self.lost} that were omitted"
        yield f"to review     {count} place{'s' * (count != 1)}{':' * bool(count)}"
        yield from map(str, self.problems)
        yield from self.notes
        yield ""
        yield f"Next: compare {self.path} with the published text;"
        if self.translated:
            yield f"      policysite import FILE --version {number} --as-translation CODE, for the tables in each other language;"
        if self.frozen:
            yield f"      policysite correct --version {number} --reason …, as the text is frozen."
        else:
            yield "      policysite check."


def import_tables(root: Path, environ: Mapping[str, str], request: TablesRequest) -> TablesSummary:
    """Write the tables in the file of *request*, a text in the source language, where the held text says that they are omitted.

    Nothing else of the text changes: what the file says otherwise is reported.

    :raises PolicysiteError: with everything that must be fixed; nothing was written.
    """
    with locks.wait_for(work_folder(root)):
        project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "1"})
        language = project.settings.source_language
        source, problems = source_in(request.source, language)
        version = project.register.version_of(version_page(request.policy, request.version))
        if version is None or not version.held:
            found = f"Found no held text of version {request.version!r} of {request.policy!r}, in which tables could be omitted."
            problems.append(
                Problem(str(request.source), 0, Code.IMPORT_TARGET, found, "Import the whole text.")
            )
        if source is None or version is None or problems:
            raise PolicysiteError(problems)
        held = version_document(project, version)
        text = composed_source(
            source,
            request.source,
            language,
            version.effective,
            rules=version.numbering,
            before=held.outline,
        )
        return _write(project, version, held, text, request)


def _write(
    project: Project, version: PolicyVersion, held: Document, text: Text, request: TablesRequest
) -> TablesSummary:
    language = project.settings.source_language
    other = read_document("\n".join(text.lines), "", held=True, language=language, rules=text.rules)
    lost, places, problems = _places(held, other)
    problems += _differences(held, other, earlier_days(project, version))
    path = project.root / version.path
    before = read(project.root, path, LARGEST_SOURCE).decode("utf-8-sig")
    after = _replaced(before, {line: _table(text, table) for line, table in places})
    _check(before, after, version, language)
    if places:
        with writable(version.path):
            staging.write(path, after, durably=True)
    return TablesSummary(
        version.path,
        version,
        len(places),
        lost,
        tuple(
            Problem(str(request.source), text.line_in_file(line), Code.IMPORT_TEXT, found, remedy)
            for line, found, remedy in problems
        ),
        tuple(note for _, note in text.notes),
        (version.number, language) in project.ledgers[version.policy].texts,
        bool(project.translations),
    )


_Found = list[tuple[int, str, str]]
"""Lines of the text that was read, with what is found there and what to do."""


def _places(held: Document, other: Document) -> tuple[int, list[tuple[int, Unit]], _Found]:
    """Return how many tables are lost, the tables that were found with the lines of their places, and what fits nowhere."""
    pairs = paired(runs_of(held.blocks), runs_of(other.blocks))
    count, places = 0, []
    problems: _Found = []
    missing = [(inner, behind) for run, behind in pairs.missing for inner in run.walk()]
    for run, found in [*pairs.same, *missing]:
        tables = _of(run, UnitKind.TABLE, UnitKind.OMITTED)
        lost = _of(run, UnitKind.OMITTED)
        count += len(lost)
        there = _of(found, UnitKind.TABLE) if (run, found) in pairs.same else []
        if lost and len(tables) == len(there):
            matched = zip(tables, there, strict=True)
            places += [(unit.line, table) for unit, table in matched if unit in lost]
        elif lost:
            problems.append(
                (
                    found.line,
                    f"Found {len(there)} tables for {run.heading!r} ({run.id}); expected {len(tables)}, as many as the text has "
                    f"and marks as omitted there (line {lost[0].line}).",
                    "Write the tables into the text by hand, or correct a copy of the file.",
                )
            )
    return count, places, problems


def _of(run: Run, *kinds: UnitKind) -> list[Unit]:
    return [unit for unit in run.units if unit.kind in kinds]


def _differences(held: Document, other: Document, versions: Mapping[str, dt.date]) -> _Found:
    """Return where the file says something else than the held text, besides its tables."""
    alignment = aligned(held.blocks, other.blocks, versions)
    remedy = "See whether it is the same version; the held text stays as it is."
    found = [
        (
            fit.line,
            f"Found {excerpt(fit.words)}, where the text has {excerpt(fit.message.msgid)}.",
            remedy,
        )
        for fit in alignment.fits
        if _bare(fit.words) != _bare(fit.message.msgid)
    ]
    return [
        *found,
        *(
            (m.line, f"{m.found} The text has: {m.expected}.", remedy)
            for m in alignment.misfits
            if m.messages
        ),
    ]


def _bare(words: str) -> str:
    return "".join(words.replace("\\", "").split())


def _table(text: Text, table: Unit) -> list[str]:
    """Return the lines that *table* is written in, without indentation."""
    starts = text.starts
    place = bisect(starts, table.line) - 1
    end = starts[place + 1] - 1 if place + 1 < len(starts) else len(text.lines)
    indent = text.structure.entries[place].indent
    lines = [line[indent:] for line in text.lines[starts[place] - 1 : end]]
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def _replaced(text: str, tables: Mapping[int, list[str]]) -> str:
    """Return *text* with *tables* in the places of the blocks that begin on their lines, indented as these are."""
    lines = text.split("\n")
    for line in sorted(tables, reverse=True):
        opening = lines[line - 1]
        indent = opening[: len(opening) - len(opening.lstrip())]
        fence = opening.strip().split("{")[0]
        end = next(n for n in range(line, len(lines)) if lines[n].strip() == fence)
        lines[line - 1 : end + 1] = [f"{indent}{row}".rstrip() for row in tables[line]]
    return "\n".join(lines)


def _check(before: str, after: str, version: PolicyVersion, language: str) -> None:
    """Refuse tables that would change the provisions of the text.

    :raises PolicysiteError: if they would.
    """
    was, now = (read_version(text, version, language) for text in (before, after))
    ids = [[passage.id for passage in document.outline.passages] for document in (was, now)]
    if ids[0] != ids[1] or len(now.problems) > len(was.problems):
        found = "With the tables in their places the text would have other provisions."
        raise refusal(version.path, Code.IMPORT_TEXT, found, "Write them into the text by hand.")
