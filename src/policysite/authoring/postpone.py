"""Postponing a version that was announced and is frozen: what ``policysite postpone`` does.

The front matter has the new day, and keeps the one that was announced; the ledger has both, with the reason.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from policysite.authoring.front_matter_edit import set_fields
from policysite.authoring.ledger_session import Recorded, recording, refuse
from policysite.authoring.reasons import unsaid_notes
from policysite.authoring.record import (
    frozen_version,
    published_tags,
    texts_to_record,
    unlike_frozen,
)
from policysite.base.problems import Code
from policysite.checks.notice_period import notice_problem
from policysite.ledger.entries import Entry, EntryKind
from policysite.model.register import Policy, Status
from policysite.model.version_order import broken_rules, in_order, order_problems

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policysite.authoring.ledger_session import Recording
    from policysite.authoring.reasons import Reasons
    from policysite.base.problems import Problem
    from policysite.model.register import PolicyVersion


def postpone(
    root: Path,
    environ: Mapping[str, str],
    policy: str,
    number: str,
    to: dt.date,
    reasons: Reasons,
    short_notice: str = "",
) -> Recorded:
    """Record that version *number*, which is still to come, takes effect on the later day *to*, and why.

    *short_notice* is the reason why that day is nearer than the publisher promises; it becomes a waiver in the front matter.

    :raises PolicysiteError: if it is not frozen, is in force already, or may not take effect on that day; nothing was changed.
    """
    with recording(root, environ, policy) as found:
        frozen, said = frozen_version(found, policy, number, reasons)
        version = _as_recorded(found, frozen)
        refuse([*_too_late(found, version), *_wrong_day(version, to)])
        old = version.effective
        new = replace(version, effective=to, postponed={**version.postponed, old: found.day})
        if short_notice:
            refuse(_enough_notice(found, new))
            new = replace(new, waived={**new.waived, Code.NOTICE_PERIOD.value: short_notice})
        refuse(list(_not_in_line(found, new)))
        refuse(unlike_frozen(found, version, texts_to_record(found.project, version)))
        fields = {"effective": to.isoformat(), "postponed": _written(new.postponed)}
        if short_notice:
            fields["waive"] = json.dumps(dict(new.waived), ensure_ascii=False)
        # The text first: killed in between, a build says what is missing and the command can be repeated.
        set_fields(root / version.path, root, fields)
        entry = Entry(
            0,
            EntryKind.POSTPONE,
            found.day,
            number,
            "",
            effective=to,
            postponed=old,
            reasons=said,
        )
        notes = [f"{version.path}: effective: {old} → {to}"]
        notes += unsaid_notes(said, published_tags(found.project), found.path)
        return found.write([entry], notes)


def _written(postponed: Mapping[dt.date, dt.date]) -> str:
    """Return the field ``postponed`` of a front matter, on one line."""
    entries = (f"{{from: {day}, announced: {said}}}" for day, said in sorted(postponed.items()))
    return f"[{', '.join(entries)}]"


def _as_recorded(found: Recording, version: PolicyVersion) -> PolicyVersion:
    """Return *version* with the days of the ledger: the front matter may be that of a command which was killed."""
    ledger = found.ledger
    return replace(
        version,
        effective=ledger.effective(version.number) or version.effective,
        postponed=ledger.postponed(version.number, version.postponed),
    )


def _with(found: Recording, version: PolicyVersion) -> Policy:
    """Return the policy with *version* in the place of the one with its number."""
    policy = found.project.register.policies[version.policy]
    others = (other for other in policy.versions if other.number != version.number)
    return Policy(policy.name, in_order([*others, version]))


def _too_late(found: Recording, version: PolicyVersion) -> Iterator[Problem]:
    status = _with(found, version).status(version, found.day)
    if status is not Status.UPCOMING or version.withdrawn:
        state = "withdrawn" if version.withdrawn else status.value.replace("-", " ")
        yield version.problem(
            Code.LEDGER_ENTRY,
            "effective",
            f"Version {version.number} is {state}; it took effect, or was to, on {version.effective}.",
            "Only a version that is still to come is postponed; withdraw it, or publish a new one.",
        )


def _wrong_day(version: PolicyVersion, to: dt.date) -> Iterator[Problem]:
    if to <= version.effective:
        yield version.problem(
            Code.LEDGER_ENTRY,
            "effective",
            f"Found --to {to}; version {version.number} takes effect on {version.effective}, which is not earlier.",
            "Name a later day: who relied on the one that was announced must not be surprised.",
        )


def _not_in_line(found: Recording, version: PolicyVersion) -> Iterator[Problem]:
    """Yield why *version*, with its new day, would be no part of a history that readers can follow."""
    versions = _with(found, version).versions
    yield from order_problems(versions)
    yield from (rule.problem for rule in broken_rules(versions) if not rule.is_waived)
    for provision_id, day in version.provisions.items():
        if day <= version.effective:
            yield version.problem(
                Code.REGISTER_DATE,
                "provisions",
                f"Found provisions: {provision_id}: {day}; the version takes effect on {version.effective} then.",
                "Remove the provision there, or give it a later day, and record that: policysite correct.",
            )
    notice = _notice(found, version)
    if notice and notice.code not in version.waived:
        remedy = f'{notice.remedy} If it cannot wait, say why: --short-notice "…".'
        yield replace(notice, remedy=remedy)


def _notice(found: Recording, version: PolicyVersion) -> Problem | None:
    return notice_problem(version, found.project.settings.policies[version.policy])


def _enough_notice(found: Recording, version: PolicyVersion) -> list[Problem]:
    """Return that *version* needs no reason for a short notice: a waiver of nothing is none."""
    if _notice(found, version):
        return []
    message = f"Found --short-notice; version {version.number} is postponed as early as the publisher promises."
    return [version.problem(Code.LEDGER_ENTRY, "effective", message, "Leave it out.")]
