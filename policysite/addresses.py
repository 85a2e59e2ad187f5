"""Addresses: a public contract, kept pure.

A page's name is its path below the language folder, without the suffix: ``privacy/1.6`` in English is
``/en/privacy/1.6.html``. Links inside the site are relative and name the file, so that a built site
works from ``file://``, from any sub-path and from a zip.
"""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit

SUFFIX = ".html"
HOME = "index"
NOT_FOUND_PAGE = "404.html"


def version_page(policy: str, number: str) -> str:
    """Return the page of one policy version: permanent."""
    return f"{policy}/{number}"


def timeless_page(policy: str) -> str:
    """Return the page that always shows the text in force."""
    return f"{policy}/index"


def history_page(policy: str) -> str:
    """Return the page that lists all versions of *policy*."""
    return f"{policy}/history"


def relative(from_page: str, to_page: str, fragment: str = "") -> str:
    """Return the link from one page to another of the same language."""
    path = posixpath.relpath(to_page + SUFFIX, posixpath.dirname(from_page) or ".")
    return f"{path}#{fragment}" if fragment else path


def in_language(page: str, language: str, fragment: str = "") -> str:
    """Return the link from *page* to the same page in *language*."""
    up = "../" * (page.count("/") + 1)
    return f"{up}{language}/{page}{SUFFIX}" + (f"#{fragment}" if fragment else "")


def absolute(base_url: str, language: str, page: str) -> str:
    """Return the full address of a page; a folder's own page is addressed by the folder."""
    path = f"{page}{SUFFIX}" if posixpath.basename(page) != "index" else page.removesuffix("index")
    return f"{base_url.rstrip('/')}/{language}/{path}"


def site_path(base_url: str) -> str:
    """Return the path of the site's root on its host, ending with a slash: ``/`` while it has no address.

    Only the page for missing pages needs it: a server answers with it at any depth.
    """
    return f"{urlsplit(base_url).path.rstrip('/')}/"


def data_file(page: str) -> str:
    """Return the file that has the page of a policy version as data."""
    return f"{page}.json"


def search_file(page: str) -> str:
    """Return the file that has the text of a policy version for the search page."""
    return f"{page}.search.js"
