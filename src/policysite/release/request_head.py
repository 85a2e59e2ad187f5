"""The head of an HTTP request: read within limits of size and time, and refused where it is malformed or ambiguous."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable, Mapping

LONGEST_LINE = 8 * 1024
LONGEST_HEAD = 4 * LONGEST_LINE
"""In bytes, as nginx has them by default."""
_NEWEST_MAJOR = 1
_REQUEST_LINE = re.compile(
    rb"(?P<method>[A-Z_-]+) +(?P<target>[^\x00-\x20\x7f]+)"
    rb" +HTTP/(?P<major>[1-9][0-9]{0,2})\.(?P<minor>[0-9]{1,3}) *"
)
_HEADER = re.compile(rb"(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(?P<value>[^\x00\r\n]*?)[ \t]*")
_HOST = re.compile(r"(?:[A-Za-z0-9._~%!$&'()*+,;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?")
_ONCE = ("host", "content-length", "transfer-encoding")


class BadRequestError(Exception):
    """A malformed request. ``status`` is that of the answer; then the connection is closed."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class RequestHead:
    """Request line and headers. ``target`` is as received, one character a byte; the names in ``headers`` are in lower case.

    ``has_body``: a body follows. ``keeps_alive``: another request may follow.
    """

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    has_body: bool = False
    keeps_alive: bool = True


def receive_head(connection: socket.socket, received: bytearray, seconds: float) -> bytes | None:
    """Return the next head from *connection*; None if the client closes it before one begins.

    *received* has the bytes read so far; those after the head stay in it.

    :raises BadRequestError: if it is too large, or incomplete after *seconds*.
    :raises TimeoutError: if nothing was received until then.
    """
    deadline = time.monotonic() + seconds
    while True:
        # Servers skip empty lines before a request: some clients send one after a body.
        while received.startswith((b"\r", b"\n")):
            del received[:1]
        if end := re.search(rb"\r?\n\r?\n", received):
            if end.start() > LONGEST_HEAD:
                raise BadRequestError(HTTPStatus.BAD_REQUEST)
            head = bytes(received[: end.start()])
            del received[: end.end()]
            return head
        _refuse_early(received)
        if not (more := _receive(connection, deadline, begun=bool(received))):
            if received:
                raise BadRequestError(HTTPStatus.BAD_REQUEST)
            return None
        received += more


def _refuse_early(received: bytearray) -> None:
    """Refuse what cannot become a request, or only one that is too large.

    :raises BadRequestError: if it is so.
    """
    line, ended, _ = received[: LONGEST_LINE + 2].partition(b"\n")
    if not ended and len(line) > LONGEST_LINE:
        raise BadRequestError(HTTPStatus.REQUEST_URI_TOO_LONG)
    # A line without a version is HTTP/0.9, which has no status that could be sent back.
    is_none = (
        not _REQUEST_LINE.fullmatch(line.rstrip(b"\r")) if ended else re.match(rb"[^A-Z_-]", line)
    )
    if is_none or len(received) > LONGEST_HEAD:
        raise BadRequestError(HTTPStatus.BAD_REQUEST)


def _receive(connection: socket.socket, deadline: float, *, begun: bool) -> bytes:
    try:
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        return connection.recv(LONGEST_LINE)
    except TimeoutError:
        if begun:
            raise BadRequestError(HTTPStatus.REQUEST_TIMEOUT) from None
        raise


def parse_head(head: bytes) -> RequestHead:
    """Parse a *head*.

    :raises BadRequestError: if it is malformed, or another server on the way could read it differently.
    """
    first, *lines = re.split(rb"\r?\n", head)
    if len(first) > LONGEST_LINE:
        raise BadRequestError(HTTPStatus.REQUEST_URI_TOO_LONG)
    line = _REQUEST_LINE.fullmatch(first)
    if line is None:
        raise BadRequestError(HTTPStatus.BAD_REQUEST)
    if int(line["major"]) > _NEWEST_MAJOR:
        raise BadRequestError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers = _headers(lines)
    is_newer = int(line["minor"]) > 0
    _check_host(headers, is_needed=is_newer)
    return RequestHead(
        line["method"].decode("ascii"),
        line["target"].decode("latin-1"),
        headers,
        _has_body(headers),
        is_newer and "close" not in _words(headers.get("connection", "")),
    )


def _headers(lines: Iterable[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        parts = _HEADER.fullmatch(line)
        if parts is None or len(line) > LONGEST_LINE:
            raise BadRequestError(HTTPStatus.BAD_REQUEST)
        name, value = parts["name"].decode("ascii").lower(), parts["value"].decode("latin-1")
        if name in found and name in _ONCE:
            raise BadRequestError(HTTPStatus.BAD_REQUEST)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _check_host(headers: Mapping[str, str], *, is_needed: bool) -> None:
    host = headers.get("host")
    if (host is None and is_needed) or (host is not None and not _HOST.fullmatch(host)):
        raise BadRequestError(HTTPStatus.BAD_REQUEST)


def _has_body(headers: Mapping[str, str]) -> bool:
    length, encoding = headers.get("content-length"), headers.get("transfer-encoding")
    if length is not None and encoding is not None:
        raise BadRequestError(HTTPStatus.BAD_REQUEST)
    if encoding is not None:
        if encoding.lower() != "chunked":
            raise BadRequestError(HTTPStatus.NOT_IMPLEMENTED)
        return True
    if length is not None and not re.fullmatch(r"[0-9]{1,18}", length):
        raise BadRequestError(HTTPStatus.BAD_REQUEST)
    return bool(length) and int(length or 0) > 0


def _words(value: str) -> list[str]:
    return [word.strip().lower() for word in value.split(",")]
