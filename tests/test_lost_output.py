"""Commands whose output cannot be written: they do their work, print the summary elsewhere, and exit with a code, without a traceback.

One command of each kind is run here; tests/slow/test_lost_output_everywhere.py runs all.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lost_output import ALL_CLOSED, ALL_FULL, CLOSED, FULL, REASONS, run
from served_site import Client
from support import DAY

from policysite.authoring.record import freeze
from policysite.ledger.ledger_reading import read_ledger
from policysite.release.releases import Releases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOST = 3
VERSION = """\
---
version: "{number}"
effective: 2024-01-01
---

# Terms

## Article 1 (Scope)

The text.
"""


@pytest.fixture
def project(write_project: Callable[..., Path]) -> Path:
    return write_project({"terms/1.0.md": VERSION.format(number="1.0")})


@pytest.fixture
def frozen(project: Path) -> Path:
    """A project that can be published."""
    freeze(project, DAY, "terms", "1.0")
    return project


def publishing(root: Path, to: Path) -> list[str | Path]:
    return ["publish", "--day", DAY["POLICYSITE_DATE"], "--root", root, "--to", to]


@pytest.mark.one_in(2)
@pytest.mark.parametrize("redirection", REASONS)
def test_help_ends_with_a_code(redirection: str) -> None:
    said = f"The standard output cannot be written: {REASONS[redirection]}.\n"
    for words in (["--help"], ["--version"], ["publish", "--help"]):
        assert run(redirection, *words) == (LOST, said)


@pytest.mark.thorough
@pytest.mark.one_in(2)
@pytest.mark.parametrize("redirection", REASONS)
def test_a_question_ends_with_a_code(frozen: Path, redirection: str) -> None:
    said = f"The standard output cannot be written: {REASONS[redirection]}.\n"
    assert run(redirection, "check", "--root", frozen) == (LOST, said)
    assert run(redirection, "check-po", "--format", "json", "--root", frozen) == (LOST, said)


@pytest.mark.thorough
def test_a_pipe_that_is_closed_early_gives_no_message(frozen: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "policysite", "check", "--root", str(frozen)],
        env={**os.environ, **DAY},
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (LOST, b"")


@pytest.mark.thorough
@pytest.mark.parametrize("redirection", [*REASONS, ALL_CLOSED, ALL_FULL])
def test_what_was_published_is_said_on_the_standard_error(
    frozen: Path, tmp_path: Path, redirection: str
) -> None:
    to = tmp_path / "srv"
    code, said = run(redirection, *publishing(frozen, to))
    assert code == LOST
    assert Releases(to).current() == 1
    if redirection in REASONS:
        assert said.startswith("release       000001, the first\nserved from   ")
        last = f"The standard output cannot be written: {REASONS[redirection]}. The lines above were meant for it."
        assert said.splitlines()[-1] == last


@pytest.mark.thorough
def test_no_file_gets_the_number_of_a_stream_that_is_closed(project: Path) -> None:
    file = project / "docs/terms/ledger.json"
    assert run(ALL_CLOSED, "freeze", "--version", "1.0", "--root", project)[0] == LOST
    ledger, problems = read_ledger(file.read_text("utf-8"), "ledger.json")
    assert problems == []
    assert ledger
    assert [entry.version for entry in ledger.entries] == ["1.0"]


@pytest.mark.thorough
@pytest.mark.one_in(2)
@pytest.mark.parametrize("redirection", REASONS)
def test_a_build_says_what_it_did_and_one_for_programs_ends(
    project: Path, tmp_path: Path, redirection: str
) -> None:
    site = tmp_path / "site"
    command: list[str | Path] = ["build", "--root", project, "--output", site]
    said = f"The standard output cannot be written: {REASONS[redirection]}."
    assert run(redirection, *command, "--json") == (LOST, f"{said}\n")
    assert not site.exists()
    code, errors = run(redirection, *command)
    assert code == LOST
    assert "provisions    1\n" in errors
    assert errors.endswith(f"{said} The lines above were meant for it.\n")
    assert (site / "index.html").is_file()


def test_a_server_with_a_closed_output_serves(current: Path) -> None:
    command = [sys.executable, "-m", "policysite", "serve", str(current), "--port", "0"]
    with subprocess.Popen(
        ["sh", "-c", f'exec "$@" {CLOSED}', "sh", *command], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        found = re.search(r"is served at (\S+);", server.stderr.readline())
        assert found
        try:
            assert Client(found[1], current).ask("/en/")[0] == 200
        finally:
            server.send_signal(signal.SIGINT)
        said = server.stderr.read()
    assert (server.returncode, said.splitlines()[1:]) == (0, [])


def test_what_another_program_could_not_write_is_not_begun(project: Path) -> None:
    (project / "locales/ko").mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = ["live", "--language", "ko", "--root", project]
    said = "The standard output cannot be written: No space left on device.\n"
    assert run(FULL, *command) == (LOST, said)


def test_letters_that_an_encoding_lacks_are_written_by_their_numbers(tmp_path: Path) -> None:
    with contextlib.ExitStack() as kept:
        out = kept.enter_context((tmp_path / "out").open("wb"))
        words = [sys.executable, "-m", "policysite", "releases", "--to", str(tmp_path / "약관")]
        environ = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
        done = subprocess.run(words, env=environ, stdout=out, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"\\uc57d\\uad00: [target] There are no releases here." in done.stderr
