"""What a page says of two versions of one day, and of a time without a policy, on a site that was not rebuilt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from support import build_site, write_files
from test_histories import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    OpenPage = Callable[..., Page]

WHY = 'waive: {register-date: "A mistake was corrected on the same day."}'
HISTORY = {
    "1.0": "2025-01-01",
    "1.1": "2027-01-01",
    "1.2": f"2027-01-01\n{WHY}\nended: 2027-03-01",
}


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Versions 1.1 and 1.2 take effect on 1 January 2027, and the second ends in March."""
    files = {
        f"terms/{name}.md": TEXT.format(name=name, fields=fields)
        for name, fields in HISTORY.items()
    }
    root = write_files(tmp_path_factory.mktemp("histories"), files)
    build_site(root)
    return root / "_build/html/en/terms"


def notice_of(page: Page) -> str:
    return " ".join(page.locator("main .status-notice").inner_text().split())


def test_of_two_on_one_day_the_second_applies(terms: Path, open_page: OpenPage) -> None:
    page = open_page((terms / "1.0.html").as_uri(), clock="2026-12-31T12:00:00Z")
    assert "Version 1.2 takes effect on 1 January 2027." in notice_of(page)
    for clock in ("2027-01-01T12:00:00Z", "2027-01-02T12:00:00Z"):
        page = open_page((terms / "1.1.html").as_uri(), clock=clock)
        assert notice_of(page).startswith(
            "Superseded Version 1.1 applied from 1 January 2027 to 1 January 2027. It no longer applies. "
            "Read version 1.2, in force since 1 January 2027"
        )
        page = open_page((terms / "1.2.html").as_uri(), clock=clock)
        assert notice_of(page).startswith("In force Version 1.2 applies from 1 January 2027 to 28")


def test_nothing_applies_after_a_version_ended(terms: Path, open_page: OpenPage) -> None:
    clock = "2027-03-01T12:00:00Z"
    page = open_page((terms / "1.2.html").as_uri(), clock=clock)
    assert "No version of this policy is in force today." in notice_of(page)
    history = (terms / "history.html").as_uri()
    for day, answer in (
        ("2027-01-01", "Version in force on 1 January 2027: 1.2"),
        ("2027-02-28", "Version in force on 28 February 2027: 1.2"),
        ("2027-03-01", "On 1 March 2027 no version of this policy was in force."),
    ):
        page = open_page(f"{history}?on={day}", clock=clock)
        expect(page.locator(".date-answer")).to_contain_text(answer)
