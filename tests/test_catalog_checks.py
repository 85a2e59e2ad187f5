"""The check of the catalogs in processes of their own."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from support import build_site, swap

from policysite.base.problems import Code, PolicysiteError
from policysite.build import catalog_workers, workers
from policysite.build.catalog_workers import CatalogCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("in_processes")
KOREAN = "locales/ko/LC_MESSAGES"
EXPECTED = {
    ("locales/fr", Code.CATALOG_STRAY),
    (f"{KOREAN}/index.po", Code.CATALOG_SYNTAX),
    (f"{KOREAN}/privacy/1.6.po", Code.CATALOG_DATE),
    (f"{KOREAN}/privacy/history.po", Code.CATALOG_INCOMPLETE),
}


@pytest.fixture
def broken(project: Path) -> Path:
    """A project with four mistakes among its catalogs."""
    (project / "locales/fr").mkdir()
    with (project / KOREAN / "index.po").open("a", encoding="utf-8") as catalog:
        catalog.write("broken\n")
    swap(f"{KOREAN}/privacy/1.6.po", "2024년 12월 27일", "2024년 12월 28일")(project)
    (project / KOREAN / "privacy/history.po").unlink()
    return project


@pytest.fixture
def alarm() -> Iterator[None]:
    """Ends a test that hangs."""

    def ring(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def refused(root: Path) -> list[str]:
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    problems = caught.value.problems
    assert {(problem.path, problem.code) for problem in problems} == EXPECTED
    return sorted(map(str, problems))


@pytest.mark.thorough
def test_several_processes_find_what_one_finds(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = refused(broken)
    monkeypatch.setattr(catalog_workers, "_SHARE", 1)
    monkeypatch.setattr(catalog_workers, "cores", lambda: 3)
    assert refused(broken) == alone
    # What was found before is found again.
    assert refused(broken) == alone


def test_catalogs_are_checked_though_the_process_that_should_dies(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_workers, "_send", lambda *_: os._exit(1))
    refused(broken)


@pytest.mark.thorough
@pytest.mark.usefixtures("alarm")
def test_a_language_whose_process_dies_holds_up_no_other(
    write_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    languages = {"en": "English", "ko": "한국어", "de": "Deutsch"}
    text = (
        '---\nversion: "1.0"\neffective: 2026-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nA.\n'
    )
    root = write_project({"terms/1.0.md": text}, languages)
    problems = CatalogCheck.problems

    def die_in_korean(check: CatalogCheck) -> object:
        if check._language == "ko":  # noqa: SLF001
            os._exit(9)
        return problems(check)

    # More than a pipe holds: the sender waits for a reader.
    much = {"a catalog": ("digest" * 100_000, None)}
    monkeypatch.setattr(catalog_workers, "_check", lambda *_: ((), much))
    monkeypatch.setattr(CatalogCheck, "problems", die_in_korean)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    said = [p.message for p in caught.value.problems if "ended without a result" in p.message]
    assert said == ["The build of 'ko' ended without a result (exit 9)."]
