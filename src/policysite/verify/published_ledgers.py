"""The ledgers that a site has, and older copies of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem, refusal
from policysite.ledger.chain import RESTORE, Ledger
from policysite.ledger.ledger_reading import read_ledger
from policysite.model import addresses
from policysite.verify.compressed_forms import file_problem
from policysite.verify.site_pages import wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from policysite.verify.report import VerificationReport
    from policysite.verify.site_source import SiteSource


def published_ledgers(
    site: SiteSource, policies: Iterable[str], report: VerificationReport
) -> dict[str, Ledger]:
    """Return the ledgers of those of *policies* that have one; *report* is told of them, and of what is wrong with them."""
    found = {}
    for policy in policies:
        ledger = _ledger(site, policy, report)
        if ledger is not None:
            found[policy] = ledger
    for name in site.names() or ():
        policy = addresses.policy_of_ledger(name)
        if policy and policy not in set(policies):
            what = "The ledger is that of a policy that the list of versions does not have."
            report.problems.append(file_problem(name, what))
    return found


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
        releases = f", {len(ledger.releases)} releases" if ledger.releases else ""
        report.facts.append(
            f"{path}: {len(ledger.entries)} entries{releases}, the chain is intact, head {ledger.head}"
        )
    return ledger


def older_problems(
    path: Path, ledgers: Mapping[str, Ledger], report: VerificationReport
) -> Iterator[Problem]:
    """Yield where a ledger of the site does not extend the older one in the file *path*."""
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
        yield wrong(addresses.ledger_file(older.policy), what)
        return
    found = list(ledger.check_extends(older, addresses.ledger_file(older.policy)))
    yield from found
    if not found and not problems:
        report.facts.append(
            f"{path}: the ledger of the site extends it ({len(older.entries)} of {len(ledger.entries)} entries)"
        )
