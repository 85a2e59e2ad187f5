"""What goes wrong on pages under the policy of a careful host, and what they hold that it forbids."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.html

from policysite.release.response_headers import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request
    from site_server import SiteServer

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
OPEN_ALL = """() => {
  for (const menu of document.querySelectorAll("details")) menu.open = true;
  scrollTo(0, document.body.scrollHeight);
}"""
IS_STYLED = "document.styleSheets.length > 0 && [...document.styleSheets].every(({ cssRules }) => cssRules.length)"
# Browsers whose drivers tell little report to the server themselves.
REPORTED = f"{CONTENT_SECURITY_POLICY}; report-uri /reports"
UNKNOWN = "no/such/page.html"
# Types whose scripts are data: no browser runs them.
DATA = {"application/ld+json", "application/json"}


def problems_of(browser: Browser, site: SiteServer, paths: Iterable[str]) -> list[str]:
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


def reports_of(page: Page, site: SiteServer, paths: Iterable[str]) -> list[str]:
    """Open *paths* of *site*, which is served as ``REPORTED``, and return what the browser reports and what is not there."""
    found = []
    for path in paths:
        page.goto(site.address + path)
        page.evaluate(OPEN_ALL)
        # Reports come when the browser has time for them.
        page.wait_for_timeout(250)
        if not page.evaluate(IS_STYLED):
            found.append(f"{path}: has no style")
        for report in site.reports:
            told = json.loads(report)["csp-report"]
            directive = told.get("effective-directive") or told["violated-directive"]
            found.append(f"{path}: {directive.split()[0]} blocked {told['blocked-uri']}")
        site.reports.clear()
    lost = {answer.path for answer in site.answers if answer.status >= 400}
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
