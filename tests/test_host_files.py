"""``deploy/_headers`` and ``deploy/_redirects``: what hosts of static sites read says what nginx and ``policysite serve`` say."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from nginx_server import CONFIGURATION
from support import ROOT

from policysite.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from served_site import Client

# What a server says of one answer, and not of all.
OF_ONE = {
    "Accept-Ranges",
    "Cache-Control",
    "Connection",
    "Content-Encoding",
    "Content-Length",
    "Content-Type",
    "Date",
    "ETag",
    "Last-Modified",
    "Location",
    "Server",
    "Vary",
}
HSTS = "Strict-Transport-Security"
PATHS = [
    "/index.html",
    "/en/",
    "/en/privacy/1.6.html",
    "/en/privacy/1.6.json",
    "/en/_static/logo.svg",
    "/versions.json",
    "/ledger/privacy.json",
    "/nowhere",
]


def lines(name: str) -> list[str]:
    """Return the lines of a file that count."""
    text = (ROOT / "deploy" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def rules() -> list[tuple[str, dict[str, str]]]:
    """Return the rules of ``_headers``: a pattern of paths, and headers."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in lines("_headers"):
        if line.startswith("/"):
            found.append((line, {}))
            continue
        assert line.startswith("  ")
        name, _, value = line.strip().partition(": ")
        assert re.fullmatch(r"[A-Za-z-]+", name)
        assert value
        assert name not in found[-1][1]
        found[-1][1][name] = value
    return found


def matching(path: str) -> list[dict[str, str]]:
    """Return the headers of each rule for *path*."""
    patterns = [(re.escape(pattern).replace(r"\*", ".*"), said) for pattern, said in rules()]
    return [said for pattern, said in patterns if re.fullmatch(pattern, path)]


def redirects() -> dict[str, tuple[str, int]]:
    """Return where each path leads, and how."""
    found = [line.split() for line in lines("_redirects")]
    return {path: (target, int(status)) for path, target, status in found}


@pytest.mark.one_in(2)
@pytest.mark.parametrize("path", PATHS)
def test_a_host_says_with_each_file_what_our_servers_say(client: Client, path: str) -> None:
    _, headers, _ = client.ask(path)
    said = {name: value for one in matching(path) for name, value in one.items()}
    for_all = {name: value for name, value in headers.items() if name not in OF_ONE}
    kept = {name: said[name] for name in said.keys() - OF_ONE - {HSTS}}
    assert kept == for_all
    # Where nothing is said of it, these hosts have browsers ask anew each time.
    if headers["Cache-Control"] == "no-cache" and path != "/nowhere":
        assert said["Cache-Control"] == "no-cache"
    else:
        assert "Cache-Control" not in said


def test_hosts_have_browsers_insist_on_a_secure_connection_as_nginx_does() -> None:
    (seconds,) = re.findall(
        r"^ +on +(max-age=\d+);$", CONFIGURATION.read_text("utf-8"), re.MULTILINE
    )
    assert [said[HSTS] for said in matching("/en/")] == [seconds]


def test_no_host_reads_the_headers_otherwise() -> None:
    # One that gets a header from two rules joins them, or takes one of them.
    for path in PATHS:
        names = [name for said in matching(path) for name in said]
        assert len(names) == len(set(names)), path
    # The limits of Cloudflare Pages.
    assert len(rules()) <= 100
    assert all(pattern.count("*") <= 1 for pattern, _ in rules())
    assert all(len(line) <= 2000 for line in lines("_headers"))


def test_every_policy_has_its_short_address(client: Client) -> None:
    policies = {path.parent.name for path in client.current.glob("en/*/history.html")}
    assert redirects().keys() == {f"/{name}{end}" for name in policies for end in ("", "/")}
    for path, (target, status) in redirects().items():
        found, headers, _ = client.ask(path)
        assert (found, headers["Location"]) == (status, client.at(target))
        assert (client.current / f"{target.strip('/')}/index.html").is_file()
        # Such a rule would hide a file.
        assert not (client.current / path.strip("/")).exists()


@pytest.mark.thorough
def test_a_site_is_whole_with_and_without_these_files(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uploaded = shutil.copytree(site, tmp_path / "site")
    for name in ("_headers", "_redirects"):
        assert not (uploaded / name).exists()
        shutil.copy(ROOT / "deploy" / name, uploaded)
        assert not [p for p in uploaded.rglob("*.html") if name in p.read_text("utf-8")]
    assert main(["verify", str(uploaded)]) == 0
    assert capsys.readouterr().err == ""
