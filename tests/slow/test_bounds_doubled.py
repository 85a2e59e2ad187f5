"""Sizes that double, each of them; tests/test_bounds.py tries the first and the last."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from test_bounds import (
    CATALOGS,
    FIELDS,
    READ,
    TEXTS,
    assert_catalog_is_refused,
    assert_front_matter_is_refused,
    assert_glossary_is_refused,
    assert_is_read_in_time,
    assert_text_is_refused,
)

if TYPE_CHECKING:
    from pathlib import Path

DOUBLED = (1, 2, 4, 8)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    assert_text_is_refused(name, tmp_path, DOUBLED)


@pytest.mark.parametrize("name", READ)
def test_what_is_not_refused_is_read_in_time(name: str, tmp_path: Path) -> None:
    assert_is_read_in_time(name, tmp_path, DOUBLED)


@pytest.mark.parametrize("name", FIELDS)
def test_front_matter_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    assert_front_matter_is_refused(name, tmp_path, DOUBLED)


@pytest.mark.parametrize("name", CATALOGS)
def test_a_catalog_is_refused_for_what_is_too_large(name: str, tmp_path: Path) -> None:
    assert_catalog_is_refused(name, tmp_path, DOUBLED)


def test_a_glossary_is_refused_for_its_rows(tmp_path: Path) -> None:
    assert_glossary_is_refused(tmp_path, DOUBLED)


def test_the_worst_that_is_let_through_takes_seconds_and_little_memory() -> None:
    """In a process of its own; getrusage() would count what the process that started it had."""
    code = (
        "from pathlib import Path\n"
        "from policysite.verify.page_words import read_text_page\n"
        "page = b'<!doctype html><article><section id=top>' + b'<p>x' * 199_000\n"
        "print(len(read_text_page(page).provisions))\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])\n"
    )
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120
    )
    provisions, used = (int(line) for line in done.stdout.split())
    assert provisions == 1
    assert used < 500_000, f"{used} kB"
    assert time.monotonic() - began < 60
