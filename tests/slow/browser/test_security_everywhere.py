"""Every page works under a policy that lets nothing inline run and nothing foreign in, at the root of a host and below a path.

``tests/browser/test_security.py`` opens one page of each kind, and reads all of them for what is inline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from policy_violations import problems_of
from site_server import SiteServer, serve

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.mark.parametrize("place", ["served", "published"])
def test_every_page_works_under_the_policy(
    browser: Browser, request: pytest.FixtureRequest, place: str
) -> None:
    site: SiteServer = request.getfixturevalue(place)
    pages = site.kinds_of_page()
    assert {f"{code}/privacy/1.6.html" for code in ("en", "ko")} <= set(pages)
    pages += [f"{code}/search.html?q=Google" for code in ("en", "ko")]
    found = problems_of(browser, site, pages)
    assert not found, "\n".join(found)


def test_comparing_works_under_the_policy(browser: Browser, sample_site: Path) -> None:
    names = [
        "compare/2.1/3.0.html",
        "compare/index.html?old=1.0&new=3.2",
        "history.html?on=2020-05-05",
    ]
    paths = [f"{code}/privacy/{name}" for code in ("en", "ko") for name in names]
    with serve(sample_site) as site:
        found = problems_of(browser, site, paths)
    assert not found, "\n".join(found)
