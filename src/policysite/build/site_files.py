"""The files of the site as a whole: root page, page for missing pages, ``versions.json``, and for search engines."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from policysite.base.package import PACKAGE
from policysite.build.crawler_files import write_crawler_files
from policysite.files.project_file import is_there, read
from policysite.languages.language_data import (
    TEMPLATE_LANGUAGE,
    direction,
    tag,
    with_territory,
)
from policysite.languages.text_direction import dir_attribute
from policysite.ledger.ledger_files import LARGEST, ledger_file, signature_file
from policysite.ledger.time_stamps import time_stamps_beside, written_list
from policysite.model import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from policysite.model.register import Policy, PolicyVersion
    from policysite.project.project import Project

    Titles = Mapping[str, Mapping[str, str]]

TEMPLATES = PACKAGE / "templates" / "site"
_LOADED = ("root.css", "root.js", "site.css", "logo.svg")


@dataclass(frozen=True)
class PolicyChoice:
    """A policy on the page for missing pages."""

    title: str
    href: str
    history_href: str


@dataclass(frozen=True)
class LanguageChoice:
    """One language; ``title`` is the site's title in it.

    ``words`` translates the words of the page, of which ``is_said`` says whether they are in the language.
    """

    code: str
    name: str
    title: str
    href: str
    policies: list[PolicyChoice]
    words: Callable[[str], str]
    is_said: Callable[[str], bool]
    feed: str
    locale: str
    published: bool
    marks: str

    @property
    def ui(self) -> Markup:
        """What marks an element with words of the page, where they are not in the language."""
        return Markup(self.marks)  # noqa: S704 - of language tags alone

    def lang_of(self, message: str) -> str:
        """Return the language in which :attr:`words` gives *message*."""
        return self.code if self.is_said(message) else TEMPLATE_LANGUAGE


def write_site_files(project: Project, titles: Titles, site: Path) -> None:
    """Write them into the folder *site*; *titles* are by language, then by policy or ``index``."""
    (site / "index.html").write_text(page("root.html", project, titles, site), encoding="utf-8")
    # A server answers with this page at any depth, so its links are not relative.
    root = addresses.site_path(project.settings.base_url)
    not_found = page("404.html", project, titles, site, root)
    (site / addresses.NOT_FOUND_PAGE).write_text(not_found, encoding="utf-8")
    versions = json.dumps(version_list(project), ensure_ascii=False, indent=2)
    (site / "versions.json").write_text(f"{versions}\n", encoding="utf-8")
    for name, ledger in project.ledgers.items():
        if ledger.entries:
            _write_ledger(project, name, site)
    write_crawler_files(project, site)


def _write_ledger(project: Project, policy: str, site: Path) -> None:
    """Write the ledger of *policy*, with its signature and its time stamps, if it has any."""
    file = ledger_file(project.docs, policy)
    copies = {addresses.ledger_file(policy): read(project.root, file, LARGEST)}
    signature = signature_file(project.docs, policy)
    if is_there(signature):
        copies[addresses.signature_file(policy)] = read(project.root, signature)
    if stamps := time_stamps_beside(file):
        copies[addresses.time_stamp_list(policy)] = written_list(policy, stamps).encode()
        for name, path in stamps.items():
            copies[addresses.time_stamp_file(policy, str(name))] = read(project.root, path)
    for address, content in copies.items():
        (site / address).parent.mkdir(exist_ok=True)
        (site / address).write_bytes(content)


def page(template: str, project: Project, titles: Titles, site: Path, root: str = "") -> str:
    """Return a page for all languages: plain links that begin with *root*, a script only preselects."""
    static = site / project.settings.source_language / "_static"
    codes = list(project.settings.languages)
    base_url = project.settings.base_url
    return (
        _templates()
        .get_template(template)
        .render(
            around=direction(codes[0]),
            languages=[_choice(project, titles, code, root) for code in codes],
            loaded={name: root + _with_digest(static / name, site) for name in _names(static)},
            publisher=project.settings.publisher,
            sample=project.settings.sample,
            canonical_url=addresses.root(base_url) if base_url else "",
            alternates=addresses.alternates(
                base_url, project.completeness.published, addresses.HOME
            )
            if base_url
            else [],
        )
    )


@cache
def _templates() -> jinja2.Environment:
    """Return where the templates are, which share their parts: each is compiled once."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, keep_trailing_newline=True
    )
    environment.filters["dir"] = dir_attribute
    return environment


def _names(static: Path) -> list[str]:
    """Return the names of what the pages load; the publisher's own files may be missing."""
    return [name for name in _LOADED if (static / name).is_file()]


def _with_digest(path: Path, site: Path) -> str:
    """Copy the file to a name that changes with its content, as pages of policies have them; return its address."""
    content = path.read_bytes()
    copy = path.with_name(addresses.with_digest(path.name, content))
    copy.write_bytes(content)
    return copy.relative_to(site).as_posix()


def _choice(project: Project, titles: Titles, code: str, root: str) -> LanguageChoice:
    words = project.completeness.translations(code).words
    return LanguageChoice(
        tag(code),
        project.settings.languages[code],
        titles[code][addresses.HOME],
        f"{root}{code}/index.html",
        [
            PolicyChoice(
                titles[code][name],
                f"{root}{code}/{addresses.timeless_page(name)}{addresses.SUFFIX}",
                f"{root}{code}/{addresses.history_page(name)}{addresses.SUFFIX}",
            )
            for name in project.register.policies
        ],
        words.translations().gettext,
        words.is_said,
        f"{root}{code}/{addresses.FEED}",
        with_territory(code),
        code in project.completeness.published,
        words.attributes,
    )


def version_list(project: Project) -> dict[str, Any]:
    """Return what machines, and the pages' own script, may know of the register.

    Dates are ISO 8601; ``until`` is the last day in force, null while it is open.
    """
    translations = map(project.completeness.translations, project.settings.languages)
    own_words = [tag(one.language) for one in translations if one.words.own]
    return {
        "timeZone": project.settings.time_zone.key,
        "languages": [tag(code) for code in project.completeness.published],
        "incompleteLanguages": [
            tag(code)
            for code in project.settings.languages
            if code not in project.completeness.published
        ],
        # Whoever verifies the site cannot know these.
        **({"ownWords": own_words} if own_words else {}),
        "policies": [
            {
                "policy": policy.name,
                "ledger": addresses.ledger_file(policy.name)
                if project.ledgers[policy.name].entries
                else None,
                "versions": [_version(project, policy, v) for v in versions],
            }
            for policy in project.register.policies.values()
            for versions in [reversed(policy.versions)]
        ],
    }


def _particular(version: PolicyVersion) -> dict[str, Any]:
    """Return what only some versions have: how they ended or began otherwise than most."""
    found: dict[str, Any] = {}
    if version.ended:
        found["ended"] = version.ended.isoformat()
    if version.after:
        found["after"] = version.after
    if version.postponed:
        found["postponed"] = [
            {
                "from": one.old.isoformat(),
                "to": one.to.isoformat(),
                "announced": one.said.isoformat(),
            }
            for one in version.postponements(dt.date.max)
        ]
    if version.provisions:
        found["appliesFrom"] = {name: day.isoformat() for name, day in version.provisions.items()}
    return found


def _version(project: Project, policy: Policy, version: PolicyVersion) -> dict[str, Any]:
    def iso(day: Any) -> str | None:
        return day.isoformat() if day else None

    return {
        "version": version.number,
        "status": project.register.status(version).value,
        "announced": iso(version.announced),
        "effective": iso(version.effective),
        "until": iso(policy.until(version)),
        "withdrawn": iso(version.withdrawn),
        **_particular(version),
        "text": "held" if version.held else "not-held",
        "pages": {
            tag(code): f"{code}/{version.page}{addresses.SUFFIX}"
            for code in project.settings.languages
        },
        "texts": {
            tag(code): f"{code}/{version.page}{addresses.TEXT_SUFFIX}"
            for code in project.settings.languages
        },
    }
