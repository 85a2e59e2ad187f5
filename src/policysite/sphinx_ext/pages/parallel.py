"""The parallel text: a version in the source language beside this language, provision by provision."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.sphinx_ext.shared import generated_pages, page_context
from policysite.sphinx_ext.shared.comparisons import digest_of
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.version_texts import source_text_of, text_of
from policysite.text.provision_text import containers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.text.provision_text import Block, ProvisionText


@dataclass(frozen=True, repr=False)
class ParallelRow:
    """The words of one provision; ``source`` is None on the pages of the source language.

    ``depth`` counts the provisions around it; ``continued`` are the words that follow the provisions in it.
    """

    source: ProvisionText | None
    shown: ProvisionText
    depth: int
    continued: bool

    @property
    def pairs(self) -> list[tuple[Block | None, Block | None]]:
        """The blocks of both texts side by side."""
        source = self._blocks(self.source) if self.source else ()
        return list(zip_longest(source, self._blocks(self.shown)))

    def _blocks(self, provision: ProvisionText) -> tuple[Block, ...]:
        return provision.blocks_after if self.continued else provision.blocks


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    site = site_of(app.config)
    if len(site.settings.languages) < 2 or not site.settings.has("parallel"):
        return
    for policy in site.register.policies.values():
        for version in policy.versions:
            if not version.held:
                continue
            page = addresses.parallel_page(policy.name, version.number)
            title = app.env.titles[version.page].astext()
            if generated_pages.is_stale(app, page, title, digest_of(app, version)):
                yield page, _context(app, version, page, title), "parallel.html"


def _context(app: Sphinx, version: PolicyVersion, page: str, title: str) -> dict[str, Any]:
    site = site_of(app.config)
    languages = site.settings.languages
    return {
        "parallel_title": title,
        "parallel_facts": site.facts(version, page),
        "parallel_rows": list(_rows(app, version)),
        "parallel_languages": [
            (tag(code), name, addresses.in_language(page, code))
            for code, name in languages.items()
            if code != site.language
        ],
        "parallel_heads": [
            (tag(code), languages[code]) for code in (site.settings.source_language, site.language)
        ]
        if site.is_translated
        else [],
    }


def _rows(app: Sphinx, version: PolicyVersion) -> Iterator[ParallelRow]:
    """Yield the provisions in the order of the text; words after inner provisions follow those."""
    site = site_of(app.config)
    sources: dict[str, ProvisionText] = (
        {provision.id: provision for provision in source_text_of(app, version)}
        if site.is_translated
        else {}
    )
    open_rows: list[ParallelRow] = []
    texts = text_of(app, version)
    containers = containers_of(texts)
    for provision in texts:
        around = containers[provision.id]
        while open_rows and open_rows[-1].shown.id not in around:
            yield from _continued(open_rows.pop())
        row = ParallelRow(sources.get(provision.id), provision, len(around), continued=False)
        yield row
        open_rows.append(row)
    while open_rows:
        yield from _continued(open_rows.pop())


def _continued(row: ParallelRow) -> Iterator[ParallelRow]:
    if row.shown.after:
        yield ParallelRow(row.source, row.shown, row.depth, continued=True)


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    site = site_of(app.config)
    page = site.page(pagename)
    others = [code for code in site.settings.languages if code != site.language]
    context["parallel_href"] = ""
    beside = site.settings.source_language if site.is_translated else "".join(others[:1])
    context["parallel_with"] = (
        (tag(beside), site.settings.languages[beside])
        if site.is_translated or len(others) == 1
        else None
    )
    has_page = others and site.settings.has("parallel")
    if has_page and page and page.version and page.version.held:
        parallel = addresses.parallel_page(page.policy.name, page.version.number)
        # In the source language it has one column; where there is one other language, the page with two is available.
        context["parallel_href"] = (
            addresses.relative(pagename, parallel)
            if site.is_translated or len(others) > 1
            else addresses.to_language(pagename, parallel, others[0])
        )


def setup(app: Sphinx) -> None:
    """Add the pages, and the links to them."""
    app.connect("html-collect-pages", _pages)
    page_context.connect(app, _add_to_context)
