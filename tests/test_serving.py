"""What a web server answers: nginx with the configuration of ``deploy``, and ``policysite serve``, which answers alike."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli
import pytest
from nginx_server import CONFIGURATION, free_port, nginx
from served_site import UNDER, Client
from support import page
from tool_fixtures import missing

from policysite.cli import main
from policysite.release.response_headers import CONTENT_SECURITY_POLICY, HEADERS
from policysite.release.serve import open_server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

VERSION_PAGE = "/en/privacy/1.6.html"


# What there is --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "kind", "kept"),
    [
        ("/index.html", "text/html; charset=utf-8", "max-age=60"),
        ("/en/", "text/html; charset=utf-8", "max-age=60"),
        (VERSION_PAGE, "text/html; charset=utf-8", "max-age=60"),
        (
            "/en/privacy/compare/index.html?old=1.1&new=1.6",
            "text/html; charset=utf-8",
            "max-age=60",
        ),
        ("/en/privacy/1.6.json", "application/json; charset=utf-8", "max-age=60"),
        ("/ko/feed.atom", "application/atom+xml; charset=utf-8", "max-age=60"),
        ("/robots.txt", "text/plain; charset=utf-8", "max-age=60"),
        ("/en/_static/logo.svg", "image/svg+xml", "max-age=60"),
        ("/versions.json", "application/json; charset=utf-8", "no-cache"),
    ],
)
def test_files_have_their_type_and_are_kept_as_long_as_they_may(
    client: Client, target: str, kind: str, kept: str
) -> None:
    status, headers, body = client.ask(target)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, kept)
    name = urlsplit(target).path.lstrip("/")
    file = client.current / (f"{name}index.html" if target.endswith("/") else name)
    assert body == file.read_bytes()
    assert client.ask(target, "HEAD")[2] == b""


def test_what_a_page_loads_is_kept_for_ever_if_its_name_changes_with_it(client: Client) -> None:
    document = page(client.current / VERSION_PAGE.lstrip("/"))
    names = document.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    assert len(names) >= 2
    for name in names:
        status, headers, _ = client.ask(f"/en/{name.removeprefix('../')}")
        assert status == 200
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_compressed_forms_are_sent_to_those_who_understand_them(
    client: Client, request: pytest.FixtureRequest
) -> None:
    plain = (client.current / VERSION_PAGE.lstrip("/")).read_bytes()
    _, headers, body = client.ask(VERSION_PAGE, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in headers["Vary"]
    assert gzip.decompress(body) == plain
    _, headers, body = client.ask(VERSION_PAGE, Accept_Encoding="gzip, br")
    if "without" in request.node.callspec.id:
        assert headers["Content-Encoding"] == "gzip"
    else:
        assert headers["Content-Encoding"] == "br"
        assert brotli.decompress(body) == plain
        assert headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "target", ["/", "/en/", VERSION_PAGE, "/no/where", "/privacy", "/en/_static/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_has_the_headers_of_a_careful_host(
    client: Client, target: str, method: str
) -> None:
    status, headers, _ = client.ask(target, method, Accept_Language="ko")
    assert headers.get_all("Content-Security-Policy") == [CONTENT_SECURITY_POLICY]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["same-origin"]
    assert headers.get_all("Cross-Origin-Opener-Policy") == ["same-origin"]
    assert headers.get_all("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert "geolocation=()" in headers["Permissions-Policy"]
    for name, value in HEADERS.items():
        assert headers.get_all(name) == [value]
    # Without encryption no browser may be told to insist on it.
    assert headers["Strict-Transport-Security"] is None
    assert not re.search(r"\d", headers["Server"] or "")
    assert (status == 405) == (method == "POST")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_no_client_can_do_more_than_read(client: Client, method: str) -> None:
    status, headers, _ = client.ask("/en/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


# What there is not ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        "/nowhere",
        "/en/privacy/9.9.html",
        "/en/privacy/9.9",
        "/en/nothing/compare/1.1/1.6.html",
        # Folders are not listed, and what is not for readers is not there.
        "/en/_static/",
        "/en/privacy/compare/1.1/",
        "/.release.json",
        "/en/privacy/1.6.html.br",
        "/en/privacy/1.6.html.gz",
        "/../.lock",
        "/en/%2e%2e/%2e%2e/%2e%2e/.lock",
        "/en/%00",
    ],
)
def test_a_missing_page_is_answered_with_the_page_for_that(client: Client, target: str) -> None:
    status, headers, body = client.ask(target)
    if status != 400:
        assert (status, headers["Cache-Control"]) == (404, "no-cache")
        assert body == (client.current / "404.html").read_bytes()
        assert headers["Content-Type"] == "text/html; charset=utf-8"


# Where else something is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/en", 301, "/en/"),
        ("/en/privacy", 301, "/en/privacy/"),
        ("/en/privacy/1.6", 301, "/en/privacy/1.6.html"),
        ("/en/search?q=cookie", 301, "/en/search.html?q=cookie"),
        ("/en/privacy/history?on=2024-05-05", 301, "/en/privacy/history.html?on=2024-05-05"),
        ("/en/privacy/compare/1.1/1.4.html", 302, "/en/privacy/compare/index.html?old=1.1&new=1.4"),
        ("/ko/privacy/compare/1.1/1.4.html", 302, "/ko/privacy/compare/index.html?old=1.1&new=1.4"),
        (
            "/en/privacy/compare/fall-9/v3.html",
            302,
            "/en/privacy/compare/index.html?old=fall-9&new=v3",
        ),
    ],
)
def test_addresses_that_are_nearly_right_lead_on(
    client: Client, target: str, status: int, location: str
) -> None:
    found, headers, _ = client.ask(target, Accept_Language="ko")
    assert (found, headers["Location"]) == (status, client.at(location))


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
        ("en-GB", "en"),
        ("fr-CH, fr;q=0.9, de;q=0.7, ko;q=0.5, *;q=0.1", "ko"),
        ("fr-FR,fr,de-DE,de,ko-KR,ko", "ko"),
        ("ko;q=0, en;q=0.5", "en"),
        ("ko;q=0.0,en", "en"),
        ("zh-TW,zh;q=0.9", "zh_TW"),
        ("zh-CN,zh;q=0.9", "zh"),
        ("zh-Hant-TW,ko", "zh"),
        ("kok,en", "en"),
        ("fr", ""),
        ("*", ""),
        ("", ""),
        ("../../etc, <script>, ;;;,,,", ""),
    ],
)
def test_the_browsers_languages_choose_at_the_root_and_for_a_policy(
    client: Client, wanted: str, language: str
) -> None:
    status, headers, body = client.ask("/", Accept_Language=wanted)
    assert "Accept-Language" in ", ".join(headers.get_all("Vary") or [])
    if language:
        assert (status, headers["Location"]) == (302, client.at(f"/{language}/"))
    else:
        assert (status, body) == (200, (client.current / "index.html").read_bytes())
    for target in ("/privacy", "/privacy/", "/privacy?x=1"):
        status, headers, _ = client.ask(target, Accept_Language=wanted)
        query = target.partition("?")[1] + target.partition("?")[2]
        location = client.at(f"/{language or 'en'}/privacy/{query}")
        assert (status, headers["Location"]) == (302, location)
        assert "Accept-Language" in ", ".join(headers.get_all("Vary") or [])


@pytest.mark.parametrize("target", ["/index.html", "/en/", VERSION_PAGE, "/en/privacy/"])
def test_nowhere_else_does_the_browser_choose(client: Client, target: str) -> None:
    assert client.ask(target, Accept_Language="ko")[0] == 200


# As a reader sees it --------------------------------------------------------------------------------


@pytest.mark.one_in(2)
def test_a_reader_comes_from_the_root_to_a_provision(client: Client, browser: Browser) -> None:
    said: list[str] = []
    context = browser.new_context(locale="ko-KR")
    tab = context.new_page()
    tab.on("console", lambda message: said.append(message.text))
    tab.on("response", lambda r: said.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    tab.goto(client.address)
    assert urlsplit(tab.url).path == client.at("/ko/")
    tab.goto(f"{client.address}privacy#art-9")
    assert tab.url.endswith("/ko/privacy/#art-9")
    assert tab.locator("#art-9").is_visible()
    tab.goto(f"{client.address}ko/privacy/compare/1.2/1.5.html")
    assert tab.url.endswith("compare/index.html?old=1.2&new=1.5")
    context.close()
    assert said == []


# The configuration itself ---------------------------------------------------------------------------


def test_where_the_connection_is_secure_browsers_are_told_to_insist(
    current: Path, tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        missing("openssl is not installed (Debian: apt-get install openssl)")
    key = tmp_path / "nginx" / "key.pem"
    key.parent.mkdir()
    request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run(
        ["openssl", *request, "-keyout", key, "-out", tmp_path / "certificate.pem"],
        check=True,
        capture_output=True,
    )
    key.write_bytes(key.read_bytes() + (tmp_path / "certificate.pem").read_bytes())
    port = free_port()
    with nginx(current, key.parent, plain_port=port) as address:
        client = Client(address, current)
        for target in ("/en/", "/nowhere"):
            assert client.ask(target)[1]["Strict-Transport-Security"] == "max-age=31536000"
        status, headers, _ = Client(f"http://127.0.0.1:{port}/", current).ask("/en/?a=1")
        assert (status, headers["Location"]) == (301, "https://127.0.0.1/en/?a=1")


def test_another_nginx_on_the_host_passes_on_what_is_below_the_path_of_the_site(
    current: Path, tmp_path: Path
) -> None:
    (location,) = re.findall(
        r"^# +(location SITE_PATH/ .*)$", CONFIGURATION.read_text(), re.MULTILINE
    )
    front = free_port()
    more = f"""
        server {{
            listen 127.0.0.1:{front};
            location / {{ return 200 other; }}
            {location.replace("SITE_PATH", UNDER).replace("8001", "PORT")}
        }}
    """
    with nginx(current, tmp_path, under=UNDER, more=more):
        client = Client(f"http://127.0.0.1:{front}{UNDER}/", current)
        status, headers, body = client.ask("/en/", Accept_Encoding="br")
        assert (status, headers["Content-Encoding"]) == (200, "br")
        assert brotli.decompress(body) == (current / "en/index.html").read_bytes()
        for name, value in HEADERS.items():
            assert headers.get_all(name) == [value]
        status, headers, _ = client.ask("/", Accept_Language="ko")
        assert (status, headers["Location"]) == (302, f"{UNDER}/ko/")
        assert Client(f"http://127.0.0.1:{front}/", current).ask("/")[2] == b"other"


def test_the_configuration_names_no_language_and_no_policy(current: Path) -> None:
    text = re.sub(r"#.*", "", CONFIGURATION.read_text("utf-8"))
    names = {"ko", "privacy", *(p.name for p in current.iterdir() if p.is_dir())} - {"en", "ledger"}
    assert not [name for name in names if re.search(rf"\b{name}\b", text)]
    assert re.findall(r"\ben\b", text) == ["en"]


# The command ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("under", ["policies", "/a//b", "/a/../b", "/a b", "/%2f", "/a?b", "/ä"])
def test_a_path_that_is_none_is_refused(
    current: Path, under: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(current), "--under", under]) == 1
    assert f"--under: [output] Found {under!r}; expected the path" in capsys.readouterr().err


def test_serving_says_what_is_in_the_way(
    tmp_path: Path, current: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(tmp_path)]) == 1
    assert "There is no site here. Build it first" in capsys.readouterr().err
    port = free_port()
    with open_server(current, port):
        assert main(["serve", "--to", str(current.parent), "--port", str(port)]) == 1
    assert "Cannot listen here: [Errno 98] Address already in use" in capsys.readouterr().err
