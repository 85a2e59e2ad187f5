"""This project: everything that it makes, what the peers make too, and the check of one text."""

from __future__ import annotations

import compileall
import os
from importlib.metadata import version as installed
from pathlib import Path
from typing import ClassVar

import policysite
from benchmarks.corpus import ENGLISH, POLICY, Corpus, Version, write_project
from benchmarks.peers.targets import CHECK, EVERYTHING, REDUCED
from benchmarks.peers.tool import Tool

LATER = "2100-01-01"
"""A day on which all versions of every size have taken effect."""


class Everything(Tool):
    """``python -m policysite build``, which checks what it has built."""

    name = EVERYTHING
    site = "_build/html"
    made = ("_build",)
    settings: ClassVar[str] = ""
    """What is added to ``conf.py``."""

    def version(self) -> str:
        """Return the versions of what the project works with."""
        return f"this checkout, sphinx {installed('sphinx')}"

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write the project, and compile the software as an installation would."""
        is_new = not folder.exists()
        write_project(folder, corpus)
        if is_new:
            with (folder / "conf.py").open("a", encoding="utf-8") as conf:
                conf.write(self.settings)
            compileall.compile_dir(Path(policysite.__file__).parent, quiet=1)

    def commands(self, corpus: Corpus) -> list[list[str]]:  # noqa: ARG002 - one build has all languages
        """Return the one command."""
        return [[*self.program, "build", "--output", self.site]]

    @property
    def program(self) -> list[str]:
        """The command line up to the name of the command."""
        return [os.fspath(self.bin / "python"), "-m", "policysite"]

    def environment(self) -> dict[str, str]:
        """Return the environment of the command, in which all versions have taken effect."""
        return {**super().environment(), "POLICYSITE_DATE": LATER}

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page in the site."""
        return f"{language}/{POLICY}/{version.name}.html"


class Reduced(Everything):
    """Only what the peers make: the texts, their list and a search."""

    name = REDUCED
    settings = 'policysite_left_out_pages = ["comparisons", "parallel", "dates"]\n'


class Checking(Everything):
    """``python -m policysite check`` of one text, as an editor runs it; what it reads is its site."""

    name = CHECK
    site = "."

    def commands(self, corpus: Corpus) -> list[list[str]]:
        """Return the one command."""
        return [[*self.program, "check", self.page(corpus.middle, ENGLISH)]]

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's text or catalog."""
        if language == ENGLISH:
            return f"docs/{POLICY}/{version.name}.md"
        return f"locales/{language}/LC_MESSAGES/{POLICY}/{version.name}.po"
