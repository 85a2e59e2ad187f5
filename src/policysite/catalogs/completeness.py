"""Which catalogs the site needs, which of them may have gaps, and which languages are published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.catalogs.translations import Translations
from policysite.files.project_file import list_files
from policysite.model.register_reader import NOT_VERSIONS

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.model.register import Register
    from policysite.model.settings import Settings


@dataclass(frozen=True)
class Completeness:
    """The documents of a site in ``root``, and what is asked of their translations.

    In a preview everything may have gaps: it is for those who are still at work.
    """

    root: Path
    docs: Path
    locales: Path
    register: Register
    settings: Settings
    preview: bool = False

    @cached_property
    def _translations(self) -> dict[str, Translations]:
        source = self.settings.source_language
        return {
            code: Translations(self.root, self.locales, code, source)
            for code in self.settings.languages
        }

    def translations(self, language: str) -> Translations:
        """Return the catalogs of *language*, one of the site's."""
        return self._translations[language]

    def is_left_out(self, docname: str) -> bool:
        """Whether the document is a draft that is not built."""
        policy, _, rest = docname.partition("/")
        if not rest or policy not in self.register.policies or rest in NOT_VERSIONS:
            return False
        return self.register.version_of(docname) is None

    @cached_property
    def documents(self) -> list[str]:
        """The documents of the site."""
        files = list_files(self.root, self.docs).names(".md")
        names = (file.relative_to(self.docs).with_suffix("").as_posix() for file in files)
        return sorted(name for name in names if not self.is_left_out(name))

    def needed(self, language: str) -> dict[str, bool]:
        """Return the catalogs that *language* needs, and whether each must be complete."""
        return {domain: self.must_be_whole(language, domain) for domain in self.documents}

    def must_be_whole(self, language: str, domain: str) -> bool:
        """Whether the translation of a document may have no gap."""
        return self.is_strict(language) and self.is_published_text(domain)

    def is_published_text(self, domain: str) -> bool:
        """Whether readers rely on the text: all but versions that are still to come."""
        return self.register.version_of(domain) is None or self.register.is_in_use(domain)

    def is_strict(self, language: str) -> bool:
        """Whether a gap in a published text of *language* is an error."""
        return not self.preview and language in self.published

    @cached_property
    def published(self) -> tuple[str, ...]:
        """The languages that are published: those whose translations are, or have to be, complete."""
        return tuple(
            language
            for language in self.settings.languages
            if language not in self.settings.incomplete_languages
            or self._is_whole(self.translations(language))
        )

    def _is_whole(self, translations: Translations) -> bool:
        catalogs = map(translations.catalog, filter(self.is_published_text, self.documents))
        return all(catalog and catalog.is_whole for catalog in catalogs)
