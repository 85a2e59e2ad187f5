"""A history with a postponed version, published for real, and altered in more places than ``make test`` has time for."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from support import build_site, swap
from test_histories import AFTER, BEFORE, SECOND, postpone_twice, site, write_history

from policysite.release.publish import publish
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project before anything is postponed."""
    return write_history(tmp_path_factory.mktemp("history") / "project")


@pytest.fixture(scope="module")
def built(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site after the last version was postponed twice."""
    root = shutil.copytree(history, tmp_path_factory.mktemp("postponed") / "project")
    postpone_twice(root)
    build_site(root, AFTER)
    return site(root)


def test_a_postponed_version_is_published_over_the_one_that_was_announced(
    history: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(history, tmp_path / "project")
    to = tmp_path / "released"
    publish(root, to, BEFORE)
    pages = {path.name for path in (to / "current/en/terms/on").glob("*.html")}
    postpone_twice(root)
    publish(root, to, AFTER)
    assert pages < {path.name for path in (to / "current/en/terms/on").glob("*.html")}
    assert verify(str(to / "current"), day=SECOND).problems == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("en/terms/v4.html", '<p class="postponed"', '<p class="correction"'),
        ("en/terms/v4.html", 'datetime="2027-01-01">1 January', 'datetime="2027-01-02">2 January'),
        ("en/terms/v4.html", "The authority asked for more time.", "We forgot."),
        ("en/terms/v4.html", "applies from", "never applies from"),
        ("en/terms/v4.json", '"art-2": "2027-09-01"', '"art-2": "2027-08-01"'),
        ("versions.json", '"until": "2021-04-30"', '"until": "2024-02-29"'),
        ("versions.json", '"effective": "2027-04-01"', '"effective": "2027-01-01"'),
        ("en/terms/2019.1.html", 'href="launch.html#art-1">', 'href="v3.html#art-1">'),
        ("en/terms/2019.1.html", 'href="v3.html#art-1">v3', 'href="launch.html#art-1">v3'),
        ("en/terms/on/2018-01-01.html", ": launch</a>", ": v3</a>"),
        ("en/feed.atom", "2026-12-10T", "2026-12-11T"),
    ],
)
def test_what_a_site_says_otherwise_is_found(
    built: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    altered = shutil.copytree(built, tmp_path / "site")
    swap(name, old, new)(altered)
    assert verify(str(altered), day=SECOND).problems
