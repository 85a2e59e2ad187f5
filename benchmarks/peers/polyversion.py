"""sphinx-polyversion: every version is a tag of a repository, and Sphinx builds each of them alone.

Each language is a run of its own. All versions are built at the same time, as the tool does it where nothing is said;
it adds a worktree of git for each, and git does not always allow that: such a build fails, is tried again, and the table
says how often that was. Now and then it waits for ever instead, until it is ended as too slow.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from benchmarks.corpus import ENGLISH, Corpus, Version, catalog, write
from benchmarks.peers import words
from benchmarks.peers.tool import Tool, ToolError, last_words

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
from sphinx_polyversion import load
from sphinx_polyversion.git import GitRef

load(globals())
project = "Policies"
extensions = ["myst_parser"]
html_theme = "furo"
templates_path = ["_templates"]
html_sidebars = {"**": ["sidebar/brand.html", "sidebar/search.html", "versions.html"]}
locale_dirs = ["../locales"]
gettext_compact = False
smartquotes = False
"""
SWITCHER = """\
<ul>{% for revision in revisions %}<li><a href="../{{ revision.name }}/index.html">{{ revision.name }}</a></li>
{% endfor %}</ul>
"""
POLY = """\
from pathlib import Path
from sphinx_polyversion import apply_overrides
from sphinx_polyversion.driver import DefaultDriver
from sphinx_polyversion.environment import Environment
from sphinx_polyversion.git import Git
from sphinx_polyversion.sphinx import SphinxBuilder

ROOT = Path(__file__).parent
OUTPUT_DIR = "site"
MOCK = SEQUENTIAL = False
apply_overrides(globals())
DefaultDriver(
    ROOT,
    OUTPUT_DIR,
    vcs=Git(branch_regex="", tag_regex=r"v.*"),
    builder=SphinxBuilder("docs", args=["-q", "-D", "language={language}"]),
    env=Environment.factory(),
).run(MOCK, SEQUENTIAL)
"""
COMMIT = "commit refs/tags/v{name}\ncommitter Benchmark <benchmark@example.org> {seconds} +0000\n"
FIRST_SECOND = 1_700_000_000


class Polyversion(Tool):
    """The newest release, in its parallel form."""

    name = "sphinx-polyversion"
    requirements = "polyversion"
    # All versions at the same time: a hundred megabytes each.
    largest = 25
    attempts = 3

    def version(self) -> str:
        """Return the versions of the tool and of Sphinx."""
        return self.versions_of("sphinx-polyversion", "sphinx", "myst-parser", "furo")

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write the repository again, with a tag a version, and what the tool reads for each language.

        :raises ToolError: when git fails.
        """
        for language in corpus.languages:
            write(folder / f"poly_{language}.py", POLY.format(language=language))
        shutil.rmtree(folder / ".git", ignore_errors=True)
        stream = b"".join(_commit(corpus, version) for version in corpus.versions)
        for command in (["init", "--quiet"], ["fast-import", "--quiet"]):
            done = subprocess.run(
                ["git", *command], cwd=folder, input=stream, capture_output=True, check=False
            )
            if done.returncode:
                raise ToolError(last_words(done.stderr.decode()))

    def commands(self, corpus: Corpus) -> list[list[str]]:
        """Return one command a language."""
        program = os.fspath(self.bin / "sphinx-polyversion")
        return [[program, f"poly_{code}.py", f"site/{code}"] for code in corpus.languages]

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page."""
        return f"{language}/v{version.name}/index.html"


def _commit(corpus: Corpus, version: Version) -> bytes:
    """Return what ``git fast-import`` reads for a tagged commit with the files of *version*."""
    files = {
        "docs/conf.py": CONF,
        "docs/_templates/versions.html": SWITCHER,
        "docs/index.md": words.markdown(version, ENGLISH),
    }
    for language in corpus.translations:
        path = f"locales/{language}/LC_MESSAGES/index.po"
        files[path] = catalog(language, words.messages(version))
    head = COMMIT.format(name=version.name, seconds=FIRST_SECOND + version.number)
    parts = [head.encode(), _data(version.name)]
    for path, text in files.items():
        parts += [f"M 100644 inline {path}\n".encode(), _data(text)]
    return b"".join(parts)


def _data(text: str) -> bytes:
    data = text.encode()
    return b"data %d\n%s\n" % (len(data), data)
