"""What the measurements ask of a tool."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from benchmarks.corpus import Corpus, Version

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements"
FOLDERS = re.compile(r"(?<![\w.])/(?:[^/\s'\"]+/)+")
MOST_CHARACTERS = 200


class ToolError(Exception):
    """A tool could not be installed, or its project could not be written; the words say why."""


class Tool(ABC):
    """A tool that makes a site of a policy. ``folder`` is always that of the project that the tool builds."""

    name: str
    """As it is named in the table."""
    requirements: ClassVar[str] = ""
    """The lock file in ``requirements/``, without ``.txt``; empty for what this project itself is installed with."""
    site: ClassVar[str] = "site"
    """The folder of the site in the project."""
    made: ClassVar[tuple[str, ...]] = ("site",)
    """What a clean build begins without, as patterns: the site and everything that is kept for the next build."""

    def __init__(self, installed: Path) -> None:
        self.bin = Path(sys.executable).parent
        if self.requirements:
            self.home = installed / self.requirements
            self.bin = self.home / "bin"

    def install(self) -> None:
        """Install the tool, unless it is there.

        :raises ToolError: with what the installer said.
        """
        if self.requirements:
            install_packages(self.requirements, self.home)

    def versions_of(self, *names: str) -> str:
        """Return the installed versions of the packages *names*."""
        code = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
        found = run([os.fspath(self.bin / "python"), "-c", code, *names], HERE).split()
        return ", ".join(f"{name} {number}" for name, number in zip(names, found, strict=True))

    @abstractmethod
    def version(self) -> str:
        """Return the versions of the tool and of what it works with."""

    @abstractmethod
    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write the project, only what differs from what is there."""

    @abstractmethod
    def commands(self, corpus: Corpus) -> list[list[str]]:
        """Return the commands of a build, to be run one after the other in the project."""

    @abstractmethod
    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page in the site."""

    def languages(self, corpus: Corpus) -> tuple[str, ...]:
        """Return the languages of the site."""
        return corpus.languages

    def environment(self) -> dict[str, str]:
        """Return the environment of the commands."""
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        # What is compiled is kept from run to run, as it is for everybody who sets nothing.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, "PATH": path}


def install_packages(lock: str, home: Path) -> None:
    """Make a virtual environment in *home* with what the lock file named *lock* has, unless it is there.

    :raises ToolError: with what the installer said.
    """
    file = REQUIREMENTS / f"{lock}.txt"
    done = home / "installed"
    if done.is_file() and done.read_bytes() == file.read_bytes():
        return
    run([sys.executable, "-m", "venv", "--clear", os.fspath(home)], HERE)
    pip = [os.fspath(home / "bin/python"), "-m", "pip", "install", "--quiet"]
    run([*pip, "--disable-pip-version-check", "--require-hashes", "-r", os.fspath(file)], HERE)
    done.write_bytes(file.read_bytes())


def run(command: list[str], folder: Path) -> str:
    """Run *command* in *folder* and return what it printed.

    :raises ToolError: when it cannot be started or fails, with the end of what it said.
    """
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise ToolError(str(error)) from error
    if done.returncode:
        raise ToolError(last_words(done.stderr or done.stdout))
    return done.stdout


def last_words(said: str) -> str:
    """Return the last line of *said* that names an error, else the last one that says something.

    Folders are left out: the words are published with the results.
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line.lower()]
    words = (errors or lines or ["it failed without a message"])[-1]
    return FOLDERS.sub("…/", words)[:MOST_CHARACTERS]
