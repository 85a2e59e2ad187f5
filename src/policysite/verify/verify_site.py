"""Checking a published site against its ledgers: what ``policysite verify`` does.

It needs only the site, no project and no network, so that it works on any copy. What is read, and which version is in
force, is derived from the ledger and a stated day, not from what the site says of itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.editions.read_back import READABLE
from policysite.model import addresses
from policysite.verify.choice_of_languages import choice_problems
from policysite.verify.compressed_forms import REMEDY, form_problems
from policysite.verify.edition_checks import kind_of
from policysite.verify.expected_versions import expected_versions, folders_of, page_of
from policysite.verify.foreign_files import LoadedFiles
from policysite.verify.open_site import SECONDS, open_site
from policysite.verify.page_facts import fact_problems
from policysite.verify.policy_check import PolicyCheck, SiteCheck
from policysite.verify.published_ledgers import older_problems, published_ledgers
from policysite.verify.release_bytes import check_bytes, read_release
from policysite.verify.report import Attest, VerificationReport
from policysite.verify.signature import check_signature
from policysite.verify.site_days import feed_problems
from policysite.verify.site_pages import SitePages, wrong
from policysite.verify.site_source import MARK
from policysite.verify.time_stamp_check import Authorities, check_time_stamps
from policysite.verify.unlisted_files import doubles
from policysite.verify.version_list import read_version_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.ledger.chain import Ledger
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.site_pages import Page


@dataclass(frozen=True)
class Checking:
    """How a site is checked.

    ``older`` are ledgers that were kept from earlier; each must be the beginning of one of the site. ``signers`` is a file
    of those who may sign (``allowed_signers`` of ssh-keygen). ``day`` is the day on which the site is read, None for today
    where the policies apply. ``tsa_certificates`` is a file with the certificates of the time-stamping authorities that count. ``seconds`` are for all answers of a server. ``is_own``: the site was just built here, so what is around the texts is our own.
    """

    older: Sequence[Path] = ()
    signers: Path | None = None
    day: dt.date | None = None
    attest: Attest = Attest.AUTO
    tsa_certificates: Path | None = None
    seconds: float = SECONDS
    is_own: bool = False


def verify(
    where: str,
    older: Sequence[Path] = (),
    signers: Path | None = None,
    *,
    day: dt.date | None = None,
    attest: Attest = Attest.AUTO,
    tsa_certificates: Path | None = None,
    seconds: float = SECONDS,
    is_own: bool = False,
) -> VerificationReport:
    """Check the site at *where* (folder, zip file or address) against its ledgers; the rest is as in :class:`Checking`.

    :raises PolicysiteError: if there is no site that can be read.
    """
    checking = Checking(older, signers, day, attest, tsa_certificates, seconds, is_own)
    return _Verification(where, checking).run()


class _Verification:
    """One check of one site."""

    def __init__(self, where: str, checking: Checking) -> None:
        self.where, self.checking = where, checking
        certificates = checking.tsa_certificates
        self.authorities = Authorities(certificates) if certificates else None
        self.site = open_site(where, checking.seconds)
        self.report = VerificationReport()
        self.report.facts.append(f"read: {self.site.what}")
        self.listing = read_version_list(self.site, where)
        self.day = self._day()

    def run(self) -> VerificationReport:
        """Return what was found."""
        report = self.report
        ledgers = published_ledgers(self.site, self.listing.policies, report)
        if not ledgers and not report.problems:
            message = "There is no ledger on the site, so nothing can be verified."
            remedy = "Freeze what is published: policysite freeze."
            report.problems.append(Problem(self.where, 0, Code.LEDGER_SYNTAX, message, remedy))
        self._check_bytes(ledgers)
        self._check_words(ledgers)
        for policy, ledger in ledgers.items():
            signature = self.site.read(addresses.signature_file(policy))
            check_signature(ledger, signature, self.checking.signers, report)
            if not self.checking.is_own:
                check_time_stamps(self.site, ledger, self.authorities, report)
        for path in self.checking.older:
            report.problems += older_problems(path, ledgers, report)
        return report

    def _day(self) -> dt.date:
        """Return the day on which the site is read, and say which."""
        if self.checking.day:
            self.report.facts.append(f"day: {self.checking.day}, as was asked for")
            return self.checking.day
        zone = self.listing.time_zone
        today = dt.datetime.now(zone or dt.UTC).date()
        self.report.facts.append(f"day: {today}, today in {zone.key if zone else 'UTC'}")
        return today

    def _check_bytes(self, ledgers: Mapping[str, Ledger]) -> None:
        report = self.report
        manifest = None if self.checking.attest is Attest.WORDS else read_release(self.site)
        if isinstance(manifest, Problem):
            report.problems.append(manifest)
            return
        if manifest is None:
            if self.checking.attest is Attest.BYTES:
                message = f"There is no {addresses.MANIFEST}, so the bytes of the site cannot be attested."
                report.problems.append(
                    Problem(addresses.MANIFEST, 0, Code.RELEASE_FILE, message, REMEDY)
                )
            elif self.checking.attest is Attest.AUTO and not self.checking.is_own:
                report.not_attested += [
                    f"that the site is release {ledger.releases[-1].number} of the ledger of {policy!r}, or any: it has no "
                    f"{addresses.MANIFEST}"
                    for policy, ledger in ledgers.items()
                    if ledger.releases
                ]
            return
        found = check_bytes(self.site, manifest, ledgers)
        report.problems += found.problems
        report.has_bytes = True
        if not found.problems:
            report.facts.append(found.fact)
        if found.lent:
            report.not_attested.append(
                f"{found.lent} files of earlier releases, which no page of this one loads"
            )

    def _check_words(self, ledgers: Mapping[str, Ledger]) -> None:
        report = self.report
        judges = not report.has_bytes and not self.checking.is_own
        zone = self.listing.time_zone
        check = SiteCheck(
            self.site,
            SitePages(self.site),
            report,
            judges,
            zone.key if zone else None,
            frozenset(self.listing.own_words),
        )
        versions: dict[str, tuple[Ledger, ExpectedVersions]] = {}
        for policy, ledger in ledgers.items():
            listed = self.listing.policies[policy]
            expected = expected_versions(ledger, listed, self.day)
            versions[policy] = ledger, expected
            PolicyCheck(check, ledger, listed, expected).run()
        report.problems += self._homes_and_feeds(check, versions)
        if judges:
            report.problems += self._unattested(check, ledgers)
            report.not_attested += _not_judged(check, has_records=self._has_records())

    def _has_records(self) -> bool:
        return any(not v.held for listed in self.listing.policies.values() for v in listed.values())

    def _homes_and_feeds(
        self, check: SiteCheck, versions: Mapping[str, tuple[Ledger, ExpectedVersions]]
    ) -> Iterator[Problem]:
        """Check what the home page and the feed of each language say of versions."""
        for language in self.listing.languages:
            for folder in folders_of(language):
                home = check.pages.get(page_of(folder, addresses.HOME), language)
                if home is None:
                    continue
                if isinstance(home, Problem):
                    yield home
                else:
                    yield from self._cards(home, versions)
                    for card in home.document.find_class("policy-card"):
                        if found := versions.get(card.get("data-policy", "")):
                            yield from fact_problems(
                                home, found[1], card, attributes_only=not check.judges_surroundings
                            )
                path = f"{folder}/{addresses.FEED}"
                content = self.site.read(path)
                if content is None:
                    yield wrong(path, "The file is missing")
                else:
                    yield from feed_problems(path, content, language, versions)

    def _choice(self, check: SiteCheck) -> Iterator[Problem]:
        path = f"{addresses.HOME}{addresses.SUFFIX}"
        page = check.pages.get(path, "")
        if isinstance(page, Problem):
            yield page
        elif page is not None:
            titles = {language: names.get("site", ()) for language, names in check.names.items()}
            yield from choice_problems(page, self.listing.languages, titles)

    def _cards(
        self, home: Page, versions: Mapping[str, tuple[Ledger, ExpectedVersions]]
    ) -> Iterator[Problem]:
        """Check that a home page has a card for every policy in its language, and no text."""
        cards = [card.get("data-policy") for card in home.document.find_class("policy-card")]
        for policy in versions:
            listed = self.listing.policies[policy].values()
            if any(home.language in version.pages for version in listed) and policy not in cards:
                yield wrong(home.path, f"The page does not have the policy {policy!r}")
        if list(home.document.find_class("provision")):
            yield wrong(home.path, "The page has provisions, which are no part of it")

    def _unattested(self, check: SiteCheck, ledgers: Mapping[str, Ledger]) -> Iterator[Problem]:
        """Check what only bytes could attest, as far as it goes."""
        for path, one, other in check.seen.differing():
            yield wrong(path, f"The page says {one[:80]!r} where others say {other[:80]!r}")
        names = self.site.names()
        # Of one that a page offers as a file, the words were read; of a text that nobody recorded nothing is attested.
        known = check.editions.keys() | check.unrecorded
        for first, second in doubles(name for name in names or () if name not in known):
            what = f"The file could be served in the place of {first}"
            yield Problem(second, 0, Code.RELEASE_FILE, f"{what}.", REMEDY)
        beside = [MARK, *map(addresses.ledger_file, ledgers)]
        files = [*check.read, *beside] if names is None else names
        yield from form_problems(self.site, dict.fromkeys(files))
        yield from self._choice(check)
        loaded = LoadedFiles(self.site)
        pages = [
            path
            for path in (check.read if names is None else names)
            if path.endswith(addresses.SUFFIX)
        ]
        for path in dict.fromkeys(pages):
            page = check.pages.get(path, path.partition("/")[0])
            if isinstance(page, Problem):
                yield page
            elif page is not None:
                yield from loaded.problems(page)


def _not_judged(check: SiteCheck, *, has_records: bool) -> Iterator[str]:
    """Yield what words alone do not attest."""
    yield "the bytes of the files"
    yield "pages that show no single text (home, history, comparisons, parallel texts, search, missing pages) but for the versions and days that they name"
    yield "what scripts and style sheets do"
    yield "descriptions for search engines"
    if any(path.endswith(addresses.current_file("")) for path in check.read):
        yield "kinds of change, and which articles changed, in the files for programs (current.json)"
    if any(check.beside.values()):
        said = ", ".join(f"{n} {name}" for name, n in check.beside.items() if n)
        yield f"what is said beside the texts, and is no part of them ({said} on all pages)"
    if check.editions:
        kinds = {kind for kind in map(kind_of, check.editions) if kind and kind not in READABLE}
        unread = f", and nothing of those of the kind {', '.join(sorted(kinds))}" if kinds else ""
        yield f"what files of versions say around their texts{unread}"
    if has_records:
        yield "records: that they were versions, and their days"
    for language in check.seen.languages():
        yield f"the words of menus, notices and tools in {language!r}, which were only compared with each other"
    names = sorted(
        {name for found in check.names.values() for kind in found.values() for name in kind}
    )
    if names:
        yield f"the names {', '.join(map(repr, names))}"
