"""Every command with its output closed or full; tests/test_lost_output.py has the most important ones."""

from __future__ import annotations

import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from command_line import commands
from lost_output import ALL_CLOSED, CLOSED, FULL, REASONS, run
from support import DAY
from test_ended_by_signals import VERSION
from time_stamp_authority import serve_authority

from policysite.release.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOST = 3
# They become another program, or serve until they are stopped.
OTHERS = {"live", "scheduler", "worker", "serve"}


@pytest.mark.parametrize("redirection", REASONS)
def test_the_help_of_every_command_ends_with_a_code(redirection: str) -> None:
    asked = [["--help"], ["--version"], *([name, "--help"] for name in commands())]
    with ThreadPoolExecutor(2) as executor:
        found = list(executor.map(lambda words: run(redirection, *words), asked))
    said = f"The standard output cannot be written: {REASONS[redirection]}.\n"
    assert found == [(LOST, said)] * len(asked)


def postpone(root: Path, go: Callable[..., None]) -> None:
    """Have a version that is still to come recorded, and postponed."""
    coming = root / "docs/terms/3.0.md"
    coming.write_text(VERSION.format(number="3.0", day="2027-01-01"), "utf-8")
    go("freeze", "--version", "3.0")
    go("postpone", "--version", "3.0", "--to", "2027-02-01", "--reason", "More time.")
    assert "postponed" in coming.read_text("utf-8")


@pytest.mark.parametrize("redirection", [FULL, CLOSED, ALL_CLOSED])
def test_every_command_does_what_it_does(
    write_project: Callable[..., Path], tmp_path: Path, redirection: str
) -> None:
    root, to = (
        write_project({"terms/1.0.md": VERSION.format(number="1.0", day="2024-01-01")}),
        tmp_path / "srv",
    )
    done: set[str] = set()

    def go(*command: str | Path) -> None:
        done.add(str(command[0]))
        project: list[str | Path] = (
            [] if command[0] in {"init", "releases", "rollback"} else ["--root", root]
        )
        code, said = run(redirection, *command, *project)
        assert code == LOST, (command, said)

    for command in ("check", "check-po", "update-po", "build", "verify"):
        go(command)
    go("build-part", "--language", "en", "--to", tmp_path / "parts")
    go("freeze", "--version", "1.0")
    publish: list[str | Path] = ["publish", "--day", DAY["POLICYSITE_DATE"], "--to", to]
    go(*publish)
    go("reproduce", to / "releases/000001")
    (root / "docs/terms/2.0.md").write_text(VERSION.format(number="2.0", day="2025-01-01"), "utf-8")
    go("freeze", "--version", "2.0")
    go("record-release", "--day", DAY["POLICYSITE_DATE"])
    go(*publish)
    assert Releases(to).current() == 2
    go("releases", "--to", to)
    go("rollback", "--to", to)
    assert Releases(to).current() == 1
    text = root / "docs/terms/2.0.md"
    text.write_text(text.read_text("utf-8").replace("The text", "Another text"), "utf-8")
    go("correct", "--version", "2.0", "--reason", "A word was wrong.")
    go(
        "withdraw",
        "--version",
        "2.0",
        "--date",
        DAY["POLICYSITE_DATE"],
        "--reason",
        "It was wrong.",
    )
    assert "withdrawn" in text.read_text("utf-8")
    postpone(root, go)
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    go("sign", "--key", key)
    assert (root / "docs/terms/ledger.json.sig").is_file()
    with serve_authority(tmp_path / "authority", "TSA") as authority:
        go("timestamp", "--tsa", authority.address)
    go("new-version", "--version", "4.0", "--effective", "2027-06-01")
    old = tmp_path / "old.md"
    old.write_text("# Terms\n\n## Article 1 (Scope)\n\nThe old text.\n", "utf-8")
    go("import", old, "--version", "0.9", "--effective", "2023-01-01")
    assert (root / "docs/terms/0.9.md").is_file()
    go("add-language", "de")
    go("translation-status")
    go("add-policy", "cookies", "--title", "Cookies")
    assert (root / "docs/cookies").is_dir()
    wheel = tmp_path / "policysite-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("policysite/__init__.py", "")
    who = ["--publisher", "Acme", "--policy", "Terms", "--email", "a@example.com"]
    go("init", tmp_path / "new", *who, "--time-zone", "Asia/Seoul", "--wheel", wheel)
    assert (tmp_path / "new/conf.py").is_file()
    assert done == commands().keys() - OTHERS
