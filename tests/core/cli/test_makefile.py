"""``make``: what is typed there reaches the commands, and the commands understand it."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from command_line import misunderstood
from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A virtual environment whose ``policysite`` prints what it is given, one word a line."""
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    for name in ("python", "policysite"):
        program = folder / "bin" / name
        program.write_text(
            '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done\n', "utf-8"
        )
        program.chmod(0o755)
    for name in ("site", "development", "import", "cluster"):
        (folder / f"built-for-{name}").touch()
    return folder


def passed_on(venv: Path, *typed: str, environ: dict[str, str] | None = None) -> list[str]:
    """Run make with what is *typed*, and return the words of the command."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-s", f"VENV={venv}", *typed],
        cwd=ROOT,
        env={**clean, **(environ or {})},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_quotation_marks_spaces_and_dollar_signs_reach_the_command(venv: Path) -> None:
    typed = 'It\'s 5 % of "users"; $$5, $$(HOME), nothing `else`.html'
    words = passed_on(venv, "import", "VERSION=1.5", "EFFECTIVE=2024-01-18", f"FROM={typed}")
    assert words == [
        "import", "--policy", "privacy", "--version", "1.5", "--effective", "2024-01-18", "--announced", "",
        typed.replace("$$", "$"),
    ]  # fmt: skip


def test_what_the_shell_has_under_the_same_names_does_not_count(venv: Path) -> None:
    # Some have LANGUAGE for their own messages.
    names = ("LANGUAGE", "FORMAT", "TO", "VERSION", "POLICY", "PUBLISHED", "SITE", "FILES")
    environ = dict.fromkeys(names, "of the shell")
    assert passed_on(venv, "check-po", environ=environ) == ["check-po", "--format", "text"]
    assert passed_on(venv, "publish", environ=environ) == ["publish"]
    assert passed_on(venv, "freeze", environ=environ) == ["freeze", "--policy", "privacy"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["html"], ["build"]),
        (["check", "FILES=docs/a.md *.po"], ["check", "--format", "text", "--", "docs/a.md", "*.po"]),
        (["check", "FORMAT=github"], ["check", "--format", "github", "--"]),
        (["serve", "TO=/srv/a b"], ["serve", "--to", "/srv/a b", "--under", "", "--port", "8000"]),
        (["serve", "UNDER=/policies"], ["serve", "--to", "", "--under", "/policies", "--port", "8000"]),
        (["update-po", "PUBLISHED=1"], ["update-po", "--published"]),
        (["update-po", "LANGUAGE=ko"], ["update-po", "--language", "ko"]),
        (["translation-status", "LANGUAGE=ko"], ["translation-status", "--pages", "--language", "ko"]),
        (["live", "LANGUAGE=ko", "PORT=1"], ["live", "--port", "1", "--language", "ko"]),
        (["add-language", "LANGUAGE=ja"], ["add-language", "ja"]),
        (["freeze", "VERSION=1.7"], ["freeze", "--policy", "privacy", "--version", "1.7"]),
        (["publish", "TO=/srv/a b"], ["publish", "--to", "/srv/a b"]),
        (["verify"], ["verify"]),
        (["verify", "SITE=https://example.com/a?b&c"], ["verify", "https://example.com/a?b&c"]),
        (
            ["new-version", "VERSION=1.7", "EFFECTIVE=2027-01-01", "POLICY=terms"],
            ["new-version", "--policy", "terms", "--version", "1.7", "--effective", "2027-01-01", "--announced", ""],
        ),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_target_runs_its_command(venv: Path, typed: list[str], words: list[str]) -> None:
    assert passed_on(venv, *typed) == words


def test_every_command_of_a_target_is_understood() -> None:
    commands = re.findall(r"\$\(POLICYSITE\)( .*)", MAKEFILE)
    assert len(commands) > 10
    for command in commands:
        # What a variable holds, and how the shell leaves it out, is not an option.
        plain = re.sub(r"\$\$\{[A-Z]+:\+([^}]*)\}", r"\1", command).replace('"', " ")
        assert misunderstood(f"policysite{plain}") == "", command


def test_help_has_every_target_that_people_type(venv: Path) -> None:
    shown = {line.split()[1] for line in passed_on(venv, "help")}
    phony = set(re.findall(r"[a-z-]+", MAKEFILE.partition(".PHONY:")[2].partition("\n\n")[0]))
    assert phony <= shown
