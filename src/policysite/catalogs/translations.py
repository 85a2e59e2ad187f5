"""The catalogs of one language, as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.catalogs.catalog_files import Catalog, catalog_file, read_catalog
from policysite.catalogs.glossary import Glossary, glossary_file, read_glossary
from policysite.files.project_file import digest, is_there
from policysite.locale.interface_words import DOMAIN, Words, said_by

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.base.problems import Problem

INTERFACE = DOMAIN
"""The domain of the words of the interface that a site says otherwise than the engine; its messages are HTML, not MyST."""
TEMPLATES = "sphinx"
"""The domain of the words of a site's own templates."""


@dataclass(frozen=True)
class Translations:
    """The catalogs of one language: where they are, and what they are checked against.

    ``is_checked``: all of them were read before, unchanged.
    """

    root: Path
    locales: Path
    language: str
    source_language: str
    is_checked: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the catalogs."""
        return self.locales / self.language / "LC_MESSAGES"

    def file(self, domain: str) -> Path:
        """Return the path of the catalog of *domain*, whether it exists or not."""
        return catalog_file(self.locales, self.language, domain)

    def path(self, domain: str) -> str:
        """Return the same, as it is written in messages."""
        return self.file(domain).relative_to(self.root).as_posix()

    def read(self, domain: str) -> Catalog | Problem:
        """Read the catalog of *domain*, which must be there; once, as several parts of a build ask for it."""
        if domain not in self._read:
            file = self.file(domain)
            self._read[domain] = read_catalog(
                self.root, file, self.language, domain, is_checked=self.is_checked
            )
        return self._read[domain]

    def catalog(self, domain: str) -> Catalog | None:
        """Return the catalog of *domain*, or None if there is none that can be read."""
        found = self.read(domain) if is_there(self.file(domain)) else None
        return found if isinstance(found, Catalog) else None

    @cached_property
    def words(self) -> Words:
        """The words of the interface in this language: those of the site's own catalog, else the engine's."""
        own = self.catalog(INTERFACE)
        return Words(self.language, said_by(own.live) if own else {})

    @cached_property
    def _read(self) -> dict[str, Catalog | Problem]:
        """What was read, by domain."""
        return {}

    @cached_property
    def domains(self) -> list[str]:
        """The domains for which there are catalogs, in order."""
        return [
            file.relative_to(self.folder).with_suffix("").as_posix()
            for file in sorted(self.folder.rglob("*.po"))
        ]

    @cached_property
    def glossary_digest(self) -> str:
        """A digest of the file of the glossary."""
        return digest(self.root, glossary_file(self.locales, self.language))

    @cached_property
    def glossary(self) -> tuple[Glossary, list[Problem]]:
        """The terms of the language, and what is wrong with their file."""
        return read_glossary(self.root, self.locales, self.language, self.source_language)
