"""Holding a published site against its ledgers: what ``python -m policysite verify`` does.

It needs the site alone, no project and no network, so that anybody can do it who was given a copy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policysite import addresses
from policysite.driver.page_texts import fingerprint_on, provisions_on
from policysite.driver.signature import check_signature
from policysite.driver.site_source import MARK, open_site
from policysite.errors import Code, PolicysiteError, Problem, quoted
from policysite.ledger.agreement import provision_digests
from policysite.ledger.chain import RESTORE, Ledger, changed_provisions, read_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.driver.site_source import SiteSource
    from policysite.ledger.entries import Entry


@dataclass
class Verdict:
    """What was found: ``facts`` that hold, ``notes`` on what could not be said, and ``problems``."""

    facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the verdict, one fact a line, the problems last."""
        lines = [*self.facts, *(f"note: {note}" for note in self.notes)]
        lines += map(str, sorted(set(self.problems)))
        lines.append(
            f"{len(set(self.problems))} to mend: this site is not what was recorded."
            if self.problems
            else "Everything that is recorded is on the site, word for word."
        )
        return "\n".join(lines)


def verify(where: str, older: Sequence[Path] = (), signers: Path | None = None) -> Verdict:
    """Check the site at *where* (folder, zip file or address) against its ledgers.

    *older* are ledgers that were kept from earlier; each must be the beginning of one of the site. *signers* is a file
    of those who may sign (``allowed_signers`` of ssh-keygen).

    :raises PolicysiteError: if there is no site that can be read.
    """
    site, verdict = open_site(where), Verdict()
    versions = _versions(site, where)
    ledgers: dict[str, Ledger] = {}
    for policy in versions:
        ledger = _ledger(site, policy["policy"], verdict)
        if ledger is None:
            continue
        ledgers[policy["policy"]] = ledger
        _check_policy(site, policy, ledger, verdict)
        check_signature(
            ledger, site.read(addresses.signature_file(ledger.policy)), signers, verdict
        )
    if not ledgers and not verdict.problems:
        message = "There is no ledger on the site, so nothing can be verified."
        verdict.problems.append(
            Problem(where, 0, Code.LEDGER_SYNTAX, message, "Freeze what is published: make freeze.")
        )
    for path in older:
        verdict.problems += _older_problems(path, ledgers, verdict)
    return verdict


def _versions(site: SiteSource, where: str) -> list[Any]:
    try:
        found: list[Any] = json.loads(site.read(MARK) or b"")["policies"]
        for policy in found:
            _ = (
                policy["policy"],
                [(v["version"], v["pages"], v["texts"]) for v in policy["versions"]],
            )
    except (ValueError, KeyError, TypeError) as error:
        problem = Problem(
            f"{where}/{MARK}",
            0,
            Code.OUTPUT,
            f"The list of versions cannot be read: {type(error).__name__} {error}.",
            "Name a site that was made by this software, of this or a later version.",
        )
        raise PolicysiteError([problem]) from None
    return found


def _ledger(site: SiteSource, policy: str, verdict: Verdict) -> Ledger | None:
    path = addresses.ledger_file(policy)
    content = site.read(path)
    if content is None:
        verdict.notes.append(f"{policy}: there is no {path}; its texts cannot be verified")
        return None
    ledger, problems = read_ledger(content.decode("utf-8", "replace"), path)
    if ledger and ledger.policy != policy:
        message = f"The ledger is that of the policy {ledger.policy!r}."
        problems.append(
            Problem(path, 0, Code.LEDGER_SYNTAX, message, RESTORE.format(policy=policy))
        )
    verdict.problems += problems
    if ledger and not problems:
        verdict.facts.append(
            f"{path}: {len(ledger.entries)} entries, the chain is whole, head {ledger.head}"
        )
    return ledger


def _check_policy(
    site: SiteSource, policy: Mapping[str, Any], ledger: Ledger, verdict: Verdict
) -> None:
    """Check every page and file of one policy that shows a frozen text."""
    listed = {version["version"]: version for version in policy["versions"]}
    for (number, language), entry in ledger.texts.items():
        version = listed.get(number)
        page = version["pages"].get(language) if version else None
        if version is None or page is None:
            verdict.problems.append(
                _missing(
                    MARK, f"Version {number} ({language}) is in the ledger and not on the site"
                )
            )
            continue
        found = list(_facts_problems(version, entry, ledger))
        found += _text_problems(site, page, entry, is_data=False)
        for data in (version["texts"][language], addresses.text_script(page.removesuffix(".html"))):
            found += _text_problems(site, data, entry, is_data=True)
        if version["status"] == "in-force":
            timeless = f"{page.rpartition('/')[0]}/index.html"
            found += _text_problems(site, timeless, entry, is_data=False)
        verdict.problems += found
        if not found:
            verdict.facts.append(
                f"{page}: {len(entry.provisions)} provisions, as recorded on {entry.recorded}, {entry.digest}"
            )
    for number, version in listed.items():
        for language, page in version["pages"].items():
            if version["text"] == "held" and (number, language) not in ledger.texts:
                verdict.notes.append(f"{page}: not frozen, so nothing can be said of it")


def _missing(path: str, what: str) -> Problem:
    return Problem(
        path, 0, Code.FROZEN_TEXT, f"{what}.", "Publish the site again from the texts as they were."
    )


def _facts_problems(version: Mapping[str, Any], entry: Entry, ledger: Ledger) -> Iterator[Problem]:
    """Compare the days that the site states with those that were recorded."""
    withdrawn = ledger.withdrawn(entry.version)
    for name, recorded in (("effective", entry.effective), ("withdrawn", withdrawn)):
        wanted = recorded.isoformat() if recorded else None
        if version.get(name) != wanted:
            yield _missing(
                MARK,
                f"Version {entry.version}: found {name}: {version.get(name)}, the ledger has {wanted}",
            )


def _text_problems(
    site: SiteSource, path: str, entry: Entry, *, is_data: bool
) -> Iterator[Problem]:
    """Compare the text of one file with what was recorded."""
    content = site.read(path)
    if content is None:
        yield _missing(path, "The file is missing")
        return
    try:
        provisions = _data(path, content)["provisions"] if is_data else provisions_on(content)
        found = provision_digests(provisions)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield _missing(path, "The text cannot be read")
        return
    changed = changed_provisions(entry.provisions, found)
    if changed or list(found) != list(entry.provisions) or len(found) != len(provisions):
        what = (
            quoted(changed) if changed else "the order of the provisions, or one that stands twice"
        )
        yield _missing(
            path,
            f"The text of version {entry.version} ({entry.language}) is not what was recorded on {entry.recorded}: {what}",
        )
    stated = "" if is_data else fingerprint_on(content)
    if not is_data and stated != entry.digest:
        yield _missing(
            path,
            f"The page states the fingerprint {stated or 'none'}; the ledger has {entry.digest}",
        )


def _data(path: str, content: bytes) -> Any:
    """Return the data of a text; the script that has the same calls a function with it."""
    if path.endswith(".js"):
        content = content[content.index(b"(") + 1 : content.rindex(b")")]
    return json.loads(content)


def _older_problems(
    path: Path, ledgers: Mapping[str, Ledger], verdict: Verdict
) -> Iterator[Problem]:
    """Check that the ledger of the site goes on from the older one in the file *path*."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        remedy = "Name a ledger.json that was kept from earlier."
        yield Problem(str(path), 0, Code.LEDGER_SYNTAX, f"Cannot read it: {error}.", remedy)
        return
    older, problems = read_ledger(text, str(path))
    yield from problems
    if older is None:
        return
    ledger = ledgers.get(older.policy)
    if ledger is None:
        what = f"The site has no ledger of the policy {older.policy!r}, which the older one is of"
        yield _missing(addresses.ledger_file(older.policy), what)
        return
    found = list(ledger.check_extends(older, addresses.ledger_file(older.policy)))
    yield from found
    if not found and not problems:
        verdict.facts.append(
            f"{path}: the ledger of the site goes on from it ({len(older.entries)} of {len(ledger.entries)} entries)"
        )
