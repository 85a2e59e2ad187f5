"""The site under a policy that lets nothing inline run and nothing foreign in."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.html
import pytest
from playwright.sync_api import expect
from site_server import SiteServer, serve

from policysite.driver.serve import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

NOTE_VIOLATIONS = """
window.policyViolations = [];
addEventListener("securitypolicyviolation", event => {
  window.policyViolations.push(`${event.effectiveDirective} blocked ${event.blockedURI}`);
}, true);
"""
USE = """async () => {
  for (const menu of document.querySelectorAll("details")) menu.open = true;
  scrollTo(0, document.body.scrollHeight);
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  return window.policyViolations;
}"""
UNKNOWN = "no/such/page.html"
# Types whose scripts are data: no browser runs them.
DATA = {"application/ld+json", "application/json"}


def problems_of(browser: Browser, site: SiteServer, paths: list[str]) -> list[str]:
    """Open *paths* of *site* in one tab and return whatever goes wrong."""
    found: list[str] = []
    host = urlsplit(site.address).netloc
    context = browser.new_context()
    context.add_init_script(NOTE_VIOLATIONS)
    page = context.new_page()
    current = ""
    pending: set[Request] = set()

    def note(problem: str) -> None:
        found.append(f"{current}: {problem}")

    def note_request(address: str) -> None:
        if urlsplit(address).scheme not in {"data", "blob"} and urlsplit(address).netloc != host:
            note(f"asks another host for {address}")

    def begin(request: Request) -> None:
        pending.add(request)
        note_request(request.url)

    def end(request: Request) -> None:
        pending.discard(request)
        # Pages are waited for; what the browser gives up on going on is a file for itself, such as the icon.
        if request.failure and request.failure != "net::ERR_ABORTED":
            note(f"failed: {request.url}: {request.failure}")

    page.on("pageerror", lambda error: note(f"error: {error}"))
    page.on("console", lambda m: note(f"console: {m.text}") if m.type == "error" else None)
    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)
    for current in paths:
        page.goto(site.address + current)
        deadline = time.monotonic() + 10
        while pending and time.monotonic() < deadline:
            page.wait_for_timeout(10)
        found += [f"{current}: still loads {request.url}" for request in pending]
        found += [f"{current}: violation: {violation}" for violation in page.evaluate(USE)]
    context.close()
    # What the browser asks for of itself, as the icon, it asks for once, and says nothing about it.
    lost = {a.path for a in site.answers if a.status >= 400 and UNKNOWN not in a.path}
    return [*found, *(f"nothing is at {path}" for path in sorted(lost))]


def inline_parts(path: Path) -> list[str]:
    """Return what a page holds that the policy forbids."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    found = []
    for element in lxml.html.fromstring(path.read_bytes(), parser=parser).iter("*"):
        place = f"line {element.sourceline}: <{element.tag!s}"
        names = [n for n in element.attrib if n == "style" or n.startswith("on")]
        found += [f"{place} {name}=…>" for name in names]
        found += [
            f"{place} {name}={value}>"
            for name, value in element.attrib.items()
            if re.match(r"\s*javascript:", value, re.IGNORECASE)
        ]
        runs = element.tag == "script" and element.get("type") not in DATA
        if element.tag == "style" or (runs and element.get("src") is None):
            found.append(f"{place}>")
    return found


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
        inline = [f"{n} {part}" for n in site.pages() for part in inline_parts(site.folder / n)]
    assert not [*found, *inline], "\n".join([*found, *inline])


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
        found = {name: problems_of(browser, site, [f"{name}.html"]) for name in planted}
    for name, problem in {
        "script": "script.html: violation: script-src-elem blocked inline",
        "style": "style.html: violation: style-src-elem blocked inline",
        "attribute": "attribute.html: violation: style-src-attr blocked inline",
        "foreign": "foreign.html: asks another host for http://127.0.0.2/picture.png",
        "lost": "nothing is at /lost.js",
        "throws": "throws.html: error: planted",
    }.items():
        assert problem in found[name]
    assert found["data"] == ["nothing is at /lost.js"], "the server remembers"
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
