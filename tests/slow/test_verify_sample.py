"""Every version of the sample can be frozen, and the site is what was recorded; whatever else is shown is found.

``tests/test_verify.py`` verifies the real site, and reads every page of the sample as the command does.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import SAMPLE_DAY, build_site, copy_sample
from test_verify import (
    OVER,
    SHOWN_OTHERWISE,
    assert_earlier_text_is_named,
    assert_one_character_shows,
    assert_otherwise_is_found,
)

from policysite.authoring.record import freeze
from policysite.base.problems import PolicysiteError
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from policysite.ledger.entries import Entry


def test_one_character_anywhere_in_the_text_shows(site: Path, tmp_path: Path) -> None:
    assert_one_character_shows(Path(shutil.copytree(site, tmp_path / "site")), 30)


@pytest.mark.parametrize("says_so", [False, True])
@pytest.mark.parametrize("what", OVER)
def test_an_earlier_text_in_the_place_of_a_page_is_named(
    sample_site: Path,
    tmp_path: Path,
    what: str,
    says_so: bool,  # noqa: FBT001
) -> None:
    assert_earlier_text_is_named(sample_site, tmp_path, what, says_so=says_so)


@pytest.mark.parametrize(("old", "new"), SHOWN_OTHERWISE.values(), ids=SHOWN_OTHERWISE)
def test_words_that_are_shown_otherwise_are_found(
    site: Path, tmp_path: Path, old: str, new: str
) -> None:
    assert_otherwise_is_found(Path(shutil.copytree(site, tmp_path / "site")), old, new)


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
