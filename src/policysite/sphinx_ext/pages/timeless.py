"""The timeless page of a policy: ``/<lang>/<policy>/`` always shows the text in force.

It is made of what was just rendered for the permanent page of that version; both are in the same folder, so
every relative link holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context, widgets
from policysite.sphinx_ext.shared.config import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

# What Sphinx computes from a document, as opposed to what it computes for an address.
_FROM_DOCUMENT = ("title", "meta", "body", "metatags", "toc", "display_toc", "page_source_suffix")


class TimelessPages:
    """Keeps the contexts of the pages in force until the end of the build."""

    def __init__(self) -> None:
        self._contexts: dict[str, dict[str, Any]] = {}

    def keep(self, app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
        """Keep the page of a version in force, and show its contents on the timeless page too."""
        page = site_of(app.config).page(pagename)
        if page is None or page.version is None:
            return
        if page.timeless:
            context["furo_hide_toc"] = not page.version.held
        elif page.version == page.policy.in_force(site_of(app.config).register.day):
            self._contexts[page.policy.name] = {name: context[name] for name in _FROM_DOCUMENT}

    def pages(self, app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield the timeless pages whose version was written in this build."""
        site = site_of(app.config)
        for policy in site.register.policies.values():
            name = addresses.timeless_page(policy.name)
            if policy.in_force(site.register.day) is None:
                yield name, self._nothing_in_force(app, policy.versions[-1].page), "page.html"
            elif context := self._contexts.pop(policy.name, None):
                yield name, context, "page.html"

    @staticmethod
    def _nothing_in_force(app: Sphinx, newest: str) -> dict[str, Any]:
        builder = cast("StandaloneHTMLBuilder", app.builder)
        title = builder.render_partial(app.env.titles[newest])["title"]
        widget = widgets.make("nothing-in-force", title=title)
        body = builder.templates.render(widget["template"], widget["context"])
        return {"title": title, "body": body, "meta": None, "metatags": "", "toc": ""}


def setup(app: Sphinx) -> None:
    """Add the pages; after the theme (500), which would hide their contents list."""
    timeless = TimelessPages()
    page_context.connect(app, timeless.keep, priority=600)
    app.connect("html-collect-pages", timeless.pages)
