"""The sample in nine languages: every version and comparison, each month of a year, and what checks the finished pages.

``tests/test_translated_sample.py`` has two versions in two of the languages.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from babel.dates import format_skeleton
from barriers import SHOWS_MOST, found_on
from nu_checker import check
from sample_changes import ADJACENT
from sample_comparisons import expected, kinds_in_texts, kinds_on_page
from site_server import serve
from support import SAMPLE_DAY, build_site, page, text
from translated_sample import (
    NAMES,
    broken_links,
    copy_translated_sample,
    foreign_citations,
    left_in_english,
    page_names,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    OpenPage = Callable[..., Page]

VERSIONS = 10
KINDS = (
    "index.html",
    "search.html",
    "translations.html",
    "privacy/index.html",
    "privacy/0.9.html",
    "privacy/3.1.html",
    "privacy/3.2.html",
    "privacy/history.html",
    "privacy/compare/index.html",
    "privacy/compare/2.1/3.0.html",
    "privacy/parallel/3.1.html",
)
"""One page of each kind, and of each status."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every version with the draft, in all languages."""
    root = copy_translated_sample(tmp_path_factory.mktemp("translated"))
    summary = build_site(root, SAMPLE_DAY | {"POLICYSITE_DRAFTS": "1"})
    assert summary.versions == VERSIONS
    assert not summary.english
    assert {code: summary.translated[code] for code in NAMES} == dict.fromkeys(NAMES, 1)
    return root


@pytest.fixture(scope="module")
def built(root: Path) -> Path:
    return root / "_build/html"


@pytest.mark.parametrize("language", NAMES)
def test_a_language_has_every_page(built: Path, language: str) -> None:
    names = page_names(built, language)
    assert names == page_names(built, "ko")
    assert names >= set(KINDS)


@pytest.mark.parametrize("language", NAMES)
def test_a_language_has_its_own_words(built: Path, language: str) -> None:
    assert not left_in_english(built, language)


@pytest.mark.parametrize("language", NAMES)
def test_a_page_cites_what_the_texts_of_its_language_print(built: Path, language: str) -> None:
    assert not foreign_citations(built, language)


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("pair", ADJACENT)
def test_comparisons_show_what_the_author_says(
    root: Path, pair: tuple[str, str], language: str
) -> None:
    path = root / f"_build/html/{language}/privacy/compare/{pair[0]}/{pair[1]}.html"
    wanted = expected(pair, language)
    assert kinds_in_texts(root, pair, language) == wanted
    assert kinds_on_page(page(path), language) == wanted


def test_every_link_leads_to_a_place(built: Path) -> None:
    assert not broken_links(built)


def test_the_checker_of_markup_finds_nothing(built: Path, html_checker: list[str]) -> None:
    files = [built / code / name for code in NAMES for name in KINDS]
    files += [built / name for name in ("index.html", "404.html", "ar/_static/site.css")]
    found = check(html_checker, files)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", NAMES)
def test_no_kind_of_page_has_a_barrier(
    built: Path, open_page: OpenPage, axe: str, language: str
) -> None:
    with serve(built) as site:
        names = [f"{language}/{name}" for name in KINDS]
        found = found_on(names, site, open_page, axe, SHOWS_MOST)
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The versions that are no drafts; each day is built in the same place, as a publisher builds them."""
    return copy_translated_sample(tmp_path_factory.mktemp("days"))


@pytest.mark.parametrize("month", range(1, 13))
def test_a_site_is_built_on_the_first_and_the_last_day_of_a_month(
    published: Path, month: int
) -> None:
    last = calendar.monthrange(2026, month)[1]
    for day in (dt.date(2026, month, 1), dt.date(2026, month, last)):
        # What does not depend on the day is not built again.
        site = build_site(published, {"POLICYSITE_DATE": day.isoformat()}).output
        for language in NAMES:
            history = page(site / language / "privacy/history.html")
            months = {text(label) for label in history.find_class("today")}
            assert format_skeleton("yMMMM", day, locale=language) in months, months
