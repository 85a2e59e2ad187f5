"""The settings of the site: declared to Sphinx, validated once, and read through one door, :func:`site_of`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sphinx.builders.html import StandaloneHTMLBuilder

from policysite.base.package import PACKAGE
from policysite.base.problems import PolicysiteError
from policysite.catalogs.check_catalogs import check_language
from policysite.catalogs.completeness import Completeness
from policysite.checks.static_files import check_brought_files
from policysite.files.project_file import list_files
from policysite.ledger.ledger_files import load_ledgers
from policysite.markdown.parser import MYST_EXTENSIONS
from policysite.model import build_choices, settings
from policysite.model.register_reader import load_register, missing_documents
from policysite.model.settings_reader import settings_from, unknown_language
from policysite.project.conf_files import SETTINGS_OF_FILES, brought_files
from policysite.sphinx_ext.shared.build_abort import abort_build
from policysite.sphinx_ext.shared.compiled_catalogs import compile_catalogs
from policysite.sphinx_ext.shared.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from policysite.base.problems import Problem

TEMPLATES = PACKAGE / "templates"
"""The templates of the engine."""
_SITES: WeakKeyDictionary[Config, Site] = WeakKeyDictionary()


def site_builder(app: Sphinx) -> StandaloneHTMLBuilder | None:
    """Return the builder if it writes the pages of the site: ``html``, and none that derives from it."""
    builder = app.builder
    return (
        builder if isinstance(builder, StandaloneHTMLBuilder) and builder.name == "html" else None
    )


def site_of(config: Config) -> Site:
    """Return the site of a build, from ``app.config`` or ``env.config``."""
    return _SITES[config]


def setup(app: Sphinx) -> None:
    """Declare the settings and read the site when they are known."""
    for name, default in settings.DEFAULTS.items():
        app.add_config_value(settings.PREFIX + name, default, "env", (type(default),))
    # What pages show of the register and the ledgers; a change rewrites pages and rereads nothing.
    app.add_config_value("policysite_register_digest", "", "html", (str,))
    # The words of templates enter doctrees too.
    app.add_config_value("policysite_words_digest", "", "env", (str,))
    app.connect("config-inited", _read_site)
    app.connect("config-inited", _enable_markup)
    app.connect("builder-inited", disable_raw_and_includes)


def _read_site(app: Sphinx, config: Config) -> None:
    try:
        site = _site(app, config)
        problems = [
            *missing_documents(root=site.root, docs=site.docs, policies=site.register.policies),
            *_brought(site, config),
        ]
        if problems:
            raise PolicysiteError(problems)
        if not os.environ.get(settings.CHECKED):
            found = check_language(site.completeness, site.language).problems
            if found:
                raise PolicysiteError(found)
    except PolicysiteError as error:
        abort_build(app, error)
    _SITES[config] = site
    heads = [ledger.head for ledger in site.ledgers.values()]
    digest = f"{site.register.digest()} {site.completeness.published} {heads}"
    config.policysite_register_digest = digest
    # Roles for programming languages are none of a policy's.
    config.primary_domain = None
    config.policysite_words_digest = site.words.digest
    # New lists: those that Sphinx has where conf.py says nothing are shared by all builds of a process.
    config.exclude_patterns = [
        *config.exclude_patterns,
        *(
            f"{policy}/{path.name}"
            for policy in site.register.policies
            for path in list_files(site.root, site.docs / policy).names(".md")
            if site.completeness.is_left_out(f"{policy}/{path.stem}")
        ),
    ]
    config.templates_path = [*config.templates_path, os.fspath(TEMPLATES)]
    config.html_static_path = [*config.html_static_path, os.fspath(PACKAGE / "static")]
    compile_catalogs(app, config, site.locales)


def _brought(site: Site, config: Config) -> Iterator[Problem]:
    """Yield what is wrong with the files that Sphinx would copy, or run as templates; the driver has looked before."""
    if not os.environ.get(settings.COLLECTED):
        values = {name: config[name] for name in SETTINGS_OF_FILES}
        yield from check_brought_files(site.root, site.docs, brought_files(site.root, values))


def _site(app: Sphinx, config: Config) -> Site:
    values = {f"{settings.PREFIX}{n}": config[f"{settings.PREFIX}{n}"] for n in settings.DEFAULTS}
    site_settings = settings_from(values)
    language = config.language
    if language not in site_settings.languages:
        raise PolicysiteError([unknown_language(language, site_settings)])
    root, docs = Path(app.confdir), Path(app.srcdir)
    register = load_register(
        root,
        docs,
        site_settings.policies,
        build_choices.status_date(os.environ, site_settings.time_zone),
        drafts=build_choices.wants_drafts(os.environ),
    )
    ledgers, problems = load_ledgers(root, docs, site_settings.policies)
    if problems:
        raise PolicysiteError(problems)
    locales = root / "locales"
    completeness = Completeness(
        root, docs, locales, register, site_settings, build_choices.wants_preview(os.environ)
    )
    return Site(root, docs, locales, language, site_settings, register, completeness, ledgers)


def _enable_markup(_app: Sphinx, config: Config) -> None:
    """Have MyST read what checks read, whenever the settings of the site were written."""
    if "myst_enable_extensions" in config:
        config.myst_enable_extensions = {*config.myst_enable_extensions, *MYST_EXTENSIONS}


def disable_raw_and_includes(app: Sphinx) -> None:
    """Let no source and no catalog bring in a file or raw markup."""
    app.env.settings.update(file_insertion_enabled=False, raw_enabled=False)
