"""Building one language with Sphinx, in a process of its own.

Nothing else in this room imports Sphinx, except ``sphinx_warnings``. The driver imports it once and forks, so that the
second language does not pay for it again.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import shutil
import time
import traceback
from typing import TYPE_CHECKING, Any

from sphinx.application import builtin_extensions
from sphinx.errors import SphinxError
from sphinx.util.console import nocolor
from sphinx.util.docutils import docutils_namespace, patch_docutils

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.build.jobs import LanguageResult
from policysite.build.progress import READ, WRITE, Step, no_progress
from policysite.build.sphinx_warnings import SphinxWarnings, WatchedSphinx
from policysite.proofread.page_reading import read_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.build.jobs import LanguageJob

# Sphinx imports these by name.
_PRELOADED = ("furo", "myst_parser.sphinx_ext.main", "babel.messages.pofile", *builtin_extensions)


def preload(extensions: Iterable[str]) -> None:
    """Import what every build needs, once for all processes that are forked from this one.

    One of the *extensions* of ``conf.py`` that cannot be imported, whatever it says, is left to Sphinx to report.
    """
    for module in _PRELOADED:
        importlib.import_module(module)
    for module in extensions:
        with contextlib.suppress(Exception, SystemExit):
            importlib.import_module(module)


def build_language(
    job: LanguageJob,
    progress: Callable[[Step], None] = no_progress,
) -> LanguageResult:
    """Build *job*. *progress* is called for every document read and every page written.

    A build that is cut off leaves a marker, and the next one starts from nothing.
    """
    started = time.monotonic()
    if job.unfinished.exists():
        shutil.rmtree(job.folder)
    job.folder.mkdir(parents=True, exist_ok=True)
    job.unfinished.touch()
    nocolor()
    # Sphinx words thousands of notes for those who debug it, and shows none of them here.
    logging.disable(logging.DEBUG)
    warnings = SphinxWarnings()
    try:
        with patch_docutils(job.root), docutils_namespace():
            app = WatchedSphinx(
                warnings,
                srcdir=job.docs,
                confdir=job.root,
                outdir=job.output,
                doctreedir=job.folder / "doctrees",
                buildername=job.builder,
                # The extension compiles the catalogs: Sphinx would write into their folder.
                confoverrides={"language": job.language, "locale_dirs": [], **job.overrides},
            )
            _count(app, job, progress)
            app.build()
        problems = warnings.problems(job.root)
    except Exception as error:  # noqa: BLE001 - reported with all the others, not swallowed
        problems = [*warnings.problems(job.root), *_problems_of(error)]
    if problems:
        seconds = time.monotonic() - started
        return LanguageResult(job.language, tuple(problems), seconds=seconds)
    if job.builder == "html":
        # Here, side by side with the other languages; for proofreading.
        read_pages(job.output, job.pages)
    job.unfinished.unlink()
    return _result(app, time.monotonic() - started)


def _count(app: Sphinx, job: LanguageJob, progress: Callable[[Step], None]) -> None:
    """Tell *progress* how far *app* is; how many pages it writes is known if it reads all documents."""
    done, total = {READ: 0, WRITE: 0}, {READ: 0, WRITE: 0}

    def begin(_app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        total[READ] = len(docnames)
        total[WRITE] = job.page_count if len(docnames) == len(env.found_docs) else 0

    def step(phase: str) -> None:
        done[phase] += 1
        # A version may be read when its page is written.
        if phase != READ or done[READ] <= total[READ]:
            progress(Step(job.language, phase, done[phase], total[phase]))

    app.connect("env-before-read-docs", begin)
    app.connect("doctree-read", lambda *_: step(READ))
    app.connect("html-page-context", lambda *_: step(WRITE))


def _result(app: Sphinx, seconds: float) -> LanguageResult:
    found: dict[str, Any] = app.env.domaindata["policy"]
    return LanguageResult(
        app.config.language,
        titles={name: title.astext() for name, title in app.env.titles.items()},
        provisions=sum(map(len, found["provisions"].values())),
        omitted=sum(piece.omitted for pieces in found["texts"].values() for piece in pieces),
        messages=sum(count.total for count in found["messages"].values()),
        translated=sum(count.translated for count in found["messages"].values()),
        seconds=seconds,
    )


def _problems_of(error: Exception) -> tuple[Problem, ...]:
    """Return what *error* says; the extension's own errors carry their problems."""
    problems = getattr(error, "problems", None)
    if isinstance(problems, tuple):
        return problems
    if isinstance(error, (SphinxError, PolicysiteError)):
        return (Problem("docs", 0, Code.SPHINX, f"{error}"),)
    trace = "".join(traceback.format_exception(error))
    return (Problem("docs", 0, Code.SPHINX, f"The build stopped unexpectedly:\n{trace}"),)
