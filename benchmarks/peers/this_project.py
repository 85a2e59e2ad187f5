"""This project, as it is or with other settings."""

from __future__ import annotations

import compileall
import json
import os
from importlib.metadata import version as installed
from pathlib import Path

import policysite
from benchmarks.corpus import POLICY, Corpus, Version, write_project
from benchmarks.peers.targets import EVERYTHING, REDUCED
from benchmarks.peers.tool import Tool

VARIANTS = {
    EVERYTHING: "",
    REDUCED: 'policysite_left_out_pages = ["comparisons", "parallel", "dates"]\n',
}
"""What each variant adds to ``conf.py``; the second makes only what the peers make."""


class ThisProject(Tool):
    """``python -m policysite build``, which checks what it has built."""

    site = "_build/html"
    made = ("_build", "locales/**/*.mo")

    def __init__(self, installed: Path, variant: str) -> None:
        super().__init__(installed)
        self.name = variant
        self.settings = VARIANTS[variant]

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
        python = os.fspath(self.bin / "python")
        return [[python, "-m", "policysite", "build", "--output", self.site]]

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page."""
        return f"{language}/{POLICY}/{version.name}.html"

    def text(self, site: Path, version: Version, language: str) -> str | None:
        """Return the policy's words as the version's record has them."""
        record = site / f"{language}/{POLICY}/{version.name}.json"
        return json.dumps(json.loads(record.read_text("utf-8"))["provisions"], ensure_ascii=False)
