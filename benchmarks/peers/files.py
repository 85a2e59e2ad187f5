"""What a build left behind: which files it wrote, which of them are other than before, and what a page weighs."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import brotli

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HERE = "http://site.invalid/"


@dataclass(frozen=True)
class State:
    """A file as it was found: a digest of its content, and when it was written."""

    digest: bytes
    written: int


@dataclass(frozen=True)
class Difference:
    """How many files were written, how many have another content than before, and how many are gone.

    ``pages_written`` and ``pages_changed`` count the HTML files of those ``written`` and ``changed``.
    """

    written: int
    changed: int
    removed: int
    pages_written: int
    pages_changed: int


@dataclass(frozen=True)
class Weight:
    """Bytes of a page as a file, packed with gzip and with brotli, and of what it loads at once from its own site.

    ``foreign`` is the number of files that it loads from other hosts. What style sheets and scripts load in their turn
    does not count.
    """

    html: int
    gzip: int
    brotli: int
    loads: int
    loads_brotli: int
    foreign: int


def snapshot(site: Path) -> dict[str, State]:
    """Return the files below *site* by their paths; nothing when it is not there."""
    return {
        path.relative_to(site).as_posix(): State(
            hashlib.blake2b(path.read_bytes()).digest(), path.stat().st_mtime_ns
        )
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def difference(before: Mapping[str, State], after: Mapping[str, State]) -> Difference:
    """Return what was done between the two snapshots."""
    written = [path for path, state in after.items() if before.get(path) != state]
    changed = [
        path for path in written if path not in before or before[path].digest != after[path].digest
    ]
    return Difference(
        written=len(written),
        changed=len(changed),
        removed=len(set(before) - set(after)),
        pages_written=len(_html(written)),
        pages_changed=len(_html(changed)),
    )


def _html(paths: list[str]) -> list[str]:
    return [path for path in paths if path.endswith(".html")]


def weigh(site: Path, page: str) -> Weight:
    """Return the weight of *page*, a path in *site*."""
    content = (site / page).read_bytes()
    address = urljoin(HERE, page)
    loaded = {urljoin(address, link) for link in _loaded(content.decode("utf-8"))}
    own = {urlsplit(link).path for link in loaded if link.startswith(HERE)}
    files = [path for name in sorted(own) if (path := site / name.lstrip("/")).is_file()]
    foreign = [link for link in loaded if urlsplit(link).scheme in {"http", "https"}]
    return Weight(
        html=len(content),
        gzip=len(gzip.compress(content, 9)),
        brotli=len(brotli.compress(content, quality=11)),
        loads=len(files),
        loads_brotli=sum(len(brotli.compress(path.read_bytes(), quality=11)) for path in files),
        foreign=sum(1 for link in foreign if not link.startswith(HERE)),
    )


def _loaded(text: str) -> Iterator[str]:
    parser = _Links()
    parser.feed(text)
    yield from parser.found


class _Links(HTMLParser):
    """Collects what a page loads of itself: style sheets, scripts, images, icons."""

    RELATIONS = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and self.RELATIONS & set(values.get("rel", "").split()):
            self.found.append(values.get("href", ""))
        # What is not in the window is loaded when it comes into it.
        elif tag in {"script", "img"} and values.get("loading") != "lazy" and values.get("src"):
            self.found.append(values["src"])
