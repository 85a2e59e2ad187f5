"""What ``current.json`` tells programs of a policy, against its ledger: what applies, what comes, and what changed since earlier versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policysite.base.problems import quoted
from policysite.base.strict_json import read_json
from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.model.notice_periods import VersionChange
from policysite.verify.expected_versions import page_of
from policysite.verify.page_facts import disagrees
from policysite.verify.site_pages import wrong

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from policysite.base.problems import Problem
    from policysite.ledger.chain import Ledger
    from policysite.model.register import PolicyVersion
    from policysite.verify.expected_versions import ExpectedVersions
    from policysite.verify.site_source import SiteSource

_KINDS = {*VersionChange, "unstated"}
_STATED = {"changeKind"}
"""What the ledger does not have: the publisher's judgement."""
_OFFERED = "webPage"
"""What a site may offer."""
_OF_POLICY = {"policy", "language", "title", "timeZone", "page", "ledger", "inForce", "upcoming", "since"}  # fmt: skip
_OF_CHANGE = {"changeKinds", "changed", "deleted", "comparison"}
_ID = re.compile(r"\w[\w-]{0,200}")


def current_problems(
    site: SiteSource, folder: str, ledger: Ledger, expected: ExpectedVersions, zone: str | None
) -> Iterator[Problem]:
    """Yield where the file in the *folder* of a language says something else than the ledger; former versions of this software wrote none."""
    path = f"{folder}/{addresses.current_file(ledger.policy)}"
    content = site.read(path)
    if content is None:
        return
    try:
        data = read_json(content)
        check = _Check(path, folder, ledger, expected)
        yield from check.problems(data, zone)
        for file in check.offered:
            if site.read(file) is None:
                yield wrong(path, f"It names {file}, which the site does not have")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"The file cannot be read: {type(error).__name__}: {str(error)[:100]}"
        yield wrong(path, what)


class _Check:
    def __init__(self, path: str, folder: str, ledger: Ledger, expected: ExpectedVersions) -> None:
        self.path, self.folder, self.ledger, self.expected = path, folder, ledger, expected
        self.policy = expected.policy
        self.offered: list[str] = []

    def problems(self, data: Mapping[str, Any], zone: str | None) -> Iterator[Problem]:
        wanted = {
            "policy": self.ledger.policy,
            "language": tag(self.folder),
            "page": page_of(self.folder, addresses.timeless_page(self.ledger.policy)),
            "ledger": addresses.ledger_file(self.ledger.policy) if self.ledger.entries else None,
            **({"timeZone": zone} if zone else {}),
            **self._offered(data, addresses.timeless_page(self.ledger.policy)),
        }
        yield from self._same(data, wanted)
        yield from self._unknown(data, {*_OF_POLICY, _OFFERED})
        in_force, day = self.expected.in_force, self.expected.day
        upcoming = self.policy.next_upcoming(day)
        yield from self._version("inForce", data["inForce"], in_force)
        yield from self._version("upcoming", data["upcoming"], upcoming, before=in_force)
        earlier = self.policy.earlier(in_force) if in_force else ()
        numbers = {version.number for version in earlier if not version.draft}
        if data["since"].keys() != numbers:
            what = f"Found what changed since {quoted(sorted(data['since']))}; expected the versions {quoted(sorted(numbers))}"
            yield wrong(self.path, what)
            return
        for number, said in data["since"].items():
            yield from self._since(number, said, in_force)

    def _same(
        self, data: Mapping[str, Any], wanted: Mapping[str, Any], where: str = ""
    ) -> Iterator[Problem]:
        for name, value in wanted.items():
            if data.get(name) != value:
                found = f"Found {where}{name}: {data.get(name)!r:.80}; expected {value}"
                yield wrong(self.path, found)

    def _unknown(self, data: Mapping[str, Any], known: Collection[str]) -> Iterator[Problem]:
        if unknown := sorted(data.keys() - known):
            yield wrong(self.path, f"The file has the unknown fields {quoted(unknown[:5])}")

    def _version(
        self,
        where: str,
        data: Mapping[str, Any] | None,
        version: PolicyVersion | None,
        before: PolicyVersion | None = None,
    ) -> Iterator[Problem]:
        number = data["version"] if data else None
        if number != (version.number if version else None):
            what = "no version" if version is None else f"version {version.number}"
            yield disagrees(
                self.path,
                f"Found {where}: {number!r:.40}; by the days in the ledger it is {what} on {self.expected.day}",
            )
            return
        if data is None or version is None:
            return
        wanted = self._wanted(version) | self._offered(data, version.page)
        if where == "upcoming":
            announced = version.announced.isoformat() if version.announced else None
            pair = (before.number, version.number) if before else ("", "")
            page = page_of(self.folder, addresses.comparison_page(version.policy, *pair))
            # A site may leave out comparisons.
            comparison = page if data["comparison"] is not None and before else None
            wanted |= {"announced": announced, "comparison": comparison}
        yield from self._same(data, wanted, f"{where}.")
        yield from self._unknown(data, {*wanted, "digest", "ledgerEntry"} | _STATED)
        if data.get("changeKind", "editorial") not in set(VersionChange):
            yield wrong(self.path, f"Found {where}.changeKind: {data['changeKind']!r:.40}")

    def _offered(self, data: Mapping[str, Any], page: str) -> dict[str, str]:
        """Return what is said of a file beside *page*, which a site may offer."""
        file = addresses.edition_file(f"{self.folder}/{page}", EditionKind.XHTML)
        if _OFFERED not in data:
            return {}
        self.offered.append(file)
        return {_OFFERED: file}

    def _wanted(self, version: PolicyVersion) -> dict[str, Any]:
        entry = self.ledger.texts.get((version.number, tag(self.folder)))
        page = addresses.version_page(version.policy, version.number)
        found: dict[str, Any] = {
            "version": version.number,
            "effective": version.effective.isoformat(),
            "text": "held" if version.held else "not-held",
            "page": page_of(self.folder, page),
            "data": addresses.data_file(f"{self.folder}/{page}"),
        }
        if entry:
            found["digest"] = entry.digest
            found["ledgerEntry"] = {"number": entry.number, "sha256": entry.sha256}
        elif not version.held:
            found |= {"digest": None, "ledgerEntry": None}
        return found

    def _since(
        self, number: str, said: Mapping[str, Any], in_force: PolicyVersion | None
    ) -> Iterator[Problem]:
        """Check what is said to have changed: the kinds are the publisher's word, articles are in the texts."""
        where = f"since.{number}."
        yield from self._unknown(said, _OF_CHANGE)
        if not said["changeKinds"] or not set(said["changeKinds"]) <= _KINDS:
            yield wrong(self.path, f"Found {where}changeKinds: {said['changeKinds']!r:.80}")
        newest = in_force.number if in_force else ""
        for name, text in (("changed", newest), ("deleted", number)):
            entry = self.ledger.texts.get((text, tag(self.folder)))
            ids = said[name] or ()
            strange = [one for one in ids if not isinstance(one, str) or not _ID.fullmatch(one)]
            if entry:
                strange += [one for one in ids if one not in entry.provisions]
            if strange:
                found = f"Found {where}{name} with {strange[0]!r:.60}, which version {text} does not have"
                yield wrong(self.path, found)
        yield from self._left_out(where, number, newest, said["changed"])
        page = addresses.comparison_page(self.ledger.policy, number, newest)
        if said["comparison"] not in {None, page_of(self.folder, page)}:
            yield wrong(self.path, f"Found {where}comparison: {said['comparison']!r:.80}")

    def _left_out(
        self, where: str, number: str, newest: str, changed: list[str] | None
    ) -> Iterator[Problem]:
        """Yield that nothing is said to have changed, though the ledger has two texts."""
        texts = [self.ledger.texts.get((one, tag(self.folder))) for one in (number, newest)]
        if changed is None or not all(texts):
            return
        old, new = (dict(entry.provisions) for entry in texts if entry)
        # Where no provision was renumbered, one whose words are others is an article that changed, or in one.
        if old.keys() != new.keys() or changed:
            return
        if old != new:
            what = f"Found {where}changed with nothing; the ledger has other words in both texts"
            yield wrong(self.path, what)
