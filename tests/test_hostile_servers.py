"""A site that is verified at an address: its server may send what it likes, for ever; there is one deadline for everything."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from policysite.base.problems import Code, PolicysiteError
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 0.6
PAUSE = 0.02
LONGEST = 5
"""Seconds until a check must have ended, on a machine that does much else."""

Send = "Callable[[bytes], None]"


def headers_that_drip(send: Callable[[bytes], None]) -> None:
    send(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        for letter in f"X-{number}: a\r\n".encode():
            send(bytes([letter]))
            time.sleep(PAUSE)


def status_that_drips(send: Callable[[bytes], None]) -> None:
    while True:
        send(b"H")
        time.sleep(PAUSE)


def content_that_drips(send: Callable[[bytes], None]) -> None:
    send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        send(b" ")
        time.sleep(PAUSE)


def chunks_that_drip(send: Callable[[bytes], None]) -> None:
    send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        send(b"1\r\n \r\n")
        time.sleep(PAUSE)


def continue_for_ever(send: Callable[[bytes], None]) -> None:
    while True:
        send(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)
        time.sleep(PAUSE / 10)


def silence(_send: Callable[[bytes], None]) -> None:
    time.sleep(60)


def redirects_that_drip(send: Callable[[bytes], None]) -> None:
    time.sleep(0.3)
    send(b"HTTP/1.1 302 Found\r\nLocation: /versions.json?x\r\nContent-Length: 0\r\n\r\n")


WITHOUT_END: dict[str, Callable[[Callable[[bytes], None]], None]] = {
    "headers that drip": headers_that_drip,
    "a status that drips": status_that_drips,
    "content that drips": content_that_drips,
    "chunks that drip": chunks_that_drip,
    "100 Continue for ever": continue_for_ever,
    "silence": silence,
    "redirects that take their time": redirects_that_drip,
}


@contextmanager
def serve_bytes(answer: Callable[[Callable[[bytes], None]], None]) -> Iterator[str]:
    """Answer every connection with what *answer* sends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(10_000)
                answer(connection.sendall)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.one_in(7)
@pytest.mark.parametrize("kind", WITHOUT_END)
def test_one_deadline_ends_everything(kind: str) -> None:
    with serve_bytes(WITHOUT_END[kind]) as address:
        began = time.monotonic()
        with pytest.raises(PolicysiteError) as caught:
            verify(address, seconds=SECONDS)
        took = time.monotonic() - began
    assert took < LONGEST
    (problem,) = caught.value.problems
    assert str(problem) == (
        f"{address}: [output] The server took longer than 0.6 seconds; it was asked for versions.json. Ask again when it is up, "
        "or allow it more time: --timeout 900."
    )


@pytest.mark.thorough
def test_the_command_ends_too() -> None:
    with serve_bytes(continue_for_ever) as address:
        done = subprocess.run(
            [sys.executable, "-m", "policysite", "verify", address, "--timeout", "1"],
            check=False,
            capture_output=True,
            text=True,
            timeout=30,
        )
    assert done.returncode == 1
    assert "The server took longer than 1 seconds" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


LARGE: dict[str, tuple[bytes, str]] = {
    "a line": (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000, "Cannot read versions.json"),
    "headers": (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 2_000, "Cannot read versions.json"),
    "no HTTP": (b"\x00" * 100_000, "Cannot read versions.json"),
    "a length that is none": (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}", ""),
    "a number of 5,000 digits": (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n{}", ""),
    "a status of 5,000 digits": (b"HTTP/1.1 " + b"9" * 5_000 + b" OK\r\n\r\n{}", "Cannot read versions.json"),
    "a chunk that is none": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "Cannot read versions.json"),
    "a redirect to nowhere": (b"HTTP/1.1 302 Found\r\nLocation: http://[::1/\r\nContent-Length: 0\r\n\r\n", ""),
    "a redirect to a file": (b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", ""),
    "a redirect to another host": (b"HTTP/1.1 302 Found\r\nLocation: //evil.example/\r\nContent-Length: 0\r\n\r\n", "The server redirects to http://evil.example/"),
    "redirects without end": (b"HTTP/1.1 302 Found\r\nLocation: /versions.json\r\nContent-Length: 0\r\n\r\n", "The server answered 302 for versions.json"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LARGE)
def test_what_is_no_answer_is_a_sentence(kind: str) -> None:
    content, expected = LARGE[kind]
    with (
        serve_bytes(lambda send: send(content)) as address,
        pytest.raises(PolicysiteError) as caught,
    ):
        verify(address, seconds=LONGEST)
    (problem,) = caught.value.problems
    assert problem.code is Code.OUTPUT
    assert expected in problem.message
    assert len(problem.message) < 500
