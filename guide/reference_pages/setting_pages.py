"""The pages on ``conf.py``, on the environment and on the front matter."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING

from policysite.model.field_checks import WAIVABLE
from policysite.model.front_matter import Field
from policysite.model.settings import DEFAULTS, PREFIX, Contact, PolicySettings, Settings
from reference_pages.markdown import code, documented, table

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVIRONMENT = {
    "POLICYSITE_DATE": "the day whose status is shown, as `2027-01-01`; else `SOURCE_DATE_EPOCH`, else today in "
    "the site's time zone; what publishes or writes the ledger refuses both, and has `--day`",
    "SOURCE_DATE_EPOCH": "the same in seconds since 1970, as "
    "[reproducible builds](https://reproducible-builds.org/specs/source-date-epoch/) have it",
    "POLICYSITE_BASE_URL": "the address of the site, if `conf.py` reads it from there, as those of this project and "
    "of `policysite init` do",
    "POLICYSITE_DRAFTS": "`1` builds versions marked `draft: true` too",
    "POLICYSITE_PREVIEW": "`1` lets every translation have gaps, for a preview: for translators, never for readers",
}
"""What people may set; the values that processes of one build pass on to each other are not among them."""


def settings_page() -> Iterator[str]:
    """Yield the lines of the page on settings."""
    yield from (
        "# Settings",
        "",
        "Settings of the site are in `conf.py`, beside those of [Sphinx](https://www.sphinx-doc.org/).",
        "All of them are checked together; what is wrong is reported before anything is built.",
        "",
        "## The site",
        "",
    )
    texts = documented(Settings)
    yield from table(
        ("setting", "default", "what"),
        (
            (code(PREFIX + name), code(repr(default)), texts[name])
            for name, default in DEFAULTS.items()
        ),
    )
    yield from ("## A policy", "", f"Each value in {code(f'{PREFIX}policies')} may have these.", "")
    yield from table(("field", "default", "what"), _fields(PolicySettings, {"name"}))
    yield from ("`contact` may have these.", "")
    yield from table(("field", "default", "what"), _fields(Contact, set()))
    yield from ("## From outside", "", "These variables of the environment are read.", "")
    yield from table(("variable", "what"), ((code(n), w) for n, w in ENVIRONMENT.items()))


def _fields(cls: type, left_out: set[str]) -> Iterator[tuple[str, str, str]]:
    texts = documented(cls)
    for field in fields(cls):
        if field.name in left_out:
            continue
        empty = "nothing" if field.default in (MISSING, "") else code(repr(field.default))
        yield code("name" if field.name == "names" else field.name), empty, texts[field.name]


def front_matter_page() -> Iterator[str]:
    """Yield the lines of the page on front matter."""
    yield from (
        "# Front matter",
        "",
        "Each version begins with these fields, between two lines of three dashes.",
        "They are the register of the versions: dates, numbers and states are nowhere else.",
        "[Authors](../authors.md#front-matter) has examples.",
        "",
    )
    texts = documented(Field)
    yield from table(("field", "what"), ((code(field), texts[field.name]) for field in Field))
    yield from (
        f"`waive` takes {', '.join(code(rule) for rule in WAIVABLE)}.",
        "An unknown field is an error.",
    )
