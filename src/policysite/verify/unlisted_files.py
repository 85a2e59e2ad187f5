"""Files that could be served in the place of others: which address a file could answer for."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENCODED = (".br", ".gz", ".zst", ".zz", ".bz2", ".xz", ".lzma", ".z", ".deflate", ".gzip")
_PAGES = (
    ".html",
    ".htm",
    ".xhtml",
    ".shtml",
    ".xht",
    ".php",
    ".asp",
    ".aspx",
    ".jsp",
    ".cgi",
    ".md",
)
_OF_HOSTS = {".release.json", ".nojekyll", "cname"}
"""What publishing and hosts put at the root of a site, and readers are not shown."""
_ASSETS = {
    ".css", ".js", ".map", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico",
    ".woff", ".woff2", ".ttf", ".txt",
}  # fmt: skip


def address_key(path: str) -> str:
    """Return what is the same for files that a server could send for one address.

    Servers, file systems and archivers may ignore case, leave out the suffix of a page and the index of a folder, send
    compressed forms, and treat compatible letters as equal.
    """
    key = unicodedata.normalize("NFKC", path.casefold()).casefold()
    key = "/".join(step.rstrip(". ") for step in key.split("/"))
    while key.endswith(_ENCODED):
        key = key[: key.rindex(".")]
    for suffix in _PAGES:
        key = key.removesuffix(suffix)
    if key == "index" or key.endswith(("/index", "/default")):
        key = key.rpartition("/")[0]
    return key


def is_of_host(path: str) -> bool:
    """Whether hosts want a file there that says nothing to readers."""
    return path.casefold() in _OF_HOSTS or path.startswith(".well-known/")


def is_lent(path: str) -> bool:
    """Whether *path* can be that of an asset which an earlier release lends: one that pages load, and none that is read."""
    name = path.removesuffix(".br").removesuffix(".gz")
    is_hidden = any(step.startswith(".") for step in path.split("/"))
    return addresses.is_asset(path) and not is_hidden and PurePosixPath(name).suffix in _ASSETS


def doubles(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of files that could be served for the same address, the one that looks like that of a site first.

    Compressed forms do not count: they are compared with their files.
    """
    found: list[tuple[str, str]] = []
    first: dict[str, str] = {}
    plain = [name for name in names if not name.endswith((".br", ".gz"))]
    for name in sorted(plain, key=lambda name: (_oddness(name), name)):
        key = address_key(name)
        if key in first:
            found.append((first[key], name))
        else:
            first[key] = name
    return found


def _oddness(name: str) -> int:
    """Return how little *name* looks like that of a file which this software makes."""
    return (
        (not name.endswith((".html", ".json")))
        + 2 * (name != name.casefold())
        + 2 * (not name.isascii())
    )
