"""What a notice says in a language: the values of its template, and its table of old and new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.build.make_edition import edition_of, two_texts
from policysite.editions.facing_sides import changed_articles
from policysite.editions.facing_table import facing_lines, formerly
from policysite.editions.notice import TABLE_MARK, FacingTable, Notice, Part, PartKind, read_parts
from policysite.editions.notice_template import rendered
from policysite.editions.pieces_of_text import Piece
from policysite.languages.language_data import date_in_words, tag
from policysite.locale.interface_words import Words
from policysite.model import addresses
from policysite.redline import ChangeKind, TwoTexts
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    import datetime as dt
    import gettext
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from policysite.build.read_texts import Texts
    from policysite.editions.edition import Edition
    from policysite.model.register import Policy, PolicyVersion
    from policysite.project.project import Project
    from policysite.redline import ArticleChange

    Say = Callable[[str], str]

# The words are those of templates/policysite/redline.html and notice-words.html, where translators find them.
_KINDS = {
    ChangeKind.INSERTED: "Inserted",
    ChangeKind.DELETED: "Deleted",
    ChangeKind.AMENDED: "Amended",
    ChangeKind.RENUMBERED: "Renumbered",
    ChangeKind.MOVED: "Moved",
}
_ONLY_SOURCE = "Only the source text changed"
_INTRODUCTION = "The words before the first article were amended."
_CHANGED = "%(article)s: %(kinds)s"
_LISTED = "%(some)s, %(more)s"
_BEFORE, _AFTER = "Before: version %(number)s", "After: version %(number)s"
_TOO_LONG = "The table of old and new is too long for this message. It is here:"

NAMES = (
    "announced", "changes", "contact", "draft", "kind", "later", "links", "not_held", "note", "number", "objection",
    "old", "policy", "publisher", "reason", "silence", "start", "table", "unreviewed",
)  # fmt: skip
"""What a template is given; the guide on notices says what each is."""


@dataclass(frozen=True)
class Sentences:
    """A template of a notice with the place that it is at, for messages."""

    template: str
    path: str


class NoticeMaker:
    """Makes the notices of *version*, compared with *old* (None: with nothing), in one language after the other."""

    def __init__(
        self, project: Project, texts: Texts, version: PolicyVersion, old: PolicyVersion | None
    ) -> None:
        self.project, self.texts, self.version, self.old = project, texts, version, old
        self.policy: Policy = project.register.policies[version.policy]

    def notice(self, language: str, words: Sentences) -> Notice:
        """Return the notice in *language*, one of the settings, with the words of a template.

        :raises PolicysiteError: if the template is wrong.
        """
        translations = _translations(self.project, language)
        say = translations.gettext
        edition = edition_of(self.project, self.texts, self.version, language)
        old = self.old if self.old and self.old.held else None
        two = two_texts(self.project, self.texts, old, self.version, language) if old else None
        changes = list(_changes(two, say)) if two else []
        values = self._values(edition, language, [text for _, text in changes])
        values["table"] = TABLE_MARK if changes else ""
        subject, parts = read_parts(
            rendered(words.template, words.path, translations, values, language)
        )
        heads = self._head(_BEFORE, self.old, say), self._head(_AFTER, self.version, say)
        contact = self.project.settings.policies[self.version.policy].contact
        return Notice(
            edition,
            subject,
            parts,
            FacingTable(heads, facing_lines(two, say)) if two and changes else None,
            _instead(say(_TOO_LONG), self.links(language)),
            contact.email,
            dict(self._facts(values, changes)),
        )

    def _values(self, edition: Edition, language: str, changes: list[str]) -> dict[str, object]:
        """Return what the template may use; empty where nothing is known or said."""
        version, settings = self.version, self.project.settings
        policy = settings.policies[version.policy]
        sentences = self.texts.sentences[tag(language)].get(version.page, {})
        not_held = self.old.number if self.old and not self.old.held else ""

        def words(day: dt.date | None) -> str:
            return date_in_words(day, language) if day else ""

        return {
            "announced": words(max(version.postponed.values(), default=version.announced)),
            "changes": changes,
            "contact": {
                "name": policy.contact.name(language),
                "phone": policy.contact.phone,
                "email": policy.contact.email,
            },
            "draft": version.draft,
            "kind": version.change_kind.value if version.change_kind else "",
            "later": [
                {"provision": _cited(edition, name), "start": words(day)}
                for name, day in version.provisions.items()
            ],
            "links": self.links(language),
            "not_held": not_held,
            "note": sentences.get("change_note", ("", False))[0],
            "number": version.number,
            "objection": policy.notice_sentences.get("objection", {}).get(language, ""),
            "old": self.old.number if self.old else "",
            "policy": edition.title,
            "publisher": edition.publisher,
            "reason": sentences.get("change_reason", ("", False))[0],
            "silence": policy.notice_sentences.get("silence", {}).get(language, ""),
            "start": words(version.effective),
            "table": "",
            "unreviewed": language in settings.unreviewed_translations,
        }

    def links(self, language: str) -> dict[str, str]:
        """Return full addresses of the version, of its comparison and of the version before, where the site has such a page."""
        settings, version, old = self.project.settings, self.version, self.old

        def address(page: str) -> str:
            return (
                addresses.absolute(settings.base_url, language, page) if settings.base_url else ""
            )

        found = {"version": address(version.page), "comparison": "", "old": ""}
        if old:
            found["old"] = address(old.page)
            if old.held and settings.has("comparisons") and settings.base_url:
                found["comparison"] = self._comparison(address, old)
        return found

    def _comparison(self, address: Callable[[str], str], old: PolicyVersion) -> str:
        name, pair = self.version.policy, (old.number, self.version.number)
        pages = self.policy.comparison_pairs(self.project.register.day)
        if pair in {(one.number, other.number) for one, other in pages}:
            return address(addresses.comparison_page(name, *pair))
        chooser = address(addresses.comparisons_page(name))
        return f"{chooser}?old={pair[0]}&new={pair[1]}"

    def _head(self, words: str, version: PolicyVersion | None, say: Say) -> str:
        return say(words) % {"number": version.number} if version else ""

    def _facts(
        self, values: Mapping[str, object], changes: Iterable[tuple[ArticleChange, str]]
    ) -> Iterator[tuple[str, object]]:
        """Yield what a program gets besides what the edition says; what is empty is left out."""
        version = self.version
        announced = max(version.postponed.values(), default=version.announced)
        links = values["links"]
        stated = {
            "before": values["old"],
            "announced": announced.isoformat() if announced else "",
            "effective": version.effective.isoformat(),
            "changeKind": values["kind"],
            **{name: values[name] for name in ("note", "reason", "objection", "silence")},
        }
        yield from ((name, value) for name, value in stated.items() if value)
        yield (
            "changes",
            [
                {
                    "id": article.provision.shown.id,
                    "heading": article.provision.shown.heading,
                    "kinds": [kind.value for kind in article.kinds],
                    "text": text,
                }
                for article, text in changes
            ],
        )
        yield "pages", {name: link for name, link in links.items() if link}  # type: ignore[attr-defined] # it is a mapping


def _translations(project: Project, language: str) -> gettext.NullTranslations:
    own = project.translations.get(language)
    return (own.words if own else Words(language)).translations()


def _changes(two: TwoTexts, say: Say) -> Iterator[tuple[ArticleChange, str]]:
    """Yield the articles that differ, each with what became of it in words."""
    for article in changed_articles(two):
        if article.provision.shown.id == TOP and article.kinds:
            yield article, say(_INTRODUCTION)
            continue
        parts = [say(_KINDS[kind]) for kind in article.kinds] or [say(_ONLY_SOURCE)]
        if place := formerly(article.provision, say):
            parts.append(place)
        kinds = parts[0]
        for part in parts[1:]:
            kinds = say(_LISTED) % {"some": kinds, "more": part}
        shown = article.provision.shown
        yield article, say(_CHANGED) % {"article": shown.heading or shown.citation, "kinds": kinds}


def _cited(edition: Edition, provision_id: str) -> str:
    found = next((p for p in edition.provisions if p.id == provision_id), None)
    return (found.citation or found.heading if found else "") or provision_id


def _instead(words: str, links: Mapping[str, str]) -> Part:
    address = links["comparison"] or links["version"]
    return Part(PartKind.PARAGRAPH, (Piece(f"{words} "), Piece(address, address)))
