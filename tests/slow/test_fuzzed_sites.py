"""Sites, ledgers, manifests and zip files that are damaged at random: verified, they end in no traceback and in no hang.

Nothing is read outside of them, and nothing written. A site that is not as it was published is never said to be.
"""

from __future__ import annotations

import os
import random
import shutil
import time
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from altered_sites import _replace
from test_altered_sites import checked

from policysite.base.problems import PolicysiteError
from policysite.verify.report import Attest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


SITES = 400
ARCHIVES = 1500
LONGEST = 20.0
"""Seconds of processor time for one check."""
PRIVATE = "The key of the safe is 5-17-23."
PIECES = [
    b"<", b">", b"</p>", b"<template>", b"<!--", b"-->", b"<svg>", b"&#x202e;", b"&shy;", b"\0", b"\xff", b"\xed\xa0\x80", b'"', b"'",
    b"=", b"<p hidden>", b"<script>", b"<style>*{}</style>", b"<base href=//a>", b"{", b"}", b"[" * 2000, b"9" * 5000, b"null",
    b"-1", b"1e999", b'"a":1,', b"\\ud800", b"..", b"/etc/passwd", b"%00", b"<section id=art-1>", b"<details>", b"<table>",
    b"<td colspan=2147483647>", b"<div>" * 400, b"\xe2\x80\x8b", "가".encode(), b"</article>", b"<article>", b"</main>",
]  # fmt: skip
TARGETS = [
    "en/privacy/1.6.html", "ko/privacy/1.6.html", "en/privacy/index.html", "en/privacy/1.6.json", "en/privacy/1.6.text.js",
    "versions.json", "ledger/privacy.json", "manifest.json", "en/feed.atom", "en/privacy/history.html", "en/index.html",
    "index.html", "en/privacy/on/2024-12-27.html", "en/privacy/1.5.html", "en/privacy/1.6.html.br", "en/privacy/1.6.html.gz",
]  # fmt: skip
TRIED: Counter[str] = Counter()


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return *content* with some bytes lost, doubled or replaced."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([0, 0, 1, 8, 200, 5000]))
        piece = chance.choice([*PIECES, chance.randbytes(3), content[start:end] * 2])
        content = content[:start] + piece + content[end:]
    return content


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a private file, in which everything is run; nothing in it may change but ``site``."""
    folder = tmp_path_factory.mktemp("around")
    (folder / "private.txt").write_text(PRIVATE, "utf-8")
    here = os.getcwd()  # noqa: PTH109
    os.chdir(folder)
    yield folder
    os.chdir(here)


def verified(where: Path, kind: str, attest: Attest) -> bool:
    """Check the site at *where*; return whether it is said to be genuine."""
    before = sorted(path.name for path in where.parent.iterdir())
    began = time.process_time()
    try:
        said, is_genuine = str(report := checked(where, attest)), not report.problems
    except PolicysiteError as error:
        said, is_genuine = str(error), False
    assert time.process_time() - began < LONGEST
    assert PRIVATE not in said
    assert sorted(path.name for path in where.parent.iterdir()) == before
    TRIED[kind] += 1
    TRIED[f"{kind}, refused"] += not is_genuine
    return is_genuine


def test_sites(released: Path, outside: Path) -> None:
    chance = random.Random(20261123)
    site = outside / "site"
    shutil.copytree(released, site, copy_function=os.link)
    for _ in range(SITES):
        names = chance.sample(TARGETS, chance.choice([1, 1, 1, 2]))
        changed = False
        for name in names:
            content = (released / name).read_bytes()
            other = damaged(content, chance)
            changed |= other != content
            _replace(site / name, other)
        attest = chance.choice([Attest.AUTO, Attest.AUTO, Attest.WORDS])
        is_genuine = verified(site, "sites", attest)
        assert not (is_genuine and changed and attest is Attest.AUTO), names
        for name in names:
            (site / name).unlink()
            os.link(released / name, site / name)
    assert verified(site, "genuine sites", Attest.AUTO)


def test_links_out_of_a_site(released: Path, outside: Path, tmp_path: Path) -> None:
    """What a link leads to is not read, be it a file, a device or a folder."""
    for name in TARGETS:
        for target in ("private.txt", "/proc/self/environ", "/dev/zero", "nowhere", ".", "/"):
            site = tmp_path / "site"
            shutil.copytree(released, site, copy_function=os.link)
            (site / name).unlink()
            (site / name).symlink_to(outside / target)
            assert not verified(site, "links", Attest.BYTES)
            shutil.rmtree(site)


def test_archives(released: Path, outside: Path) -> None:
    chance = random.Random(20261124)
    archive = outside / "site.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name in TARGETS:
            file.write(released / name, name)
    whole = archive.read_bytes()
    start = whole.rindex(b"PK\1\2", 0, len(whole) - 1000)
    for _ in range(ARCHIVES):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            first = chance.choice([0, start - 2000, start])
            place = chance.randrange(max(0, first), len(content))
            content[place : place + chance.choice([1, 1, 2, 4])] = chance.choice(
                [b"\0", b"\xff", b"\xff\xff", b"\xff" * 4, b"PK", b"../", chance.randbytes(2)]
            )
        archive.write_bytes(content)
        verified(archive, "archives", Attest.WORDS)
    archive.write_bytes(whole)


def test_how_many_were_tried(capsys: pytest.CaptureFixture[str]) -> None:
    assert TRIED["sites"] >= SITES
    assert TRIED["archives"] >= ARCHIVES
    with capsys.disabled():
        print(f"\ntried: {dict(sorted(TRIED.items()))}")  # noqa: T201
