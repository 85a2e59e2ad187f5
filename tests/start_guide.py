"""Doing what ``guide/start.md`` says: its commands are run, its texts written and its translations entered, in order."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib
from guide_pages import BLOCK
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START = ROOT / "guide" / "start.md"
_FILE = re.compile(r"`([\w./]+\.(?:md|po))`")


@dataclass(frozen=True)
class Step:
    """One block of code of the guide: a command, or what is to be written into ``file``."""

    language: str
    text: str
    file: str


def steps() -> Iterator[Step]:
    """Yield the steps; of a block with commands, one a line. A file was named last before the block."""
    content, place = START.read_text("utf-8"), 0
    file = ""
    for found in BLOCK.finditer(content):
        file = [file, *_FILE.findall(content[place : found.start()])][-1]
        place = found.end()
        texts = found["text"].splitlines() if found["language"] == "sh" else [found["text"]]
        yield from (Step(found["language"], text, file) for text in texts)


def reader_environment(home: Path, *folders: str) -> dict[str, str]:
    """Return the variables of a user who has git set up, and programs in *folders* before all others."""
    names = {
        f"GIT_{who}_{what}": "reader"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    path = os.pathsep.join((*folders, os.environ["PATH"]))
    kept = {
        name: os.environ[name] for name in os.environ if name.startswith(("PIP_", "SSL_", "LC_"))
    }
    return {**kept, **names, "PATH": path, "HOME": os.fspath(home)}


class Reader:
    """A user who does what the guide says, in a folder, with the variables *environ*."""

    def __init__(self, place: Path, environ: dict[str, str]) -> None:
        self.place = place
        self._environ = environ
        self.said: dict[str, str] = {}

    def follow(self, step: Step) -> int:
        """Do one step; return the exit code of a command, 0 for what is written."""
        if step.language == "sh":
            return self._run(step.text)
        file = self.place / step.file
        if step.language == "markdown":
            file.write_text(step.text, "utf-8")
        elif step.language == "po":
            _translate(file, polib.pofile(step.text))
        elif step.language == "diff":
            _change(file, step.text)
        elif step.language == "yaml":
            _insert(file, step.text, "effective: ")
        else:
            raise LookupError(step.language)
        return 0

    def _run(self, command: str) -> int:
        if command.startswith("cd "):
            self.place = (self.place / command.removeprefix("cd ")).resolve()
            return 0
        if command == ". .venv/bin/activate":
            self._environ["PATH"] = f"{self.place}/.venv/bin:{self._environ['PATH']}"
            return 0
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.place,
            env=self._environ,
            capture_output=True,
            text=True,
            check=False,
        )
        self.said[command] = done.stdout + done.stderr
        return done.returncode


def _translate(file: Path, wanted: polib.POFile) -> None:
    catalog = polib.pofile(str(file), wrapwidth=0)
    for entry in wanted:
        found = catalog.find(entry.msgid)
        assert found, entry.msgid
        # The guide names what is open, and nothing else.
        assert not found.translated(), entry.msgid
        found.msgstr, found.previous_msgid = entry.msgstr, None
        found.flags = [flag for flag in found.flags if flag != "fuzzy"]
    assert not catalog.untranslated_entries()
    assert not catalog.fuzzy_entries()
    catalog.save()


def _change(file: Path, diff: str) -> None:
    text = file.read_text("utf-8")
    for old, new in re.findall(r"^-(.+\n)((?:\+.+\n)?)", diff, re.MULTILINE):
        assert text.count(old) == 1, old
        text = text.replace(old, new.removeprefix("+"))
    file.write_text(text, "utf-8")


def _insert(file: Path, lines: str, below: str) -> None:
    text = file.read_text("utf-8")
    (line,) = (one for one in text.splitlines(keepends=True) if one.startswith(below))
    file.write_text(text.replace(line, line + lines, 1), "utf-8")
