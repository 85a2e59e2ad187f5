"""Hostile requests: both servers answer with a status, with nothing from outside the site, and do not redirect to another host."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from nginx_server import nginx
from running_server import running
from served_site import SERVERS, Client

from policysite.release.response_headers import HEADERS
from policysite.release.serve import CONNECTIONS, SiteServer
from policysite.release.site_answers import ServedSite

if TYPE_CHECKING:
    import http.client
    from collections.abc import Iterator
    from pathlib import Path

LONG = "a" * 300
GOOD = b"Host: x\r\nConnection: close\r\n"

# Paths are relative to the site; the third is the target of a redirect.
PATHS: list[tuple[str, int, str]] = [
    (f"/{LONG}", 404, ""),
    (f"/en/{LONG}.html", 404, ""),
    ("/" + "a/" * 1500, 404, ""),
    # To another host
    ("/%2fevil.example/..%2fen", 301, "/en/"),
    ("//evil.example/..%2fen", 301, "/en/"),
    ("//evil.example/%2e%2e/en", 301, "/en/"),
    ("/\\evil.example/../en", 301, "/en/"),
    ("/%5cevil.example/..%2fen", 301, "/en/"),
    ("//en", 301, "/en/"),
    ("///en", 301, "/en/"),
    ("//evil.example/", 404, ""),
    ("/%2f%2fevil.example", 404, ""),
    ("/%09/evil.example", 404, ""),
    ("/:80", 404, ""),
    ("/@evil.example", 404, ""),
    ("/en?//evil.example", 301, "/en/?//evil.example"),
    # A line in a header
    ("/%0d%0aSet-Cookie:%20a=b", 404, ""),
    ("/en%0d%0aSet-Cookie:%20a=b", 404, ""),
    ("/en%0a", 404, ""),
    ("/en/privacy/1.6%0a", 404, ""),
    ("/en/privacy/compare/1.1/1.4.html%0a", 404, ""),
    ("/en?%0d%0aSet-Cookie:%20a=b", 301, "/en/?%0d%0aSet-Cookie:%20a=b"),
    # Out of the folder
    ("/..;/..;/etc/passwd", 404, ""),
    ("/en/..;/ko/", 404, ""),
    ("/en;/", 404, ""),
    ("/en/%252e%252e/ko/", 404, ""),
    ("/en/%c0%ae%c0%ae/ko/", 404, ""),
    ("/en\\..\\ko\\", 404, ""),
    ("/en%5c", 404, ""),
    ("/proc/self/environ", 404, ""),
    ("/.release.json", 404, ""),
    ("/en/.git/config", 404, ""),
    ("/%2erelease.json", 404, ""),
    ("/en/privacy/1.6.html%2ebr", 404, ""),
    # What is no address
    ("/en/%00", 400, ""),
    ("/en/privacy/1.6.html%00.png", 400, ""),
    ("/%zz", 400, ""),
    ("/%", 400, ""),
    ("/%2", 400, ""),
    # The same file by another name
    ("/en/%2e/", 200, ""),
    ("/en/.", 200, ""),
    ("/en//privacy//", 200, ""),
    ("/en/%2f%2fprivacy%2f", 200, ""),
    ("/en/nothing/%2e%2e/privacy/1.6.html", 200, ""),
    ("/en/#fragment", 200, ""),
    ("/en?", 301, "/en/"),
    ("/%65n", 301, "/en/"),
    ("/en/privacy/1%2e6", 301, "/en/privacy/1.6.html"),
    # No such file
    ("/EN/", 404, ""),
    ("/en/privacy/1.6.html/", 404, ""),
    ("/en/privacy/1.6.html/x", 404, ""),
    ("/en/privacy%20", 404, ""),
    ("/en/_static", 404, ""),
    ("/\xff\xfe", 404, ""),
    ("/%E2%80%AE", 404, ""),
]

# With paths on the host: none of these reaches the site.
LINES: list[tuple[str, int]] = [
    ("GET http://[::1/ HTTP/1.1", 400),
    ("GET http://a@b/ HTTP/1.1", 400),
    ("GET http:///en HTTP/1.1", 400),
    ("GET * HTTP/1.1", 400),
    ("GET en HTTP/1.1", 400),
    ("GET ?x HTTP/1.1", 400),
    ("GET /../../../etc/passwd HTTP/1.1", 400),
    ("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 400),
    ("GET /..%2f..%2fetc/passwd HTTP/1.1", 400),
    ("get / HTTP/1.1", 400),
    ("G@T / HTTP/1.1", 400),
    (" GET / HTTP/1.1", 400),
    ("TRACE / HTTP/1.1", 405),
    ("OPTIONS / HTTP/1.1", 405),
    ("OPTIONS * HTTP/1.1", 400),
    ("CONNECT x:443 HTTP/1.1", 400),
    ("FROB / HTTP/1.1", 405),
    ("GET / HTTP/2.0", 505),
    ("GET / HTTP/1.1 x", 400),
    ("GET / HTTP/1.", 400),
    ("GET / HTTP/0.9", 400),
    ("GET / FTP/1.1", 400),
    ("GET", 400),
    ("", 400),
    ("GET /a b HTTP/1.1", 400),
    ("GET /\x01 HTTP/1.1", 400),
    ("GET /\x00 HTTP/1.1", 400),
    ("GET /\x7f HTTP/1.1", 400),
    ("GET /\t HTTP/1.1", 400),
    (f"GET /{'a' * 9000} HTTP/1.1", 414),
    ("\x16\x03\x01\x02\x00\x01", 400),
]

HEADS: list[tuple[str, bytes, int]] = [
    ("no host", b"Connection: close\r\n", 400),
    ("two hosts", b"Host: a\r\nHost: b\r\n", 400),
    ("a host with a slash", b"Host: a/b\r\n", 400),
    ("a host with a blank", b"Host: a b\r\n", 400),
    ("an empty host", b"Host:\r\n", 400),
    ("another host", b"Host: evil.example\r\nConnection: close\r\n", 200),
    ("a long header", GOOD + b"A: " + b"b" * 9000 + b"\r\n", 400),
    ("long headers", GOOD + (b"A: " + b"b" * 4000 + b"\r\n") * 12, 400),
    ("hundreds of headers", GOOD + b"a: b\r\n" * 500, 200),
    ("thousands of headers", GOOD + b"a: b\r\n" * 20_000, 400),
    ("NUL", GOOD + b"A: b\0c\r\n", 400),
    ("a carriage return", GOOD + b"A: b\rSet-Cookie: c\r\n", 400),
    ("a blank before the colon", GOOD + b"A : b\r\n", 400),
    ("a folded line", GOOD + b"A: b\r\n c\r\n", 400),
    ("a control character in a name", GOOD + b"A\x01: b\r\n", 400),
    ("no name", GOOD + b": b\r\n", 400),
    ("a length in words", GOOD + b"Content-Length: many\r\n", 400),
    ("a length below zero", GOOD + b"Content-Length: -1\r\n", 400),
    ("an endless length", GOOD + b"Content-Length: 99999999999999999999999\r\n", 400),
    ("two lengths", GOOD + b"Content-Length: 0\r\nContent-Length: 0\r\n", 400),
    (
        "two ways to end",
        GOOD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        400,
    ),
    ("an unknown coding", GOOD + b"Transfer-Encoding: gzip\r\n", 501),
    ("a body that does not come", GOOD + b"Transfer-Encoding: chunked\r\n", 200),
    ("a range", GOOD + b"Range: bytes=0-10\r\n", 200),
    ("a range beyond the end", GOOD + b"Range: bytes=99999999-\r\n", 200),
    ("many ranges", GOOD + b"Range: bytes=" + b"0-,1-," * 500 + b"2-\r\n", 200),
    ("another protocol", GOOD + b"Upgrade: h2c\r\n", 200),
    ("letters that are none", GOOD + b"Accept-Language: \xff\xfe;q=\xe2\r\n", 200),
    ("many languages", GOOD + b"Accept-Language: " + b"a,;q=" * 1500 + b"\r\n", 200),
]


@pytest.fixture(autouse=True)
def _no_traceback(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Whatever is requested, a server prints nothing."""
    yield
    assert capfd.readouterr() == ("", "")


def assert_careful(headers: http.client.HTTPMessage) -> None:
    """Each security header is there once, and no other was injected."""
    for name, value in HEADERS.items():
        assert headers.get_all(name) == [value]
    assert headers["Set-Cookie"] is None
    assert len(headers.get_all("Cache-Control") or []) == 1


@pytest.mark.parametrize(("path", "status", "location"), PATHS, ids=lambda value: str(value)[:40])
def test_a_hostile_path_leads_nowhere_else(
    client: Client, path: str, status: int, location: str
) -> None:
    line = f"GET {client.at(path)} HTTP/1.1\r\n".encode("latin-1")
    found, headers = client.send(line + GOOD + b"\r\n")
    assert (found, headers["Location"]) == (status, client.at(location) if location else None)
    assert_careful(headers)


@pytest.mark.parametrize("path", ["/en", "//en", "/%2fx/..%2fen"])
@pytest.mark.parametrize(
    "host", ["http://evil.example", "https://evil.example:8443", "http://[::1]"]
)
def test_an_address_with_a_host_is_answered_for_this_one(
    client: Client, host: str, path: str
) -> None:
    line = f"GET {host}{client.at(path)} HTTP/1.1\r\n".encode()
    found, headers = client.send(line + GOOD + b"\r\n")
    assert (found, headers["Location"]) == (301, client.at("/en/"))
    assert_careful(headers)


@pytest.mark.parametrize(("line", "status"), LINES, ids=lambda value: ascii(value)[:40])
def test_a_line_that_is_no_request_is_refused(client: Client, line: str, status: int) -> None:
    found, headers = client.send(line.encode("latin-1") + b"\r\n" + GOOD + b"\r\n")
    assert (found, headers["Location"]) == (status, None)
    assert_careful(headers)


@pytest.mark.parametrize(("head", "status"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS])
def test_headers_that_can_be_understood_in_two_ways_are_refused(
    client: Client, head: bytes, status: int
) -> None:
    line = f"GET {client.at('/en/')} HTTP/1.1\r\n".encode()
    found, headers = client.send(line + head + b"\r\n")
    assert (found, headers["Location"]) == (status, None)
    assert_careful(headers)


def test_what_comes_with_a_request_is_not_the_next_request(client: Client) -> None:
    inner = f"GET {client.at('/nowhere')} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    for length in (len(inner), 0):
        head = f"GET {client.at('/en/')} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n"
        with client.open_socket() as connection:
            connection.sendall(head.encode() + inner)
            connection.shutdown(socket.SHUT_WR)
            answers = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        assert answers.count(b"HTTP/1.1 200 OK\r\n") == 1
        assert answers.count(b"HTTP/1.1 404 Not Found\r\n") == (length == 0)


@pytest.mark.parametrize("client", [name for name in SERVERS if "below" in name], indirect=True)
def test_outside_of_the_path_of_the_site_there_is_nothing(client: Client) -> None:
    for path in ("/", "/en/", "/privacy", "/policies", f"{client.under}x/", "/%2e/en/"):
        found, headers = client.send(f"GET {path} HTTP/1.1\r\n".encode() + GOOD + b"\r\n")
        assert (found, headers["Location"]) == (404, None), path
        assert_careful(headers)
    line = f"GET {client.under}?a=1 HTTP/1.1\r\n".encode()
    found, headers = client.send(line + GOOD + b"\r\n")
    assert (found, headers["Location"]) == (301, f"{client.under}/?a=1")


@pytest.mark.one_in(3)
def test_many_idle_connections_do_not_block_others(client: Client) -> None:
    with contextlib.ExitStack() as idle:
        for number in range(CONNECTIONS + 20):
            connection = idle.enter_context(client.open_socket())
            # Every second one has begun a request.
            connection.sendall(b"GET / HT" if number % 2 else b"")
        began = time.monotonic()
        for _ in range(3):
            assert client.ask("/en/")[0] == 200
        assert time.monotonic() - began < 5


# Time, and room -------------------------------------------------------------------------------------


def ours(folder: Path, *, seconds: float = 0.5, connections: int = CONNECTIONS) -> SiteServer:
    """Return a server of ours for a small site in *folder*, with a file that is larger than the buffers of a socket."""
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("<title>T</title>", "utf-8")
    (folder / "large.bin").write_bytes(bytes(30_000_000))
    return SiteServer(ServedSite(folder), 0, seconds=seconds, connections=connections)


def drip(client: Client, request: bytes) -> bytes:
    """Send a request slowly, a byte at a time; return the answer."""
    with client.open_socket() as connection:
        connection.settimeout(0.1)
        deadline = time.monotonic() + 15
        for byte in request:
            assert time.monotonic() < deadline, "still waiting for the end of the request"
            try:
                connection.sendall(bytes([byte]))
                return connection.recv(1 << 16)
            except TimeoutError:
                continue
            except ConnectionError:
                return b""
    raise AssertionError("all of it was taken")


@pytest.mark.one_in(2)
@pytest.mark.parametrize(
    "begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nA: "], ids=["line", "header"]
)
def test_a_request_has_a_deadline(current: Path, tmp_path: Path, begun: bytes) -> None:
    with running(ours(tmp_path / "site")) as server:
        answer = drip(Client(server.address, current), begun + b"A" * 500)
        assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    with nginx(current, tmp_path / "nginx", seconds=1) as address:
        assert drip(Client(address, current), begun + b"A" * 500) == b""


def test_an_idle_connection_is_closed_without_an_answer(current: Path, tmp_path: Path) -> None:
    with running(ours(tmp_path)) as server:
        client = Client(server.address, current)
        with client.open_socket() as connection:
            assert connection.recv(1) == b""


@pytest.mark.thorough
def test_an_answer_has_a_deadline(current: Path, tmp_path: Path) -> None:
    with running(ours(tmp_path)) as server:
        with Client(server.address, current).open_socket() as connection:
            connection.sendall(b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(1.5)
            taken = 0
            with contextlib.suppress(ConnectionError):
                while part := connection.recv(1 << 20):
                    taken += len(part)
        assert 0 < taken < 30_000_000


def test_the_longest_idle_connection_makes_room_and_a_busy_one_does_not(
    current: Path, tmp_path: Path
) -> None:
    with running(ours(tmp_path, seconds=20, connections=2)) as server:
        client = Client(server.address, current)
        large = b"GET /large.bin HTTP/1.1\r\nHost: x\r\n\r\n"
        with client.open_socket() as busy, client.open_socket() as idle:
            busy.sendall(large)
            assert busy.recv(1) == b"H"
            assert client.ask("/index.html")[0] == 200
            assert idle.recv(1) == b""
            with contextlib.ExitStack() as opened:
                # There is room as soon as the request before has ended, which its client knows first.
                deadline = time.monotonic() + 10
                answered = b""
                while answered != b"HTTP/1.1 200":
                    assert time.monotonic() < deadline
                    other = opened.enter_context(client.open_socket())
                    other.sendall(large)
                    answered = other.recv(12)
                found, headers = client.send(b"GET / HTTP/1.1\r\n" + GOOD + b"\r\n")
                assert found == HTTPStatus.SERVICE_UNAVAILABLE
                assert_careful(headers)
        # They are closed, so there is room again.
        deadline = time.monotonic() + 10
        while client.ask("/index.html")[0] != 200:
            assert time.monotonic() < deadline


# Links and what is no file --------------------------------------------------------------------------


def test_no_link_is_followed_and_nothing_but_files_is_read(current: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.html").write_text("secret", "utf-8")
    (outside / "index.html").write_text("secret", "utf-8")
    site = tmp_path / "site"
    with running(ours(site)) as server:
        client = Client(server.address, current)
        (site / "file.html").symlink_to(outside / "secret.html")
        (site / "folder").symlink_to(outside)
        (site / "inner.html").symlink_to("index.html")
        (site / "circle.html").symlink_to("circle.html")
        (site / "device.html").symlink_to("/dev/zero")
        os.mkfifo(site / "pipe.html")
        (site / "page.html").write_text("page", "utf-8")
        (site / "page.html.br").symlink_to(outside / "secret.html")
        for path in ("/file.html", "/file", "/folder/secret.html", "/folder/", "/folder"):
            assert client.ask(path)[0] == 404, path
        for path in (
            "/inner.html",
            "/inner",
            "/circle.html",
            "/device.html",
            "/pipe.html",
            "/pipe",
        ):
            assert client.ask(path)[0] == 404, path
        status, headers, body = client.ask("/page.html", Accept_Encoding="br")
        assert (status, headers["Content-Encoding"], body) == (200, None, b"page")
    # But for the link to the release itself.
    link = tmp_path / "current"
    link.symlink_to(site)
    with running(SiteServer(ServedSite(link), 0)) as server:
        assert Client(server.address, current).ask("/page.html")[0] == 200
