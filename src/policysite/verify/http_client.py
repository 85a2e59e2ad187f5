"""Asking an untrusted server: one deadline for everything, and bounded sizes.

The timeout of a socket starts again with every byte, so that a server which sends one a second would block us for ever.
Here each wait for the next byte ends with the deadline.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policysite.verify.site_source import printable, unreadable_site

if TYPE_CHECKING:
    from collections.abc import Mapping


class Deadline:
    """The moment of the monotonic clock at which everything must have ended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.moment = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left.

        :raises TimeoutError: if none are.
        """
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"it took longer than the {self.seconds:g} seconds that it may")
        return left


class _Socket(socket.socket):
    deadline: Deadline

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*arguments, **options)


class _SecureSocket(ssl.SSLSocket):
    deadline: Deadline

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*arguments, **options)


class _Connection(http.client.HTTPConnection):
    deadline: Deadline

    def connect(self) -> None:
        self.timeout = self.deadline.left()
        super().connect()
        self.sock = _Socket(fileno=self.sock.detach())
        self.sock.settimeout(self.deadline.left())
        self.sock.deadline = self.deadline


class _SecureConnection(http.client.HTTPSConnection):
    deadline: Deadline

    def __init__(self, *arguments: Any, **options: Any) -> None:
        context = ssl.create_default_context()
        context.sslsocket_class = _SecureSocket
        super().__init__(*arguments, **{**options, "context": context})

    def connect(self) -> None:
        self.timeout = self.deadline.left()
        super().connect()
        if isinstance(self.sock, _SecureSocket):
            self.sock.deadline = self.deadline


class _HttpHandler(urllib.request.HTTPHandler):
    """Opens connections that end with the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, /, **options: Any) -> _Connection:
            made = _Connection(host, **options)
            made.deadline = self._deadline
            return made

        return self.do_open(connection, req)


class _HttpsHandler(urllib.request.HTTPSHandler):
    """Opens secure connections that end with the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, /, **options: Any) -> _SecureConnection:
            made = _SecureConnection(host, **options)
            made.deadline = self._deadline
            return made

        return self.do_open(connection, req)


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows no redirect to another server: what is checked is the site that was named."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise unreadable_site(
                req.full_url,
                f"The server redirects to {printable(newurl)}. Name that address if it is meant.",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class HttpClient:
    """Asks one server; everything ends with *deadline*."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self._opener = urllib.request.build_opener(
            _HttpHandler(deadline), _HttpsHandler(deadline), _SameOrigin
        )

    def open(
        self, address: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> http.client.HTTPResponse:
        """Return the answer to a request, whose headers were read.

        :raises urllib.error.HTTPError: if the server refuses.
        :raises OSError: if there is no answer, or none in time.
        :raises http.client.HTTPException: if the answer is not one of HTTP.
        :raises ValueError: if that is no address.
        """
        asked = urllib.request.Request(address, data=body, headers=dict(headers))  # noqa: S310
        left = self.deadline.left()
        answer: http.client.HTTPResponse = self._opener.open(asked, timeout=left)
        return answer
