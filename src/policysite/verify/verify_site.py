"""Checking a published site against its ledgers: what ``policysite verify`` does.

It needs only the site, no project and no network, so that it works on any copy. What is read is derived from
the ledger, not from what the site says of itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, Problem, quoted, refusal
from policysite.ledger.agreement import provision_digests
from policysite.ledger.chain import RESTORE, Ledger, changed_provisions, read_ledger
from policysite.model import addresses, version_numbers
from policysite.verify.page_words import TextPage, read_text_page
from policysite.verify.report import VerificationReport
from policysite.verify.signature import check_signature
from policysite.verify.site_source import MARK, open_site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.ledger.entries import Entry
    from policysite.verify.site_source import SiteSource

_POLICY = re.compile(r"[a-z][a-z0-9-]*")
_NUMBER = re.compile(version_numbers.PATTERN)
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{1,40}")
_SCRIPT = re.compile(rb"addPolicyText\((.*)\);\n", re.DOTALL)
# What is published as law, or was, is frozen: `policysite publish` asks for it.
_PUBLISHED = {"in-force", "superseded"}
_FIELDS = {
    "id",
    "mark",
    "citation",
    "heading",
    "title",
    "text",
    "after",
    "omitted",
    "links",
    "foreign",
}
_REMEDY = "The publisher publishes the site again from the original texts; a holder of a copy asks for another one."


@dataclass(frozen=True)
class _Listed:
    """What ``versions.json`` says of a version."""

    status: str
    held: bool
    days: Mapping[str, str | None]
    languages: frozenset[str]


def verify(
    where: str, older: Sequence[Path] = (), signers: Path | None = None
) -> VerificationReport:
    """Check the site at *where* (folder, zip file or address) against its ledgers.

    *older* are ledgers that were kept from earlier; each must be the beginning of one of the site. *signers* is a file
    of those who may sign (``allowed_signers`` of ssh-keygen).

    :raises PolicysiteError: if there is no site that can be read.
    """
    site, report = open_site(where), VerificationReport()
    report.facts.append(f"read: {site.what}")
    listed = _listed(site, where)
    ledgers: dict[str, Ledger] = {}
    for policy, versions in listed.items():
        ledger = _ledger(site, policy, report)
        if ledger is None:
            continue
        ledgers[policy] = ledger
        _check_policy(site, versions, ledger, report)
        check_signature(ledger, site.read(addresses.signature_file(policy)), signers, report)
    if not ledgers and not report.problems:
        message = "There is no ledger on the site, so nothing can be verified."
        report.problems.append(
            Problem(
                where,
                0,
                Code.LEDGER_SYNTAX,
                message,
                "Freeze what is published: policysite freeze.",
            )
        )
    for path in older:
        report.problems += _older_problems(path, ledgers, report)
    return report


def _json(content: bytes) -> Any:
    """Return what *content* says.

    :raises ValueError: if it is not valid JSON, or such as no JSON of a site is.
    """
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _listed(site: SiteSource, where: str) -> dict[str, dict[str, _Listed]]:
    """Return what the site says of its versions, by policy and number."""
    try:
        return {
            _matched(_POLICY, policy["policy"]): {
                _matched(_NUMBER, version["version"]): _Listed(
                    str(version["status"]),
                    version["text"] == "held",
                    {name: version[name] for name in ("effective", "withdrawn")},
                    frozenset(_matched(_LANGUAGE, language) for language in version["pages"]),
                )
                for version in policy["versions"]
            }
            for policy in _json(site.read(MARK) or b"")["policies"]
        }
    except (ValueError, KeyError, TypeError) as error:
        raise refusal(
            f"{where}/{MARK}",
            Code.OUTPUT,
            f"The list of versions cannot be read: {type(error).__name__}: {str(error)[:100]}.",
            "Name a site that was made by this software, of this version or an earlier one.",
        ) from None


def _matched(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError(f"found {value!r:.60}")
    return value


def _ledger(site: SiteSource, policy: str, report: VerificationReport) -> Ledger | None:
    path = addresses.ledger_file(policy)
    content = site.read(path)
    if content is None:
        report.notes.append(f"{policy}: there is no {path}; its texts cannot be verified")
        return None
    ledger, problems = read_ledger(content.decode("utf-8", "replace"), path)
    if ledger and (ledger.policy != policy or not ledger.entries):
        what = f"is that of {ledger.policy!r}" if ledger.policy != policy else "has no entry"
        remedy = RESTORE.format(policy=policy)
        problems.append(Problem(path, 0, Code.LEDGER_SYNTAX, f"The ledger {what}.", remedy))
    report.problems += problems
    if ledger and not problems:
        report.facts.append(
            f"{path}: {len(ledger.entries)} entries, the chain is intact, head {ledger.head}"
        )
    return ledger


def _check_policy(
    site: SiteSource, listed: Mapping[str, _Listed], ledger: Ledger, report: VerificationReport
) -> None:
    """Check every page and file of one policy that shows a frozen text."""
    for (number, language), entry in ledger.texts.items():
        version = listed.get(number)
        folder = _folder(site, language, ledger.policy, number) if version else None
        if version is None or folder is None:
            what = f"Version {number} ({language}) is in the ledger and not on the site"
            report.problems.append(_problem(MARK, what))
            continue
        found = [*_days(version, entry, ledger), *_text_of(site, folder, entry, ledger)]
        report.problems += found
        if not found:
            page = f"{folder}/{addresses.version_page(ledger.policy, number)}{addresses.SUFFIX}"
            report.facts.append(
                f"{page}: {len(entry.provisions)} texts of provisions, as recorded on {entry.recorded}, {entry.digest}"
            )
    for number, version in listed.items():
        for language in sorted(version.languages):
            if not version.held or (number, language) in ledger.texts:
                continue
            if version.status in _PUBLISHED and number not in ledger.versions:
                what = f"Version {number} ({language}) is {version.status} on the site and not in the ledger"
                report.problems.append(_problem(MARK, what))
            else:
                report.notes.append(
                    f"{ledger.policy} {number} ({language}): not frozen, so nothing can be said of it"
                )
    for language in sorted({language for _, language in ledger.texts}):
        report.problems += _timeless(site, language, listed, ledger)


def _folder(site: SiteSource, language: str, policy: str, number: str) -> str | None:
    """Return the folder of *language* that has the page of a version, if there is one."""
    page = f"{addresses.version_page(policy, number)}{addresses.SUFFIX}"
    names = _names_of_folder(language)
    return next((name for name in names if site.read(f"{name}/{page}") is not None), None)


def _names_of_folder(language: str) -> list[str]:
    """Return the names that the folder of a language may have: with an underscore where its tag has a hyphen, or with it."""
    return list(dict.fromkeys((language.replace("-", "_"), language)))


def _problem(path: str, what: str) -> Problem:
    return Problem(path, 0, Code.FROZEN_TEXT, f"{what}.", _REMEDY)


def _days(version: _Listed, entry: Entry, ledger: Ledger) -> Iterator[Problem]:
    """Compare the days that the site states with those that were recorded."""
    for name, wanted in _recorded_days(entry, ledger).items():
        if version.days[name] != wanted:
            found = version.days[name]
            yield _problem(
                MARK, f"Version {entry.version}: found {name}: {found}, the ledger has {wanted}"
            )


def _recorded_days(entry: Entry, ledger: Ledger) -> dict[str, str | None]:
    withdrawn = ledger.withdrawn(entry.version)
    return {
        "effective": entry.effective.isoformat() if entry.effective else None,
        "withdrawn": withdrawn.isoformat() if withdrawn else None,
    }


def _text_of(site: SiteSource, folder: str, entry: Entry, ledger: Ledger) -> Iterator[Problem]:
    """Check the page of a text, and the files that have it for machines and for the pages' own scripts."""
    name = f"{folder}/{addresses.version_page(ledger.policy, entry.version)}"
    yield from _page_problems(site, f"{name}{addresses.SUFFIX}", entry)
    for path in (addresses.data_file(name), addresses.text_script(name)):
        content = site.read(path)
        if content is None:
            yield _problem(path, "The file is missing")
            continue
        try:
            yield from _data_problems(path, content, entry, ledger)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield _problem(
                path, f"The text cannot be read: {type(error).__name__}: {str(error)[:100]}"
            )


def _page_problems(site: SiteSource, path: str, entry: Entry) -> Iterator[Problem]:
    page = _page(site, path)
    if isinstance(page, Problem):
        yield page
        return
    yield from _differing(path, page.provisions, entry)
    if page.fingerprint != entry.digest:
        stated = page.fingerprint or "none"
        yield _problem(
            path, f"The page states the fingerprint {stated}; the ledger has {entry.digest}"
        )
    for oddity in page.unexpected_markup[:10]:
        yield _problem(path, f"The page has {oddity}, which no text has: it could show other words")


def _page(site: SiteSource, path: str) -> TextPage | Problem:
    content = site.read(path)
    if content is None:
        return _problem(path, "The file is missing")
    try:
        return read_text_page(content)
    except ValueError as error:
        return _problem(path, f"The page cannot be read: {str(error)[:100]}")


def _differing(
    path: str, provisions: Sequence[Mapping[str, Any]], entry: Entry
) -> Iterator[Problem]:
    found = provision_digests(provisions)
    changed = changed_provisions(entry.provisions, found)
    if changed or list(found) != list(entry.provisions) or len(found) != len(provisions):
        what = (
            quoted(changed) if changed else "the order of the provisions, or one that is duplicated"
        )
        yield _problem(
            path,
            f"The text of version {entry.version} ({entry.language}) is not what was recorded on {entry.recorded}: {what}",
        )


def _data_problems(path: str, content: bytes, entry: Entry, ledger: Ledger) -> Iterator[Problem]:
    """Compare a text as data with what was recorded."""
    if path.endswith(".js"):
        match = _SCRIPT.fullmatch(content)
        if match is None:
            yield _problem(path, "The script does more than to hand over the text")
            return
        content = match[1]
    data = _json(content)
    facts = {
        "policy": ledger.policy,
        "version": entry.version,
        "language": entry.language,
        "text": "held",
        **_recorded_days(entry, ledger),
    }
    for name, wanted in facts.items():
        if data[name] != wanted:
            yield _problem(path, f"Found {name}: {data[name]!r:.60}; expected {wanted}")
    if unknown := sorted({name for p in data["provisions"] for name in p} - _FIELDS):
        yield _problem(path, f"Provisions have the unknown fields {quoted(unknown[:5])}")
    yield from _differing(path, data["provisions"], entry)


def _timeless(
    site: SiteSource, language: str, listed: Mapping[str, _Listed], ledger: Ledger
) -> Iterator[Problem]:
    """Check the page of the text in force: it is the frozen one, or there is none."""
    number = next((n for n, version in listed.items() if version.status == "in-force"), "")
    entry = ledger.texts.get((number, language))
    name = addresses.timeless_page(ledger.policy) + addresses.SUFFIX
    folders = _names_of_folder(language)
    paths = [f"{folder}/{name}" for folder in folders if site.read(f"{folder}/{name}") is not None]
    for path in paths or [f"{folders[0]}/{name}"]:
        if entry:
            yield from _page_problems(site, path, entry)
        elif not number:
            yield from _nothing_in_force(site, path)


def _nothing_in_force(site: SiteSource, path: str) -> Iterator[Problem]:
    """Check that a page has no provisions: it says that no version is in force."""
    page = _page(site, path)
    if isinstance(page, Problem):
        yield page
    elif [provision["id"] for provision in page.provisions] != ["top"]:
        yield _problem(
            path, "The page shows a text, and no version is in force by the list of versions"
        )


def _older_problems(
    path: Path, ledgers: Mapping[str, Ledger], report: VerificationReport
) -> Iterator[Problem]:
    """Check that the ledger of the site extends the older one in the file *path*."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        message = f"The older ledger cannot be read: {error.strerror}. Nothing was verified."
        remedy = "Name a ledger.json that was kept."
        raise refusal(path, Code.LEDGER_SYNTAX, message, remedy) from error
    older, problems = read_ledger(text, str(path))
    yield from problems
    if older is None:
        return
    ledger = ledgers.get(older.policy)
    if ledger is None:
        what = f"The site has no ledger of the policy {older.policy!r}, which the older one is of"
        yield _problem(addresses.ledger_file(older.policy), what)
        return
    found = list(ledger.check_extends(older, addresses.ledger_file(older.policy)))
    yield from found
    if not found and not problems:
        report.facts.append(
            f"{path}: the ledger of the site extends it ({len(older.entries)} of {len(ledger.entries)} entries)"
        )
