"""Which documents are read anew, and which pages written anew, beyond those that Sphinx finds by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def setup(app: Sphinx) -> None:
    """Have documents reread and rewritten when it makes a difference."""
    app.connect("env-get-outdated", _with_changed_catalogs)
    app.connect("env-updated", _with_changed_neighbours)


def _with_changed_catalogs(
    app: Sphinx,
    env: BuildEnvironment,
    _added: set[str],
    _changed: set[str],
    _removed: set[str],
) -> list[str]:
    """Return documents whose text or catalog changed; Sphinx itself only compares their times."""
    site, seen = site_of(app.config), policy_domain(env).data["catalogs"]
    return [name for name in env.found_docs if site.input_digest(name) != seen.get(name)]


def _with_changed_neighbours(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the outdated pages, because provisions came or went elsewhere."""
    domain, site = policy_domain(env), site_of(app.config)
    pages: list[str] = []
    names = [
        site.register.current_or_latest(policy).page for policy in site.register.policies.values()
    ]
    frame = [env.titles[n].astext() for n in (app.config.root_doc, *names) if n in env.titles]
    if domain.data["frame"] not in {"", repr(frame)}:
        pages += env.all_docs
    domain.data["frame"] = repr(frame)
    for policy in site.register.policies.values():
        docnames = [version.page for version in policy.versions]
        shape = domain.shape_of(docnames)
        if domain.has_changed("shape", policy.name, shape):
            pages += [*docnames, addresses.history_page(policy.name), app.config.root_doc]
    return [page for page in pages if page in env.all_docs]
