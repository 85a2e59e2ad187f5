"""What a translator waives of what is found in whole texts: rules that no entry of a catalog can be checked for by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.base.waivers import Waiver, waivers_of
from policysite.catalogs.catalog_files import line_of
from policysite.catalogs.contexts import key_of, named_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policysite.catalogs.catalog_files import Catalog


@dataclass(frozen=True)
class TranslationFindings:
    """What is wrong with one translation, and the waivers that were made use of."""

    problems: tuple[Problem, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def waive_entries(
    catalog: Catalog, found: Mapping[tuple[str, str], Problem], code: Code
) -> TranslationFindings:
    """Return the problems *found*, by the keys of entries, that these do not waive, and the waivers of *code* that waive nothing."""
    problems: list[Problem] = []
    waivers: list[Waiver] = []
    for entry in catalog.live:
        problem = found.get(key_of(entry))
        reason = waivers_of(entry)[0].get(code)
        if reason and problem:
            waivers.append(Waiver(catalog.path, problem.line, problem.code, entry.msgid, reason))
        elif problem:
            problems.append(problem)
        elif reason and not entry.fuzzy:
            said = f"{named_entry(entry)}: The waiver of {code.value!r} waives nothing."
            problems.append(
                Problem(
                    catalog.path, line_of(entry), Code.CATALOG_WAIVER, said, "Remove the waiver."
                )
            )
    return TranslationFindings(tuple(problems), tuple(waivers))
