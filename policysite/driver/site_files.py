"""The files of the site as a whole: the root page, ``versions.json``, and what search engines ask for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from policysite import addresses
from policysite.driver.crawler_files import write_crawler_files
from policysite.languages import with_territory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policysite.driver.project import Project
    from policysite.register import Policy, PolicyVersion

TEMPLATES = Path(__file__).parent.parent / "templates" / "site"


@dataclass(frozen=True)
class LanguageChoice:
    """One language on the root page; ``title`` is the site's title in it."""

    code: str
    name: str
    title: str
    href: str
    feed: str
    locale: str


def write_site_files(project: Project, titles: Mapping[str, str], site: Path) -> None:
    """Write them into the folder *site*."""
    (site / "index.html").write_text(root_page(project, titles, site), encoding="utf-8")
    versions = json.dumps(version_list(project), ensure_ascii=False, indent=2)
    (site / "versions.json").write_text(f"{versions}\n", encoding="utf-8")
    write_crawler_files(project, site)


def root_page(project: Project, titles: Mapping[str, str], site: Path) -> str:
    """Return the page on which a reader chooses a language: plain links, a script only preselects."""
    choices = [
        LanguageChoice(
            code.replace("_", "-"),
            name,
            titles[code],
            href=f"{code}/index.html",
            feed=f"{code}/{addresses.FEED}",
            locale=with_territory(code),
        )
        for code, name in project.settings.languages.items()
    ]
    base_url, codes = project.settings.base_url, list(project.settings.languages)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, keep_trailing_newline=True
    )
    static = f"{project.settings.source_language}/_static"
    brand = {path.name for path in (site / static).iterdir()}
    return environment.get_template("root.html").render(
        languages=choices,
        static=static,
        brand=brand,
        publisher=project.settings.publisher,
        canonical_url=addresses.root(base_url) if base_url else "",
        alternates=addresses.alternates(base_url, codes, addresses.HOME) if base_url else [],
    )


def version_list(project: Project) -> dict[str, Any]:
    """Return what machines, and the pages' own script, may know of the register.

    Dates are ISO 8601; ``until`` is the last day in force, null while it is open.
    """
    return {
        "timeZone": project.settings.time_zone.key,
        "languages": list(project.settings.languages),
        "policies": [
            {"policy": policy.name, "versions": [_version(project, policy, v) for v in versions]}
            for policy in project.register.policies.values()
            for versions in [reversed(policy.versions)]
        ],
    }


def _version(project: Project, policy: Policy, version: PolicyVersion) -> dict[str, Any]:
    def iso(day: Any) -> str | None:
        return day.isoformat() if day else None

    return {
        "version": version.number,
        "status": project.register.status(version).value,
        "announced": iso(version.announced),
        "effective": iso(version.effective),
        "until": iso(policy.last_day(version)),
        "withdrawn": iso(version.withdrawn),
        "text": "held" if version.held else "not-held",
        "pages": {
            code: f"{code}/{version.page}{addresses.SUFFIX}" for code in project.settings.languages
        },
        "texts": {
            code: f"{code}/{version.page}{addresses.TEXT_SUFFIX}"
            for code in project.settings.languages
        },
    }
