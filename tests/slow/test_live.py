"""``make live``: a translator saves a catalog and sees it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import ROOT, copy_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CATALOG = "locales/ko/LC_MESSAGES/privacy/1.6.po"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the project and the address at which ``make live`` shows its Korean."""
    root = copy_project(tmp_path_factory.mktemp("live"), frozen=False)
    shutil.copy2(ROOT / "Makefile", root)
    (root / "requirements").mkdir()
    shutil.copy2(ROOT / "requirements/install.mk", root / "requirements")
    (root / ".venv").symlink_to(Path(sys.prefix))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "--silent", "live", "LANGUAGE=ko", f"PORT={port}"]
    # What is in the virtual environment is what runs these tests; nothing is installed again.
    command.append("--old-file=.venv/built-for-development")
    log = (root / "live.log").open("w")
    server = subprocess.Popen(command, cwd=root, stdout=log, stderr=log, start_new_session=True)
    address = f"http://127.0.0.1:{port}/privacy/1.6.html"
    try:
        wait_for(address, server)
        yield root, address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        log.close()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - the loopback
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"make live shows nothing at {address}")


def save(root: Path, old: str, new: str) -> None:
    path = root / CATALOG
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def test_what_is_saved_shows_and_what_is_wrong_is_said(
    live: tuple[Path, str], browser: Browser
) -> None:
    root, address = live
    page = browser.new_page()
    page.goto(address)
    page.get_by_text("3. 삭제 요구").wait_for()
    save(root, 'msgstr "삭제 요구"', 'msgstr "삭제의 요구"')
    page.get_by_text("3. 삭제의 요구").wait_for(timeout=20_000)
    # An error is reported in plain words, and the page stays; when it is fixed, the page is updated.
    save(root, 'msgstr "삭제의 요구"', 'msgstr "1. 삭제의 요구"')
    said = root / "live.log"
    end = time.monotonic() + 20
    while "[catalog-dropped]" not in said.read_text("utf-8") and time.monotonic() < end:
        time.sleep(0.1)
    assert f"{CATALOG}:" in said.read_text("utf-8")
    assert "Traceback" not in said.read_text("utf-8")
    page.reload()
    page.get_by_text("3. 삭제의 요구").wait_for()
    # What is untranslated may be previewed.
    save(root, 'msgstr "1. 삭제의 요구"', 'msgstr ""')
    page.get_by_text("3. Request for deletion").wait_for(timeout=20_000)
    page.close()
