"""The pages that compare two versions, and the one on which a reader chooses any two.

Each version is compared with the one before it and with the one in force; any other pair is compared in the browser,
from the files that hold the texts, with the same result and the same markup.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from policysite.languages.language_data import direction, particles, rules, tag
from policysite.locale.interface_words import plural_examples
from policysite.model import addresses
from policysite.redline.word_tokens import SPACE
from policysite.sphinx_ext.shared import generated_pages, page_context
from policysite.sphinx_ext.shared.comparisons import comparison_links, digest_of, two_texts
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sphinx.application import Sphinx

    from policysite.model.register import Policy, PolicyVersion
    from policysite.redline import ArticleChange, TwoTexts
    from policysite.sphinx_ext.shared.noted import ChangeNote
    from policysite.sphinx_ext.shared.site import Site, VersionFacts
    from policysite.text.provision_text import ProvisionText


class Beside(NamedTuple):
    """The comparison before or after another one: a link to its page, and the numbers of its versions."""

    href: str
    old: str
    new: str


@dataclass(frozen=True, repr=False)
class Compared:
    """What a page of comparison shows.

    ``earlier`` and ``later`` are the comparisons beside it, if they have pages.
    ``gap`` names the versions between whose texts are not held. ``lasting`` is the address of the same comparison that
    stays when another version is in force; empty where this one does.
    """

    old: VersionFacts
    new: VersionFacts
    two: TwoTexts
    note: ChangeNote | None
    gap: tuple[str, ...]
    lasting: str
    earlier: Beside | None
    later: Beside | None

    def href(self, article: ArticleChange) -> str:
        """Return the link to *article* in its own version."""
        version = self.new if article.provision.new else self.old
        fragment = article.provision.shown.id
        return f"{version.href}#{fragment}"


@dataclass(frozen=True, repr=False)
class Choice:
    """A version that can be compared, with links to its pages, empty where nothing can be compared.

    ``before`` compares it with ``base``, the version that it takes the place of; ``in_force`` with the one in force, as
    the ``pair`` of both, the earlier one first.
    """

    facts: VersionFacts
    base: str
    before: str
    pair: tuple[str, str]
    in_force: str


class _UnchangedArticles:
    """The articles that two versions have in common, as pages show them: rendered once for all pairs."""

    def __init__(self, app: Sphinx, source: str) -> None:
        self._templates = app.builder.templates
        self._source = source
        self._found: dict[tuple[ProvisionText, ...], str] = {}

    def __call__(self, article: ArticleChange) -> str:
        """Return the markup of *article*."""
        texts = tuple(row.provision.shown for row in article.rows if not row.continued)
        if texts not in self._found:
            context = {"article": article, "source": self._source}
            name = "policysite/redline-same.html"
            self._found[texts] = self._templates.render(name, context)
        return self._found[texts]


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the pages of all policies that are not as they have to be."""
    site = site_of(app.config)
    if not site.settings.has("comparisons"):
        return
    unchanged = _UnchangedArticles(app, site.source_tag)
    for policy in site.register.policies.values():
        title = app.env.titles[site.register.current_or_latest(policy).page].astext()
        moved = repr([(v.number, sorted(v.moved.items())) for v in policy.versions if v.moved])
        pairs = policy.comparison_pairs(site.register.day)
        known = {(old.number, new.number) for old, new in pairs}
        for old, new in pairs:
            page = addresses.comparison_page(policy.name, old.number, new.number)
            note = policy_domain(app.env).change_note(new.page)
            texts = [digest_of(app, v) for v in (old, new)]
            beside = _beside(policy, page, known, old, new)
            files = app.config.policysite_edition_files.get(page)
            if generated_pages.is_stale(app, page, title, note, texts, moved, beside, files):
                context = _comparison(app, policy, old, new, title, beside)
                context |= {"redline_source": site.source_tag, "unchanged_article": unchanged}
                yield page, context, "compare.html"
        chooser = addresses.comparisons_page(policy.name)
        if generated_pages.is_stale(app, chooser, title):
            yield chooser, _chooser(site, policy, title), "compare-any.html"


def _comparison(
    app: Sphinx,
    policy: Policy,
    old: PolicyVersion,
    new: PolicyVersion,
    title: str,
    beside: tuple[Beside | None, Beside | None],
) -> dict[str, Any]:
    site = site_of(app.config)
    page = addresses.comparison_page(policy.name, old.number, new.number)
    is_step = policy.predecessor_in_force(new) == old
    chooser = addresses.relative(page, addresses.comparisons_page(policy.name))
    compared = Compared(
        site.facts(old, page),
        site.facts(new, page),
        two_texts(app, old, new),
        policy_domain(app.env).change_note(new.page) if is_step else None,
        tuple(version.number for version in policy.not_held_between(old, new)),
        ""
        if is_step or policy.before(new) == old
        else f"{chooser}?old={old.number}&new={new.number}",
        *beside,
    )
    return {
        "compared": compared,
        "compared_title": title,
        "chooser_href": chooser,
    }


def _beside(
    policy: Policy,
    page: str,
    known: Container[tuple[str, str]],
    old: PolicyVersion,
    new: PolicyVersion,
) -> tuple[Beside | None, Beside | None]:
    """Return what changed before the step from *old* to *new*, and after it."""
    before = policy.predecessor_in_force(old)
    after = policy.after(new)
    while after and policy.predecessor_in_force(after) != new:
        after = policy.after(after)

    def beside(one: PolicyVersion | None, other: PolicyVersion | None) -> Beside | None:
        if one is None or other is None or (one.number, other.number) not in known:
            return None
        target = addresses.comparison_page(policy.name, one.number, other.number)
        return Beside(addresses.relative(page, target), one.number, other.number)

    return beside(before, old), beside(new, after)


def _chooser(site: Site, policy: Policy, title: str) -> dict[str, Any]:
    page = addresses.comparisons_page(policy.name)
    in_force = policy.in_force(site.register.day)
    pairs = comparison_links(site, policy, page)
    choices = []
    for version in reversed(policy.versions):
        before = policy.predecessor_in_force(version)
        base = before.number if before else ""
        old, new = policy.in_order(version, in_force or version)
        pair = old.number, new.number
        choices.append(
            Choice(
                site.facts(version, page),
                base,
                pairs.get((base, version.number), ""),
                pair,
                pairs.get(pair, "") if pair != (base, version.number) else "",
            )
        )
    return {
        "choices": choices,
        "compared_title": title,
        "redline_source": site.source_tag,
        "redline_data": _data(site, policy, pairs),
        "plural_kinds": plural_examples(site.language),
    }


def _data(site: Site, policy: Policy, pairs: dict[tuple[str, str], str]) -> str:
    """Return what the script needs to compare any two versions, as JSON that may be in a page."""
    source = site.settings.source_language if site.is_translated else ""
    data = {
        "language": tag(site.language),
        "source": site.source_tag,
        "sourceFolder": f"../../../{source}/{policy.name}/" if source else "",
        "space": SPACE,
        "particles": particles(),
        "provisos": rules(site.language).provisos,
        "pages": {f"{old} {new}": href for (old, new), href in pairs.items()},
        "versions": [
            {"version": version.number, "held": version.held, "moved": dict(version.moved)}
            for version in policy.versions
        ],
    }
    # Of the source language, where it is written in the other direction.
    if site.is_translated and direction(source) != direction(site.language):
        data["direction"] = direction(source)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    """Lead from a version to what it changed, and to what has changed since."""
    site = site_of(app.config)
    page = site.page(pagename)
    context["compare_links"] = {}
    if page is None or page.version is None or not page.version.held:
        return
    if not site.settings.has("comparisons"):
        return
    policy, version = page.policy, page.version
    in_force = policy.in_force(site.register.day)
    links: dict[str, tuple[str, str]] = {}
    before = policy.predecessor_in_force(version)
    if before and before.held:
        target = addresses.comparison_page(policy.name, before.number, version.number)
        links["before"] = before.number, addresses.relative(pagename, target)
    if in_force and in_force != version and in_force.held:
        old, new = policy.in_order(version, in_force)
        if (old, new) != (before, version):
            target = addresses.comparison_page(policy.name, old.number, new.number)
            links["in-force"] = in_force.number, addresses.relative(pagename, target)
    context["compare_links"] = links


def setup(app: Sphinx) -> None:
    """Add the pages, and the links to them."""
    app.connect("html-collect-pages", _pages)
    page_context.connect(app, _add_to_context)
