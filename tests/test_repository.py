"""What is around the code: how git treats the files, what is checked before a commit, and what is kept up to date."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from support import ROOT
from wheels import checked_in

if TYPE_CHECKING:
    from pathlib import Path

LINES = "".join(f'  "{number}"\n' for number in range(40))


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environ["GIT_CONFIG_GLOBAL"] = os.devnull
    who = ["-c", "user.name=Author", "-c", "user.email=author@example.org"]
    return subprocess.run(
        ["git", *who, *arguments],
        cwd=root,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )


def merge(root: Path, name: str) -> int:
    """Change the file *name* at its end on one branch and at its beginning on another; return what merging says."""
    (root / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    file = root / name
    file.parent.mkdir(parents=True)
    file.write_text(LINES, "utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "First")
    git(root, "checkout", "--quiet", "-b", "other")
    file.write_text(LINES + '  "of the other branch"\n', "utf-8")
    git(root, "commit", "--quiet", "--all", "--message", "Other")
    git(root, "checkout", "--quiet", "main")
    file.write_text('  "of this branch"\n' + LINES, "utf-8")
    git(root, "commit", "--quiet", "--all", "--message", "This")
    return git(root, "merge", "--quiet", "other").returncode


@pytest.mark.parametrize("name", ["ledger.json", "ledger.json.sig"])
def test_git_puts_no_two_ledgers_together(tmp_path: Path, name: str) -> None:
    assert merge(tmp_path, f"docs/privacy/{name}") == 1
    # What was there stays, without the marks of a conflict.
    found = (tmp_path / "docs/privacy" / name).read_text("utf-8")
    assert found == '  "of this branch"\n' + LINES
    assert f"docs/privacy/{name}" in git(tmp_path, "ls-files", "--unmerged").stdout


def test_git_merges_catalogs(tmp_path: Path) -> None:
    assert merge(tmp_path, "locales/ko/LC_MESSAGES/privacy/1.6.po") == 0


def test_texts_and_catalogs_end_their_lines_in_one_way(tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    kept = {"locales/ko/a.po": b"a\r\n", "docs/a.md": b"a\r\n", "tests/data/a.txt": b"a\r\n"}
    for name, content in {**kept, "a.png": b"\x89PNG\r\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    told = [line.split() for line in git(tmp_path, "ls-files", "--eol").stdout.splitlines()]
    stored = {line[-1]: line[0] for line in told}
    assert (stored["locales/ko/a.po"], stored["docs/a.md"]) == ("i/lf", "i/lf")
    # What came from elsewhere, and pictures, are as they were.
    assert (stored["tests/data/a.txt"], stored["a.png"]) == ("i/crlf", "i/crlf")


def local_hooks() -> dict[str, dict[str, Any]]:
    """Return the hooks of pre-commit by their ids, if all of them are the project's own."""
    configuration = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (repository,) = configuration["repos"]
    assert repository["repo"] == "local"
    return {hook["id"]: hook for hook in repository["hooks"]}


def test_what_is_run_before_a_commit_fetches_nothing() -> None:
    hooks = local_hooks()
    # pre-commit makes no environment for these kinds.
    assert {hook["language"] for hook in hooks.values()} == {"script", "system"}
    check = hooks.pop("policysite-check")
    assert os.access(ROOT / check["entry"], os.X_OK)
    assert (check["pass_filenames"], check["always_run"]) == (False, True)
    assert all(hook["entry"].startswith(".venv/bin/ruff ") for hook in hooks.values())


@pytest.mark.parametrize(
    ("hook", "bad"), [("ruff-format", '"""Say."""\n\nx =  1\n'), ("ruff-check", "import os\n")]
)
def test_style_is_checked_before_a_commit(tmp_path: Path, hook: str, bad: str) -> None:
    command = local_hooks()[hook]["entry"].replace(".venv", sys.prefix).split()
    results = []
    for content in ('"""Say."""\n\nx = 1\n', bad):
        file = tmp_path / "module.py"
        file.write_text(content, "utf-8")
        results.append(subprocess.run([*command, file], cwd=ROOT, check=False).returncode)
    assert results == [0, 1]
    assert file.read_text("utf-8") == bad


def test_what_is_kept_up_to_date_is_there() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    folders = {update["package-ecosystem"]: update["directories"] for update in updates}
    assert folders["github-actions"] == ["/", "/deploy"]
    with_packages = {
        f"/{name.rpartition('/')[0]}"
        for name in checked_in()
        if re.search(r"(^|/)package-lock\.json$", name)
    }
    assert set(folders["npm"]) == with_packages
