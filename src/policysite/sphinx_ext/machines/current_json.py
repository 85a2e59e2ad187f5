"""What applies, what comes, and what changed since each earlier version: ``/<lang>/<policy>/current.json``.

A program that recorded which version a user accepted learns from it whether to ask again. ``schemas/current.schema.json`` describes the
file. Nothing in it says on which day it was made, so that it changes only when something else does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.ledger.agreement import provision_digests
from policysite.ledger.canonical_json import of_text
from policysite.model import addresses
from policysite.model.edition_kinds import EditionKind
from policysite.redline import ChangeKind
from policysite.sphinx_ext.shared.comparisons import comparison_links, comparison_of, digest_of
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.version_texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import Policy, PolicyVersion
    from policysite.sphinx_ext.shared.site import Site

UNSTATED = "unstated"
"""The kind of change of a version whose front matter states none."""
_IN_SUBSTANCE = {ChangeKind.INSERTED, ChangeKind.AMENDED}


def current(app: Sphinx, policy: Policy) -> dict[str, Any]:
    """Return what is in the file of *policy*."""
    site = site_of(app.config)
    day = site.register.day
    in_force, upcoming = policy.in_force(day), policy.next_upcoming(day)
    ledger, compared = site.ledgers[policy.name], _comparisons(site, policy)
    return {
        "policy": policy.name,
        "language": tag(site.language),
        "title": app.env.titles[site.register.current_or_latest(policy).page].astext(),
        "timeZone": site.settings.time_zone.key,
        "page": _path(site, addresses.timeless_page(policy.name)),
        **_web_page(app, site, addresses.timeless_page(policy.name)),
        "ledger": addresses.ledger_file(policy.name) if ledger.entries else None,
        "inForce": _version(app, site, in_force) if in_force else None,
        "upcoming": _upcoming(app, site, compared, in_force, upcoming) if upcoming else None,
        "since": dict(_since(app, policy, compared, in_force)) if in_force else {},
    }


def _path(site: Site, page: str, suffix: str = addresses.SUFFIX) -> str:
    return f"{site.language}/{page}{suffix}"


def _version(app: Sphinx, site: Site, version: PolicyVersion) -> dict[str, Any]:
    """Return what is known of *version*; what is not stated is left out."""
    entry = site.ledgers[version.policy].texts.get((version.number, tag(site.language)))
    found: dict[str, Any] = {
        "version": version.number,
        "effective": version.effective.isoformat(),
        **({"changeKind": version.change_kind.value} if version.change_kind else {}),
        "text": "held" if version.held else "not-held",
    }
    if version.held:
        found["digest"] = of_text(provision_digests([p.data() for p in text_of(app, version)]))
    if entry:
        found["ledgerEntry"] = {"number": entry.number, "sha256": entry.sha256}
    return {
        **found,
        "page": _path(site, version.page),
        "data": _path(site, version.page, addresses.TEXT_SUFFIX),
        **_web_page(app, site, version.page),
    }


def _web_page(app: Sphinx, site: Site, page: str) -> dict[str, str]:
    """Return the same as *page* for web views, if the site offers it."""
    kind = EditionKind.XHTML
    if kind not in app.config.policysite_edition_files.get(page, {}):
        return {}
    return {"webPage": f"{site.language}/{addresses.edition_file(page, kind)}"}


def _upcoming(
    app: Sphinx,
    site: Site,
    compared: Mapping[tuple[str, str], str],
    in_force: PolicyVersion | None,
    version: PolicyVersion,
) -> dict[str, Any]:
    found = _version(app, site, version)
    announced = version.announced.isoformat() if version.announced else None
    return {
        **found,
        "announced": announced,
        "comparison": compared.get((in_force.number, version.number)) if in_force else None,
    }


def _comparisons(site: Site, policy: Policy) -> dict[tuple[str, str], str]:
    """Return the pages that compare two versions, by the numbers of these."""
    links = comparison_links(site, policy, addresses.HOME)
    return {pair: f"{site.language}/{link}" for pair, link in links.items()}


def _since(
    app: Sphinx,
    policy: Policy,
    compared: Mapping[tuple[str, str], str],
    in_force: PolicyVersion,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what took effect after each earlier version, by its number, the newest first."""
    day = site_of(app.config).register.day
    kinds: list[str] = []
    following = in_force
    for version in reversed(policy.earlier(in_force)):
        if following.took_effect and following.effective <= day:
            stated = following.change_kind.value if following.change_kind else UNSTATED
            kinds = sorted({*kinds, stated})
        following = version
        if version.draft:
            continue
        changed, deleted = _articles(app, policy, version, in_force)
        yield (
            version.number,
            {
                "changeKinds": list(kinds),
                "changed": changed,
                "deleted": deleted,
                "comparison": compared.get((version.number, in_force.number)),
            },
        )


def _articles(
    app: Sphinx, policy: Policy, old: PolicyVersion, new: PolicyVersion
) -> tuple[list[str] | None, list[str] | None]:
    """Return the ids of the articles that are inserted or amended since *old*, and of those that are gone; None where that is not known."""

    def find() -> tuple[list[str] | None, list[str] | None]:
        two = comparison_of(app, old, new)
        if two is None:
            return None, None
        articles = two.shown.articles
        return (
            [
                article.provision.shown.id
                for article in articles
                if article.provision.new
                and (not _IN_SUBSTANCE.isdisjoint(article.kinds) or two.article_differs(article))
            ],
            [a.provision.shown.id for a in articles if a.provision.new is None],
        )

    if not (old.held and new.held):
        return None, None
    site = site_of(app.config)
    moves = [(v.number, sorted(v.moved.items())) for v in policy.moves_between(old, new)]
    compared = site.settings.has("comparisons")
    key = (new.number, digest_of(app, old), digest_of(app, new), repr(moves), compared)
    return policy_domain(app.env).cached("since", old.page, key, find)


def _find(app: Sphinx, _env: BuildEnvironment) -> None:
    """Find what changed before the environment is stored: it is kept for the next build."""
    if site_builder(app) is None:
        return
    for policy in site_of(app.config).register.policies.values():
        current(app, policy)


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception or site_builder(app) is None:
        return
    for policy in site_of(app.config).register.policies.values():
        path = Path(app.outdir) / addresses.current_file(policy.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(current(app, policy), ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the file of each policy at the end of every build."""
    # After the problems of the texts (900) have stopped the build.
    app.connect("env-updated", _find, priority=910)
    app.connect("build-finished", _write)
