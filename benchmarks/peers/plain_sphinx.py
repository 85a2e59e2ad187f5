"""Sphinx with MyST and furo, and nothing of this project: one build a language, from the same texts and catalogs."""

from __future__ import annotations

import os
from importlib.metadata import version as installed
from typing import TYPE_CHECKING, ClassVar

from benchmarks.corpus import ENGLISH, Corpus, Version, catalog, write
from benchmarks.peers import words
from benchmarks.peers.targets import BARE, TOCTREE
from benchmarks.peers.tool import Tool

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
from pathlib import Path

project = "Policies"
extensions = ["myst_parser"]
html_theme = "furo"
locale_dirs = [str(Path(__file__).parent.parent / "locales")]
gettext_compact = False
smartquotes = False
myst_enable_extensions = ["attrs_block"]
suppress_warnings = ["toc.not_included"]
"""
LISTING = "\n```{toctree}\n:glob:\n:maxdepth: 1\n\nprivacy/*\n```\n"


class OneLanguage(Tool):
    """One ``sphinx-build`` of the English texts: what the other figures are compared with."""

    name = BARE
    made = ("site", "doctrees", "locales/**/*.mo")
    toctree: ClassVar[bool] = False

    def version(self) -> str:
        """Return the versions of Sphinx and of what it works with."""
        return ", ".join(f"{name} {installed(name)}" for name in ("sphinx", "myst-parser", "furo"))

    def languages(self, corpus: Corpus) -> tuple[str, ...]:
        """Return the languages of the site."""
        return corpus.languages[:1]

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write documents, catalogs and ``conf.py``."""
        write_documents(corpus, folder, LISTING if self.toctree else "")
        write(folder / "docs/conf.py", CONF)

    def commands(self, corpus: Corpus) -> list[list[str]]:
        """Return one call of ``sphinx-build`` a language."""
        build = [os.fspath(self.bin / "python"), "-m", "sphinx", "-q", "-b", "html"]
        return [
            [*build, "-D", f"language={code}", "-d", f"doctrees/{code}", "docs", f"site/{code}"]
            for code in self.languages(corpus)
        ]

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page."""
        return f"{language}/privacy/{version.name}.html"


class Toctree(OneLanguage):
    """All languages, and a toctree with all versions, as the documentation of Sphinx would have it.

    Its time grows with the square of the number of versions.
    """

    name = TOCTREE
    toctree = True

    def languages(self, corpus: Corpus) -> tuple[str, ...]:
        """Return the languages of the site."""
        return corpus.languages


def write_documents(corpus: Corpus, folder: Path, toctree: str) -> None:
    """Write the documents into ``docs`` and the catalogs into ``locales`` of *folder*, and remove others."""
    documents = folder / "docs"
    link = "privacy/{name}.md"
    listing = "" if toctree else words.index(corpus, ENGLISH, link).partition("\n")[2]
    write(documents / "index.md", f"# {words.title(ENGLISH)}\n{listing}{toctree}")
    for version in corpus.versions:
        write(documents / f"privacy/{version.name}.md", words.markdown(version, ENGLISH))
        for language in corpus.translations:
            path = folder / f"locales/{language}/LC_MESSAGES/privacy/{version.name}.po"
            write(path, catalog(language, words.messages(version)))
    there = {version.name for version in corpus.versions}
    for pattern in ("docs/privacy/*.md", "locales/*/LC_MESSAGES/privacy/*.[mp]o"):
        for path in folder.glob(pattern):
            if path.stem not in there:
                path.unlink()
