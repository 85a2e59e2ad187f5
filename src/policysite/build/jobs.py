"""What is built at a time, and its result: plain data, for the scheduler that builds it, in this process or on another machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policysite.proofread.page_reading import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.base.problems import Problem


@dataclass(frozen=True)
class LanguageJob:
    """One language to build. ``folder`` keeps what is written and the doctrees from build to build.

    ``builder`` is the name of Sphinx's builder, ``overrides`` are settings in the place of those of ``conf.py``, and
    ``environ`` is what the extension finds in the environment: the day, and whether to build drafts. ``page_count`` is how
    many pages there will be, for those who want to know how far it is.
    """

    root: Path
    docs: Path
    folder: Path
    language: str
    environ: Mapping[str, str]
    builder: str = "html"
    overrides: Mapping[str, Any] = field(default_factory=dict)
    page_count: int = 0

    @property
    def name(self) -> str:
        """What the job is called among those of one build; files and tasks are named by it."""
        return self.language

    @property
    def output(self) -> Path:
        """Where Sphinx writes."""
        return self.folder / self.builder

    @property
    def unfinished(self) -> Path:
        """The marker of a folder that Sphinx cannot continue with."""
        return self.folder / "unfinished"

    @property
    def pages(self) -> Path:
        """The file with what was read of the pages, see :func:`~policysite.proofread.page_reading.read_pages`."""
        return self.folder / PAGES


@dataclass(frozen=True)
class LanguageResult:
    """What came of it. ``titles`` maps docnames to titles."""

    language: str
    problems: tuple[Problem, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    provisions: int = 0
    omitted: int = 0
    messages: int = 0
    translated: int = 0
    seconds: float = 0.0
