"""Weigh version pages as a reader's browser loads them: every file, as brotli sends it, and the number of requests.

The pages are those of the text in force of this site, and the fullest of the sample policy: with labels, plain words, tables, nine
versions and what became of each article. Each site is built into a temporary folder and served from this machine under the policy that the tests use too.
Chromium opens the page in a fresh profile, scrolls through it and waits until it asks for nothing more.

    python benchmarks/page_weight.py
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import sync_playwright

sys.path.extend(os.fspath(Path(__file__).parents[1] / name) for name in ("", "tests"))

from browser_fixtures import ARGUMENTS
from site_server import publish
from support import DAY, SAMPLE_DAY, copy_project, copy_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from site_server import SiteServer

PAGES = ("ko/privacy/1.6.html", "en/privacy/1.6.html")
FULLEST = ("ko/privacy/3.1.html", "en/privacy/3.1.html")
MOST_BYTES = 24_000
MOST_REQUESTS = 6
# A second without a request is idle; lazy parts have had their chance by then.
IDLE_MILLISECONDS = 1000
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise(done => setTimeout(done, 20));
  }
}"""


def main() -> int:
    """Weigh the pages, print what was found, and return 1 if one is too heavy."""
    argparse.ArgumentParser(description=__doc__.split("\n", 1)[0]).parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Chromium is not installed (Debian: apt-get install chromium)")
    good = []
    with sync_playwright() as playwright:
        for pages, copy, day in ((PAGES, copy_project, DAY), (FULLEST, copy_sample, SAMPLE_DAY)):
            with (
                tempfile.TemporaryDirectory() as folder,
                publish(Path(folder), as_host=True, copy=copy, day=day) as site,
            ):
                for path in pages:
                    # Another browser for each page: nothing of the first may be left for the second.
                    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
                    good.append(_weigh(browser, site, path))
                    browser.close()
    return 0 if all(good) else 1


def _weigh(browser: Browser, site: SiteServer, path: str) -> bool:
    before = len(site.answers)
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.address + path, wait_until="networkidle")
    page.evaluate(SCROLL)
    count = -1
    while count != len(asked) + len(site.answers):
        count = len(asked) + len(site.answers)
        page.wait_for_timeout(IDLE_MILLISECONDS)
    # The server's record has what the browser asks for of itself, too, such as an icon.
    answers = site.answers[before:]
    host = urlsplit(site.address).netloc
    inside = ("data", "blob")
    foreign = [
        address
        for address in asked
        if urlsplit(address).netloc != host and urlsplit(address).scheme not in inside
    ]
    print(f"\n{path}\n{'bytes':>9} {'brotli':>9}  file")
    total = 0
    for answer in answers:
        weight = len(brotli.compress(answer.body, quality=11)) if answer.body else 0
        total += weight
        note = "" if answer.status == 200 else f"  (status {answer.status})"
        print(f"{len(answer.body):9,} {weight:9,}  {answer.path}{note}")
    requests = len(answers) + len(foreign)
    raw = sum(len(answer.body) for answer in answers)
    print(f"{raw:9,} {total:9,}  together; the limit is {MOST_BYTES:,} bytes of brotli")
    print(f"{requests} requests; the limit is {MOST_REQUESTS}")
    for address in foreign:
        print(f"ASKS ANOTHER HOST: {address}")
    good = total <= MOST_BYTES and requests <= MOST_REQUESTS and not foreign
    if not good:
        print("TOO HEAVY" if not foreign else "NOT ITS OWN")
    return good


if __name__ == "__main__":
    sys.exit(main())
