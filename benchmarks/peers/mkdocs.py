"""Material for MkDocs with mkdocs-static-i18n: a Markdown file a version and a language, in folders.

Material puts every page of the navigation on every page, so its time and its site grow with the square of the number
of versions. As this project names the neighbours of a version only, the navigation has the list of versions alone.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import yaml

from benchmarks.corpus import ENGLISH, NAMES, Corpus, Version, write
from benchmarks.peers import words
from benchmarks.peers.targets import MKDOCS
from benchmarks.peers.tool import Tool

if TYPE_CHECKING:
    from pathlib import Path


class Mkdocs(Tool):
    """One build makes all languages."""

    name = MKDOCS
    requirements = "mkdocs"

    def version(self) -> str:
        """Return the versions of Material, MkDocs and the plugin."""
        return self.versions_of("mkdocs-material", "mkdocs", "mkdocs-static-i18n")

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write ``mkdocs.yml`` and the documents."""
        write(folder / "mkdocs.yml", yaml.safe_dump(self._settings(corpus), allow_unicode=True))
        there = set()
        for language in corpus.languages:
            path = folder / f"docs/index.{_code(language)}.md"
            write(path, words.index(corpus, language, "privacy/{name}.md"))
            for version in corpus.versions:
                path = folder / f"docs/privacy/{version.name}.{_code(language)}.md"
                write(path, python_markdown(words.markdown(version, language)))
                there.add(path)
        for path in set(folder.glob("docs/privacy/*.md")) - there:
            path.unlink()

    def _settings(self, corpus: Corpus) -> dict[str, object]:
        languages = [
            {
                "locale": _code(code),
                "name": NAMES[code],
                "build": True,
                "default": code == ENGLISH,
                # Material's own words.
                "theme": {"language": code.partition("_")[0]},
            }
            for code in corpus.languages
        ]
        return {
            "site_name": words.title(ENGLISH),
            "site_url": "https://example.org/",
            "site_dir": self.site,
            # Pages load nothing from other hosts, as this project's.
            "theme": {"name": "material", "font": False},
            "plugins": ["search", {"i18n": {"docs_structure": "suffix", "languages": languages}}],
            "nav": ["index.md"],
            "not_in_nav": "privacy/*",
        }

    def commands(self, corpus: Corpus) -> list[list[str]]:  # noqa: ARG002 - one build has all languages
        """Return the one command."""
        return [[os.fspath(self.bin / "mkdocs"), "build", "--quiet"]]

    def environment(self) -> dict[str, str]:
        """Return the environment of the command, without Material's notice to readers of the log."""
        return {**super().environment(), "NO_MKDOCS_2_WARNING": "1"}

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page."""
        prefix = "" if language == ENGLISH else f"{_code(language)}/"
        return f"{prefix}privacy/{version.name}/index.html"


def _code(language: str) -> str:
    return language.replace("_", "-")


def python_markdown(text: str) -> str:
    """Return *text* as Python-Markdown understands it: four columns a level, and numbers with a dot."""
    text = re.sub(
        r"^(?:[ ]{3})+", lambda match: " " * (len(match[0]) // 3 * 4), text, flags=re.MULTILINE
    )
    return re.sub(r"^([ ]*\d+)\) ", r"\1. ", text, flags=re.MULTILINE)
