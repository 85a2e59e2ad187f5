"""Docusaurus: every version is one of its documentation versions, and the translations are in its ``i18n`` folders.

It comes from npm and is left out where npm is not there. Its search needs a service or a plugin of others, so the site
has none.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from benchmarks.corpus import ENGLISH, NAMES, Corpus, Version, write
from benchmarks.peers import words
from benchmarks.peers.tool import HERE, Tool, ToolError, run

PACKAGE = HERE / "docusaurus"
LOCK = "package-lock.json"
PLUGIN = "docusaurus-plugin-content"
SIDEBARS = '{"policy": ["policy"]}\n'


class Docusaurus(Tool):
    """With the faster parts that its makers recommend."""

    name = "docusaurus"
    site = "build"
    made = ("build", ".docusaurus", "node_modules/.cache")

    def __init__(self, installed: Path) -> None:
        super().__init__(installed)
        self.home = installed / "docusaurus"

    def install(self) -> None:
        """Install the packages of the lock file.

        :raises ToolError: where npm is not there, or with what it said.
        """
        npm = shutil.which("npm")
        if npm is None:
            raise ToolError("npm is not there")
        done = self.home / "installed"
        if done.is_file() and done.read_bytes() == (PACKAGE / LOCK).read_bytes():
            return
        shutil.copytree(PACKAGE, self.home, dirs_exist_ok=True)
        # Not “npm ci”: it wants the lock to have the packages of all systems, and not every registry has them all.
        run([npm, "install", "--no-save", "--logs-max=0"], self.home)
        shutil.copy2(PACKAGE / LOCK, done)

    def version(self) -> str:
        """Return the versions of Docusaurus and Node."""
        package = self.home / "node_modules/@docusaurus/core/package.json"
        number = json.loads(package.read_text("utf-8"))["version"]
        return f"docusaurus {number}, node {run(['node', '--version'], Path.cwd()).strip()}"

    def write(self, corpus: Corpus, folder: Path) -> None:
        """Write the settings, the versions and their translations."""
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "node_modules").exists():
            (folder / "node_modules").symlink_to(self.home / "node_modules")
        write(folder / "package.json", '{"private": true}\n')
        settings = json.dumps(_settings(corpus), ensure_ascii=False, indent=2)
        write(folder / "docusaurus.config.js", f"module.exports = {settings};\n")
        names = [version.name for version in reversed(corpus.versions)]
        write(folder / "versions.json", json.dumps(names))
        write(folder / "docs/policy.md", "# Draft\n")
        for language in corpus.languages:
            pages = _folder(folder, language, "pages", "src/pages")
            write(pages / "index.md", words.index(corpus, language, "/privacy/{name}/policy"))
        for version in corpus.versions:
            name = f"version-{version.name}"
            write(folder / f"versioned_sidebars/{name}-sidebars.json", SIDEBARS)
            for language in corpus.languages:
                documents = _folder(folder, language, "docs", "versioned_docs")
                write(documents / name / "policy.md", words.markdown(version, language))
        self._remove_others(corpus, folder)

    def _remove_others(self, corpus: Corpus, folder: Path) -> None:
        there = {f"version-{version.name}" for version in corpus.versions}
        for pattern in ("versioned_docs/*", f"i18n/*/{PLUGIN}-docs/version-*"):
            for path in folder.glob(pattern):
                if path.name not in there:
                    shutil.rmtree(path)
        for path in folder.glob("versioned_sidebars/*"):
            if path.name.removesuffix("-sidebars.json") not in there:
                path.unlink()

    def commands(self, corpus: Corpus) -> list[list[str]]:  # noqa: ARG002 - one build has all languages
        """Return the one command."""
        program = self.home / "node_modules/.bin/docusaurus"
        return [[os.fspath(program), "build"]]

    def environment(self) -> dict[str, str]:
        """Return the environment of the command: newer versions are not asked for."""
        return {**os.environ, "CI": "true", "NO_UPDATE_NOTIFIER": "1"}

    def page(self, version: Version, language: str) -> str:
        """Return the path of a version's page."""
        prefix = "" if language == ENGLISH else f"{_code(language)}/"
        return f"{prefix}privacy/{version.name}/policy.html"


def _folder(folder: Path, language: str, plugin: str, source: str) -> Path:
    """Return where the files of *plugin* in *language* are; English ones are in *source*."""
    return folder / (source if language == ENGLISH else f"i18n/{_code(language)}/{PLUGIN}-{plugin}")


def _code(language: str) -> str:
    return language.replace("_", "-")


def _settings(corpus: Corpus) -> dict[str, object]:
    newest = corpus.versions[-1].name
    documents = {
        "routeBasePath": "privacy",
        "includeCurrentVersion": False,
        "versions": {newest: {"path": newest}},
    }
    return {
        "title": words.title(ENGLISH),
        "url": "https://example.org",
        "baseUrl": "/",
        "trailingSlash": False,
        "onBrokenLinks": "warn",
        "future": {"v4": True, "faster": True},
        # Plain Markdown: braces in the text are not code.
        "markdown": {"format": "detect"},
        "i18n": {
            "defaultLocale": ENGLISH,
            "locales": [_code(code) for code in corpus.languages],
            "localeConfigs": {_code(code): {"label": NAMES[code]} for code in corpus.languages},
        },
        "presets": [["classic", {"docs": documents, "blog": False}]],
        "themeConfig": {
            "navbar": {"items": [{"type": "docsVersionDropdown"}, {"type": "localeDropdown"}]}
        },
    }
