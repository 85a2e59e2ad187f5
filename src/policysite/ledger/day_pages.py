"""Which days have a page, ``/<lang>/<policy>/on/<date>.html``: those that the register names, and those ever recorded.

A day that was corrected had a page, whose address readers have: it answers for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from policysite.ledger.chain import Ledger
    from policysite.model.register import Policy


def days_with_pages(policy: Policy, ledger: Ledger) -> list[dt.date]:
    """Return the days of *policy*, each once, then those that only its *ledger* has."""
    return list(dict.fromkeys((*policy.days(), *ledger.days)))
