"""The site under a policy that lets nothing inline run and nothing foreign in: one page of each kind.

``tests/slow/browser/test_security_everywhere.py`` opens all of them.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from engine_expect import expect
from policy_violations import (
    NOTE_VIOLATIONS,
    REPORTED,
    UNKNOWN,
    inline_parts,
    problems_of,
    reports_of,
)
from site_server import SiteServer, serve

from policysite.release.response_headers import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser_fixtures import Browsers
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.thorough

# One page of each kind; the search at work.
KINDS = (
    "index.html",
    "en/index.html",
    "en/search.html?q=Google",
    "en/translations.html",
    "en/privacy/1.5.html",
    "ko/privacy/1.6.html",
    "ko/privacy/history.html",
)
# What the policy forbids, and a file that is not there.
PLANTED = {
    "script": "<script>document.title = 'ran'</script>",
    "style": "<style>p { color: red }</style>",
    "attribute": "<p style='color: red'>Red.</p>",
    "handler": "<p><img src='lost.js' alt='' onerror='alert()'>",
    "foreign": "<img alt='' src='http://127.0.0.2/picture.png'>",
    "lost": "<script src='lost.js'></script>",
}
COMPARED = (
    "en/privacy/3.1.html",
    "en/privacy/compare/2.1/3.0.html",
    "ko/privacy/compare/index.html?old=1.0&new=3.2",
    "ko/privacy/history.html?on=2020-05-05",
    "ko/privacy/parallel/3.1.html",
)


def test_every_kind_of_page_works_under_the_policy(
    browser: Browser, published: SiteServer, sample_site: Path
) -> None:
    found = problems_of(browser, published, KINDS)
    with serve(sample_site) as site:
        found += problems_of(browser, site, COMPARED)
    assert not found, "\n".join(found)


@pytest.mark.thorough
@pytest.mark.also_in("firefox", "webkit")
def test_every_kind_of_page_works_under_the_policy_in_any_browser(
    site: Path, sample_site: Path, open_page: Callable[..., Page]
) -> None:
    page = open_page("about:blank")
    found = []
    for folder, names in ((site, KINDS), (sample_site, COMPARED)):
        with serve(folder, policy=REPORTED) as server:
            found += reports_of(page, server, names)
            if "en/privacy/3.1.html" in names:
                found += _reports_of_use(page, server)
    assert not found, "\n".join(found)


def _reports_of_use(page: Page, server: SiteServer) -> list[str]:
    """Return what the browser reports where a reader goes to a typed provision and uses what is loaded for that."""
    page.goto(f"{server.address}en/privacy/3.1.html?typed#2")
    expect(page).to_have_url(f"{server.address}en/privacy/3.1.html?typed#art-2")
    page.locator("#art-2 > h2 > .heading-number").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(250)
    return server.reports


@pytest.mark.thorough
@pytest.mark.also_in("firefox", "webkit")
def test_whatever_breaks_the_policy_is_reported_by_every_browser(
    browsers: Browsers, engine: str, tmp_path: Path
) -> None:
    for name, body in PLANTED.items():
        head = f"<!doctype html><html lang=en><title>{name}</title><link rel=stylesheet href='plain.css'>"
        (tmp_path / f"{name}.html").write_text(head + body, "utf-8")
    (tmp_path / "plain.css").write_text("p { color: green }", "utf-8")
    tabs = browsers.tabs(engine)
    page = tabs.take({}, "")
    with serve(tmp_path, policy=REPORTED) as server:
        found = reports_of(page, server, [f"{name}.html" for name in PLANTED])
    # The browser says them on its console too.
    tabs.give_back()
    blocked = {problem.partition(".html: ")[0] for problem in found if " blocked " in problem}
    assert blocked == PLANTED.keys() - {"lost"}
    assert "nothing is at /lost.js" in found


def test_nothing_of_the_sample_stands_inline(sample_site: Path) -> None:
    pages = sorted(sample_site.rglob("*.html"))
    assert len(pages) > 50
    found = [f"{path} {part}" for path in pages for part in inline_parts(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("place", ["served", "published"])
def test_an_unknown_address_gets_the_page_for_it(
    browser: Browser, request: pytest.FixtureRequest, place: str
) -> None:
    site: SiteServer = request.getfixturevalue(place)
    if not (site.folder / "404.html").is_file():
        pytest.skip("the site has no 404.html")
    found = problems_of(browser, site, [UNKNOWN])
    # The browser reports the status of the page itself, which is right.
    assert [f for f in found if "status of 404" not in f] == []


@pytest.mark.parametrize("place", ["served", "published"])
def test_nothing_stands_inline(request: pytest.FixtureRequest, place: str) -> None:
    site: SiteServer = request.getfixturevalue(place)
    found = [f"{n} {part}" for n in site.pages() for part in inline_parts(site.folder / n)]
    assert not found, "\n".join(found)


def test_whatever_breaks_the_policy_is_noticed(browser: Browser, tmp_path: Path) -> None:
    planted = {
        "script": "<script>document.title = 'ran'</script>",
        "style": "<style>p { color: red }</style>",
        "attribute": "<p style='color: red'>Red.</p>",
        "handler": "<p onclick='alert()'>Click.</p>",
        "link": "<a href='javascript:alert()'>Click.</a>",
        "foreign": "<img alt='' src='http://127.0.0.2/picture.png'>",
        "lost": "<script src='lost.js'></script>",
        "throws": "<script src='throws.js'></script>",
        "data": "<script type='application/ld+json'>{}</script>",
    }
    (tmp_path / "throws.js").write_text("throw new Error('planted')", "utf-8")
    for name, body in planted.items():
        content = f"<!doctype html><html lang=en><title>{name}</title><link rel=icon href='throws.js'>{body}"
        (tmp_path / f"{name}.html").write_text(content, "utf-8")
    with serve(tmp_path) as site:
        found = problems_of(browser, site, [f"{name}.html" for name in planted])
    for problem in (
        "script.html: violation: script-src-elem blocked inline",
        "style.html: violation: style-src-elem blocked inline",
        "attribute.html: violation: style-src-attr blocked inline",
        "foreign.html: asks another host for http://127.0.0.2/picture.png",
        "nothing is at /lost.js",
        "throws.html: error: planted",
    ):
        assert problem in found
    assert not [problem for problem in found if problem.startswith("data.html")]
    inline = {name for name in planted if inline_parts(tmp_path / f"{name}.html")}
    assert inline == {"script", "style", "attribute", "handler", "link"}


def test_the_server_answers_as_a_host_would(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "deep").mkdir(parents=True)
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    (folder / "deep/index.html").write_text("deep", "utf-8")
    (folder / "404.html").write_text("lost", "utf-8")

    def ask(address: str) -> tuple[int, str, str | None]:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - it is our own
                status, body, headers = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            status, body, headers = error.code, error.read(), error.headers
        return status, body.decode(), headers.get("Content-Security-Policy")

    with serve(folder, "/policies") as site:
        assert ask(f"{site.address}deep") == (200, "deep", CONTENT_SECURITY_POLICY)
        assert ask(f"{site.address}nowhere/at/all") == (404, "lost", CONTENT_SECURITY_POLICY)
        assert ask(f"{site.address}../secret.html")[:2] == (404, "lost")
        assert ask(f"{site.address}%2e%2e/secret.html")[:2] == (404, "lost")
        assert ask(site.address.removesuffix("policies/"))[:2] == (404, "lost")
        assert [(answer.path, answer.status) for answer in site.answers][:3] == [
            ("/policies/deep", 301),
            ("/policies/deep/", 200),
            ("/policies/nowhere/at/all", 404),
        ]


def test_the_page_about_to_be_chosen_is_there_before_the_click(
    site: Path, open_page: Callable[..., Page]
) -> None:
    """A page in another language or version is fetched on the way to its link, and only once."""
    with serve(site, as_host=True) as host:
        page = open_page(f"{host.address}en/privacy/1.6.html")
        page.evaluate(NOTE_VIOLATIONS)
        wanted = "/ko/privacy/1.6.html"
        link = page.locator(".language-menu a", has_text="한국어")
        with page.expect_request(f"**{wanted}"):
            link.hover()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.policyViolations") == []
        link.click()
        expect(page).to_have_url(f"{host.address}{wanted[1:]}")
        # What the page still asks for would fail when the server goes.
        page.wait_for_load_state("networkidle")
        page.close()
        assert [answer.path for answer in host.answers].count(wanted) == 1
