"""What a policy version is, for machines: JSON-LD in the words of https://schema.org/Legislation.

It names the permanent page, also where it is on the timeless one. Addresses are full where the site has
one, and else relative to the page, as browsers and JSON-LD resolve them alike.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.model.register import Status
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.model.register import Policy, PolicyVersion
    from policysite.sphinx_ext.shared.site import Page, Site

_FORCE = {True: "https://schema.org/InForce", False: "https://schema.org/NotInForce"}
# Nothing in a title may end the script element, or begin a comment in it.
_ESCAPED = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def legislation(
    site: Site, env: BuildEnvironment, page: Page, version: PolicyVersion
) -> dict[str, Any]:
    """Return the description of *version* for *page*, which shows it."""
    permanent = site.address(page.name, version.page)
    timeless = site.address(page.name, addresses.timeless_page(version.policy))
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": permanent,
        "url": permanent,
        "name": env.titles[version.page].astext(),
        "legislationIdentifier": version.page,
        "version": version.number,
        "inLanguage": tag(site.language),
        "legislationLegalForce": _FORCE[site.register.status(version) is Status.IN_FORCE],
        "legislationDateVersion": version.effective.isoformat(),
        "exampleOfWork": {"@type": "Legislation", "@id": timeless},
    }
    if version.announced:
        found["datePublished"] = version.announced.isoformat()
    if version.took_effect:
        found["temporalCoverage"] = _period(page.policy, version)
    if publisher := site.settings.publisher_in(site.language):
        found["publisher"] = {"@type": "Organization", "name": publisher}
    if site.is_translated:
        source = site.settings.source_language
        original = site.address(page.name, version.page, source)
        found["translationOfWork"] = {
            "@type": "Legislation",
            "@id": original,
            "inLanguage": tag(source),
        }
    if parts := _parts(site, env, version, permanent):
        found["hasPart"] = parts
    return found


def script_text(value: object) -> str:
    """Return *value* as JSON that can be in a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _parts(
    site: Site, env: BuildEnvironment, version: PolicyVersion, permanent: str
) -> list[dict[str, str]]:
    """Return the articles of *version*; a record has none."""
    domain = policy_domain(env)
    printed = domain.printed(version.page)
    return [
        {
            "@type": "Legislation",
            "name": article.title,
            "legislationIdentifier": citation(article.id, printed, site.language),
            "url": f"{permanent}#{article.id}",
        }
        for article in domain.articles(version.page).values()
    ]


def _period(policy: Policy, version: PolicyVersion) -> str:
    """Return the days in force as an ISO 8601 interval; ``..`` while no end is known."""
    last = policy.last_day(version)
    return f"{version.effective.isoformat()}/{last.isoformat() if last else '..'}"


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    site = site_of(app.config)
    page = site.page(pagename)
    context["structured_data"] = (
        script_text(legislation(site, app.env, page, page.version)) if page and page.version else ""
    )


def setup(app: Sphinx) -> None:
    """Describe every page that shows a policy version."""
    page_context.connect(app, _add_to_context)
