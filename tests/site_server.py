"""The site on a web server of this machine, under the policy that a careful host would send with it.

The tests and the benchmarks use it. It listens on 127.0.0.1 alone and keeps a record of what was asked for. Unlike the
product's own, from which it has types and policy, it serves below a prefix and redirects to no language.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from unittest import mock
from urllib.parse import quote, unquote, urlsplit

import brotli
from running_server import running
from support import DAY, build_site, copy_project

from policysite.release.response_headers import CONTENT_SECURITY_POLICY, TYPES, content_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

COMPRESSED = (
    "text/",
    "application/json",
    "application/manifest+json",
    "application/xml",
    "image/svg",
)


@dataclass(frozen=True)
class Answer:
    """What the server answered to one request. ``body`` is what it is before compression."""

    path: str
    status: int
    body: bytes = field(repr=False)


class SiteServer:
    """A site being served. ``address`` is that of its root page; ``answers`` grows with every request, ``reports`` with what browsers post."""

    def __init__(self, folder: Path, prefix: str, *, as_host: bool, policy: str) -> None:
        """Listen on a free port; *as_host* compresses, and says how long a file may be kept. *policy* is sent with each."""
        self.folder = folder
        self.prefix = prefix
        self.as_host = as_host
        self.policy = policy
        self.answers: list[Answer] = []
        self.reports: list[str] = []
        self.http = _Server(("127.0.0.1", 0), _Handler)
        self.http.site = self
        self.address = f"http://127.0.0.1:{self.http.server_port}{prefix}/"

    def pages(self) -> list[str]:
        """Return the paths of all pages of the site, relative to ``address``."""
        found = self.folder.rglob("*.html")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def kinds_of_page(self) -> list[str]:
        """Return the paths of all pages but those that have the same parts as another one: of pairs and of days."""
        found: list[str] = []
        seen: set[str] = set()
        for name in self.pages():
            kind = re.sub(r"/compare/[\d.]+/[\d.]+\.html$|/on/[\d-]+\.html$", "/one of many", name)
            if kind == name or kind not in seen:
                found.append(name)
            seen.add(kind)
        return found

    def find(self, path: str) -> tuple[int, Path | None]:
        """Return the status for the address *path*, and the file to send, if there is one."""
        if path.startswith(f"{self.prefix}/"):
            found = self.folder.joinpath(unquote(path[len(self.prefix) + 1 :]))
            if found.is_dir() and not path.endswith("/"):
                return 301, None
            if found.is_dir():
                found /= "index.html"
            if found.is_file() and found.resolve().is_relative_to(self.folder.resolve()):
                return 200, found
        not_found = self.folder / "404.html"
        return 404, not_found if not_found.is_file() else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens several connections at once, and more than five of them may wait on a busy machine.
    request_queue_size = 128
    site: SiteServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Header and body in one packet, and at once: measured times are the site's own.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        """Note what a browser reports of a page, if the policy asks for that."""
        length = int(self.headers.get("Content-Length", "0"))
        self.server.site.reports.append(self.rfile.read(length).decode())
        self.send_response(204)
        self.end_headers()

    def _answer(self, *, with_body: bool) -> None:
        site = self.server.site
        path = urlsplit(self.path).path
        status, file = site.find(path)
        body = file.read_bytes() if file else b""
        kind = content_type(file) if file else TYPES[".txt"]
        site.answers.append(Answer(self.path, status, body))
        self.send_response(status)
        self.send_header("Content-Security-Policy", site.policy)
        self.send_header("Content-Type", kind)
        if status == 301:
            self.send_header("Location", quote(unquote(path)) + "/")
        if site.as_host:
            # As guide/operators.md advises: a page may change any day, but what was fetched a moment ago is good; what a page
            # loads has another address when it changes.
            is_page = kind == TYPES[".html"]
            caching = "max-age=60" if is_page else "public, max-age=31536000, immutable"
            self.send_header("Cache-Control", caching)
            if kind.startswith(COMPRESSED):
                self.send_header("Vary", "Accept-Encoding")
                if "br" in self.headers.get("Accept-Encoding", ""):
                    self.send_header("Content-Encoding", "br")
                    # A host compresses beforehand; here it must not take the time that is measured.
                    body = brotli.compress(body, quality=5)
        else:
            self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Print nothing: ``answers`` is the record."""


@contextlib.contextmanager
def serve(
    folder: Path,
    prefix: str = "",
    *,
    as_host: bool = False,
    policy: str = CONTENT_SECURITY_POLICY,
) -> Iterator[SiteServer]:
    """Serve *folder* below *prefix*, such as ``/policies``. It may be built after the server started."""
    site = SiteServer(folder, prefix, as_host=as_host, policy=policy)
    with running(site.http):
        yield site


@contextlib.contextmanager
def publish(
    root: Path,
    prefix: str = "",
    *,
    as_host: bool = False,
    copy: Callable[[Path], object] = copy_project,
    day: Mapping[str, str] = DAY,
) -> Iterator[SiteServer]:
    """Build the project that *copy* puts into *root* for the address that it is then served from."""
    copy(root)
    with serve(root / "_build" / "html", prefix, as_host=as_host) as site:
        with mock.patch.dict(os.environ, {"POLICYSITE_BASE_URL": site.address}):
            build_site(root, day)
        yield site
