"""``guide/start.md``: a user who does what it says ends where it says, in order, with the engine that is installed here."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import sys
from pathlib import Path
from unittest import mock

import lxml.html
import pytest
from guide_pages import blocks
from start_guide import Reader, reader_environment, steps
from support import ROOT

from policysite.cli import main

# What sets up an environment of its own; tests/slow/test_start_installed.py does that too.
_SET_UP = ("make wheel", "python3 -m venv", "pip install", ". .venv/")


class ReaderHere(Reader):
    """A user whose ``policysite`` runs in this process; ``tests/slow/test_start_installed.py`` has it run as it is installed."""

    def _run(self, command: str) -> int:
        if not command.startswith("policysite "):
            return super()._run(command)
        said = io.StringIO()
        with (
            contextlib.chdir(self.place),
            mock.patch.dict(os.environ, self._environ, clear=True),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            code = main(shlex.split(command)[1:])
        self.said[command] = said.getvalue()
        return code


@pytest.mark.thorough
def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    (tmp_path / "policysite").mkdir()
    binaries = os.fspath(Path(sys.executable).parent)
    reader = ReaderHere(tmp_path / "policysite", reader_environment(tmp_path, binaries))
    followed = []
    for step in steps():
        if step.text.startswith(_SET_UP):
            continue
        code = reader.follow(step)
        followed.append(step.text)
        # The text was replaced, and is not translated yet.
        untranslated = step.text == "policysite check" and followed.count(step.text) == 1
        assert code == untranslated, f"{step.text}\n{reader.said.get(step.text)}"
        if untranslated:
            # What is missing, and what is left of the sample: the guide says that these are two lines.
            lines, _, count = reader.said[step.text].partition("\n\n")
            assert [line.partition("] ")[0].partition("[")[2] for line in lines.splitlines()] == [
                "catalog-incomplete",
                "catalog-unreached",
            ]
            assert " errors, " in count
    # The build and the ledger count alike.
    assert "provisions    5\n" in reader.said["policysite build"]
    recorded = reader.said["policysite freeze --version 1.0"]
    assert recorded.count(", the title and 5 provisions, ") == len(("en", "ko"))
    arrived(tmp_path / "acme-releases" / "current")
    assert "every text that is recorded is on the site" in reader.said[followed[-1]].casefold()


def arrived(site: Path) -> None:
    """Fail if readers do not see what the guide says at its end."""
    for language, word, number in (("en", "months", "6"), ("ko", "개월", "6")):
        in_force, upcoming, history, comparison = (
            lxml.html.parse(site / language / "privacy" / f"{name}.html").getroot().text_content()
            for name in ("index", "1.1", "history", "compare/1.0/1.1")
        )
        assert "1.0" in in_force
        assert "2030" in in_force
        assert word in upcoming
        assert {"en": "not yet in force", "ko": "시행"}[language] in upcoming.casefold()
        assert {
            "en": "Information is kept for six months.",
            "ko": "개인정보를 6개월 동안 보관합니다.",
        }[language] in history
        assert number in comparison


def test_nothing_of_the_guide_is_left_out() -> None:
    written = [step for step in steps() if step.language != "sh"]
    assert [step.language for step in written] == ["markdown", "po", "diff", "yaml", "po"]
    assert [step.file for step in written] == [
        "docs/privacy/1.0.md",
        "locales/ko/LC_MESSAGES/privacy/1.0.po",
        "docs/privacy/1.1.md",
        "docs/privacy/1.1.md",
        "locales/ko/LC_MESSAGES/privacy/1.1.po",
    ]
    assert (ROOT / "guide" / "start.md").is_file()


def test_the_first_page_begins_as_the_guide_does() -> None:
    content = (ROOT / "README.md").read_text("utf-8").partition("## A site of your own")[2]
    (block,) = blocks(content, "sh")
    commands = [step.text for step in steps() if step.language == "sh"]
    assert block.splitlines() == commands[: len(block.splitlines())]
