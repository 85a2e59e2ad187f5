"""Frozen texts: the build stops where one is not what the ledger says, and pages show the fingerprint and corrections."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from policysite.base.problems import PolicysiteError, Problem
from policysite.languages.language_data import tag
from policysite.ledger.agreement import register_problems, text_problems
from policysite.ledger.ledger_files import ledger_path
from policysite.markdown.message_markup import visible_text
from policysite.model.provision_ids import ancestors, is_provision_id
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.build_abort import abort_build
from policysite.sphinx_ext.shared.comparisons import digest_of
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.publication import publication
from policysite.sphinx_ext.shared.text_builder import PolicyTextBuilder
from policysite.sphinx_ext.shared.version_texts import source_text_of, text_of
from policysite.text.messages import PlaceClass
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.ledger.chain import Ledger
    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.site import Site


def check(app: Sphinx, _env: BuildEnvironment) -> None:
    """Stop the build with every provision of a frozen text that is not what was published."""
    # These write no text that anybody reads; the first is how a correction is recorded.
    if isinstance(app.builder, PolicyTextBuilder) or app.builder.name == "gettext":
        return
    if problems := [*_problems(app)]:
        abort_build(app, PolicysiteError(problems))


def _problems(app: Sphinx) -> Iterator[Problem]:
    site = site_of(app.config)
    for name, policy in site.register.policies.items():
        ledger = site.ledgers[name]
        path = ledger_path(site.root, site.docs, name)
        languages = [tag(code) for code in site.settings.languages]
        yield from register_problems(policy, languages, ledger, path)
        for number in sorted(ledger.versions):
            version = policy.get(number)
            if version and version.held:
                yield from _text_problems(app, site, version, ledger)


def _text_problems(
    app: Sphinx, site: Site, version: PolicyVersion, ledger: Ledger
) -> tuple[Problem, ...]:
    """Return what differs in one text."""

    def find() -> tuple[Problem, ...]:
        text = [provision.data() for provision in text_of(app, version)]
        place = _places(app, version)
        return tuple(text_problems(version, tag(site.language), ledger, text, place))

    key = (digest_of(app, version), ledger.head)
    return policy_domain(app.env).cached("frozen", version.page, key, find)


def _places(app: Sphinx, version: PolicyVersion) -> Callable[[str], tuple[str, int]]:
    """Return what tells where the words of a provision are: in the text, or in its catalog.

    Neither is read before it is needed.
    """
    site, docname = site_of(app.config), version.page

    @cache
    def lines() -> dict[str, int]:
        return {p.id: p.line for p in policy_domain(app.env).provisions(docname)}

    @cache
    def messages() -> dict[tuple[str, str], int]:
        catalog = site.translations.catalog(docname)
        live = catalog.live if catalog else ()
        return {(e.msgctxt or "", visible_text(e.msgid)): e.linenum or 0 for e in live}

    def place(provision_id: str) -> tuple[str, int]:
        if not site.is_translated:
            return site.relative_path(docname), lines().get(provision_id, 0)
        path = site.translations.path(docname)
        provision = next((p for p in source_text_of(app, version) if p.id == provision_id), None)
        if provision is None:
            return path, 0
        blocks = [*provision.blocks, *provision.blocks_after]
        lines_of = (line for block in blocks for cell in block.cells for line in cell.split(LINE))
        words = [provision.heading, *lines_of]
        around = ancestors(provision_id) if is_provision_id(provision_id) else ()
        contexts = (provision_id, *around, "", *PlaceClass)
        keys = [(context, word) for word in words for context in contexts]
        return path, next((messages()[key] for key in keys if key in messages()), 0)

    return place


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    page = site_of(app.config).page(pagename)
    version = page.version if page else None
    context["publication"] = publication(app, version, pagename) if version else None


def setup(app: Sphinx) -> None:
    """Check the texts when all documents are read, before anything is written."""
    # Before the other problems (900) stop the build: these are named with the provision.
    app.connect("env-updated", check, priority=850)
    page_context.connect(app, _add_to_context)
