"""The days that have a page: a day that was recorded once keeps it, whatever was corrected since."""

from __future__ import annotations

import datetime as dt

from policysite.ledger.chain import Ledger
from policysite.ledger.day_pages import days_with_pages
from policysite.ledger.entries import Entry, EntryKind
from policysite.model.register import Policy, PolicyVersion


def day(month: int, of_month: int = 1) -> dt.date:
    return dt.date(2026, month, of_month)


def test_days_that_were_corrected_keep_their_pages() -> None:
    policy = Policy("terms", (PolicyVersion("terms", "1.0", day(3), ended=day(6)),))
    assert days_with_pages(policy, Ledger("terms")) == [day(3), day(6)]
    first = Entry(
        0,
        EntryKind.FREEZE,
        day(1),
        "1.0",
        "",
        effective=day(4),
        ended=day(5),
        applies_from={"art-1": day(7), "art-2": day(3)},
    )
    corrected = Entry(0, EntryKind.CORRECT, day(2), "1.0", "", effective=day(3), ended=day(6))
    withdrawn = Entry(0, EntryKind.WITHDRAW, day(2), "1.0", "", withdrawn=day(9))
    ledger = Ledger("terms").append(first).append(corrected).append(withdrawn)
    # Those of the register first, each once; nothing begins on the day of a withdrawal.
    assert days_with_pages(policy, ledger) == [day(3), day(6), day(4), day(5), day(7)]
