"""Building the site: what ``make html`` does."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError, Problem
from policysite.build import source_changes
from policysite.build.expected_pages import expected_pages
from policysite.build.progress import Assembling, Started, no_progress
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.model import addresses
from policysite.model.build_choices import wants_preview
from policysite.project import fingerprint
from policysite.project.project import Project, load_project

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

    from policysite.build.assembly import Assembly
    from policysite.build.jobs import LanguageResult
    from policysite.build.progress import ProgressCallback
    from policysite.build.scheduler import Scheduler

_WRITE_REMEDY = (
    "Free space, correct the permissions of the folder, or choose another with --output."
)
_COUNTS = ("provisions", "omitted", "messages", "translated")
_ENGLISH = "english"


@dataclass(frozen=True)
class Summary:
    """What a build made. ``built`` are the languages that Sphinx had to run for."""

    output: Path
    versions: int
    records: int
    languages: tuple[str, ...]
    built: tuple[str, ...]
    provisions: int
    omitted: int
    translated: Mapping[str, float]
    seconds: float
    english: tuple[str, ...] = ()
    """Languages whose pages have English words around the texts."""

    def __str__(self) -> str:
        """Return the summary for the end of a build, one fact a line."""
        shares = ", ".join(f"{code} {share:.0%}" for code, share in self.translated.items())
        gaps = any(share < 1 for share in self.translated.values())
        of_texts = " of the texts; policysite translation-status says what is open" if gaps else ""
        what = f"built {', '.join(self.built)}" if self.built else "nothing changed"
        records = f", of which {self.records} are records (text not held)" if self.records else ""
        omitted = f"omitted       {self.omitted} tables of the published policy"
        lines = [
            f"versions      {self.versions}{records}",
            f"languages     {', '.join(self.languages)}",
            f"provisions    {self.provisions}",
            *([omitted] if self.omitted else []),
            f"translated    {shares or 'only one language'}{of_texts}",
            *(
                [
                    f"interface     English on the pages in {', '.join(self.english)}: see 'Words of the interface' in the guide"
                ]
                if self.english
                else []
            ),
            f"{self.seconds:.1f} s: {what}. Open {self.output / 'index.html'}",
        ]
        return "\n".join(lines)


def build(
    root: Path,
    output: Path,
    environ: Mapping[str, str],
    progress: ProgressCallback = no_progress,
    scheduler: Scheduler | None = None,
) -> Summary:
    """Build the project in *root* into the folder *output*, and replace what is there.

    *progress* is called with every event. *scheduler* has the languages built that are not as they have to be; without one the
    processes of this machine do.

    A file that is saved in the meantime would be published half-checked, so everything is checked again then.

    :raises PolicysiteError: with everything that must be fixed; *output* is unchanged.
    """
    output = output.resolve()
    work = root / "_build" / ("preview-work" if wants_preview(environ) else "work")

    def once() -> Summary:
        staging.recover(output)
        staging.check_output(output, root)
        return _build(load_project(root, environ), output, work, progress, scheduler)

    with writable(output, _WRITE_REMEDY), locks.wait_for(work):
        return source_changes.retry_until_stable(once)


def _build(
    project: Project,
    output: Path,
    work: Path,
    progress: ProgressCallback,
    scheduler: Scheduler | None,
) -> Summary:
    """Build what is not as it has to be.

    :raises SourcesChangedError: if it changed in the meantime.
    """
    started = time.monotonic()
    state = _State(work / "state.json")
    code_stamp = fingerprint.of_code(project)
    stamps = fingerprint.of_languages(project, project.settings.languages, code_stamp)
    if state.code != code_stamp:
        _forget_pages(project, work)
    stale = [
        code
        for code, stamp in stamps.items()
        if state.stamps.get(code) != stamp or not (work / code / "html").is_dir()
    ]
    stamp = _site_stamp(output)
    if stale or state.site != stamp:
        # What builds takes longer to import than all else that an unchanged site needs.
        from policysite.build.assembly import Assembly  # noqa: PLC0415
        from policysite.checks.static_files import check_brought_files  # noqa: PLC0415

        # Before Sphinx, or another machine, is handed any of them.
        if problems := list(check_brought_files(project.root, project.docs, project.brought)):
            raise PolicysiteError(problems)

        new = staging.prepare(output)
        # Until it is published, what these languages leave behind counts for nothing.
        for code in stale:
            state.stamps.pop(code, None)
        state.save()
        try:
            of_stale = {code: stamps[code] for code in stale}

            def now() -> dict[str, str]:
                return fingerprint.of_languages(project, stale, fingerprint.of_code(project))

            with source_changes.assert_unchanged(now, of_stale):
                earlier = output if state.site and state.site == stamp else None
                assembly = Assembly(project, work, new, earlier)
                _make(assembly, stale, state, progress, scheduler)
            staging.replace(new, output)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        state.stamps, state.code = stamps, code_stamp
        state.site = _site_stamp(output)
        state.save()
    return _summary(project, output, stale, state, time.monotonic() - started)


class _State:
    """What the last good build left: stamps of the languages and the site, and the counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stamps: dict[str, str] = {}
        self.code = ""
        self.site = ""
        self.results: dict[str, dict[str, int]] = {}
        self.titles: dict[str, dict[str, str]] = {}
        try:
            saved = json.loads(path.read_text(encoding="utf-8"))
            self.stamps, self.code, self.site = saved["stamps"], saved["code"], saved["site"]
            self.results, self.titles = saved["results"], saved["titles"]
        except (OSError, ValueError, KeyError):
            self.stamps = {}

    def note(self, result: LanguageResult, project: Project) -> None:
        """Remember what a language's build counted, its titles of the site and the policies, and whether its interface is English."""
        register = project.register
        translations = project.completeness.translations(result.language)
        self.results[result.language] = {name: getattr(result, name) for name in _COUNTS}
        self.results[result.language][_ENGLISH] = not translations.words.is_spoken
        pages = {p.name: register.current_or_latest(p).page for p in register.policies.values()}
        self.titles[result.language] = {
            name: result.titles.get(page, "")
            for name, page in ({addresses.HOME: addresses.HOME} | pages).items()
        }

    def save(self) -> None:
        """Write the state; a reader finds the old one or the new one."""
        names = ("stamps", "code", "site", "results", "titles")
        staging.write(self.path, json.dumps({name: getattr(self, name) for name in names}))


def _forget_pages(project: Project, work: Path) -> None:
    """Have every page rebuilt: Sphinx does not notice a change of the code that makes them."""
    for code in project.settings.languages:
        shutil.rmtree(work / code, ignore_errors=True)


def _make(
    assembly: Assembly,
    stale: list[str],
    state: _State,
    progress: ProgressCallback,
    scheduler: Scheduler | None,
) -> None:
    """Build the *stale* languages, and put all of them together, each as soon as it is built."""
    from policysite.build.edition_files import make_editions  # noqa: PLC0415

    project = assembly.project
    assembly.editions = make_editions(project, project.settings.editions)
    problems: dict[str, tuple[Problem, ...]] = {}
    with contextlib.closing(_results(assembly, stale, progress, scheduler)) as results:
        for result in results:
            problems[result.language] = result.problems
            if not any(problems.values()):
                state.note(result, project)
                assembly.add(result.language)
    if any(problems.values()):
        raise PolicysiteError([problem for code in stale for problem in problems[code]])
    progress(Assembling())
    for code in project.settings.languages:
        if code not in stale:
            assembly.add(code)
    assembly.finish(state.titles)


def _results(
    assembly: Assembly,
    stale: list[str],
    progress: ProgressCallback,
    scheduler: Scheduler | None,
) -> Generator[LanguageResult, None, None]:
    """Have the *stale* languages built, and yield the result of each."""
    if not stale:
        return
    from policysite.build.edition_files import offered  # noqa: PLC0415
    from policysite.build.jobs import LanguageJob  # noqa: PLC0415
    from policysite.build.local_scheduler import ThisMachine  # noqa: PLC0415

    project = assembly.project
    documents, pages = len(project.completeness.documents), expected_pages(project)
    site_pages = pages * len(project.settings.languages)
    progress(Started(tuple(stale), documents, pages, site_pages))
    jobs = [
        LanguageJob(
            project.root,
            project.docs,
            assembly.work / code,
            code,
            {**project.choices, **offered(assembly.editions, code)},
            page_count=pages,
        )
        for code in stale
    ]
    yield from (scheduler or ThisMachine()).build(project, jobs, progress)


def _site_stamp(output: Path) -> str:
    return fingerprint.of_folder(output) if output.is_dir() else ""


def _summary(
    project: Project, output: Path, built: list[str], state: _State, seconds: float
) -> Summary:
    versions = [v for policy in project.register.policies.values() for v in policy.versions]
    source = state.results[project.settings.source_language]
    return Summary(
        output=output,
        versions=len(versions),
        records=sum(not version.held for version in versions),
        languages=tuple(project.settings.languages),
        built=tuple(built),
        provisions=source["provisions"],
        omitted=source["omitted"],
        translated={
            code: state.results[code]["translated"] / (state.results[code]["messages"] or 1)
            for code in project.translations
        },
        seconds=seconds,
        english=tuple(c for c in project.settings.languages if state.results[c][_ENGLISH]),
    )
