"""What search engines and other sites show of a page: its description and its Open Graph properties.

The words are composed in ``policysite/head.html`` of what the site knows. Policy text is never shortened or
paraphrased for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import with_territory
from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.sphinx_ext.shared.site import Page


def kind(pagename: str, page: Page | None) -> str:
    """Return what the page is: its description depends on it."""
    if page is None:
        return {addresses.HOME: "home", "search": "search"}.get(pagename, "other")
    if page.version:
        return "version"
    return "nothing-in-force" if page.timeless else page.kind.value


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    site = site_of(app.config)
    page = site.page(pagename)
    shown = page and (page.version or site.register.current_or_latest(page.policy))
    context["page_kind"] = kind(pagename, page)
    context["policy_title"] = app.env.titles[shown.page].astext() if shown else ""
    context["og_locale"] = with_territory(site.language)
    context["og_other_locales"] = [
        with_territory(code) for code in site.completeness.published if code != site.language
    ]


def setup(app: Sphinx) -> None:
    """Give every page its description."""
    page_context.connect(app, _add_to_context)
