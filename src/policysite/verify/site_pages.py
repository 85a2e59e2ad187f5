"""The pages of a site as parsed documents, each read once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.verify.compressed_forms import REMEDY
from policysite.verify.page_words import parse_page

if TYPE_CHECKING:
    import lxml.html

    from policysite.verify.site_source import SiteSource

_KEPT = 32


def wrong(path: str, what: str) -> Problem:
    """Return that the file *path* does not say what was recorded."""
    return Problem(path, 0, Code.FROZEN_TEXT, f"{what}.", REMEDY)


@dataclass(frozen=True)
class Page:
    """A page that could be read; ``language`` is the tag of its folder."""

    path: str
    language: str
    document: lxml.html.HtmlElement


class SitePages:
    """The pages of *site*."""

    def __init__(self, site: SiteSource) -> None:
        self._site = site
        self._document = functools.lru_cache(_KEPT)(self._parsed)

    def get(self, path: str, language: str) -> Page | Problem | None:
        """Return the page at *path*; what is wrong with it; or None if there is none."""
        found = self._document(path)
        return found if found is None or isinstance(found, Problem) else Page(path, language, found)

    def asked_for(self, path: str, language: str) -> Page | Problem:
        """Return the page at *path*, or what is wrong with it."""
        return self.get(path, language) or wrong(path, "The file is missing")

    def _parsed(self, path: str) -> lxml.html.HtmlElement | Problem | None:
        content = self._site.read(path)
        if content is None:
            return None
        try:
            return parse_page(content)
        except ValueError as error:
            return wrong(path, f"The page cannot be read: {str(error)[:100]}")
