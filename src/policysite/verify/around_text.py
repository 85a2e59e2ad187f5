"""What is around and beside a text, for pages whose bytes are not attested: its markup and its words."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.model.version_names import version_of_file
from policysite.model.version_numbers import is_version_number
from policysite.verify.beside_text import frame_oddities_beside
from policysite.verify.language_texts import language_texts, values_of
from policysite.verify.page_facts import numbers_in
from policysite.verify.page_frame import frame_oddities, frame_words, names_on
from policysite.verify.page_head import base_addresses, head_oddities, head_words
from policysite.verify.page_links import TextPlace, misleading_links
from policysite.verify.page_notices import notice_oddities
from policysite.verify.page_tools import misquoted, tool_of, tool_words
from policysite.verify.site_pages import wrong
from policysite.verify.vocabulary import SeenWords, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import lxml.html

    from policysite.base.problems import Problem
    from policysite.ledger.chain import Ledger
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.site_pages import Page, SitePages
    from policysite.verify.site_source import SiteSource

    Element = lxml.html.HtmlElement

_LONGEST_NAME = 120
_MOST = 12
_MOST_OF_KIND = 3
_OF_ONE_FORM = {
    *("fallback-note", "headerlink", "omitted", "plain-words", "record", "nothing-in-force"),
}
_TEMPLATES: Mapping[str, tuple[str, ...]] = {
    ".plain-words-name": ("plain-words.html", "policy-labels.html"),
    "label-marks ": ("label-marks.html", "label-words.html"),
    "policy-labels ": ("label-words.html", "policy-labels.html"),
    ".arrival-note.arrival": ("page.html",),
    "arrival-note ": ("absent.html",),
    ".editions": ("edition-links.html",),
    ".fingerprint": ("fingerprint.html",),
    ".print-note": ("page.html", "words.html"),
    ".sample-mark": ("page.html",),
    ".tools": ("tools.html",),
    ".translation-note": ("translation-note.html",),
    ".version-links": ("version-links.html",),
    "omitted ": ("omitted.html",),
    "record ": ("record.html",),
}
"""Places whose words are those of some templates alone; others have words of several."""
_OF_ONE_VERSION = ("meta ", ".arrival-note.arrival", ".print-note", ".tools", "record ")
"""Places that name no version but that of the page."""
_ADDRESS = re.compile(r"(?:https?://[^\s<>\"']+/)?[^\s<>\"':/]+\.html")


class Surroundings:
    """What may be around the texts of one policy in one language."""

    def __init__(
        self,
        site: SiteSource,
        pages: SitePages,
        folder: str,
        language: str,
        ledger: Ledger,
        expected: ExpectedVersions,
        seen: SeenWords,
        names: dict[str, set[str]],
        zone: str | None,
        *,
        has_own_words: bool = False,
    ) -> None:
        self.language = language
        self._zone = zone
        self.names = names
        self._folder = folder
        self._ledger, self._expected, self._seen = ledger, expected, seen
        self._texts = language_texts(
            site, pages, folder, language, ledger, expected.policy.versions
        )
        self._ever = self._texts.ever()
        self._vocabulary: Vocabulary | None = None
        self._has_own_words = has_own_words

    def problems(self, page: Page, number: str) -> Iterator[Problem]:
        """Yield what is around the text of version *number* on *page* and is not what this software prints there."""
        found: list[Problem] = []
        oddities = dict.fromkeys(frame_oddities(page.document))
        found += [
            wrong(
                page.path, f"The page has {oddity[:200]}, which this software does not print there"
            )
            for oddity in oddities
        ]
        place = self._place(page)
        found += self._misleading(page, place)
        found += self._names_on(page, place)
        # Around a text that differs it is unknown what may be named and quoted.
        if number in self._texts.blocks or not number:
            found += self._words(page, number, place.number)
        now = self._texts.blocks.get(number, frozenset())
        for tool in page.document.find_class("article-changes"):
            found += [
                wrong(page.path, f"The page shows {what}")
                for what in misquoted(tool, now, self._ever)
            ]
        yield from found[:_MOST]

    def _misleading(self, page: Page, place: TextPlace) -> Iterator[Problem]:
        document, language = page.document, self.language
        own = self._has_own_words
        checks = (
            frame_oddities_beside(document, language, has_own_words=own),
            misleading_links(document, place),
            head_oddities(document, place, language, self._expected, self._zone),
            notice_oddities(
                document,
                place.number,
                language,
                self._ledger,
                self._expected,
                has_own_words=own,
            ),
        )
        found = [oddity for check in checks for oddity in itertools.islice(check, _MOST_OF_KIND)]
        yield from (wrong(page.path, f"The page has {oddity[:250]}") for oddity in found)

    def _place(self, page: Page) -> TextPlace:
        """Return which page of the policy *page* is: that of the version in its address, or of the one in force."""
        current = self._expected.in_force
        own = version_of_file(page.path, addresses.SUFFIX)
        number = own or (current.number if current else "")
        called = self._texts.called.get(number, {})
        policy = self._expected.policy
        numbers = frozenset(version.number for version in policy.versions)
        return TextPlace(page.path, self._folder, policy.name, number, called, numbers)

    def _names_on(self, page: Page, place: TextPlace) -> Iterator[Problem]:
        """Yield names that are too long, or differ from those on other pages; what they should be is unknown."""
        bases = (("address", base) for base in base_addresses(page.document, place))
        for kind, name in (*names_on(page.document), *bases):
            known = self.names.setdefault(kind, set())
            if len(name) > _LONGEST_NAME:
                yield wrong(page.path, f"The page has {name[:60]!r} in the place of a name")
            elif name and name not in known:
                if known and kind != "policy":
                    yield wrong(
                        page.path,
                        f"The page has {name[:60]!r} where others have {min(known)[:60]!r}",
                    )
                else:
                    known.add(name)
                    self._vocabulary = None

    def _words(self, page: Page, number: str, own: str) -> Iterator[Problem]:
        words = self._known_words()
        others = {version.number for version in self._expected.policy.versions} - {own}
        named = {name for name in others if not is_version_number(name)}
        for place, said, is_one in self._all_words(page, number):
            templates = next((_TEMPLATES[name] for name in _TEMPLATES if name in place), ())
            is_of_other = not others.isdisjoint(numbers_in(said, named))
            if is_of_other and any(name in place for name in _OF_ONE_VERSION):
                what = f"The page says {_short(said)}, of another version than {own or 'none'}"
                yield wrong(page.path, what)
            elif self._is_address(place, said):
                continue
            elif words.is_known and not words.says(said, *templates):
                what = f"The page says {_short(said)}, which this software does not print there"
                yield wrong(page.path, what)
            elif not words.is_known and not words.says(said):
                masked = words.masked(said)
                self._seen.note(self.language, place, masked, page.path, is_one=is_one)

    def _known_words(self) -> Vocabulary:
        if self._vocabulary is None:
            names = (name for known in self.names.values() for name in known)
            values = values_of(self._texts, names, self._expected, self._ledger, self.language)
            self._vocabulary = Vocabulary(self.language, values, has_own=self._has_own_words)
        return self._vocabulary

    def _all_words(self, page: Page, number: str) -> Iterator[tuple[str, str, bool]]:
        """Yield the words around and beside the text, each with its place; repeated places are numbered.

        The last value says whether the words of that place are always the same, apart from values.
        """
        counted: Counter[str] = Counter()
        for place, said in (*head_words(page.document), *frame_words(page.document)):
            counted[place] += 1
            yield f"{place}#{counted[place]}", said, False
        for article in page.document.iter("article"):
            for element in article.iter():
                if not isinstance(element.tag, str):
                    continue
                if tool := tool_of(element):
                    yield from self._tool_words(element, tool, number)
                elif label := element.get("aria-label"):
                    yield f"{element.tag}@aria-label", label, True

    def _tool_words(
        self, element: Element, tool: str, number: str
    ) -> Iterator[tuple[str, str, bool]]:
        counted: Counter[str] = Counter()
        for place, leads_to, said in tool_words(element, tool):
            counted[place] += 1
            if leads_to:
                yield f"{place} {self._relation(leads_to, number)}", said, True
            elif tool == "arrival-note":
                # Two sentences: with the version that has the article, and without.
                yield f"{place} {len(numbers_in(said))}", said, True
            else:
                yield f"{place}#{counted[place]}", said, tool in _OF_ONE_FORM

    def _relation(self, leads_to: str, number: str) -> str:
        """Return what the version that a link leads to is to that of the page."""
        other = version_of_file(leads_to.partition("#")[0], addresses.SUFFIX)
        if other in {"", number}:
            return "language"
        in_force = self._expected.in_force
        if in_force and other == in_force.number:
            return "in force"
        here, there = self._expected.policy.get(number), self._expected.policy.get(other)
        is_later = here and there and self._expected.policy.is_before(here, there)
        return "later" if is_later else "earlier"

    def _is_address(self, place: str, said: str) -> bool:
        return "print-address" in place and _ADDRESS.fullmatch(said.strip()) is not None


def _short(said: str) -> str:
    return repr(" ".join(said.split())[:100])
