"""A preview of a site as a server shows it: on this machine only, with the answers of ``deploy/nginx.conf``.

Headers, missing pages, languages, addresses without a suffix and comparisons without a page of their own: the tests ask
both the same and compare the answers.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from policysite.base.problems import Code, refusal
from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_DENIED = (
    "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi "
    "payment usb"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _DENIED.split()),
}
# Not from the machine's own tables, which differ.
TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_COMPARISON = re.compile(r"(/[^/]+/[^/]+/compare/)([0-9.]+)/([0-9.]+)\.html")
_POLICY = re.compile(r"/([^/.]+)/?")
_TAG = re.compile(r"\s*([a-z]{2,3})(?:-([a-z0-9]+))?(?:-[a-z0-9]+)*\s*(?:;.*)?", re.IGNORECASE)
_NOT_WANTED = re.compile(r";\s*q=0(?:\.0*)?\s*$")
_CONSIDERED = 6
_ENCODINGS = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True)
class Answer:
    """What is answered to a request; ``file`` is None where there is nothing to send."""

    status: HTTPStatus
    headers: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None

    def body(self) -> bytes:
        """Return what is sent."""
        return self.file.read_bytes() if self.file else b""


@dataclass(frozen=True)
class Request:
    """What is asked for. ``target`` is a path with or without a query; ``languages`` and ``encodings`` are accepted."""

    method: str
    target: str
    languages: str = ""
    encodings: str = ""


def answer(site: Path, asked: Request, default_language: str = "en") -> Answer:
    """Return the answer to a request.

    *default_language* is that of readers whose languages the site does not have, where they cannot choose.
    """
    if asked.method not in {"GET", "HEAD"}:
        return _with_headers(Answer(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"}))
    # All of one request comes from the release to which the link leads now.
    site = site.resolve()
    parts = urlsplit(asked.target)
    path, query = unquote(parts.path), f"?{parts.query}" if parts.query else ""
    if place := _place(site, path, asked.languages, default_language):
        status, location = place
        where = quote(location, safe="/?=&%") + ("" if "?" in location else query)
        return _with_headers(Answer(status, {"Location": where, **_vary(path)}))
    if file := _file(site, path):
        kept = _kept(file.relative_to(site).as_posix())
        return _with_headers(_sent(HTTPStatus.OK, file, kept, path, asked.encodings))
    missing = site / addresses.NOT_FOUND_PAGE
    if missing.is_file():
        return _with_headers(
            _sent(HTTPStatus.NOT_FOUND, missing, "no-cache", path, asked.encodings)
        )
    return _with_headers(Answer(HTTPStatus.NOT_FOUND))


def content_type(path: Path) -> str:
    """Return the type of a file of a site."""
    return TYPES.get(path.suffix, "application/octet-stream")


def _place(
    site: Path, path: str, languages: str, default_language: str
) -> tuple[HTTPStatus, str] | None:
    """Return where a request is sent on to, and how, or None."""
    policy = _POLICY.fullmatch(path)
    if policy or path == "/":
        folder = f"{policy[1]}/" if policy else ""
        wanted = [*_languages(languages), *([default_language] if policy else [])]
        for language in wanted:
            if (site / language / folder / "index.html").is_file():
                return HTTPStatus.FOUND, f"/{language}/{folder}"
    folder_there = _inside(site, path)
    if not path.endswith("/") and folder_there and folder_there.is_dir():
        return HTTPStatus.MOVED_PERMANENTLY, f"{path}/"
    if _file(site, path):
        return None
    if _file(site, f"{path}.html"):
        return HTTPStatus.MOVED_PERMANENTLY, f"{path}.html"
    if (pair := _COMPARISON.fullmatch(path)) and _file(site, f"{pair[1]}index.html"):
        return HTTPStatus.FOUND, f"{pair[1]}index.html?old={pair[2]}&new={pair[3]}"
    return None


def _languages(header: str) -> Iterator[str]:
    """Yield the folders of the languages that *header* asks for: of ``zh-TW`` first ``zh_TW``, then ``zh``."""
    for one in header.split(",")[:_CONSIDERED]:
        if (wanted := _TAG.fullmatch(one)) and not _NOT_WANTED.search(one):
            if wanted[2]:
                yield f"{wanted[1]}_{wanted[2]}"
            yield wanted[1]


def _inside(site: Path, path: str) -> Path | None:
    """Return the place that *path* names, or None if it lies elsewhere."""
    if "\0" in path:
        return None
    place = (site / path.lstrip("/")).resolve()
    return place if place.is_relative_to(site) else None


def _file(site: Path, path: str) -> Path | None:
    """Return the file to send for *path*, if there is one; notes and compressed forms are not sent."""
    if "/." in path or path.endswith((".br", ".gz")):
        return None
    file = _inside(site, path + ("index.html" if path.endswith("/") else ""))
    return file if file and file.is_file() else None


def _kept(name: str) -> str:
    """Return how long a browser may keep the file *name*."""
    if re.search(r"\.[0-9a-f]{8}\.[a-z0-9]+$", name):
        return _FOR_EVER
    if name in {"versions.json", addresses.MANIFEST} or "/ledger/" in f"/{name}":
        return "no-cache"
    return "max-age=60"


def _vary(path: str) -> dict[str, str]:
    return {"Vary": "Accept-Language"} if path == "/" or _POLICY.fullmatch(path) else {}


def _sent(status: HTTPStatus, file: Path, kept: str, path: str, encodings: str) -> Answer:
    found = {"Content-Type": content_type(file), "Cache-Control": kept} | _vary(path)
    accepted = {one.split(";")[0].strip() for one in encodings.split(",")}
    for encoding, suffix in _ENCODINGS.items():
        compressed = file.with_name(file.name + suffix)
        if compressed.is_file():
            found["Vary"] = ", ".join(["Accept-Encoding", *_vary(path).values()])
            if encoding in accepted:
                return Answer(status, found | {"Content-Encoding": encoding}, compressed)
    return Answer(status, found, file)


def _with_headers(found: Answer) -> Answer:
    kept = "max-age=60" if found.status < HTTPStatus.BAD_REQUEST else "no-cache"
    headers = {**HEADERS, "Cache-Control": kept, **found.headers}
    return Answer(found.status, headers, found.file)


class SiteServer(ThreadingHTTPServer):
    """Serves a site at ``address``, on 127.0.0.1 alone."""

    daemon_threads = True
    # A browser opens several connections at once, and more than five of them may wait on a busy machine.
    request_queue_size = 128

    def __init__(self, site: Path, port: int, default_language: str = "en") -> None:
        """Listen on *port*, or on a free one if that is 0."""
        self.site, self.default_language = site, default_language
        super().__init__(("127.0.0.1", port), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "policysite", ""
    wbufsize = -1
    server: SiteServer

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        accepted = (self.headers.get(f"Accept-{kind}", "") for kind in ("Language", "Encoding"))
        asked = Request(self.command, self.path, *accepted)
        given = answer(self.server.site, asked, self.server.default_language)
        body = given.body()
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if given.status == HTTPStatus.METHOD_NOT_ALLOWED:
            # What came with the request is not read.
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Print nothing."""


def open_server(site: Path, port: int) -> SiteServer:
    """Return a server of the folder *site*, which may be the link to the current release.

    Readers whose languages the site does not have get the first that ``versions.json`` names.

    :raises PolicysiteError: if there is no site, or the port is in use.
    """
    if not (site / "index.html").is_file() or not (site / "versions.json").is_file():
        raise refusal(
            site,
            Code.OUTPUT,
            "There is no site here.",
            "Build it first: policysite build, or publish it.",
        )
    versions = json.loads((site / "versions.json").read_text(encoding="utf-8"))
    try:
        return SiteServer(site, port, (versions.get("languages") or ["en"])[0].replace("-", "_"))
    except (OSError, OverflowError) as error:
        raise refusal(
            f"127.0.0.1:{port}",
            Code.OUTPUT,
            f"Cannot listen here: {error}.",
            "Choose another: --port 8080",
        ) from error
