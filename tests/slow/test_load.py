"""A published site under load while one release takes the place of the other."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
from nginx_server import nginx
from support import copy_project
from tool_fixtures import missing

from policysite.release.publish import publish
from policysite.release.release_files import copy_previous_assets, files_of
from policysite.release.releases import Releases

SECONDS = int(os.environ.get("POLICYSITE_LOAD_SECONDS", "60"))
# Version 1.5 is in force on the one, 1.6 on the other: texts, comparisons and feeds differ.
DAYS = ("2024-05-05", "2026-11-22")
DIGEST = re.compile(r"\.([0-9a-f]{8})\.[a-z]+$")


class Reader(threading.Thread):
    """Reads pages as a browser does, slowly: what a page loads is fetched after a while, perhaps of another release."""

    def __init__(self, address: str, pages: list[str]) -> None:
        super().__init__()
        self._address, self._pages = address, pages
        self._ended = threading.Event()
        self.visits = 0
        self.failures: list[str] = []

    def run(self) -> None:
        chance = random.Random(1)
        while not self._ended.is_set():
            page = urljoin(self._address, chance.choice(self._pages))
            try:
                self._visit(page, chance.uniform(0, 6))
            except urllib.error.HTTPError as error:
                self.failures.append(f"{page} leads to {error.url}: {error}")
            self.visits += 1

    def _visit(self, page: str, seconds: float) -> None:
        with urllib.request.urlopen(page, timeout=10) as answer:  # noqa: S310 - of this machine
            address, document = answer.url, lxml.html.fromstring(answer.read())
        self._ended.wait(seconds)
        for name in document.xpath("//link[@rel='stylesheet']/@href | //script/@src"):
            with urllib.request.urlopen(urljoin(address, name), timeout=10) as answer:  # noqa: S310
                digest = DIGEST.search(name)
                assert digest
                if hashlib.sha256(answer.read()).hexdigest()[:8] != digest[1]:
                    self.failures.append(f"{page} loads another {name}")
        for link in document.xpath("//nav//a/@href | //main//a/@href")[:5]:
            if not re.match("mailto:|tel:|http", link):
                urllib.request.urlopen(urljoin(address, link), timeout=10).close()  # noqa: S310

    def end(self) -> None:
        """Have it end, and wait for that."""
        self._ended.set()
        self.join()


def swing(releases: Releases) -> int:
    """Have the last two releases served in turn, often, and the last one in the end; return how often."""
    numbers = releases.line()[:2]
    # As going back does: pages of the newer one are open.
    copy_previous_assets(releases, numbers[:1], releases.path(numbers[1]))
    for _round in range(100):
        for number in reversed(numbers):
            releases.serve(number)
    return 100 * len(numbers)


def test_no_request_fails_while_releases_change(tmp_path: Path) -> None:
    program = shutil.which("wrk")
    if program is None:
        missing("wrk is not installed (Debian: apt-get install wrk)")
    root, to = copy_project(tmp_path / "project"), tmp_path / "srv"
    style = root / "_static" / "site.css"
    named = []
    for day in DAYS:
        publish(root, to, {"POLICYSITE_DATE": day})
        # What has a digest in its name goes with the releases that made it: the reader asks for those.
        named.append({f"/{n}" for n in files_of(to / "current") if not DIGEST.search(n)})
    # Pages that come and go are asked for most: between looking for one and opening it the release may change.
    sometimes = sorted(named[0] ^ named[1])
    assert len(sometimes) > 5
    addresses = [
        *sorted((named[0] & named[1]) - {"/404.html"}),
        "/",
        "/en/",
        "/ko/privacy/",
        "/privacy",
    ]
    addresses += ["/en/privacy/1.6", *(sometimes * 10)]
    random.Random(1).shuffle(addresses)
    (tmp_path / "addresses").write_text("\n".join(addresses), "utf-8")
    pages = [a for a in addresses if a.endswith(("1.6.html", "/index.html"))]
    swaps = 0
    with nginx(to / "current", tmp_path / "nginx") as address:
        reader = Reader(address, [p for p in pages if p not in sometimes])
        reader.start()
        load = [program, "-t1", "-c16", f"-d{SECONDS}s", "--timeout", "10s", "-s"]
        script = Path(__file__).with_name("requests.lua")
        with subprocess.Popen(
            [*load, script, address, "--", tmp_path / "addresses"], stdout=subprocess.PIPE
        ) as wrk:
            for number in itertools.count(1):
                if wrk.poll() is not None:
                    break
                with style.open("a", encoding="utf-8") as file:
                    file.write(f"/* {number} */\n")
                publish(root, to, {"POLICYSITE_DATE": DAYS[number % 2]})
                swaps += 1 + swing(Releases(to.resolve()))
            assert wrk.stdout is not None
            said = wrk.stdout.read().decode()
        reader.end()
    result = json.loads(said[said.index("{") :])
    sys.stdout.write(f"{swaps} renames, {reader.visits} visits, {result}\n")
    failed = {name: result[name] for name in ("connect", "read", "write", "status", "timeout")}
    assert not any(failed.values()), said
    assert reader.failures == []
    assert result["requests"] > 1000
    assert swaps > 200
