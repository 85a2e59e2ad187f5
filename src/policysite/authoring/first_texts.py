"""The sample texts that a new policy begins with, in the source language, and their translations in its catalogs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.catalogs.glossary import Glossary
from policysite.catalogs.message_pair import Pair
from policysite.catalogs.message_rules import check_text
from policysite.languages.language_data import date_in_words
from policysite.skeleton.skeleton_files import FIRST, as_words, sample_texts
from policysite.text.messages import messages_of
from policysite.text.outline import read_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polib

    from policysite.authoring.update_translations import UpdateSummary
    from policysite.catalogs.translations import Translations
    from policysite.text.outline import Document

_WAIVER = f"waive {Code.CATALOG_UNTRANSLATED}: a name"


@dataclass(frozen=True)
class FirstTexts:
    """What the sample texts of one policy say.

    ``titles`` are those of the policy by language, the source language first: its title is used where there is none.
    ``reach`` is how one reaches the contact, or empty; ``day`` is that on which the version takes effect.
    """

    policy: str
    publisher: str
    titles: Mapping[str, str]
    contact: str
    reach: str
    day: dt.date

    def written_in(self, language: str) -> dict[str, str]:
        """Return the texts in *language* by document; none for a language in which there are no samples."""
        values = {
            "PUBLISHER": self.publisher,
            "TITLE": self.titles.get(language) or next(iter(self.titles.values())),
            "CONTACT": f"{self.contact} ({self.reach})" if self.reach else self.contact,
            "EFFECTIVE": self.day.isoformat(),
            "DAY": date_in_words(self.day, language),
        }
        return sample_texts(language, self.policy, values)

    def site_name(self, language: str) -> str:
        """Return what the home page in *language* is called, one of those in which there are samples."""
        top = self._read("index", self.written_in(language)["index"], language).top
        return top.text if top else self.publisher

    def translated(self, source: str, language: str) -> dict[str, dict[str, str]]:
        """Return the messages of each document in the language *source* with what they are in *language*.

        Both say the same, block by block. Without samples in *language* the title is all that may be known.
        """
        there = self.written_in(language)
        if not there and language in self.titles:
            first, named = self.titles[source], self.titles[language]
            return {f"{self.policy}/{FIRST}": {as_words(first): as_words(named)}}
        return {
            document: dict(
                zip(
                    self._messages(document, text, source),
                    self._messages(document, there[document], language),
                    strict=True,
                )
            )
            for document, text in self.written_in(source).items()
            if document in there
        }

    def _messages(self, document: str, text: str, language: str) -> list[str]:
        read = self._read(document, text, language)
        return [message.msgid for message in messages_of(read.blocks)]

    def _read(self, document: str, text: str, language: str) -> Document:
        held = True if document == f"{self.policy}/{FIRST}" else None
        return read_document(text, f"docs/{document}.md", held=held, language=language)


def translate(
    summary: UpdateSummary, texts: FirstTexts, project: Mapping[str, Translations]
) -> None:
    """Translate what is open in the catalogs of *summary*, as far as the samples or other catalogs of the site say how.

    *project* are the catalogs of the site by language.
    """
    for update in summary.updates:
        catalog = update.catalog
        translations = project[catalog.language]
        source = translations.source_language
        known = {
            **texts.translated(source, catalog.language).get(catalog.domain, {}),
            **_known(translations, catalog.domain),
        }
        for entry in catalog.live:
            if not entry.msgstr and entry.msgid in known:
                entry.msgstr = known[entry.msgid]
                _waive_names(entry, Pair(entry.msgid, entry.msgstr, source, catalog.language))


def _known(translations: Translations, domain: str) -> dict[str, str]:
    """Return what the pages of the same kind of other policies say: their histories are called the same."""
    page = domain.rpartition("/")[2]
    others = [
        translations.catalog(other)
        for other in translations.domains
        if "/" in other and other != domain and other.rpartition("/")[2] == page == "history"
    ]
    return {
        entry.msgid: entry.msgstr
        for other in others
        if other
        for entry in other.live
        if entry.msgstr and not entry.fuzzy
    }


def _waive_names(entry: polib.POEntry, pair: Pair) -> None:
    """Say of a name that it is one, where it reads like words that were left untranslated."""
    if any(fault.code is Code.CATALOG_UNTRANSLATED for fault in check_text(pair, Glossary())):
        entry.tcomment = _WAIVER
