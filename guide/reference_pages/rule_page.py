"""The page on the rules: what is found, under which code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code
from policysite.base.waivers import WAIVABLE
from policysite.model.field_checks import WAIVABLE as WAIVABLE_IN_FRONT_MATTER
from reference_pages.markdown import code, documented_groups, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLES = {
    Code.SETTINGS: "Settings",
    Code.FRONT_MATTER: "Front matter",
    Code.PROVISION_ID: "Sources",
    Code.IMPORT_FILE: "Importing",
    Code.TEXT_DATE: "What a text says",
    Code.CATALOG_SYNTAX: "Catalogs",
    Code.LEDGER_SYNTAX: "Ledger",
    Code.SPHINX: "Building",
    Code.SCHEDULER: "Many machines",
    Code.TARGET: "Publishing",
}
"""The titles of the groups by the first code in each."""


def rules_page() -> Iterator[str]:
    """Yield the lines of the page.

    :raises KeyError: for a group of codes without a title.
    """
    yield from (
        "# Rules",
        "",
        "Every problem is reported with file, line and one of these codes, what was found, what is expected and what to do.",
        "A code keeps its meaning for ever.",
        "",
        "What can be waived is a matter of judgement: "
        "a translator waives a rule [in the catalog](../translators.md#waivers), "
        "an author [in the front matter](../authors.md#where-a-check-is-wrong), each with a reason.",
        "",
    )
    for group in documented_groups(Code):
        codes = {Code[name]: text for name, text in group.items()}
        yield from (f"## {_TITLES[next(iter(codes))]}", "")
        yield from table(
            ("code", "what is found", "can be waived"),
            ((code(found), text, _waived(found)) for found, text in codes.items()),
        )


def _waived(found: Code) -> str:
    places = {"in the front matter": WAIVABLE_IN_FRONT_MATTER, "in the catalog": WAIVABLE}
    return " and ".join(place for place, rules in places.items() if found in rules) or "no"
