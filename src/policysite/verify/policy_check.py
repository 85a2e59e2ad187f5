"""One policy of a published site against its ledger, on one day: texts, files, and what all pages say of its versions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.base.problems import Problem
from policysite.ledger.day_pages import days_with_pages
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.model.provision_ids import is_of_steps
from policysite.verify.around_text import Surroundings
from policysite.verify.beside_text import count_of
from policysite.verify.current_data import current_problems
from policysite.verify.edition_checks import (
    Shown,
    edition_problems,
    note_in,
    offered_on,
    titled_problems,
)
from policysite.verify.expected_versions import folders_of, page_of
from policysite.verify.page_facts import fact_problems
from policysite.verify.page_words import text_of_page
from policysite.verify.site_days import day_page, day_page_problems, list_problems
from policysite.verify.site_pages import wrong
from policysite.verify.site_source import MARK
from policysite.verify.text_checks import (
    data_problems,
    no_text_problems,
    page_problems,
    record_data_problems,
)
from policysite.verify.vocabulary import SeenWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policysite.ledger.chain import Ledger
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.report import VerificationReport
    from policysite.verify.site_pages import Page, SitePages
    from policysite.verify.site_source import SiteSource
    from policysite.verify.version_list import Listed


@dataclass
class SiteCheck:
    """What the checks of all policies share.

    *judges_surroundings*: the bytes of the pages are not attested, so what is around the texts is checked. ``zone`` is the
    name of the time zone of the site, if it is known. ``own_words`` are the languages in which the site says words around the
    texts otherwise than this software. ``names`` are those on the pages, by language; ``read`` the files that were looked at, ``editions`` those that pages offer, ``unrecorded`` those that there may be of texts that nobody recorded; ``beside`` counts the summaries and labels.
    """

    site: SiteSource
    pages: SitePages
    report: VerificationReport
    judges_surroundings: bool
    zone: str | None = None
    own_words: frozenset[str] = frozenset()
    seen: SeenWords = field(default_factory=SeenWords)
    names: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    read: list[str] = field(default_factory=list)
    editions: dict[str, None] = field(default_factory=dict)
    unrecorded: set[str] = field(default_factory=set)
    beside: Counter[str] = field(default_factory=Counter)


class PolicyCheck:
    """The check of one policy, whose versions the site lists as *listed*."""

    def __init__(
        self,
        check: SiteCheck,
        ledger: Ledger,
        listed: Mapping[str, Listed],
        expected: ExpectedVersions,
    ) -> None:
        self.check, self.ledger, self.listed, self.expected = check, ledger, listed, expected
        self._surroundings: dict[str, Surroundings] = {}

    def run(self) -> None:
        """Look at everything, and tell the report."""
        report = self.check.report
        report.problems += list_problems(self.listed, self.expected)
        self._check_texts()
        self._note_others()
        for language in self._languages():
            report.problems += self._timeless(language)
            report.problems += self._others(language)

    def _languages(self) -> list[str]:
        """Return the languages in which the site has the policy, by their tags."""
        listed = {language for version in self.listed.values() for language in version.pages}
        return sorted(listed | {language for _, language in self.ledger.texts})

    def _folder(self, language: str, page: str) -> str | None:
        """Return the folder of *language* that has *page*, if there is one."""
        names = folders_of(language)
        return next((n for n in names if self.check.site.read(page_of(n, page)) is not None), None)

    def _check_texts(self) -> None:
        """Check every page and file that has a recorded text."""
        report = self.check.report
        for (number, language), entry in self.ledger.texts.items():
            page = addresses.version_page(self.ledger.policy, number)
            folder = self._folder(language, page) if number in self.listed else None
            if folder is None:
                what = f"Version {number} ({language}) is in the ledger and not on the site"
                report.problems.append(wrong(MARK, what))
                continue
            path = page_of(folder, page)
            found = [*self._text(path, folder, number, language)]
            found += data_problems(self.check.site, folder, entry, self.expected)
            self.check.read += [
                addresses.data_file(f"{folder}/{page}"),
                addresses.text_script(f"{folder}/{page}"),
            ]
            found += self._editions(path, language, f"{folder}/{page}", is_right=not found)
            report.problems += found
            if not found:
                report.facts.append(
                    f"{path}: {entry.extent}, as recorded on {entry.recorded}, {entry.digest}"
                )

    def _editions(
        self, path: str, language: str, name: str, *, is_right: bool
    ) -> Iterator[Problem]:
        """Check what the page offers as files, if what it shows itself is as it was recorded."""
        page = self.check.pages.asked_for(path, language)
        if is_right and not isinstance(page, Problem) and (files := offered_on(page)):
            yield from self._files(page, language, name, files)

    def _files(
        self, page: Page, language: str, name: str, files: Sequence[str], *, at: str = ""
    ) -> Iterator[Problem]:
        """Check *files* that have the text of *page*, which is right; see :func:`edition_problems`."""
        self.check.editions |= dict.fromkeys(files)
        note = "" if language in self.check.own_words else note_in(language)
        shown = Shown(text_of_page(page.document).layouts, note)
        yield from edition_problems(self.check.site, name, files, shown, at=at)

    def _text(self, path: str, folder: str, number: str, language: str) -> Iterator[Problem]:
        """Check a page that shows the text of version *number*: its own, or that of the text in force."""
        self.check.read.append(path)
        page = self.check.pages.asked_for(path, language)
        if isinstance(page, Problem):
            yield page
            return
        yield from page_problems(page, self.ledger.texts[number, language])
        summaries, labels = count_of(page.document)
        self.check.beside.update({"summaries": summaries, "labels": labels})
        yield from self._facts(page)
        if self.check.judges_surroundings:
            yield from self._around(folder, language).problems(page, number)

    def _facts(self, page: Page) -> Iterator[Problem]:
        is_attested = not self.check.judges_surroundings
        return fact_problems(page, self.expected, attributes_only=is_attested)

    def _history(self, page: Page) -> Iterator[Problem]:
        """Check that the history has a row for every version, and no text."""
        listed = {row.get("data-version") for row in page.document.iter("tr")}
        for version in self.expected.policy.versions:
            if not version.draft and version.number not in listed:
                yield wrong(page.path, f"The history does not have version {version.number}")
        if any(is_of_steps(section.get("id", "")) for section in page.document.iter("section")):
            yield wrong(page.path, "The history has provisions, which are no part of it")
        yield from self._facts(page)

    def _around(self, folder: str, language: str) -> Surroundings:
        if language not in self._surroundings:
            names = self.check.names.setdefault(language, {})
            self._surroundings[language] = Surroundings(
                self.check.site,
                self.check.pages,
                folder,
                language,
                self.ledger,
                self.expected,
                self.check.seen,
                names,
                self.check.zone,
                has_own_words=language in self.check.own_words,
            )
        return self._surroundings[language]

    def _note_others(self) -> None:
        """Say of which texts nothing is recorded, and that some ought to be."""
        report = self.check.report
        for number, said in self.listed.items():
            version = self.expected.policy.get(number)
            for language in sorted(said.pages):
                if not said.held or (number, language) in self.ledger.texts:
                    continue
                is_published = version is None or version.effective <= self.expected.day
                if is_published and number not in self.ledger.versions:
                    status = self.expected.status(version) if version else said.status
                    what = f"Version {number} ({language}) is {status} on the site and not in the ledger"
                    report.problems.append(wrong(MARK, what))
                else:
                    report.notes.append(
                        f"{self.ledger.policy} {number} ({language}): not frozen, so nothing can be said of it"
                    )
                    page = addresses.version_page(self.ledger.policy, number)
                    self.check.unrecorded |= {
                        addresses.edition_file(f"{folder}/{page}", kind)
                        for folder in folders_of(language)
                        for kind in EditionKind
                    }

    def _timeless(self, language: str) -> Iterator[Problem]:
        """Check the page of the text in force: it shows that of the version that is in force by the ledger's days."""
        page, version = addresses.timeless_page(self.ledger.policy), self.expected.in_force
        folders = [
            n for n in folders_of(language) if self.check.site.read(page_of(n, page)) is not None
        ]
        for folder in folders or folders_of(language)[:1]:
            path = page_of(folder, page)
            if version and (version.number, language) in self.ledger.texts:
                yield from self._in_force(path, folder, version.number, language)
            elif version is None or not version.held:
                yield from self._in_place_of_text(path, folder, language)

    def _in_force(self, path: str, folder: str, number: str, language: str) -> Iterator[Problem]:
        found = [*self._text(path, folder, number, language)]
        if any("The text of version" in problem.message for problem in found):
            what = f"By the days in the ledger version {number} is in force on {self.expected.day}; the page of the text in force shows another text"
            yield wrong(path, what)
        yield from found
        page, name = self.check.pages.asked_for(path, language), path.removesuffix(addresses.SUFFIX)
        if not found and not isinstance(page, Problem) and (web_page := self._web_page(name)):
            own = f"{folder}/{addresses.version_page(self.ledger.policy, number)}"
            yield from self._files(page, language, own, [web_page], at=name)

    def _in_place_of_text(self, path: str, folder: str, language: str) -> Iterator[Problem]:
        found = [*self._without_text(path, folder, language)]
        yield from found
        page, name = self.check.pages.asked_for(path, language), path.removesuffix(addresses.SUFFIX)
        if not found and not isinstance(page, Problem) and (web_page := self._web_page(name)):
            self.check.editions[web_page] = None
            (title, *_) = text_of_page(page.document).provisions
            yield from titled_problems(self.check.site, web_page, title["heading"])

    def _web_page(self, name: str) -> str:
        """Return the page for web views beside the page *name*, if there is one."""
        web_page = addresses.edition_file(name, EditionKind.XHTML)
        return web_page if self.check.site.read(web_page) is not None else ""

    def _without_text(self, path: str, folder: str, language: str) -> Iterator[Problem]:
        self.check.read.append(path)
        page = self.check.pages.asked_for(path, language)
        if isinstance(page, Problem):
            yield page
            return
        yield from no_text_problems(page)
        yield from self._facts(page)
        if self.check.judges_surroundings:
            yield from self._around(folder, language).problems(page, "")

    def _current(self, folder: str) -> Iterator[Problem]:
        """Check the file that tells programs what applies, if there is one."""
        path = f"{folder}/{addresses.current_file(self.ledger.policy)}"
        if self.check.site.read(path) is not None:
            self.check.read.append(path)
            zone = self.check.zone
            yield from current_problems(self.check.site, folder, self.ledger, self.expected, zone)

    def _others(self, language: str) -> Iterator[Problem]:
        """Check records, the history and the pages by day, as far as they are there."""
        for number, said in self.listed.items():
            page = addresses.version_page(self.ledger.policy, number)
            if (
                not said.held
                and number in self.expected.policy
                and (folder := self._folder(language, page))
            ):
                yield from self._without_text(page_of(folder, page), folder, language)
                yield from record_data_problems(
                    self.check.site, folder, language, number, self.expected
                )
        for folder in folders_of(language):
            yield from self._current(folder)
            history = page_of(folder, addresses.history_page(self.ledger.policy))
            found = self.check.pages.get(history, language)
            if found is not None:
                yield from [found] if isinstance(found, Problem) else self._history(found)
            for day in days_with_pages(self.expected.policy, self.ledger):
                shown = self.check.pages.get(day_page(folder, self.ledger.policy, day), language)
                if isinstance(shown, Problem):
                    yield shown
                elif shown is not None:
                    yield from day_page_problems(shown, day, self.expected)
                    yield from self._facts(shown)
