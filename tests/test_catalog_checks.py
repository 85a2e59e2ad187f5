"""The check of the catalogs in processes of their own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support import build_site, swap

from policysite.driver import catalog_checks
from policysite.errors import Code, PolicysiteError

if TYPE_CHECKING:
    from pathlib import Path

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


def refused(root: Path) -> list[str]:
    with pytest.raises(PolicysiteError) as caught:
        build_site(root)
    problems = caught.value.problems
    assert {(problem.path, problem.code) for problem in problems} == EXPECTED
    return sorted(map(str, problems))


def test_several_processes_find_what_one_finds(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = refused(broken)
    monkeypatch.setattr(catalog_checks, "_SHARE", 1)
    monkeypatch.setattr(catalog_checks, "cores", lambda: 3)
    assert refused(broken) == alone
    # What was found before is found again.
    assert refused(broken) == alone


def test_catalogs_are_checked_though_the_process_that_should_dies(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_checks, "_send", lambda *_: os._exit(1))
    refused(broken)
