"""What is around and beside a text, for pages whose bytes are not attested: its markup and its words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policysite.model import addresses, version_numbers
from policysite.verify.expected_versions import page_of
from policysite.verify.language_texts import language_texts, values_of
from policysite.verify.page_frame import frame_oddities, frame_words, names_on
from policysite.verify.page_tools import misquoted, tool_of, tool_words
from policysite.verify.site_pages import wrong
from policysite.verify.vocabulary import SeenWords, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    import lxml.html

    from policysite.base.problems import Problem
    from policysite.ledger.chain import Ledger
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.site_pages import Page, SitePages
    from policysite.verify.site_source import SiteSource

    Element = lxml.html.HtmlElement

_LONGEST_NAME = 120
_MOST = 10
_OF_ONE_FORM = {"fallback-note", "headerlink", "omitted", "record", "nothing-in-force"}
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_NUMBER_OF_PAGE = re.compile(rf"(?:^|/)({version_numbers.PATTERN})\.html$")
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
        *,
        has_own_words: bool = False,
    ) -> None:
        self.language = language
        self.names = names
        self._ledger, self._expected, self._seen = ledger, expected, seen
        self._texts = language_texts(site, pages, folder, language, ledger)
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
        found += self._names_on(page)
        # Around a text that differs it is unknown what may be named and quoted.
        if number in self._texts.blocks or not number:
            found += self._words(page, number)
        now = self._texts.blocks.get(number, frozenset())
        for tool in page.document.find_class("article-changes"):
            found += [
                wrong(page.path, f"The page shows {what}")
                for what in misquoted(tool, now, self._ever)
            ]
        yield from found[:_MOST]

    def _names_on(self, page: Page) -> Iterator[Problem]:
        """Yield names that are too long, or differ from those on other pages; what they should be is unknown."""
        for kind, name in names_on(page.document):
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

    def _words(self, page: Page, number: str) -> Iterator[Problem]:
        words = self._known_words()
        for place, said, is_one in self._all_words(page, number):
            if words.says(said) or self._is_address(place, said):
                continue
            if words.is_known:
                what = f"The page says {' '.join(said.split())[:100]!r}, which this software does not print there"
                yield wrong(page.path, what)
            else:
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
        for place, said in frame_words(page.document):
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
                yield f"{place} {len(_VERSION.findall(said))}", said, True
            else:
                yield f"{place}#{counted[place]}", said, tool in _OF_ONE_FORM

    def _relation(self, leads_to: str, number: str) -> str:
        """Return what the version that a link leads to is to that of the page."""
        match = _NUMBER_OF_PAGE.search(leads_to.partition("#")[0])
        if match is None or match[1] == number:
            return "language"
        in_force = self._expected.in_force
        if in_force and match[1] == in_force.number:
            return "in force"
        here, there = self._expected.policy.get(number), self._expected.policy.get(match[1])
        is_later = here and there and there.sort_key > here.sort_key
        return "later" if is_later else "earlier"

    def _is_address(self, place: str, said: str) -> bool:
        return "print-address" in place and _ADDRESS.fullmatch(said.strip()) is not None


def timeless_page(folder: str, policy: str) -> str:
    """Return the path of the page of the text in force."""
    return page_of(folder, addresses.timeless_page(policy))
