"""What the texts of a policy say in one language, as far as it is attested: what pages may quote and name around a text."""

from __future__ import annotations

import contextlib
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Problem
from policysite.base.strict_json import read_json
from policysite.ledger.agreement import provision_digests
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.model.openings import opening_words
from policysite.model.printed_texts import PrintedTexts
from policysite.model.provision_ids import is_provision_id, says_container, title_of_heading
from policysite.model.version_numbers import is_version_number
from policysite.verify.page_facts import in_words
from policysite.verify.page_tools import unspaced
from policysite.verify.page_words import text_of_page
from policysite.verify.vocabulary import Values

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policysite.ledger.chain import Ledger
    from policysite.model.policy_version import PolicyVersion
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.site_pages import SitePages
    from policysite.verify.site_source import SiteSource

_NUMBER = re.compile(r"\d+")
_MOST_TEXTS, _MOST_ARTICLES = 5, 100
"""How many texts that nobody recorded are looked at, and articles of each: what they are called enters patterns, which take seconds to make of thousands."""


@dataclass
class LanguageTexts:
    """The texts of one policy in one language.

    ``labels`` are what provisions are called, ``cited`` how they are cited, ``unrecorded`` how those of other texts are. ``titles`` are what the policy is called, ``called`` what each
    provision of a version is called, by number and id, ``blocks`` the blocks of each version by its
    number: paragraphs, cells, headings, all without white space.
    """

    labels: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    unrecorded: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    called: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    blocks: dict[str, frozenset[str]] = field(default_factory=dict)

    def ever(self) -> frozenset[str]:
        """Return the blocks of all versions."""
        return frozenset().union(*self.blocks.values())

    def add(self, number: str, provisions: Sequence[Mapping[str, Any]], language: str) -> None:
        """Add a text."""
        printed = _printed(provisions)
        blocks: set[str] = set()
        for provision in provisions:
            heading = provision.get("heading", "")
            title = provision.get("title", "")
            if provision["id"] == "top" and heading:
                self.titles.add(heading)
            self.labels |= {heading, provision["mark"], *provision.get("links", ())}
            if heading.endswith(title):
                self.labels.add(title)
                blocks.add(title)
            called = {heading, title}
            if is_provision_id(provision["id"]):
                cited = citation(provision["id"], printed, language.replace("-", "_"))
                self.cited.add(cited)
                called.add(cited)
            self.labels |= called
            self.called.setdefault(number, {})[provision["id"]] = frozenset(called)
            blocks |= {heading, *_blocks(provision)}
        # Of a block that is new there is nothing on the old side.
        self.blocks[number] = frozenset({"", *map(unspaced, blocks)})

    def add_unrecorded(self, provisions: Sequence[Mapping[str, Any]], language: str) -> None:
        """Add how the articles of a text are cited that nobody recorded, as pages of others name them.

        Its own words are none that are attested: a citation counts if it is the one that the language has for such an id, or that of a recorded article but for the number of the id.
        """
        printed, code = _printed(provisions), language.replace("-", "_")
        known = {_without_numbers(cited) for cited in self.cited}
        articles = (p["id"] for p in provisions if p.get("heading") and is_provision_id(p["id"]))
        for name in itertools.islice(articles, _MOST_ARTICLES):
            cited = citation(name, printed, code)
            # What is there once may be printed without its number.
            is_usual = citation(name, {}, code).startswith(cited)
            has_its_number = set(_NUMBER.findall(cited)) <= set(_NUMBER.findall(name))
            if is_usual or (has_its_number and _without_numbers(cited) in known):
                self.unrecorded.add(cited)


def _without_numbers(cited: str) -> str:
    return _NUMBER.sub("0", cited)


def _printed(provisions: Sequence[Mapping[str, Any]]) -> PrintedTexts:
    return PrintedTexts(
        {p["id"]: p["mark"] or p.get("heading", "") for p in provisions},
        {p["id"]: p.get("in", says_container(p["id"])) for p in provisions},
        {p["id"]: p["paragraph"] for p in provisions if "paragraph" in p},
        {
            p["id"]: opening_words(p["text"].split("\n")[0])
            for p in provisions
            if not p["mark"] and not p.get("heading")
        },
    )


def _blocks(provision: Mapping[str, Any]) -> Iterator[str]:
    for name in ("text", "after"):
        for line in provision.get(name, "").split("\n"):
            yield from line.split("\t")


def language_texts(
    site: SiteSource,
    pages: SitePages,
    folder: str,
    language: str,
    ledger: Ledger,
    versions: Iterable[PolicyVersion],
) -> LanguageTexts:
    """Return the texts of the policy of *ledger* in *language* that are as they were recorded, in their file or on their page; *versions* are those of the site."""
    found = LanguageTexts()
    for (number, tag), entry in ledger.texts.items():
        if tag != language:
            continue
        name = f"{folder}/{addresses.version_page(ledger.policy, number)}"
        for read in (_from_file, _from_page):
            # What is wrong with one that is another is said elsewhere.
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
                provisions = read(site, pages, name, language)
                if provision_digests(provisions) == dict(entry.provisions):
                    found.add(number, provisions, language)
                    break
    unrecorded = (v.number for v in versions if v.held and (v.number, language) not in ledger.texts)
    for number in itertools.islice(unrecorded, _MOST_TEXTS):
        name = f"{folder}/{addresses.version_page(ledger.policy, number)}"
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
            found.add_unrecorded(_from_file(site, pages, name, language), language)
    return found


def _from_file(site: SiteSource, _pages: SitePages, name: str, _language: str) -> list[Any]:
    found: list[Any] = read_json(site.read(addresses.data_file(name)) or b"")["provisions"]
    return found


def _from_page(_site: SiteSource, pages: SitePages, name: str, language: str) -> list[Any]:
    page = pages.get(f"{name}{addresses.SUFFIX}", language)
    if page is None or isinstance(page, Problem):
        return []
    provisions = text_of_page(page.document).provisions
    return [
        {**p, "title": title_of_heading(p["heading"], language.replace("-", "_"))}
        for p in provisions
    ]


def values_of(
    texts: LanguageTexts,
    names: Iterator[str],
    expected: ExpectedVersions,
    ledger: Ledger,
    language: str,
) -> Values:
    """Return what may stand in the places of messages on the pages of a policy."""
    days: set[dt.date | None] = {entry.recorded for entry in ledger.entries}
    for version in expected.policy.versions:
        days |= {version.effective, version.announced, version.withdrawn}
        days.add(expected.policy.last_day(version))
        days |= {*version.postponed, *version.postponed.values(), *version.provisions.values()}
    reasons = {reason for entry in ledger.entries for reason in entry.reasons.values()}
    digests = {entry.digest for entry in ledger.entries if entry.digest}
    return Values(
        frozenset(in_words(day, language) for day in days if day),
        frozenset((texts.labels | texts.unrecorded) - {""}),
        frozenset({*names, *texts.titles, *reasons, *digests}),
        frozenset(
            version.number
            for version in expected.policy.versions
            if not is_version_number(version.number)
        ),
    )
