"""The hook of git: what is staged is checked, whatever is on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from support import ROOT, copy_project, swap

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "docs/privacy/1.6.md"


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "POLICYSITE_DATE": "2026-11-22",
    }
    who = ["-c", "user.name=Author", "-c", "user.email=author@example.org"]
    command = ["git", *who, *arguments]
    return subprocess.run(
        command, cwd=root, env=environ, check=False, capture_output=True, text=True
    )


def commit(root: Path) -> tuple[int, str]:
    """Commit what is staged; return the exit code and all that was said."""
    done = git(root, "commit", "--quiet", "--message", "A change")
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of the project with the hook switched on as `make hooks` does it."""
    root = copy_project(tmp_path / "project")
    (root / ".githooks").mkdir()
    for name in ("pre-commit", "pre-merge-commit"):
        hook = root / ".githooks" / name
        hook.write_bytes((ROOT / ".githooks" / name).read_bytes())
        hook.chmod(0o755)
    (root / ".venv").symlink_to(sys.prefix)
    for command in (
        ["init", "--quiet"],
        ["add", "conf.py", "docs", "locales", ".githooks"],
        ["commit", "--quiet", "--message", "First"],
        ["config", "core.hooksPath", ".githooks"],
    ):
        assert git(root, *command).returncode == 0
    return root


def test_a_good_change_is_committed(root: Path) -> None:
    swap("docs/index.md", "# Space", "\n# Space")(root)
    git(root, "add", "docs")
    assert commit(root)[0] == 0


@pytest.mark.thorough
def test_a_merge_is_checked_too(root: Path) -> None:
    text = (root / TEXT).read_text("utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("## Article 15 "))
    git(root, "checkout", "--quiet", "-b", "other")
    swap(TEXT, heading, heading.replace("15", "25"))(root)
    git(root, "commit", "--quiet", "--all", "--message", "Wrong", "--no-verify")
    git(root, "checkout", "--quiet", "-")
    swap("docs/index.md", "# Space", "\n# Space")(root)
    assert git(root, "commit", "--quiet", "--all", "--message", "Good").returncode == 0
    done = git(root, "merge", "--quiet", "--no-edit", "other")
    assert done.returncode == 1
    assert "[provision-order] Found 'Article 25" in done.stdout + done.stderr


@pytest.mark.thorough
def test_what_is_staged_is_checked_and_not_what_is_on_the_disk(root: Path) -> None:
    good = (root / TEXT).read_text("utf-8")
    swap(TEXT, "## Article 8 ", "## Article 18 ")(root)
    git(root, "add", TEXT)
    (root / TEXT).write_text(good, "utf-8")
    code, output = commit(root)
    assert code == 1
    assert f"{TEXT}:85: [provision-order] Found 'Article 18" in output
    assert (
        "Nothing was committed. Fix the errors above, 'git add' the files, and commit again."
        in output
    )
    git(root, "add", TEXT)
    swap(TEXT, "## Article 8 ", "## Article 18 ")(root)
    swap("docs/index.md", "# Space", "\n# Space")(root)
    git(root, "add", "docs/index.md")
    assert commit(root)[0] == 0


@pytest.mark.thorough
def test_a_catalog_is_checked_too(root: Path) -> None:
    catalog = "locales/ko/LC_MESSAGES/privacy/1.6.po"
    swap(catalog, "2024년 12월 27일", "2024년 12월 28일")(root)
    git(root, "add", "locales")
    code, output = commit(root)
    assert code == 1
    assert f"{catalog}:21: [catalog-date]" in output


@pytest.mark.thorough
def test_a_file_that_goes_is_missed_where_it_is_needed(root: Path) -> None:
    git(root, "rm", "--quiet", "docs/privacy/1.6.md")
    code, output = commit(root)
    assert code == 1
    assert "locales/ko/LC_MESSAGES/privacy/1.6.po: [catalog-stray]" in output


def test_other_files_are_nothing_to_the_hook(root: Path) -> None:
    swap(TEXT, "## Article 8 ", "## Article 18 ")(root)
    (root / "notes.txt").write_text("Notes", "utf-8")
    git(root, "add", "notes.txt")
    assert commit(root) == (0, "")


def test_without_its_python_the_hook_says_so(root: Path) -> None:
    (root / ".venv").unlink()
    swap("docs/index.md", "# Space", "\n# Space")(root)
    git(root, "add", "docs")
    code, output = commit(root)
    assert code == 1
    assert "nothing was checked: run 'make html' once" in output
