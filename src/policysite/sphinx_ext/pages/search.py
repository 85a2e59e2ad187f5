"""The search page: which texts it may load, the version in force first.

Sphinx's own search is left out. It matches words between spaces, while Korean writes particles onto words, and it finds
pages, while a reader looks for a provision.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policysite.languages.search_forms import search_forms
from policysite.model import addresses
from policysite.model.addresses import SEARCH_PAGE
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.site import VersionFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion


@dataclass(frozen=True)
class SearchedVersion(VersionFacts):
    """A version with the address of its text as a script, relative to the search page."""

    policy: str
    title: str
    page: str
    script: str


@dataclass
class Searched:
    """What can be searched. ``other`` are the versions that are not in force, the newest first.

    ``records`` says whether there are versions whose text is not held.
    """

    in_force: list[SearchedVersion] = field(default_factory=list)
    other: list[SearchedVersion] = field(default_factory=list)
    records: bool = False


def _leave_out_index(app: Sphinx) -> None:
    if builder := site_builder(app):
        builder.search = False


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the search page."""
    if site_builder(app):
        yield SEARCH_PAGE, {"title": "", "body": "", "toc": ""}, "search.html"


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    if pagename != SEARCH_PAGE:
        return
    site, searched = site_of(app.config), Searched()

    def entry(version: PolicyVersion) -> SearchedVersion:
        return SearchedVersion(
            **vars(site.facts(version, SEARCH_PAGE)),
            policy=version.policy,
            title=app.env.titles[version.page].astext(),
            page=version.page + addresses.SUFFIX,
            script=addresses.text_script(version.page),
        )

    for policy in site.register.policies.values():
        in_force = policy.in_force(site.register.day)
        for version in reversed(policy.versions):
            if not version.held:
                searched.records = True
            elif version == in_force:
                searched.in_force.append(entry(version))
            else:
                searched.other.append(entry(version))
    context["searched"] = searched
    # It may be inside a script element.
    forms = json.dumps(search_forms(site.language), ensure_ascii=False, separators=(",", ":"))
    context["search_forms"] = forms.replace("<", "\\u003c")
    context["furo_hide_toc"] = True


def setup(app: Sphinx) -> None:
    """Add the page in place of Sphinx's own; after the theme (500), which looks for its contents."""
    app.connect("builder-inited", _leave_out_index)
    app.connect("html-collect-pages", _pages)
    page_context.connect(app, _add_to_context, priority=600)
