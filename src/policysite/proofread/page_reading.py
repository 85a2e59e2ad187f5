"""What proofreading needs to know of a page, read from its HTML.

A page that has not changed since the build before is not read again: what was found is kept beside the pages of its
language, with the size and the time of its file.
"""

from __future__ import annotations

import json
import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from policysite.files.folders import names_below
from policysite.files.pickle_cache import load, save
from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# Attributes that a reader sees or hears.
_SPOKEN = {
    "aria-label",
    "title",
    "alt",
    "placeholder",
    "data-nearest",
    "data-missing",
    "data-printed",
    "data-copied",
    "data-failed",
    "data-none",
    "data-found",
    "data-more",
    "data-applied",
    "data-read",
    "data-changed",
    "data-same",
    "data-nothing",
    "data-unheld",
    # Of a description.
    "content",
}
_LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "embed": "src"}
_LOADING_LINKS = {"stylesheet", "icon", "shortcut", "preload", "prefetch", "modulepreload"}
_METADATA_RELATIONS = {"alternate", "canonical"}
_JSON_LD = "application/ld+json"
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_SHOWN = {"script", "style"}
# Most elements have none of these.
_TELLING = _SPOKEN | {"id", "href", "src", "rel", "lang", "translate"}

PAGES = "pages"
"""The file, beside the pages of a language, with what was read of them."""
_Stamp = tuple[int, int]


class ReadPage(NamedTuple):
    """What proofreading needs of one page.

    ``links`` are those to go to, ``loads`` what it loads, ``metadata_links`` the addresses in machine-readable data, ``words``
    what a reader sees or hears in the language of the page.
    """

    ids: tuple[str, ...]
    links: frozenset[str]
    loads: frozenset[str]
    metadata_links: frozenset[str]
    words: frozenset[str]


_Stamped = tuple[_Stamp, ReadPage]


def make_page(ids: Iterable[str], *sets: Iterable[str]) -> ReadPage:
    """Return what was read of a page; pages have most of it in common, and every string is kept once."""
    intern = sys.intern
    return ReadPage(tuple(map(intern, ids)), *(frozenset(map(intern, each)) for each in sets))


def read_pages(folder: Path, kept: Path) -> dict[str, ReadPage]:
    """Return the pages in *folder* by their names below it; *kept* is the file with what was read before."""
    before: dict[str, _Stamped] = load(kept, dict)
    found = {
        name: _read(folder / name, before.get(name))
        for name in names_below(folder)
        if name.endswith(addresses.SUFFIX)
    }
    if found != before:
        save(kept, found)
    return {name: page for name, (_, page) in found.items()}


def _read(file: Path, before: _Stamped | None) -> _Stamped:
    stamp = _stamp(file)
    if before is not None and before[0] == stamp:
        return before
    return stamp, read_page(file.read_bytes())


def keep_pages(folder: Path, kept: Path, pages: Mapping[str, ReadPage]) -> None:
    """Write into the file *kept* what was read of the *pages* in *folder*, on whichever machine that was."""
    save(kept, {name: (_stamp(folder / name), page) for name, page in pages.items()})


def _stamp(file: Path) -> _Stamp:
    """Return the size and the time of a page's *file*: as long as they stay, so does what was read."""
    stat = file.stat()
    return stat.st_size, stat.st_mtime_ns


def read_page(content: bytes) -> ReadPage:
    """Read the *content* of one page."""
    # Any: lxml's stubs ask for all that a target may have.
    reading: Any = _Reading()
    parser = etree.HTMLParser(target=reading, encoding="utf-8")
    parser.feed(content)
    page: ReadPage = parser.close()
    return page


class _Reading:
    """What was found so far on a page, which the parser hands over piece by piece: no tree is built."""

    def __init__(self) -> None:
        self._language = ""
        self._ids: list[str] = []
        self._links: set[str] = set()
        self._loads: set[str] = set()
        self._metadata_links: set[str] = set()
        self._words: set[str] = set()
        # As they stand between two tags; many are the same, and most are white space.
        self._runs: set[str] = set()
        # Whether the words of the elements that are open must be in the language of the page.
        self._own = [True]
        self._run = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""
        if self._run:
            self._end_run()
        own = self._own[-1]
        # Here, as it is asked for each of a thousand elements of a page: most say nothing.
        if attributes and not _TELLING.isdisjoint(attributes):
            own = self._take(tag, attributes, own=own)
        if tag in _NOT_SHOWN:
            own = attributes.get("type") == _JSON_LD
        self._own.append(own)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "script" and self._own[-1]:
            self._metadata_links.update(_addresses_of(json.loads(self._run or "null")))
            self._run = ""
        elif self._run:
            self._end_run()
        self._own.pop()

    def data(self, text: str) -> None:
        """Take words."""
        if self._own[-1]:
            self._run += text

    def comment(self, _text: str) -> None:
        """Take a comment, which is not shown; it ends a run of words."""
        self._end_run()

    def close(self) -> ReadPage:
        """Return what was found."""
        self._words.update(map(_folded, self._runs))
        self._words.discard("")
        return make_page(self._ids, self._links, self._loads, self._metadata_links, self._words)

    def _end_run(self) -> None:
        self._runs.add(self._run)
        self._run = ""

    def _take(self, tag: str, attributes: Mapping[str, str], *, own: bool) -> bool:
        """Note what attributes say; return whether the words of the element must be in the language of the page."""
        if tag == "html":
            self._language = attributes.get("lang", "")
        if "id" in attributes:
            self._ids.append(attributes["id"])
        if tag in {"a", "area"}:
            if "href" in attributes:
                self._links.add(attributes["href"])
        elif tag == "link":
            self._kind(attributes).add(attributes.get("href", ""))
        elif tag in _LOADED and _LOADED[tag] in attributes:
            self._loads.add(attributes[_LOADED[tag]])
        language = attributes.get("lang", self._language)
        if attributes.get("translate") == "no" or language != self._language:
            return False
        if own and not _SPOKEN.isdisjoint(attributes):
            self._words.update(_spoken(tag, attributes))
        return own

    def _kind(self, attributes: Mapping[str, str]) -> set[str]:
        """Return where the address of a ``link`` element belongs."""
        if _LOADING_LINKS & set(attributes.get("rel", "").split()):
            return self._loads
        return self._metadata_links if attributes.get("rel") in _METADATA_RELATIONS else self._links


def _spoken(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the words that a reader meets in attributes."""
    for name in attributes.keys() & _SPOKEN:
        if name != "content" or (tag == "meta" and attributes.get("name") == "description"):
            yield _folded(attributes[name])


@lru_cache(maxsize=100_000)
def _folded(text: str | None) -> str:
    """Return *text* with its white space folded; nothing if there is no word in it."""
    return " ".join(text.split()) if text and _WORD.search(text) else ""


def _addresses_of(value: object) -> Iterator[str]:
    """Yield the addresses of pages in a block of JSON-LD."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in {"@id", "url"}:
                yield str(inner)
            else:
                yield from _addresses_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _addresses_of(inner)
