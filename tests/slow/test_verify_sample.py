"""Every version of the sample can be frozen, and the site is what was recorded.

``tests/test_verify.py`` verifies the real site, and reads every page of the sample as the command does.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from support import SAMPLE_DAY, build_site, copy_sample

from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.ledger.entries import Entry


def test_untranslated_blocks_and_every_version_of_the_sample_can_be_frozen(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "sample", frozen=False)
    versions = [path.stem for path in sorted((root / "docs/privacy").glob("[0-9]*.md"))]
    frozen: list[Entry] = []
    for number in versions:
        try:
            frozen += freeze(root, SAMPLE_DAY, "privacy", number).entries
        except PolicysiteError as error:
            assert "is a draft" in str(error) or "is a record" in str(error)  # noqa: PT017
    assert len({entry.version for entry in frozen}) == len(versions) - 2
    site = build_site(root, SAMPLE_DAY).output
    assert (
        verify(str(site), day=dt.date.fromisoformat(SAMPLE_DAY["POLICYSITE_DATE"])).problems == []
    )
