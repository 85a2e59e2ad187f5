"""A preview of a site as a server shows it: on this machine only, with the answers of ``deploy/nginx.conf``.

Clients are not trusted. Requests have limits of size and a deadline, answers have a deadline, and when there are too many
connections, the one that has been idle longest is closed.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
import time
from email.utils import formatdate
from http import HTTPStatus
from socketserver import BaseRequestHandler, TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, refusal
from policysite.release.request_head import BadRequestError, parse_head, receive_head
from policysite.release.site_answers import Answer, ServedSite, answer, error_answer

if TYPE_CHECKING:
    from pathlib import Path

    from policysite.release.request_head import RequestHead

SECONDS = 15.0
"""The deadline of a request and of an answer; that of nginx is the same."""
CONNECTIONS = 128
_LINGER_SECONDS = 1.0
_UNDER = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*")


class SiteServer(ThreadingMixIn, TCPServer):
    """Serves a site at ``address``, on 127.0.0.1 alone."""

    daemon_threads = True
    allow_reuse_address = True
    # A browser opens several connections at once, and more than five of them may wait on a busy machine.
    request_queue_size = 128

    def __init__(
        self,
        site: ServedSite,
        port: int,
        *,
        seconds: float = SECONDS,
        connections: int = CONNECTIONS,
    ) -> None:
        """Listen on *port*, or on a free one if that is 0.

        *seconds* is the deadline of a request and of an answer, *connections* the limit of open connections.
        """
        self.site, self.seconds = site, seconds
        self.connections = _Connections(connections)
        super().__init__(("127.0.0.1", port), _Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}{site.under}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a new connection in a thread of its own, or refuse it if all others are busy."""
        if self.connections.admit(request):
            super().process_request(request, client_address)
            return
        request.settimeout(_LINGER_SECONDS)
        with contextlib.suppress(OSError):
            request.sendall(
                _message(error_answer(HTTPStatus.SERVICE_UNAVAILABLE), keeps_alive=False)
            )
        self.shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self.connections.forget(request)
        super().shutdown_request(request)


class _Connections:
    """The open connections, each with the time since which it is idle, or None while a request is answered."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._since: dict[socket.socket, float | None] = {}

    def admit(self, new: socket.socket) -> bool:
        """Add a connection, and close the one that is idle longest if there are too many; False if none is idle."""
        with self._lock:
            if len(self._since) >= self._most:
                idle = {one: since for one, since in self._since.items() if since is not None}
                oldest = min(idle, key=idle.__getitem__, default=None)
                if oldest is None:
                    return False
                del self._since[oldest]
                # Its thread wakes up and closes it.
                with contextlib.suppress(OSError):
                    oldest.shutdown(socket.SHUT_RDWR)
            self._since[new] = time.monotonic()
            return True

    def note(self, connection: socket.socket, *, idle: bool) -> None:
        """Note whether a connection is idle, or a request of it is answered."""
        with self._lock:
            if connection in self._since:
                self._since[connection] = time.monotonic() if idle else None

    def forget(self, connection: socket.socket) -> None:
        """Forget a connection that is closed."""
        with self._lock:
            self._since.pop(connection, None)


class _Handler(BaseRequestHandler):
    """Answers the requests of one connection."""

    server: SiteServer
    request: socket.socket

    def handle(self) -> None:
        received = bytearray()
        # A client that has gone, or fetches nothing, gets no answer.
        with contextlib.suppress(ConnectionError, TimeoutError):
            while self._answer_next(received):
                pass
            # What only ends makes room for others.
            self.server.connections.note(self.request, idle=True)
            self._linger()

    def _answer_next(self, received: bytearray) -> bool:
        """Answer the next request; return whether another one may follow."""
        self.server.connections.note(self.request, idle=True)
        try:
            head = receive_head(self.request, received, self.server.seconds)
            if head is None:
                return False
            self.server.connections.note(self.request, idle=False)
            asked = parse_head(head)
        except BadRequestError as error:
            self._send(_message(error_answer(error.status), keeps_alive=False))
            return False
        # The body of a request is not read, so it must not be taken for the next request.
        keeps_alive = asked.keeps_alive and not asked.has_body
        has_body = asked.method != "HEAD"
        self._send(_message(self._answer(asked), keeps_alive=keeps_alive, has_body=has_body))
        return keeps_alive

    def _answer(self, asked: RequestHead) -> Answer:
        try:
            return answer(self.server.site, asked)
        except OSError:
            return error_answer(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _send(self, message: bytes) -> None:
        # Of the whole message, not of each packet.
        self.request.settimeout(self.server.seconds)
        self.request.sendall(message)

    def _linger(self) -> None:
        """Read on for a moment: if a connection is closed with unread input, its answer may be lost."""
        try:
            self.request.shutdown(socket.SHUT_WR)
        except OSError:
            # It was closed by the client, or in favour of another connection.
            return
        deadline = time.monotonic() + _LINGER_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            self.request.settimeout(left)
            if not self.request.recv(1 << 16):
                return


def _message(given: Answer, *, keeps_alive: bool, has_body: bool = True) -> bytes:
    lines = [
        f"HTTP/1.1 {given.status.value} {given.status.phrase}",
        "Server: policysite",
        f"Date: {formatdate(usegmt=True)}",
        *(f"{name}: {value}" for name, value in given.headers.items()),
        f"Content-Length: {len(given.body)}",
        *([] if keeps_alive else ["Connection: close"]),
    ]
    head = "".join(f"{line}\r\n" for line in lines) + "\r\n"
    return head.encode("latin-1") + (given.body if has_body else b"")


def open_server(site: Path, port: int, under: str = "") -> SiteServer:
    """Return a server of the folder *site*, which may be the link to the current release.

    *under* is the path of the site on its host: ``/policies``. Readers whose languages the site does not have get
    the first that ``versions.json`` names.

    :raises PolicysiteError: if there is no site, the port is in use, or *under* is not a path.
    """
    if not (site / "index.html").is_file() or not (site / "versions.json").is_file():
        raise refusal(
            site,
            Code.OUTPUT,
            "There is no site here.",
            "Build it first: policysite build, or publish it.",
        )
    under = under.rstrip("/")
    if not _UNDER.fullmatch(under):
        message = f"Found {under!r}; expected the path of an address, in letters, digits and -._~."
        remedy = "Name it as in the address of the site: /policies."
        raise refusal("--under", Code.OUTPUT, message, remedy)
    versions = json.loads((site / "versions.json").read_text(encoding="utf-8"))
    default_language = (versions.get("languages") or ["en"])[0].replace("-", "_")
    try:
        return SiteServer(ServedSite(site, under, default_language), port)
    except (OSError, OverflowError) as error:
        raise refusal(
            f"127.0.0.1:{port}",
            Code.OUTPUT,
            f"Cannot listen here: {error}.",
            "Choose another: --port 8080",
        ) from error
