"""``policysite live``: a saved catalog is in the browser at once, and a mistake leaves the page as it was."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from support import copy_project
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CATALOG = "locales/ko/LC_MESSAGES/privacy/1.6.po"
LONGEST = 60
BEFORE, AFTER = "쿠키 허용 여부를 지정하는 방법", "쿠키의 허용 여부를 지정하는 방법"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Path, int, subprocess.Popen[str]]]:
    root = copy_project(tmp_path / "project", frozen=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "policysite", "live", "--language", "ko"]
    with subprocess.Popen(
        [*command, "--port", f"{port}", "--root", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            wait_for(lambda: BEFORE in shown(port))
            yield root, port, process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=LONGEST)


def shown(port: int) -> str:
    with contextlib.suppress(OSError):
        address = f"http://127.0.0.1:{port}/privacy/1.6.html"
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    return ""


def wait_for(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.thorough
def test_a_saved_catalog_is_in_the_browser_and_a_wrong_one_is_not(
    live: tuple[Path, int, subprocess.Popen[str]],
) -> None:
    root, port, process = live
    catalog = root / CATALOG
    content = catalog.read_text("utf-8")
    with connect(f"ws://127.0.0.1:{port}/websocket-reload") as socket_of_page:
        catalog.write_text(content.replace(BEFORE, AFTER), "utf-8")
        assert socket_of_page.recv(timeout=LONGEST) == "refresh"
        assert AFTER in shown(port)
        assert BEFORE not in shown(port)
        catalog.write_text(content.replace(BEFORE, AFTER).replace("제9조(", "제8조("), "utf-8")
        assert socket_of_page.recv(timeout=LONGEST) == "refresh"
        assert AFTER in shown(port)
        assert "제8조(" in shown(port)
        catalog.write_text(content, "utf-8")
        assert socket_of_page.recv(timeout=LONGEST) == "refresh"
        assert BEFORE in shown(port)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=LONGEST)
    assert "1.6.po was saved." in said
    assert "locales/ko/LC_MESSAGES/privacy/1.6.po:" in said
    assert said.count("as it was before") == 1
