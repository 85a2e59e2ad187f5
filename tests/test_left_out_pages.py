"""A site may leave out the pages that compare, show two languages, or lead from a day; nothing then leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import DAY, build_site, page, text

from policysite.base.problems import PolicysiteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteProject = Callable[..., Path]

TEXT = '---\nversion: "{}"\neffective: {}\n---\n\n# Terms\n\n## Article 1 (Scope)\n\n{}\n'
TWO = {
    "terms/1.0.md": TEXT.format("1.0", "2024-01-01", "One."),
    "terms/1.1.md": TEXT.format("1.1", "2025-01-01", "Another."),
}
PREVIEW = {**DAY, "POLICYSITE_PREVIEW": "1"}
"""The translation may have gaps, which are not the matter here."""
FOLDERS = {"comparisons": "compare", "dates": "on", "parallel": "parallel"}


def leave_out(root: Path, *pages: str) -> None:
    path = root / "conf.py"
    lines = [
        line
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("policysite_left_out_pages")
    ]
    path.write_text("\n".join([*lines, f"policysite_left_out_pages = {list(pages)}\n"]), "utf-8")


def folders(root: Path) -> set[str]:
    return {path.name for path in (root / "_build/html/en/terms").iterdir() if path.is_dir()}


@pytest.mark.one_in(3)
@pytest.mark.parametrize("pages", FOLDERS)
def test_one_kind_is_gone_and_the_others_stay(pages: str, write_project: WriteProject) -> None:
    root = write_project(TWO, {"en": "English", "ko": "한국어"})
    leave_out(root, pages)
    # Proofreading finds a link to a page that is not there.
    build_site(root, PREVIEW)
    assert folders(root) == set(FOLDERS.values()) - {FOLDERS[pages]}


@pytest.mark.thorough
def test_pages_come_and_go_with_the_setting(write_project: WriteProject) -> None:
    root = write_project(TWO, {"en": "English", "ko": "한국어"})
    build_site(root, PREVIEW)
    leave_out(root, *FOLDERS)
    build_site(root, PREVIEW)
    assert folders(root) == set()
    version = page(root / "_build/html/en/terms/1.1.html")
    assert not version.xpath("//*[@class='article-changes']")
    history = text(page(root / "_build/html/en/terms/history.html"))
    assert "Version 1.1" in history
    assert "not held" not in history, "both texts are held"
    leave_out(root)
    build_site(root, PREVIEW)
    assert folders(root) == set(FOLDERS.values())


def test_an_unknown_kind_is_named(write_project: WriteProject) -> None:
    root = write_project(TWO)
    leave_out(root, "comparison")
    with pytest.raises(PolicysiteError, match="Found 'comparison' in policysite_left_out_pages"):
        build_site(root, PREVIEW)
