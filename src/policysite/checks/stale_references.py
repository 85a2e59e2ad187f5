"""Sentences that were not changed and cite another provision now, as what they cited was renumbered.

"See Article 2 of this policy" is copied into the next version, where an article was inserted: what was Article 2 is Article 3
there, as ``moved`` says. The words are the ones that were right before, so nothing else shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import Code, Problem
from policysite.catalogs.catalog_files import line_of
from policysite.catalogs.contexts import key_of, named_entry
from policysite.checks.entry_waivers import TranslationFindings, waive_entries
from policysite.checks.referring_texts import source_texts, translated_texts
from policysite.model.provision_ids import ancestors
from policysite.text.cited_provisions import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from policysite.catalogs.catalog_files import Catalog
    from policysite.catalogs.translations import Translations
    from policysite.checks.referring_texts import Referring, ReferringTexts
    from policysite.model.register import Policy, PolicyVersion, Register
    from policysite.model.settings import Settings
    from policysite.text.outline import Document


class _EarlierTexts(NamedTuple):
    """What a version before says in one language, and where its references lead, by their sentence and their own words."""

    version: PolicyVersion
    texts: ReferringTexts
    led_to: Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True)
class StaleReference:
    """A reference of a ``passage`` that leads to another provision than before; ``message`` has both readings.

    ``certain``: the text says that it speaks of itself, or the policy says so of all its references.
    """

    passage: Referring
    message: str
    certain: bool


class StaleReferences:
    """Finds them in the versions of a register; *document* has the text of a version by its page."""

    def __init__(
        self, settings: Settings, register: Register, document: Callable[[str], Document]
    ) -> None:
        self._settings = settings
        self._register = register
        self._document = document

    def in_source(self, version: PolicyVersion) -> list[StaleReference]:
        """Return those in the text of *version*."""
        language = self._settings.source_language

        def texts_of(other: PolicyVersion) -> ReferringTexts | None:
            top = self._document(other.page).top
            return source_texts(top, language) if top else None

        return self._find(version, texts_of)

    def in_translation(
        self, version: PolicyVersion, translations: Translations
    ) -> list[StaleReference]:
        """Return those in the text of *version* as *translations* have it."""
        language = self._settings.source_language

        def texts_of(other: PolicyVersion) -> ReferringTexts | None:
            top, catalog = self._document(other.page).top, translations.catalog(other.page)
            return translated_texts(top, catalog, language) if top and catalog else None

        return self._find(version, texts_of)

    def _find(
        self, version: PolicyVersion, texts_of: Callable[[PolicyVersion], ReferringTexts | None]
    ) -> list[StaleReference]:
        policy = self._register.policies[version.policy]
        earlier = _earlier(policy, version) if version.held else []
        texts = texts_of(version) if earlier else None
        if texts is None:
            return []
        known = [
            _EarlierTexts(old, found, _led_to(found))
            for old in earlier
            if (found := texts_of(old)) is not None
        ]
        implied = self._settings.policies[version.policy].link_references
        return list(_stale(policy, version, texts, known, implied=implied))


def _earlier(policy: Policy, version: PolicyVersion) -> list[PolicyVersion]:
    """Return the versions that the text of *version* may be a copy of, and since which something was renumbered."""
    found = (policy.held_predecessor_in_force(version), policy.nearest_held_before(version))
    known = {other.number: other for other in found if other}
    return [other for other in known.values() if policy.moves_between(other, version)]


def _stale(
    policy: Policy,
    version: PolicyVersion,
    texts: ReferringTexts,
    earlier: Sequence[_EarlierTexts],
    *,
    implied: bool,
) -> Iterator[StaleReference]:
    """Yield the references in *texts*, those of *version*, whose sentence is in an *earlier* version and led elsewhere there."""
    for passage in texts.passages:
        for reference, cited, target in texts.references(passage):
            here = target.id
            for old in earlier if here else ():
                before = old.led_to.get((sentence_of(passage.words, reference), cited), ())
                now = [policy.trace(there, old.version, version) for there in before]
                if not before or here in now:
                    continue
                own = " of this policy" if reference.explicit else ""
                yield StaleReference(
                    passage,
                    f"Found {cited!r}{own}, unchanged since version {old.version.number}, where it is "
                    f"{_named(before[0], old.texts)}, {_now(now[0], texts)}; here it is {_named(here, texts)}.",
                    reference.explicit or (implied and not passage.doubtful),
                )
                break


def source_problem(found: StaleReference, path: str) -> Problem:
    """Return the problem that *found* is in a text of the source language, the file *path*."""
    remedy = (
        "Write the new number, if the same provision is meant; if the other one is, say so in the front matter: "
        f'waive: {{{Code.STALE_REFERENCE}: "…"}}.'
    )
    return Problem(path, found.passage.line, Code.STALE_REFERENCE, found.message, remedy)


def translation_problem(found: StaleReference, catalog: Catalog) -> Problem | None:
    """Return the problem that *found* is in a translation, *catalog*; None if it is in the source."""
    if (entry := found.passage.entry) is None:
        return None
    remedy = (
        "Write the new number, if the same provision is meant; if the other one is, write "
        f"'# waive {Code.STALE_REFERENCE}: reason' above the entry."
    )
    message = f"{named_entry(entry)}: {found.message}"
    return Problem(catalog.path, line_of(entry), Code.STALE_REFERENCE, message, remedy)


def translation_findings(catalog: Catalog, found: Sequence[StaleReference]) -> TranslationFindings:
    """Return the problems that *found* are in the translation *catalog*, one an entry, and what it waives of them."""
    problems: dict[tuple[str, str], Problem] = {}
    for one in sorted(found, key=lambda one: not one.certain):
        problem = translation_problem(one, catalog)
        if problem and one.passage.entry is not None:
            problems.setdefault(key_of(one.passage.entry), problem)
    return waive_entries(catalog, problems, Code.STALE_REFERENCE)


def _led_to(texts: ReferringTexts) -> Mapping[tuple[str, str], list[str]]:
    """Return where references lead in *texts*, by their sentence and their own words."""
    found: dict[tuple[str, str], list[str]] = {}
    for passage in texts.passages:
        for reference, cited, target in texts.references(passage):
            if target.id:
                sentence = sentence_of(passage.words, reference)
                found.setdefault((sentence, cited), []).append(target.id)
    return found


def _now(provision_id: str | None, texts: ReferringTexts) -> str:
    if provision_id is None:
        return "which this version does not have"
    return f"which is {_named(provision_id, texts)} now"


def _named(provision_id: str, texts: ReferringTexts) -> str:
    """Return a provision for a message, by the heading that it has or is below, with its id."""
    names = (provision_id, *ancestors(provision_id))
    heading = next((texts.headings[name] for name in names if name in texts.headings), "")
    return f"{heading!r} ({provision_id})" if heading else provision_id
