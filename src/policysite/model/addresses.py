"""Addresses: a public contract, kept pure.

A page's name is its path below the language folder, without the suffix: ``privacy/1.6`` in English is
``/en/privacy/1.6.html``. Links inside the site are relative and name the file, so that a built site
works from ``file://``, from any sub-path and from a zip.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policysite.base import digests
from policysite.languages.language_data import tag

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

SUFFIX = ".html"
TEXT_SUFFIX = ".json"
HOME = "index"
SEARCH_PAGE = "search"
TRANSLATIONS_PAGE = "translations"
NOT_FOUND_PAGE = "404.html"
FEED = "feed.atom"
MANIFEST = "manifest.json"
"""Lists every file of a release; only releases have it."""
LEDGER_FOLDER = "ledger/"
X_DEFAULT = "x-default"


def version_page(policy: str, number: str) -> str:
    """Return the page of one policy version: permanent."""
    return f"{policy}/{number}"


def timeless_page(policy: str) -> str:
    """Return the page that always shows the text in force."""
    return f"{policy}/index"


def history_page(policy: str) -> str:
    """Return the page that lists all versions of *policy*."""
    return f"{policy}/history"


def comparison_page(policy: str, old: str, new: str) -> str:
    """Return the page that compares two versions of *policy*, the earlier one first."""
    return f"{policy}/compare/{old}/{new}"


def comparisons_page(policy: str) -> str:
    """Return the page on which a reader chooses two versions to compare."""
    return f"{policy}/compare/index"


def requirements_page(policy: str) -> str:
    """Return the page that says where *policy* says what a law asks, if it has one."""
    return f"{policy}/requirements"


def parallel_page(policy: str, number: str) -> str:
    """Return the page that shows a policy version in the source language beside another."""
    return f"{policy}/parallel/{number}"


def date_page(policy: str, day: dt.date) -> str:
    """Return the page that leads to the version in force on *day*."""
    return f"{policy}/on/{day.isoformat()}"


def ledger_file(policy: str) -> str:
    """Return the file of the site, below its root, that has the ledger of *policy*."""
    return f"{LEDGER_FOLDER}{policy}.json"


def policy_of_ledger(path: str) -> str:
    """Return the policy whose ledger the file *path* of the site is; empty if it is no ledger."""
    policy = path.removeprefix(LEDGER_FOLDER).removesuffix(".json")
    return policy if path == ledger_file(policy) and not set("./") & set(policy) else ""


def signature_file(policy: str) -> str:
    """Return the file of the site that has the signature of that ledger, if it is signed."""
    return f"{ledger_file(policy)}.sig"


def time_stamp_file(policy: str, name: str) -> str:
    """Return the file of the site that has a time stamp of that ledger; *name* is what follows that of the ledger."""
    return f"{ledger_file(policy)}.{name}"


def time_stamp_list(policy: str) -> str:
    """Return the file of the site that names the time stamps of that ledger, if there are any."""
    return f"{LEDGER_FOLDER}{policy}.timestamps.json"


def relative(from_page: str, to_page: str, fragment: str = "") -> str:
    """Return the link from one page to another of the same language."""
    path = _relative(from_page.rpartition("/")[0], to_page)
    return f"{path}#{fragment}" if fragment else path


@lru_cache(maxsize=20_000)
def _relative(folder: str, page: str) -> str:
    here, there = folder.split("/") if folder else [], page.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:]) + SUFFIX


def in_language(page: str, language: str, fragment: str = "") -> str:
    """Return the link from *page* to the same page in *language*."""
    return to_language(page, page, language) + (f"#{fragment}" if fragment else "")


def to_language(from_page: str, to_page: str, language: str) -> str:
    """Return the link from one page to another, in *language*."""
    up = "../" * (from_page.count("/") + 1)
    return f"{up}{language}/{to_page}{SUFFIX}"


def root(base_url: str) -> str:
    """Return the full address of the page on which a reader chooses a language."""
    return f"{base_url.rstrip('/')}/"


def absolute(base_url: str, language: str, page: str) -> str:
    """Return the full address of a page; a folder's own page is addressed by the folder."""
    path = f"{page}{SUFFIX}" if posixpath.basename(page) != "index" else page.removesuffix("index")
    return f"{root(base_url)}{language}/{path}"


def alternates(base_url: str, languages: Sequence[str], page: str) -> list[tuple[str, str]]:
    """Return the full addresses of *page* by language code, for ``hreflang``; the first is the default.

    Each page names the same ones, itself included, or search engines believe none of them. For a reader of
    any other language ``x-default`` is the choice of language on the home page, and else the same page in
    the first of *languages*, as that choice says nothing of what was looked for.
    """
    if not languages:
        return []
    pairs = [(tag(code), absolute(base_url, code, page)) for code in languages]
    return [*pairs, (X_DEFAULT, root(base_url) if page == HOME else pairs[0][1])]


def site_path(base_url: str) -> str:
    """Return the path of the site's root on its host, ending with a slash: ``/`` while it has no address.

    Only the page for missing pages needs it: a server answers with it at any depth.
    """
    return f"{urlsplit(base_url).path.rstrip('/')}/"


def data_file(page: str) -> str:
    """Return the file that has the page of a policy version as data."""
    return f"{page}{TEXT_SUFFIX}"


def edition_file(page: str, kind: str) -> str:
    """Return the file that has the policy version of a page as a file of a *kind*: permanent, like the page."""
    return f"{page}.{kind}"


def current_file(policy: str) -> str:
    """Return the file that says what applies and what changed since earlier versions, for programs; below the folder of a language."""
    return f"{policy}/current{TEXT_SUFFIX}"


def text_script(page: str) -> str:
    """Return the script that has the same for pages that may be opened from a folder."""
    return f"{page}.text.js"


def is_asset(path: str) -> bool:
    """Whether the file *path* of a site is there to be loaded by pages: Sphinx keeps those in ``_static`` and the like."""
    return any(part.startswith("_") for part in path.split("/"))


def with_digest(name: str, content: bytes) -> str:
    """Return the name under which a file that pages load is kept for ever: ``policysite.c2fab4c1.css``.

    It changes with the content, so that a page which is still open when another site is put in place finds what it was
    made for.
    """
    stem, suffix = posixpath.splitext(name)
    return f"{stem}.{digests.of_bytes(content)[:8]}{suffix}"
