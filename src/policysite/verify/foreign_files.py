"""What pages load: scripts and style sheets must be files of the site whose names have the digest of what is in them."""

from __future__ import annotations

import itertools
import posixpath
import re
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.verify.page_shape import foreign_markup
from policysite.verify.site_pages import wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.base.problems import Problem
    from policysite.verify.site_pages import Page
    from policysite.verify.site_source import SiteSource

_MOST = 5
_WITHOUT_DIGEST = {"translations.js"}
"""Loaded by the page on the state of a translation alone, which is for translators."""


_LOADED_SCRIPT = re.compile(rb'"([a-z-]+\.[0-9a-f]{8}\.js)"')
"""The name of a script as another one has it, to load it when it is wanted."""


class LoadedFiles:
    """The scripts and style sheets that the pages of *site* load."""

    def __init__(self, site: SiteSource) -> None:
        self._site = site
        self.paths: dict[str, bool] = {}

    def problems(self, page: Page) -> Iterator[Problem]:
        """Yield what *page* loads from elsewhere, or from a file that is not what its name says; and what could draw over it."""
        found = dict.fromkeys(foreign_markup(page.document, has_text=False))
        for oddity in itertools.islice(found, _MOST):
            yield wrong(page.path, f"The page has {oddity[:200]}: it could show other words")
        for element in page.document.iter("script", "link"):
            address = element.get("src") if element.tag == "script" else element.get("href")
            is_loaded = (
                element.tag == "script" or "stylesheet" in element.get("rel", "").lower().split()
            )
            if is_loaded and address and not self._is_ours(page.path, address):
                what = f"The page loads {address[:100]!r}, which is no file of the site whose name has its digest"
                yield wrong(page.path, what)

    def _is_ours(self, page: str, address: str) -> bool:
        if page == addresses.NOT_FOUND_PAGE:
            # It is shown at any depth, so it begins with the path of the site on its host.
            steps = address.split("/")
            return any(self._is_ours("", "/".join(steps[depth:])) for depth in range(1, len(steps)))
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
        if posixpath.basename(path) in _WITHOUT_DIGEST and not _is_state_page(page):
            return False
        if set(":?#\\%") & set(address) or address.startswith("/") or path.startswith(".."):
            return False
        if path not in self.paths:
            self.paths[path] = self._has_its_digest(path)
        return self.paths[path]

    def _has_its_digest(self, path: str) -> bool:
        content = self._site.read(path)
        name = posixpath.basename(path)
        if content is None:
            return False
        stem, _, rest = name.partition(".")
        suffix = rest.rpartition(".")[2]
        is_named = name == addresses.with_digest(f"{stem}.{suffix}", content)
        return name in _WITHOUT_DIGEST or (is_named and self._loads_ours(path, content))

    def _loads_ours(self, path: str, content: bytes) -> bool:
        """Whether the scripts that the script *path* loads have their digests too; they load no others."""
        folder = posixpath.dirname(path)
        names = {found.decode() for found in _LOADED_SCRIPT.findall(content)}
        return all(self._has_its_digest(posixpath.join(folder, name)) for name in names)


def _is_state_page(page: str) -> bool:
    """Whether *page* is that on the state of a translation."""
    return posixpath.basename(page) == f"{addresses.TRANSLATIONS_PAGE}{addresses.SUFFIX}"
