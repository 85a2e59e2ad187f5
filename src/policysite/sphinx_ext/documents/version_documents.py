"""Which versions are read in a build: Sphinx reads the other documents, and is told of these that they are to be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.version_reading import read_versions, version_in_pieces

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class _Versions:
    """The versions of one build: Sphinx, which looks for the files of their doctrees, would have all of them read."""

    def __init__(self) -> None:
        self._added: set[str] = set()
        self._read: list[str] = []

    def keep(
        self, _app: Sphinx, _env: BuildEnvironment, added: set[str], *_others: set[str]
    ) -> list[str]:
        """Keep which documents are new, as all are where the settings changed."""
        self._added = {*added}
        return []

    def leave_out_others(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Take those out of the list of which nothing changed."""
        site, domain = site_of(app.config), policy_domain(env)
        docnames[:] = [
            name
            for name in docnames
            if not version_in_pieces(app, name)
            or name in self._added
            or site.input_digest(name) != domain.input_of(name)
            or any(
                _is_newer(Path(env.srcdir, f), env.all_docs[name]) for f in env.dependencies[name]
            )
        ]

    def read(self, app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        """Read those in the list, and leave the other documents to Sphinx."""
        found = {name: version_in_pieces(app, name) for name in docnames}
        versions = {name: version for name, version in found.items() if version}
        docnames[:] = [name for name in docnames if name not in versions]
        for version in versions.values():
            read_versions(app).version(version)
        self._read = [*versions]

    def written(self, _app: Sphinx, _env: BuildEnvironment) -> list[str]:
        """Return those that were read: they are to be written."""
        return self._read


def _is_newer(file: Path, microseconds: int) -> bool:
    """Whether a *file* was changed after that time, or is gone."""
    try:
        return file.stat().st_mtime_ns // 1_000 > microseconds
    except OSError:
        return True


def setup(app: Sphinx) -> None:
    """Read the versions before Sphinx reads, and after what is wrong with their texts is found (500)."""
    versions = _Versions()
    app.connect("env-get-outdated", versions.keep)
    app.connect("env-before-read-docs", versions.leave_out_others, priority=100)
    app.connect("env-before-read-docs", versions.read, priority=800)
    app.connect("env-updated", versions.written)
